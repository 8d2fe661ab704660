"""The queries of rules: which articles each is about, as a person left them.

A rule does not see what rules did: else its own doing could make it no longer apply, and what comes
of several would hang on who was first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.model.rules import Rule
from briefing.query import And, Condition, Node, Not, Or, Query, parse_query

_MARKS = frozenset({"read", "unread", "starred", "muted", "later", "tag"})


@dataclass(frozen=True, slots=True)
class ReadRule:
    """A rule with its query read, and that of its feeds; None for all feeds."""

    rule: Rule
    query: Query
    feeds: Query | None


def read_rule(rule: Rule) -> ReadRule:
    """Raises QueryError where its query is none."""
    feeds = tuple(Condition("feed", feed) for feed in rule.feeds)
    return ReadRule(
        rule,
        Query(as_left_by_hand(parse_query(rule.when).root)),
        Query(Or(feeds)) if feeds else None,
    )


def as_left_by_hand(node: Node) -> Node:
    """The query without what rules did."""
    match node:
        case Condition("tag", value):
            return Condition("tag by hand", value)
        case Condition("is" | "has" as name, value) if value in _MARKS:
            return Condition(f"{name} by hand", value)
        case Not(part):
            return Not(as_left_by_hand(part))
        case And(parts):
            return And(tuple(map(as_left_by_hand, parts)))
        case Or(parts):
            return Or(tuple(map(as_left_by_hand, parts)))
    return node


def about(
    each: ReadRule, found: set[str], within: set[str] | None, story_of: Mapping[str, str | None]
) -> set[str]:
    """The articles that a rule does something with.

    found: those that its query finds; within: those of its feeds, None for all. story_of: all
    articles that were asked about, with their stories.
    """
    if not each.rule.keep:
        return found if within is None else found & within
    kept = {story for article in found if (story := story_of[article]) is not None}
    left = {a for a, story in story_of.items() if a not in found and story not in kept}
    return left if within is None else left & within


def decided(
    rules: Sequence[tuple[int, Rule]], caught: Mapping[int, set[str]]
) -> dict[str, list[tuple[int, Rule]]]:
    """By article the rules that do something with it, in their order."""
    by_article: dict[str, list[tuple[int, Rule]]] = {}
    for position, rule in rules:
        for article in caught.get(position, ()):
            by_article.setdefault(article, []).append((position, rule))
    return by_article


def effective(rules: Sequence[tuple[int, Rule]]) -> list[tuple[int, str, str]]:
    """What is done with an article, as (position, rule, action): of rules that mute and star it
    those count that agree with the first."""
    first = next((r for _, r in rules if r.does("mute") or r.does("star")), None)
    against = "" if first is None else "star" if first.does("mute") else "mute"
    return [
        (position, rule.name, str(action))
        for position, rule in rules
        for action in rule.actions
        if action.kind != against
    ]
