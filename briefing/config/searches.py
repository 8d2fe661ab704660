"""The saved searches of the configuration, checked: their names and queries."""

from collections.abc import Iterator, Mapping
from typing import Any

Fault = tuple[tuple[str, ...], str, str]


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
    yield from _query_faults(str(entry.get("query", "")), (*keys, "query"), name)


def _query_faults(written: str, keys: tuple[str, ...], name: str) -> Iterator[Fault]:
    from briefing.query import QueryError, parse_query

    if not written.strip():
        what = f"'searches.query' of the search “{name}” is missing"
        yield keys, what, 'Write query = "harbour OR ferry", as for `briefing search`.'
        return
    try:
        parse_query(written)
    except QueryError as error:
        what = f"'searches.query' of the search “{name}” cannot be read: {error.what}"
        yield keys, f"{what}\n{error.pointed()}", error.mend
