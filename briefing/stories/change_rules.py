"""The rules by which changes of a story are told, read without all the others of the package.

They are needed on the way to the first paint; of ``parameters.toml`` nothing else is.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class BriefRules:
    """How many articles become one brief."""

    bullets: int
    lead_margin: float
    lead_share: float
    lead_hours: float
    lead_update: float
    lead_half_life_hours: float
    marks: int
    kind_terms: int
    kind_contained: float
    speaker_terms: int
    count_contained: float
    claim_terms: int
    claim_contained: float
    lean_terms: int
    pointing_terms: int
    same_jaccard: float
    same_contained: float
    least_terms: int
    pooled: int
    support_sentences: int


@dataclass(frozen=True, slots=True)
class ChangeRules:
    """How many changes are shown, and what makes a story unread again."""

    most: int
    outlets_unread: int


class TellingChanges(Protocol):
    """What telling changes needs: all ``Parameters`` have it."""

    @property
    def brief(self) -> BriefRules:
        """When two sentences say the same, among others."""

    @property
    def negations(self) -> frozenset[str]:
        """Words that deny."""

    @property
    def changes(self) -> ChangeRules:
        """How many are told."""


@dataclass(frozen=True, slots=True)
class _PackagedRules:
    brief: BriefRules
    negations: frozenset[str]
    changes: ChangeRules


@cache
def packaged_rules() -> dict[str, Any]:
    """All of ``parameters.toml`` as it is written."""
    return tomllib.loads(Path(__file__).with_name("parameters.toml").read_text(encoding="utf-8"))


@cache
def load_change_rules() -> TellingChanges:
    """The packaged rules; read at the first call only."""
    raw = packaged_rules()
    return _PackagedRules(
        brief=BriefRules(**raw["brief"]),
        negations=frozenset(raw["negations"]["words"]),
        changes=ChangeRules(**raw["changes"]),
    )
