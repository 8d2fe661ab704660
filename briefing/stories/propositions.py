"""What a sentence states, and whether two sentences state the same.

Two sentences state one proposition where they share most stems and neither denies the other.
"""

from collections.abc import Container
from dataclasses import dataclass

from briefing.stories.change_rules import BriefRules
from briefing.text import terms_of, words


@dataclass(frozen=True, slots=True)
class Proposition:
    """What a sentence states, for comparing: its content stems, and whether it is negated."""

    stems: frozenset[str]
    negated: bool


def proposition(text: str, language: str, negations: Container[str]) -> Proposition:
    """The proposition of a sentence. language: ISO 639-1."""
    said = words(text)
    denials = sum(map(negations.__contains__, said))
    if "'" in text or "’" in text:
        denials += sum(w.endswith("n't") and w not in negations for w in said)
    return Proposition(frozenset(terms_of(said, language)), denials % 2 == 1)


def same_proposition(first: Proposition, second: Proposition, rule: BriefRules) -> bool:
    """Whether two sentences say the same: most stems in common, both negated or neither."""
    smaller = min(len(first.stems), len(second.stems))
    common = len(first.stems & second.stems)
    if first.negated != second.negated or common < min(rule.least_terms, max(1, smaller)):
        return False
    union = len(first.stems | second.stems)
    return common >= rule.same_jaccard * union or (
        common >= rule.same_contained * smaller and smaller >= 2 * rule.least_terms
    )
