"""The expressions by which numbers are read, made once out of the packaged lists."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from briefing.digest.wordlists import alternatives, table
from briefing.model import Bound

_SPACES = "\u00a0\u2009\u202f"
# "1,234.5", "12,34,567", "1 234.5", and, where no doubt is possible, "1.234,5".
_POINT = (
    r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?"
    rf"|\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?|\d+(?:\.\d+)?"
)
# "1.234,5", "1 234,5".
_COMMA = rf"\d{{1,3}}(?:[.{_SPACES}]\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?"
_AND_A = r"[\s-]and[\s-]a[\s-](?P<part>half|quarter|third)\b(?!\s(?:the|century|dozen)\b)"
_SCALES = "million|billion|trillion|dozen|hundred|thousand"


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a number looks like, what stands around it, and what the words mean.

    money: a currency at the end of a text. money_ends, bound_ends, unit_starts: last signs of
    currencies, last words of bounds, first words of units: a cheap look before long expressions.
    """

    single: re.Pattern[str]
    money: re.Pattern[str]
    money_ends: frozenset[str]
    unit: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    ratio: re.Pattern[str]
    bounds: dict[str, Bound]
    bound_ends: frozenset[str]
    unit_starts: frozenset[str]
    words: dict[str, float]
    magnitudes: dict[str, float]
    letters: dict[str, float]
    fractions: dict[str, float]
    units: dict[str, str]
    currencies: dict[str, str]
    moves: frozenset[str]
    decimal_comma: bool

    def plain(self, digits: str) -> float:
        """The number that digits with separators mean."""
        comma = self.decimal_comma or (digits.rfind(",") > digits.rfind(".") >= 0)
        for space in _SPACES:
            comma = comma or (space in digits and "," in digits)
            digits = digits.replace(space, "")
        if comma:
            return float(digits.replace(".", "").replace(",", "."))
        return float(digits.replace(",", ""))


@cache
def grammar(*, decimal_comma: bool = False) -> Grammar:
    """The grammar of English numbers; ``decimal_comma`` where "1.234,5" is 1234.5."""
    data = table("numbers")
    words: dict[str, float] = data["words"]
    units: dict[str, str] = {**data["units"], **data["money"]}
    bounds = {
        phrase: cast("Bound", "" if bound == "none" else bound)
        for bound, phrases in data["bounds"].items()
        for phrase in phrases
    }
    after = {p: cast("Bound", b) for b, ps in data["bounds_after"].items() for p in ps}
    word = alternatives(words)
    return Grammar(
        single=re.compile(_single(data, _COMMA if decimal_comma else _POINT)),
        money=re.compile(rf"(?<![\w/:])(?:{alternatives(data['currencies'])})\s?\Z"),
        money_ends=frozenset(name[-1] for name in data["currencies"]),
        unit=re.compile(rf"(?P<sep>\s|-)?(?P<unit>{alternatives(units)})(?!\w)"),
        before=re.compile(rf"(?<![\w-])(?P<b>{alternatives(bounds)})\s?\Z", re.IGNORECASE),
        after=re.compile(rf"[\s-](?P<b>{alternatives(after)})(?!\w)", re.IGNORECASE),
        ratio=re.compile(
            rf"\s(?:in|out\sof)\s(?:every\s)?(?i:(?P<whole>{word}|\d{{1,3}}|1,000))\b"
            r"(?=\s(?!(?:of(?!\s(?:the|all|its|their|his|her|our|those|these|them)\b)|the|and|or|to"
            r"|in|on|at|for|per|by|(?:day|week|month|year|hour|minute|second|decade|game|match|race"
            r"|round|inning)s?)\b)[a-z])"
        ),
        bounds={**after, **bounds},
        bound_ends=frozenset(phrase.split()[-1] for phrase in bounds),
        unit_starts=frozenset(_first_words(units)),
        words=words,
        magnitudes=data["magnitudes"],
        letters=data["letters"],
        fractions=data["fractions"],
        units=units,
        currencies=data["currencies"],
        moves=frozenset(data["counting"]["moves"].split()),
        decimal_comma=decimal_comma,
    )


UNIT_START = re.compile(r"[\s-]?(%|°|[^\W\d_]+)")


def _first_words(units: Iterable[str]) -> Iterable[str]:
    for unit in units:
        match = UNIT_START.match(unit)
        if match:
            yield match[1]


def _firsts(names: Iterable[str]) -> str:
    """The first signs of some names, as they stand in a class of an expression."""
    return re.escape("".join(sorted({name[0] for name in names})))


def _single(data: Mapping[str, Any], digits: str) -> str:
    """The expression of one number, in digits or words, with money before and magnitude after."""
    word, mag = alternatives(data["words"]), alternatives(data["magnitudes"])
    fraction = alternatives(data["fractions"])
    # Where a number may begin: most words are passed over at one look.
    first = alternatives(("a", "an", "one", "half", "zero", *data["words"]))
    begins = rf"(?=[\d{_firsts(data['currencies'])}]|(?i:{first}\b))"
    spelled = rf"(?:{word})(?:[\s-](?:{word})\b(?![\s-](?:to|or)\s)|(?<=ty)-one\b)?"
    decimal = rf"(?:zero|one|oh|{alternatives(w for w, n in data['words'].items() if n < 10)})\b"
    large = "thousand|million|billion|trillion"
    return (
        rf"(?<![\w/:]){begins}(?<!\d[.,])(?P<cur>(?:{alternatives(data['currencies'])})\s?)?"
        rf"(?:(?P<digits>{digits})(?!\d)(?P<plus>\+)?"
        rf"(?:(?i:{_AND_A.replace('part', 'digitpart')}(?:[\s-](?P<digitmag>{mag})\b)?)"
        rf"|(?:\s|-)?(?i:(?P<mag>{mag}))\b|(?P<letter>(?i:[kmbt]))\b(?!['’]))?"
        # "one point two million", "two and a half million", "a hundred and twenty thousand"
        rf"|(?<![Aa]t\s)(?i:(?P<point>(?:zero|one|{word})\spoint(?:\s{decimal})+)"
        rf"(?:[\s-](?P<pointmag>{mag})\b)?)"
        rf"|(?i:(?P<mixed>a|an|one|{word})(?:\s(?P<premag>{large}))?{_AND_A}"
        rf"(?:[\s-](?P<mixmag>{mag})\b)?)"
        rf"|(?<!between\s)(?i:(?P<hundreds>a|one|{word})[\s-]hundred(?:\sand\s|-and-|\s)"
        rf"(?P<rest>one|{spelled})\b(?:[\s-](?P<restmag>{large})\b)?"
        r"(?![\s-](?:hundred|dozen|and|to|or|of|others?|more|were|was|are|is|had|have|point)\b))"
        rf"|(?i:(?P<half>half)(?:[\s-](?:a|of\sa)[\s-](?P<halfmag>{_SCALES})\b"
        r"|(?=\s(?:of|the|a|all|its|their|his|her|our)\b)))"
        rf"|(?i:(?P<count>a|one|{word})[\s-](?P<frac>{fraction})\b"
        r"(?=\s(?:of|the)\b|[,.;]|\sas\b|\smajorit|\smore\b))"
        rf"|(?i:(?:a|an|one)\s(?P<bare>{mag})\b)"
        r"|(?i:(?P<one>one)(?=\s(?:in|out\sof)\s))"
        rf"|(?i:(?P<spelled>{spelled})\b"
        rf"(?:[\s-](?P<smag>{mag})\b(?:[\s-](?P<smag2>thousand|million|billion|trillion)\b)?)?))"
    )
