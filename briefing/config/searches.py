"""The saved searches of the configuration, checked: their names and queries."""

from collections.abc import Iterator, Mapping
from typing import Any

Fault = tuple[tuple[str, ...], str, str]
"""The key's path, what is wrong (behind a line break the lines that are shown), the mend."""


def search_faults(
    entry: Mapping[str, Any], keys: tuple[str, ...], names: set[str]
) -> Iterator[Fault]:
    """What is wrong with a search whose values have the right types: the key, what, the mend.

    names: of the searches before; this one's is added.
    """
    name = str(entry.get("name", "")).strip()
    if not name:
        yield (*keys, "name"), "'searches.name' is missing", 'Write name = "Harbour".'
    elif name.lower() in names:
        what = f"'searches.name' is “{name}” for the second time"
        yield (*keys, "name"), what, "Give each search a name of its own."
    names.add(name.lower())
    yield from query_faults("searches.query", f"the search “{name}”", entry, keys)


def query_faults(
    setting: str, of: str, entry: Mapping[str, Any], keys: tuple[str, ...]
) -> Iterator[Fault]:
    """What is wrong with the query that a setting holds, such as ``searches.query``. of: the search
    or the rule whose it is."""
    from briefing.query import QueryError, parse_query

    key = setting.rpartition(".")[2]
    written, keys = str(entry.get(key, "")), (*keys, key)
    if not written.strip():
        what = f"'{setting}' of {of} is missing: it would be about everything"
        yield keys, what, f'Write {key} = "harbour OR ferry", as for `briefing search`.'
        return
    try:
        query = parse_query(written)
    except QueryError as error:
        what = f"'{setting}' of {of} cannot be read: {error.what}"
        yield keys, f"{what}\n{error.pointed()}", error.mend
        return
    if query.sort and setting != "searches.query":
        whose = "A rule" if setting == "rules.when" else "It"
        yield keys, f"'{setting}' has sort:{query.sort}", f"{whose} has no order: leave it out."
