"""The words in dates: months, days of the week, zones by name, in the languages of feeds."""

import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

_SHORTEST_MONTH = 3
_SHORTEST_DAY = 2


@dataclass(frozen=True, slots=True)
class DateNames:
    """``months`` and ``weekdays`` (Monday is 1) by their names and abbreviations, ``zones`` in
    minutes from UTC by name, and the ``fillers`` that say nothing; all as ``plain`` leaves them.

    An abbreviation of two languages' different months is in none of them.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, frozenset[int]]
    zones: Mapping[str, int]
    fillers: frozenset[str]


def plain(text: str) -> str:
    """``text`` in small letters without accents, digits as ASCII's, signs as hyphens."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(c for c in parts if not unicodedata.combining(c))
    digits = "".join(str(unicodedata.digit(c, c)) for c in bare)
    return unicodedata.normalize("NFC", digits).translate(_SIGNS)


_SIGNS = {ord(c): "-" for c in "\u2010\u2011\u2012\u2013\u2014\u2212"} | {ord("ł"): "l"}


@cache
def date_names() -> DateNames:
    """The tables of ``feed_dates.toml``."""
    file = resources.files("briefing.ingest") / "feed_dates.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    months = _by_beginning(table["months"], _SHORTEST_MONTH)
    return DateNames(
        {name: min(numbers) for name, numbers in months.items() if len(numbers) == 1},
        _by_beginning(table["weekdays"], _SHORTEST_DAY),
        table["zones"],
        frozenset(plain(table["fillers"]["words"]).split()),
    )


def _by_beginning(table: Mapping[str, str], shortest: int) -> dict[str, frozenset[int]]:
    """The numbers by name, and by each beginning of a name that is no other's whole name."""
    whole: defaultdict[str, set[int]] = defaultdict(set)
    begun: defaultdict[str, set[int]] = defaultdict(set)
    for number, names in table.items():
        for name in plain(names).split():
            whole[name].add(int(number))
            for beginning in _beginnings(name, shortest):
                begun[beginning].add(int(number))
    return {name: frozenset(numbers) for name, numbers in (begun | whole).items()}


def _beginnings(name: str, shortest: int) -> Iterable[str]:
    return (name[:length] for length in range(shortest, len(name)))
