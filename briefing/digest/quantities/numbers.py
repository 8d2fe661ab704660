"""Reads the numbers of a sentence: digits, words, magnitudes, money, measures, bounds.

Rules in the manner of the quantity extractors compared in CQE (Almasian et al. 2023), with
regular expressions only. Every span counts in the sentence.
"""

import re
from collections.abc import Iterable, Iterator

from briefing.digest.quantities.digits import with_plain_digits
from briefing.digest.quantities.exclusions import find_exclusions, is_hour
from briefing.digest.quantities.grammar import UNIT_START, Grammar, grammar
from briefing.digest.quantities.pairs import join_pairs
from briefing.digest.quantities.quantity import Quantity
from briefing.digest.quantities.rates import with_rate
from briefing.model import Bound, Span
from briefing.text import WordTable

_LONGEST = 5000  # code points; what is longer is no sentence
_HOURS = 12
_TABLE = 60  # a line with more numbers is a table, and its figures cannot be told apart
# What a sentence must have to hold a number at all; a test keeps it complete.
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(
    r"(?<![a-z])(?=[tfsendhmbqlco])(?:two|three|four|five|fifth|six|seven|eight|nine|ten|eleven"
    r"|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|sixty|eighty|dozen|hundred|thousand"
    r"|[mbtr]{1,2}illion|half|third|quarter|lakh|crore|one\s(?:in|out))"
)
_MAY_COUNT = re.compile(rf"\d|{_WORD.pattern}|(?<![a-z])one")
_BEFORE = 26  # code points in which a bound before a number stands
_OPENERS = "([\"'“‘—–-"
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# What may follow four digits that are a number, not a year: something counted.
_COUNTED = re.compile(
    r"\s(?!(?:in|on|at|by|and|or|as|to|for|with|after|when|while|from|the)\b)[a-z]"
)


_NO_POINT = frozenset(["", "seconds", "minutes", "hours", "days", "weeks", "months", "years"])
# What "1.2m" counts: in millions. Else it is as likely a length.
_COUNTED_LETTER = re.compile(
    r"\s(?:(?!(?:of|from|to|in|by|for|above|below|and|or|at|on|with)\s)[a-z-]{3,20}\s)?"
    r"(?:people|persons|men|women|children|adults|pupils|students|pensioners|citizens|residents"
    r"|voters|votes|workers|employees|jobs|families|households|homes|houses|refugees|migrants"
    r"|patients|passengers|visitors|tourists|customers|users|subscribers|subscriptions|followers"
    r"|members|viewers|listeners|readers|fans|views|downloads|copies|tickets|shares|cars|vehicles"
    r"|doses|tests|cases|deaths|animals|birds|tonnes|tons|barrels|litres|liters|gallons|acres"
    r"|hectares|euros|dollars|pounds|yen|rupees|francs)\b"
)


_counting = WordTable(lambda word: _MAY_COUNT.search(word) is not None)


def may_count(words: Iterable[str]) -> bool:
    """Whether a number may stand among the words (in lower case) of a sentence: a look that costs
    a fifth of searching its text."""
    return any(map(_counting.__getitem__, words))


def find_quantities(
    sentence: str, *, decimal_comma: bool = False, in_words: bool = True
) -> list[Quantity]:
    """The figures of a sentence in reading order; ranges and before-and-after pairs are joined.

    decimal_comma: "1.234,5" is 1234.5 and "1,5" one and a half, as in German. in_words: English
    number words are read too.
    """
    spelled = in_words and _WORD.search(sentence.lower())
    if not (spelled or _DIGITS.search(sentence)) or len(sentence) > _LONGEST:
        return []
    rules = grammar(decimal_comma=decimal_comma)
    sentence, unsure = with_plain_digits(sentence, decimal_comma=decimal_comma)
    matches = list(rules.single.finditer(sentence) if spelled else _in_digits(sentence, rules))
    if not matches:
        return []
    excluded = find_exclusions(sentence) + unsure
    quantities: list[Quantity] = []
    past = 0
    for match in matches:
        if len(quantities) >= _TABLE:
            return []
        if match.start() < past:
            continue
        quantity = _read(sentence, match, rules, excluded)
        if quantity is not None:
            quantities.append(quantity)
            past = quantity.core.end
    return join_pairs(sentence, quantities, rules.moves) if len(quantities) > 1 else quantities


def _in_digits(sentence: str, rules: Grammar) -> Iterator[re.Match[str]]:
    """What ``rules.single`` finds in a sentence without number words, from digit to digit."""
    at = 0
    while digits := _DIGITS.search(sentence, at):
        first = digits.start()
        match = None
        if not rules.money_ends.isdisjoint(sentence[max(at, first - 2) : first]):
            money = rules.money.search(sentence, max(at, first - 6), first)
            match = rules.single.match(sentence, money.start()) if money else None
        match = match or rules.single.match(sentence, first)
        if match:
            yield match
        at = match.end() if match else digits.end()


def _read(
    sentence: str, match: re.Match[str], rules: Grammar, excluded: list[Span]
) -> Quantity | None:
    value, scale, fraction = _value(match, rules)
    start, end = match.span()
    if value is None or sentence[end : end + 1] == "/":
        return None
    at = value <= _HOURS and match["spelled"] and sentence.startswith("at ", max(0, start - 3))
    if at and is_hour(sentence, start, end):
        return None
    unit = rules.currencies.get((match["cur"] or "").strip(), "")
    share = _share_of(sentence, match, rules, value) if scale == 1 and not unit else None
    if share is not None:
        value, end = share
        fraction = True
    elif match["one"]:
        return None
    joined = sentence[end : end + 1] == "-" and sentence[end + 1 : end + 2].isalpha()
    core_start = start
    measured = None if share else _unit(sentence, end, match, rules, value)
    if measured:
        unit = unit or rules.units[_spaced(measured["unit"], rules.units)]
        joined = measured["sep"] == "-"
        end = measured.end()
        unit, end = with_rate(sentence, unit, end)
    if match["point"] and scale == 1 and unit in _NO_POINT:
        return None  # "by one point two weeks ago"
    core = Span(core_start, end)
    bound: Bound = ""
    opening = _bound_before(sentence, start, rules)
    if opening is not None:
        bound, start = opening
    elif match["plus"]:
        bound = "more"
    if not bound and sentence[end : end + 1] in (" ", "-"):
        after = rules.after.match(sentence, end)
        if after:
            bound = rules.bounds.get(" ".join(after["b"].lower().split()), "")
            end = after.end()
    if excluded and _is_excluded(sentence, core, excluded, money=bool(match["cur"]), bound=opening):
        return None
    spelled = match["digits"] is None
    return Quantity(
        Span(start, end), core, value, None, unit, bound, None, spelled, joined, fraction, scale
    )


def _bound_before(sentence: str, start: int, rules: Grammar) -> tuple[Bound, int] | None:
    """The bound right before a number and where it begins."""
    left = max(0, start - _BEFORE)
    near = sentence[left:start]
    last = near.split()[-1:]
    if not last or last[0].lstrip(_OPENERS).lower() not in rules.bound_ends:
        return None
    before = rules.before.search(near)
    if not before:
        return None
    phrase = " ".join(before["b"].lower().split())
    return rules.bounds.get(phrase, ""), left + before.start("b")


def _share_of(
    sentence: str, match: re.Match[str], rules: Grammar, value: float
) -> tuple[float, int] | None:
    """ "Eight out of ten homes" is 0.8: the share, and where its words end."""
    if not sentence.startswith((" in ", " out of "), match.end()):
        return None
    ratio = rules.ratio.match(sentence, match.end())
    if not ratio:
        return None
    written = ratio["whole"].lower().replace(",", "")
    whole = float(written) if written[0].isdigit() else rules.words[written]
    part = 1.0 if match["one"] else value
    if part >= whole or whole < 3 or part != int(part):
        return None
    return round(part / whole, 4), ratio.end()


def _value(match: re.Match[str], rules: Grammar) -> tuple[float | None, float, bool]:
    """The plain number of a match, the magnitude read with it, and whether it is a fraction."""
    mags = rules.magnitudes
    if match["digits"]:
        return _value_in_digits(match, rules)
    if match["point"]:
        whole, *decimals = re.split(r"\s(?:point\s)?", match["point"].lower())
        digits = "".join(str(int(_word_value(d, rules))) for d in decimals)
        value = float(f"{int(_word_value(whole, rules))}.{digits}")
        return _scaled(value, match["pointmag"], rules)
    if match["mixed"]:
        value = _word_value(match["mixed"], rules) + rules.fractions[match["part"].lower()]
        return _scaled(value, match["premag"] or match["mixmag"], rules)
    if match["hundreds"]:
        value = 100 * _word_value(match["hundreds"], rules) + _word_value(match["rest"], rules)
        return _scaled(value, match["restmag"], rules)
    if match["spelled"]:
        value = _word_value(match["spelled"], rules)
        if not _is_one_number(match, rules):
            return None, 1.0, False
        scale = 1.0
        for group in ("smag", "smag2"):
            if match[group]:
                scale *= mags[match[group].lower()]
        return value * scale, scale, False
    if match["half"]:
        scale = mags[match["halfmag"].lower()] if match["halfmag"] else 1.0
        return 0.5 * scale, scale, not match["halfmag"]
    if match["frac"]:
        count = rules.words.get(match["count"].lower(), 1)
        shown = round(count * rules.fractions[match["frac"].lower()], 3)
        return (0.667 if shown == 0.666 else shown), 1.0, True
    if match["one"]:
        return 1.0, 1.0, False
    scale = mags[match["bare"].lower()]
    return scale, scale, False


def _value_in_digits(match: re.Match[str], rules: Grammar) -> tuple[float | None, float, bool]:
    value, scale = rules.plain(match["digits"]), 1.0
    if match["digitpart"]:
        return _scaled(
            value + rules.fractions[match["digitpart"].lower()], match["digitmag"], rules
        )
    if match["mag"]:
        scale = rules.magnitudes[match["mag"].lower()]
    elif match["letter"]:
        letter = match["letter"]
        if letter in "mtTbB" and not match["cur"]:
            counted = letter in "mbB" and _COUNTED_LETTER.match(match.string, match.end())
            if not counted:
                return None, 1.0, False  # metres, a name
        scale = rules.letters[letter.lower()]
    return round(value * scale, 6), scale, False


def _word_value(words: str, rules: Grammar) -> float:
    """The sum of number words: 24 of "twenty-four", 1 of "a"."""
    others = {"zero": 0.0, "oh": 0.0}
    parts = re.split(r"[\s-]", words.lower())
    return sum(rules.words.get(part, others.get(part, 1.0)) for part in parts)


def _is_one_number(match: re.Match[str], rules: Grammar) -> bool:
    """Whether number words are one number: "seven thirty" and "Nineteen Eighty-Four" are none."""
    start = match.start()
    if match.string.startswith("-", max(0, start - 1)):
        before = match.string[max(0, start - 12) : start - 1].split()
        if before and before[-1].lower() in rules.words:
            return False
    first, *others = re.split(r"[\s-]", match["spelled"].lower())
    return not others or (rules.words.get(first, 0) >= 20 and rules.words.get(others[0], 1) < 10)


def _scaled(
    value: float, magnitude: str | None, rules: Grammar
) -> tuple[float | None, float, bool]:
    scale = rules.magnitudes[magnitude.lower()] if magnitude else 1.0
    return round(value * scale, 6), scale, False


def _spaced(unit: str, units: dict[str, str]) -> str:
    return unit if unit in units else re.sub(r"\s", " ", unit)


def _unit(
    sentence: str, end: int, match: re.Match[str], rules: Grammar, value: float
) -> re.Match[str] | None:
    """The unit after a number, where its word is one here: "three won" is no money, "two second
    chances" no time."""
    first = UNIT_START.match(sentence, end)
    if not first or first[1] not in rules.unit_starts:
        return None
    measured = rules.unit.match(sentence, end)
    if not measured:
        return None
    unit, sep = measured["unit"], measured["sep"]
    in_words = match["digits"] is None
    if unit in ("won", "rand", "pc"):
        fits = value >= 100
    elif (unit in ("second", "point", "foot") and sep != "-") or (
        sep is None and unit.isalpha() and in_words
    ):
        fits = False
    else:
        fits = not (in_words and unit in ("PS", "hp", "Nm"))
    return measured if fits else None


def _is_excluded(
    sentence: str, core: Span, excluded: list[Span], *, money: bool, bound: tuple[Bound, int] | None
) -> bool:
    """Whether a number lies in what is no figure. Four digits that look like a year pass behind a
    currency, and behind a bound where something counted follows ("over 2000 seals")."""
    for span in excluded:
        if not span.overlaps(core):
            continue
        year = span.end - span.start == 4 and _YEAR.fullmatch(sentence, span.start, span.end)
        counted = bound and bound[0] and _COUNTED.match(sentence, core.end)
        if not (year and (money or counted)):
            return True
    return False
