"""Reads the numbers of a sentence: digits, words, magnitudes, money, measures, bounds, ranges.

Rules in the manner of the quantity extractors compared in CQE (Almasian et al. 2023), with
regular expressions only. Every span counts in the sentence.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from briefing.digest.quantities.masks import masks
from briefing.digest.wordlists import alternatives, table
from briefing.model import Bound, Change, Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as read. ``span`` includes bound and unit; ``core`` begins at the number itself.

    spelled: written in words. joined: tied to the next word by a hyphen ("12-hour", "30-member").
    """

    span: Span
    core: Span
    value: float
    value_to: float | None = None
    unit: str = ""
    bound: Bound = ""
    change: Change | None = None
    spelled: bool = False
    joined: bool = False
    fraction: bool = False
    scale: float = 1.0  # the magnitude word that was read with it


_LONGEST = 5000  # code points; what is longer is no sentence
_TABLE = 60  # a line with more numbers is a table, and its figures cannot be told apart
_DIGITS = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# What a sentence in lower case must have to hold a number at all; a test keeps it complete.
_QUICK = re.compile(
    r"\d|(?<![a-z])(?=[tfsendhmbqlc])(?:two|three|four|five|fifth|six|seven|eight|nine|ten|eleven"
    r"|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|sixty|eighty|dozen|hundred|thousand"
    r"|[mbtr]{1,2}illion|half|third|quarter|lakh|crore)"
)


@dataclass(frozen=True, slots=True)
class _Grammar:
    single: re.Pattern[str]
    unit: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    bounds: dict[str, Bound]
    words: dict[str, float]
    magnitudes: dict[str, float]
    letters: dict[str, float]
    fractions: dict[str, float]
    units: dict[str, str]
    currencies: dict[str, str]
    moves: frozenset[str]


@cache
def _grammar() -> _Grammar:
    data = table("numbers")
    words: dict[str, float] = data["words"]
    mags: dict[str, float] = data["magnitudes"]
    fractions: dict[str, float] = data["fractions"]
    currencies: dict[str, str] = data["currencies"]
    units: dict[str, str] = {**data["units"], **data["money"]}
    word, mag = alternatives(words), alternatives(mags)
    spelled = rf"(?:{word})(?:[\s-](?:{word})\b(?![\s-](?:to|or)\s))?"
    single = (
        rf"(?<![\w/:])(?<!\d[.,])(?P<cur>(?:{alternatives(currencies)})\s?)?"
        rf"(?:(?P<digits>{_DIGITS})(?!\d)(?P<plus>\+)?"
        rf"(?:(?:\s|-)?(?i:(?P<mag>{mag}))\b|(?P<letter>(?i:[kmbt]))\b(?!['’]))?"
        r"|(?i:(?P<half>half)(?:[\s-](?:a|of\sa)[\s-](?P<halfmag>million|billion|trillion|dozen|hundred|thousand)\b|(?=\s(?:of|the|a|all|its|their|his|her|our)\b)))"
        rf"|(?i:(?P<count>a|one|{word})[\s-](?P<frac>{alternatives(fractions)})\b(?=\s(?:of|the)\b|[,.;]|\sas\b|\smajorit|\smore\b))"
        rf"|(?i:(?:a|an|one)\s(?P<bare>{mag})\b)"
        rf"|(?i:(?P<spelled>{spelled})\b(?:[\s-](?P<smag>{mag})\b(?:[\s-](?P<smag2>thousand|million|billion|trillion)\b)?)?))"
    )
    bounds: dict[str, Bound] = {}
    for bound in ("none", "about", "less", "more"):
        for phrase in data["bounds"][bound]:
            bounds[phrase] = cast("Bound", "" if bound == "none" else bound)
    after = {p: cast("Bound", b) for b, ps in data["bounds_after"].items() for p in ps}
    return _Grammar(
        single=re.compile(single),
        unit=re.compile(rf"(?P<sep>\s|-)?(?P<unit>{alternatives(units)})(?!\w)"),
        before=re.compile(rf"(?<![\w-])(?P<b>{alternatives(bounds)})\s?\Z", re.IGNORECASE),
        after=re.compile(rf"[\s-](?P<b>{alternatives(after)})(?!\w)", re.IGNORECASE),
        bounds={**after, **bounds},
        words=words,
        magnitudes=mags,
        letters=data["letters"],
        fractions=fractions,
        units=units,
        currencies=currencies,
        moves=frozenset(data["counting"]["moves"].split()),
    )


def find_quantities(sentence: str) -> list[Quantity]:
    """The figures of a sentence in reading order; ranges and before-and-after pairs are joined."""
    if not _QUICK.search(sentence.lower()):
        return []
    grammar = _grammar()
    if len(sentence) > _LONGEST:
        return []
    matches = list(grammar.single.finditer(sentence))
    if not matches:
        return []
    hidden = masks(sentence)
    found: list[Quantity] = []
    for match in matches:
        if len(found) >= _TABLE:
            return []
        quantity = _read(sentence, match, grammar, hidden)
        if quantity is not None:
            found.append(quantity)
    return _joined(sentence, found, grammar)


def _read(
    sentence: str, match: re.Match[str], grammar: _Grammar, hidden: list[Span]
) -> Quantity | None:
    value, scale, fraction = _value(match, grammar)
    start, end = match.span()
    if value is None or sentence[end : end + 1] == "/":
        return None
    currency = (match["cur"] or "").strip()
    unit = grammar.currencies.get(currency, "")
    joined = sentence[end : end + 1] == "-" and sentence[end + 1 : end + 2].isalpha()
    measured = grammar.unit.match(sentence, end)
    if measured and _unit_fits(measured, match, value):
        name = grammar.units[_spaced(measured["unit"], grammar.units)]
        unit = unit or name
        joined = measured["sep"] == "-"
        end = measured.end()
    bound: Bound = ""
    left = max(0, start - 26)
    before = grammar.before.search(sentence[left:start])
    core = Span(start, end)
    if before:
        bound = grammar.bounds.get(re.sub(r"\s+", " ", before["b"].lower()), "")
        start = left + before.start("b")
    elif match["plus"]:
        bound = "more"
    after = None if before and bound else grammar.after.match(sentence, end)
    if after:
        bound = grammar.bounds.get(re.sub(r"\s+", " ", after["b"].lower()), "")
        end = after.end()
    if _is_hidden(sentence, core, hidden, lenient=bool(bound and before) or bool(currency)):
        return None
    spelled = match["digits"] is None
    return Quantity(
        Span(start, end), core, value, None, unit, bound, None, spelled, joined, fraction, scale
    )


def _value(match: re.Match[str], grammar: _Grammar) -> tuple[float | None, float, bool]:
    """The plain number of a match, the magnitude read with it, and whether it is a fraction."""
    mags = grammar.magnitudes
    if match["digits"]:
        value = float(match["digits"].replace(",", ""))
        scale = 1.0
        if match["mag"]:
            scale = mags[match["mag"].lower()]
        elif match["letter"]:
            letter = match["letter"]
            lone_metre = letter == "m" and not match["cur"]
            if lone_metre or (letter in "tTbB" and not match["cur"]):
                return None, 1.0, False
            scale = grammar.letters[letter.lower()]
        return round(value * scale, 6), scale, False
    if match["half"]:
        scale = mags[match["halfmag"].lower()] if match["halfmag"] else 1.0
        return 0.5 * scale, scale, not match["halfmag"]
    if match["frac"]:
        count = grammar.words.get(match["count"].lower(), 1)
        part = grammar.fractions[match["frac"].lower()]
        shown = round(count * part, 3)
        return (0.667 if shown == 0.666 else shown), 1.0, True
    if match["bare"]:
        scale = mags[match["bare"].lower()]
        return scale, scale, False
    value = sum(grammar.words[p] for p in re.split(r"[\s-]", match["spelled"].lower()))
    scale = 1.0
    for group in ("smag", "smag2"):
        if match[group]:
            scale *= mags[match[group].lower()]
    return value * scale, scale, False


def _spaced(unit: str, units: dict[str, str]) -> str:
    return unit if unit in units else re.sub(r"\s", " ", unit)


def _unit_fits(measured: re.Match[str], match: re.Match[str], value: float) -> bool:
    """Whether a unit's word is one here: "three won" is no money, "two second chances" no time."""
    unit, sep = measured["unit"], measured["sep"]
    if unit in ("won", "rand", "pc"):
        return value >= 100
    if unit in ("second", "point", "foot") and sep != "-":
        return False
    if sep is None and unit.isalpha() and match["digits"] is None:
        return False
    return not (match["digits"] is None and unit in ("PS", "hp", "Nm"))


def _is_hidden(sentence: str, core: Span, hidden: list[Span], *, lenient: bool) -> bool:
    for span in hidden:
        if not span.overlaps(core):
            continue
        bare_year = span.end - span.start == 4 and sentence[span.start : span.end].isdigit()
        if not (lenient and bare_year):
            return True
    return False


# ── Ranges, and before and after ─────────────────────────────────────────────────────────────

_RANGE = re.compile(r"\s?[-–—]\s?|-to-|\s(?:to|or)\s|\sand\s")
_FROM = re.compile(
    r",?\s(?:(?:up|down|compared)\s)?(?:sharply\s|slightly\s)?from\s(?:a\srecord\s)?"
)
_LAST_WORDS = re.compile(r"[a-z]+")


def _joined(sentence: str, found: list[Quantity], grammar: _Grammar) -> list[Quantity]:
    out: list[Quantity] = []
    for quantity in found:
        merged = _pair(sentence, out[-1], quantity, grammar) if out else None
        if merged is None:
            out.append(quantity)
        else:
            out[-1] = merged
    return out


def _pair(sentence: str, a: Quantity, b: Quantity, grammar: _Grammar) -> Quantity | None:
    """The two as one figure, or None where they are two."""
    if a.change or a.value_to is not None or b.core.start < a.core.end:
        return None
    between = sentence[a.core.end : b.core.start]
    if len(between) > 40:
        return None
    head = sentence[max(0, a.span.start - 60) : a.span.start].lower()
    gap = sentence[a.span.end : b.span.start]
    if _FROM.fullmatch(gap) and (not a.unit or not b.unit or a.unit == b.unit):
        a, b = _share(a, b)
        return replace(
            a,
            span=Span(a.span.start, b.span.end),
            core=Span(a.core.start, b.core.end),
            change=Change(b.value, a.value),
        )
    if not _RANGE.fullmatch(between):
        return None
    word = between.strip()
    if word == "and" and not head.endswith("between "):
        return None
    came_from = head.endswith("from ")
    moved = came_from and any(w in grammar.moves for w in _LAST_WORDS.findall(head))
    if a.unit and b.unit and a.unit != b.unit:
        return None
    a, b = _share(a, b)
    start = a.span.start - len("from ") if came_from else a.span.start
    if word == "to" and moved:
        return replace(
            b,
            span=Span(start, b.span.end),
            core=Span(a.core.start, b.core.end),
            change=Change(a.value, b.value),
        )
    if b.value <= a.value:
        return None
    if word == "and":
        start -= len("between ")
    start = a.span.start if word != "and" else start
    return replace(
        a,
        span=Span(start, b.span.end),
        core=Span(a.core.start, b.core.end),
        value_to=b.value,
        joined=b.joined,
    )


def _share(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    """Gives each the unit, and the first the magnitude, that only the other names."""
    if not a.unit:
        a = replace(a, unit=b.unit)
    if not b.unit:
        b = replace(b, unit=a.unit)
    if b.scale > 1 and a.scale == 1 and a.value < 1000 and not a.fraction:
        a = replace(a, value=a.value * b.scale, scale=b.scale)
    return a, b
