"""The rules of the configuration, checked: their names, queries and actions."""

from collections.abc import Iterator, Mapping
from typing import Any

MOST_RULES = 1000
_MEND = 'Write do = ["mute"], or several of mute, read, star, tag:NAME, boost:2, notify, hook:NAME.'


def rule_faults(
    entry: Mapping[str, Any], keys: tuple[str, ...], names: set[str]
) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What is wrong with a rule whose values have the right types: the key, what, the mend.

    names: of the rules before; this one's is added.
    """
    name = str(entry.get("name", "")).strip()
    if not name:
        yield (*keys, "name"), "'rules.name' is missing", 'Write name = "no horoscopes".'
    elif name in names:
        what = f"'rules.name' is “{name}” for the second time"
        yield (*keys, "name"), what, "Give each rule a name of its own."
    elif len(names) >= MOST_RULES:
        yield keys, f"there are more than {MOST_RULES:,} rules", ""
    names.add(name)
    yield from _query_faults(entry, (*keys, "when"), name)
    if not all(feed.strip() for feed in entry.get("feeds", ())):
        what = "'rules.feeds' has an empty name: it would mean every feed"
        yield (*keys, "feeds"), what, "Leave feeds out for all of them."
    yield from _action_faults(entry, (*keys, "do"))


def _query_faults(
    entry: Mapping[str, Any], keys: tuple[str, ...], name: str
) -> Iterator[tuple[tuple[str, ...], str, str]]:
    from briefing.query import QueryError, parse_query

    when = str(entry.get("when", ""))
    if not when.strip():
        what = f"'rules.when' of the rule “{name}” is missing: it would be about everything"
        yield keys, what, 'Write when = "title:horoscope", as for `briefing search`.'
        return
    try:
        query = parse_query(when)
    except QueryError as error:
        what = f"'rules.when' of the rule “{name}” cannot be read: {error.what}"
        yield keys, f"{what}\n{error.pointed()}", error.mend
        return
    if query.sort:
        yield keys, f"'rules.when' has sort:{query.sort}", "A rule has no order: leave it out."


def _action_faults(
    entry: Mapping[str, Any], keys: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str, str]]:
    from briefing.model.rules import read_action

    kinds = set()
    for written in entry.get("do", ()):
        try:
            kinds.add(read_action(written).kind)
        except ValueError as error:
            yield keys, f"'rules.do': {error}", _MEND
    if not entry.get("do") and not entry.get("keep"):
        yield keys, "'rules.do' is missing", _MEND
    if {"mute", "star"} <= kinds:
        yield keys, "'rules.do' mutes and stars the same articles", "Leave one of them out."
