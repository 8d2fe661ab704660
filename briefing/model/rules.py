"""Rules of the reader: what is done with the articles that a query finds."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from briefing.model.tags import tag_name

ActionKind = Literal["mute", "read", "star", "tag", "boost", "notify", "hook"]
LEAST_BOOST, MOST_BOOST = 0.1, 10.0
_KINDS: tuple[str, ...] = get_args(ActionKind)
_WITH_VALUE = ("tag", "boost", "hook")
ACTIONS_TAKEN = "mute, read, star, tag:NAME, boost:2, notify, hook:NAME"


@dataclass(frozen=True, slots=True)
class RuleAction:
    """One thing that a rule does. value: the tag, the factor or the hook's name."""

    kind: ActionKind
    value: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}" if self.value else self.kind

    @property
    def factor(self) -> float:
        """By how much a boost multiplies; 1 for every other action."""
        return float(self.value) if self.kind == "boost" else 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done with which articles.

    when: a query. feeds: only articles of these, each a part of a feed's name or address; of all
    where empty. keep: the actions are for what the query does not find: articles of stories in
    which it finds none.
    """

    name: str
    when: str
    actions: tuple[RuleAction, ...]
    feeds: tuple[str, ...] = ()
    keep: bool = False

    @property
    def version(self) -> str:
        """A hash of what it does, whatever its name."""
        return _hashed([self.when, [str(a) for a in self.actions], self.feeds, self.keep])

    def does(self, kind: ActionKind) -> bool:
        """Whether one of its actions is of a kind."""
        return any(action.kind == kind for action in self.actions)


def rules_version(rules: Sequence[Rule]) -> str:
    """A hash of rules in their order; empty for none."""
    return _hashed([[rule.name, rule.version] for rule in rules]) if rules else ""


def read_action(written: str) -> RuleAction:
    """The action of ``do``. Raises ValueError with what is wrong with it."""
    kind, _, value = (part.strip() for part in written.partition(":"))
    if kind not in _KINDS:
        raise ValueError(f"there is no action {written!r}; there are {ACTIONS_TAKEN}")
    if kind in _WITH_VALUE and not value:
        raise ValueError(f"{kind} needs a value: {kind}:{'2' if kind == 'boost' else 'NAME'}")
    if kind not in _WITH_VALUE and value:
        raise ValueError(f"{kind} takes no value")
    if kind == "tag":
        value = tag_name(value)
        if not value:
            raise ValueError(f"{written!r} names no tag: write letters or digits")
    if kind == "boost":
        value = _boost(value)
    return RuleAction(cast("ActionKind", kind), value)


def _boost(value: str) -> str:
    try:
        factor = float(value)
    except ValueError:
        factor = math.nan
    if not LEAST_BOOST <= factor <= MOST_BOOST:
        raise ValueError(f"boost takes a number from {LEAST_BOOST:g} to {MOST_BOOST:g}")
    return f"{factor:g}"


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """What a rule does with so many articles of a story. action: as it is written."""

    rule: str
    action: str
    articles: int


@dataclass(frozen=True, slots=True)
class RuleTally:
    """With how many articles of a feed a rule has done something."""

    rule: str
    source: str
    articles: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two rules of which one mutes and the other stars: of an article that both find, the one that
    stands first decides."""

    first: str
    second: str
    first_mutes: bool


def contradictions(rules: Sequence[Rule], most: int = 20) -> tuple[Contradiction, ...]:
    """The pairs of rules that may contradict each other, in their order; the first so many.

    Rules for other feeds are taken as rules for other articles.
    """
    found: list[Contradiction] = []
    for at, one in enumerate(rules):
        for other in rules[at + 1 :]:
            if len(found) >= most:
                return tuple(found)
            mutes = one.does("mute") and other.does("star")
            stars = one.does("star") and other.does("mute")
            apart = one.feeds and other.feeds and not {*one.feeds} & {*other.feeds}
            if (mutes or stars) and not apart:
                found.append(Contradiction(one.name, other.name, mutes))
    return tuple(found)


def _hashed(value: object) -> str:
    import hashlib  # with OpenSSL's library, which the way to the first paint need not load

    return hashlib.blake2b(json.dumps(value).encode(), digest_size=8).hexdigest()
