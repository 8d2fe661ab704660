"""The rules of the configuration, checked: their names, queries and actions."""

from collections.abc import Iterator, Mapping
from typing import Any

from briefing.config.searches import Fault, query_faults

MOST_RULES = 1000
_MEND = 'Write do = ["mute"], or several of mute, read, star, tag:NAME, boost:2, notify, hook:NAME.'


def rule_faults(
    entry: Mapping[str, Any], keys: tuple[str, ...], names: set[str]
) -> Iterator[Fault]:
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
    yield from query_faults("rules.when", f"the rule “{name}”", entry, keys)
    if not all(feed.strip() for feed in entry.get("feeds", ())):
        what = "'rules.feeds' has an empty name: it would mean every feed"
        yield (*keys, "feeds"), what, "Leave feeds out for all of them."
    yield from _action_faults(entry, (*keys, "do"))


def _action_faults(entry: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[Fault]:
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
