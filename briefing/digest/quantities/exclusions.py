"""Numbers that are no figures: dates, clock times, ages, names with a number, scores, addresses."""

import re
from collections.abc import Iterator
from functools import cache

from briefing.digest.wordlists import alternatives, table
from briefing.model import Span

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"

_CALLING = "call calls called calling dial dialed dialled dialing rang ring phoned".split()
_AFTER_CALLING = "|".join(rf"(?<={verb}\s\d\d\d)" for verb in _CALLING)

# What begins with a digit. A year is let through only with a bound before it ("more than 2000
# people"): see numbers.py.
_DIGIT_FIRST = (
    # dates
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–—]\s?\d{{1,2}})?\s(?:of\s)?{_MONTH}\b(?:,?\s{_YEAR}\b)?",
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b",
    r"\b\d{2,4}s\b",
    rf"(?<![\d,.$£€¥])\b{_YEAR}(?:\s?[-–—/]\s?(?:{_YEAR}|\d\d))?\b(?![.,]\d|\s?(?:%|percent|per\scent|million|billion))",
    # clock times and durations that point at a day
    r"\b\d{1,2}(?:\sor\s\d{1,2})?(?:[:.]\d{2}){0,2}\s?(?:[ap]\.?m\b\.?|[AP]\.?M\b\.?|o['’]clock)",
    r"\b\d{1,2}:\d{1,2}(?::\d{2})?\b(?:\s?(?:GMT|BST|CET|UTC|E[SD]?T|P[SD]?T))?",
    r"\b\d{4}\s(?:GMT|UTC|BST)\b",
    # years of an era, heights, ages ("54 and younger"), certainty ("100 percent sure")
    r"\b\d{1,4}\s(?:[BC]\.?C\.?E?|C\.?E|A\.?D)\b",
    r"\b\d[\s-](?:feet|foot|ft)[\s,-]{1,2}\d{1,2}(?:[\s-]inch(?:es)?)?\b",
    r"\b[1-9]\d(?:\s(?:and|or)\s(?:older|younger|above|over|under|up)\b|-(?:and-(?:over|older|under)|somethings?)\b)",
    r"\b100\s?(?:%|percent|per\scent)[”\"]?\s(?:sure|certain|right|true|wrong|behind|committed|convinced|confident|false)\b",
    # ordinals, list numbers, telephone numbers
    r"\b\d+(?:st|nd|rd|th)\b|\A\d{1,2}[.)]\s",
    r"\b\d{3}[-.]\d{3,4}(?:[-.]\d{4})?\b",
    r"\b\d{1,4}[A-Z]{1,2}\d?[\w-]{0,5}(?![\w%])(?<!\dK)(?<!\dM)(?<!\dB)(?<!\dGB)(?<!\dTB)(?<!\dMW)(?<!\dGW)",
    r"\b(?:[01]\d|2[0-3])[0-5]\d\s?hrs?\b",
    # aircraft by their number, calls for help, "12- to 35-year-olds"
    r"\b7[0-8]7(?:s\b|x?(?:-\d{1,4})?\s(?:Max|MAX|Dreamliner|Classic|jet|jets|program|programme|plane|planes)\b)",
    r"\b(?:911|999|112)\s(?:calls?|callers?|operators?|dispatch\w*|emergency)\b|\b\d{3}x\b",
    rf"\b(?:911|999|112)\b(?:{_AFTER_CALLING})",
    r"\b\d{1,3}-\s(?:to|and|or)\s(?=\d{1,3}-(?:year|month|week|day)-olds?)",
    r"\b(?:9/11|24/7|50[-/]50|20/20|7/7|4x4)\b",
)
# What begins with a letter: dates, numbers by name, fixed sayings, shares told as "one in five".
_LETTER_FIRST = (
    rf"{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–—]\s?\d{{1,2}}(?![\d,]))?(?:,?\s{_YEAR})?\b",
    rf"{_MONTH},?\s{_YEAR}\b",
    r"[Nn]o\.\s?\d+|Nos\.\s?\d+",
    r"[Oo]ne\sof\s(?:every\s)?(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,4})\b",
    r"(?:S&P\s(?:500|100)|Dow\s30|CAC\s40|DAX\s?\d\d|ASX\s200|Russell\s\d{4}|SARS-CoV-2)\b",
    r"(?:first|second|other|latter|third|fourth)[\s-](?:half|quarter)\b|half[\s-](?:time|way|an\shour|brother|sister|past|hour)\b",
    r"half\s(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?![\s-][a-z]+s\b)",
    r"nine[\s-]to[\s-]five\b",
    r"(?:two|three|four|five|six)[\s-](?:fold|way|piece|door|wheel(?:ed|er)?|seater|star|step|tier)\b",
)
_SMALL = frozenset("fhlnost")  # small letters that they begin with


# Costly to look for at every word, so only where their trigger is found.
_TRIGGERED = tuple(
    (triggers, re.compile(pattern))
    for triggers, pattern in (
        # ages
        (("old",), r"\b[\w-]{1,20}[\s-](?:years?|months?|weeks?|days?)[\s-]olds?\b"),
        (
            ("age",),
            r"\b(?:aged?|ages|age\sof)\s(?:between\s)?\d{1,3}(?:\s?(?:[-–]|and|to)\s?\d{1,3})?\b",
        ),
        (
            (" over", " under", " than"),
            (
                r"\b(?i:voters|people|women|men|children|kids|adults|those|anyone|everyone|anybody|drivers"
                r"|students|workers|patients|Americans|seniors|males|females|residents|girls|boys)\s"
                r"(?:(?:aged|who\s(?:are|were))\s)?(?:over|under|older\sthan|younger\sthan)\s\d{1,2}\b"
                r"(?!\s?(?:%|percent|per\scent|million|thousand|hundred|miles|km|feet|pounds|kilo))"
            ),
        ),
        (
            (" yet ", " now ", " at ", " turn"),
            (
                r"\b(?:(?:not\syet|(?:now|would|will|then)\sbe|would\snow\sbe|turn(?:s|ed|ing)?)\s\d{1,2}\b"
                r"(?!\s?[a-z%$-])|\bat\s(?:1[0-9]|[2-9]\d)(?=,\s(?:he|she|the)\b))"
            ),
        ),
        (
            ("cal", "mm"),
            r"(?<!\d)\.\d\d[\s-]cal(?:iber|ibre)?\b|\b\d{1,2}\s?mm\s(?=[a-z]*(?:gun|pistol|rifle|round))",
        ),
        (
            (
                "season",
                "episode",
                "chapter",
                "page",
                "volume",
                "figure",
                "level",
                "ligue",
                "sura",
                "verse",
            ),
            (
                r"\b(?:(?:season|episode|chapter|page|volume|figure|level|ligue|sura|verse)"
                r"\s(?:\d{1,4}|[a-z]{3,5})\b(?!\u00a0\d|\s(?:millions?|euros?|francs|€)))"
            ),
        ),
        (
            ("op ", "bottom ", "richest ", "wealthiest ", "poorest ", "upper ", "lower "),
            r"\b(?:(?:[Tt]op|bottom|richest|wealthiest|poorest|upper|lower)\s\d{1,3}(?:\.\d+)?\b)",
        ),
        (
            ("the year ", "per ", "agree"),
            r"\b(?:the\syear\s\d{1,4}\b|per\s(?:\d{1,3}(?:,\d{3})+|1?0+|100)\b|agrees?d?\s100\b)",
        ),
        # what begins with a mark: a short year, list numbers, telephone numbers
        (
            ("'", "’", "#", "+", "("),
            r"['’]\d\ds?\b|#\s?\d+|\A\(\d{1,2}[.)]\s|(?<!\w)\+\d[\d\s().-]{6,18}\d|\(\d{3}\)\s?\d{3}-\d{4}",
        ),
        # addresses on the web, handles
        (("://", "www.", "@", "#"), r"\b(?:https?://|www\.)\S{1,300}|[@#]\w{1,60}"),
    )
)


# Clock times in words, and hours named by their part of the day.
_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[1-9]|1[0-2])"
_PART = r"(?:half|a?\s?quarter|five|ten|twenty(?:[\s-]five)?|\d{1,2})(?:\sminutes?)?"
_PARTS_OF_DAY = (
    *("he morning", "is morning", "at morning", "row morning", "at night", "tonight"),
    *("he afternoon", "is afternoon", "at afternoon", "row afternoon"),
    *("he evening", "is evening", "at evening", "row evening"),
)
_CLOCK: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (triggers, re.compile(pattern, re.IGNORECASE))
    for triggers, pattern in (
        ((" past ",), rf"\b{_PART}\spast\s(?:{_HOUR}|noon|midnight)\b"),
        (("uarter to ",), rf"\bquarter\sto\s{_HOUR}\b"),
        (
            ("ve to ", "ten to ", "twenty to "),
            rf"\b(?:at|until|till)\s{_PART}\sto\s{_HOUR}\b(?=[.,;:!?)]|$|\s(?:on|in|this|and)\b)",
        ),
        (
            (" o'clock", " o’clock", " o clock"),
            rf"\b{_HOUR}(?:(?:\sto|\sor|\sand)\s{_HOUR})?\so[\s'’]clock\b",
        ),
        (
            _PARTS_OF_DAY,
            (
                rf"\b(?:{_HOUR}\s(?:and|or|to)\s)?{_HOUR}(?:[\s-](?:fifteen|thirty|forty-five))?\s(?:(?:early\s)?(?:in\sthe|this|that"
                rf"|tomorrow)\s(?:morning|afternoon|evening)|at\snight|tonight)\b"
            ),
        ),
        (
            (" a.m", " p.m", " pm", " am ", " am,", " am."),
            rf"\b{_HOUR}(?:[\s-](?:fifteen|thirty|forty-five))?\s[ap]\.?m\b",
        ),
    )
)


# "The doors open at six." But "the toll stood at six" tells a number.
_OPENS_AT = re.compile(
    r"\b(?:open|clos|shut|start|begin|began|begun|leav|left|arriv|depart|land|sail|meet|met|gather|end"
    r"|finish|return|wake|woke|rise|rose|come|came|dock|resum|adjourn|reopen)(?:s|e|es|ed|d|ing|ting|ning)?"
    r"\s(?:up\s|off\s|again\s|early\s|daily\s)?at\s\Z",
    re.IGNORECASE,
)
_HOUR_ENDS = re.compile(
    r"(?:[\s-](?:fifteen|thirty|forty-five))?"
    r"(?=\s*(?:[.,;:!?)”\"’]|\Z)|\s(?:and|or|on|sharp|this|tomorrow|every|each|for|but|with|when)\b)"
)


def is_hour(sentence: str, start: int, end: int) -> bool:
    """Whether the number word at ``[start, end)``, which stands behind "at", is the hour when
    something opens, begins, or comes."""
    opens = _OPENS_AT.search(sentence, max(0, start - 40), start)
    return opens is not None and _HOUR_ENDS.match(sentence, end) is not None


def _may_tell_the_time(sentence: str) -> bool:
    """Whether a sentence may have a trigger of ``_CLOCK``: a short look, for few have."""
    return (
        "ning" in sentence  # morning, evening
        or "ve to " in sentence
        or "en to " in sentence
        or "ty to " in sentence
        or "arter to " in sentence
        or "night" in sentence
        or "noon" in sentence
        or "past " in sentence
        or "clock" in sentence
        or ".m" in sentence
        or " pm" in sentence
        or " am" in sentence
    )


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What begins with a digit, and what with a letter: the look ahead skips most other words."""
    masked = table("numbers")["masks"]
    listed = masked["names"].split()
    names = alternatives(listed)
    firsts = "".join(sorted(_SMALL.union(name[0] for name in listed)))
    streets = alternatives(masked["streets"].split())
    named = (
        rf"(?:{names})\s(?:\d+(?:[.,/-]\d+)*|two|three|four|five|six|seven|eight|nine|ten)\b"
        r"(?!\s?(?:%|percent|per\scent|million|billion|trillion))"
    )
    address = rf"\b\d{{1,5}}\s(?:[NSEW]\.?\s)?(?:[A-Z][\w’'.]{{1,20}}\s){{1,3}}(?:{streets})\b"
    return (
        re.compile(r"(?=\d)(?:" + "|".join((*_DIGIT_FIRST, address)) + ")"),
        re.compile(rf"\b(?=[A-Z{firsts}])(?:" + "|".join((*_LETTER_FIRST, named)) + ")"),
    )


# Letters and digits in one word: models, roads, paragraphs.
_GLUED = re.compile(r"\d(?<=[A-Za-z]\d)|\d(?<=[A-Za-z][-–]\d)")
_MODEL = re.compile(
    r"\b(?!(?:Rs|RM|Rp|R|US|USD|EUR|GBP|TSh|Sh|TL)\d)[A-Za-z]{1,15}[-–]?\d[\w-]{0,15}"
)
_DIGIT = re.compile(r"\d")
# An age stands after a name between commas or in brackets.
_AGE_AFTER_NAME = re.compile(
    r"[A-Z][\w’'-]{1,30}\.?(?:,\s|\s\()(?:now\s)?(\d{1,2})(?=[,.)]|\s(?:and|who|was|of)\b)"
    r"|(?:\b[Ss]?[Hh]e|[A-Z][\w’'-]{1,30})\s(?:was|is|turned|turns)\s([1-9]\d)(?=[.;]|,\s|\swhen\b)"
)
# A digit where the age would stand: found at once, while the names before it are many.
_AGE_MAY = re.compile(
    r"\d(?:(?<=,\s\d)|(?<=\s\(\d)|(?<=\snow\s\d)|(?<=\(now\s\d)"
    r"|(?<=\swas\s\d)|(?<=\sis\s\d)|(?<=\sturned\s\d)|(?<=\sturns\s\d))"
)
# Units and magnitudes of German, French and Spanish that no plural in s tells.
_COUNTED_ELSEWHERE = (
    r"\s(?:Mio|Mrd|Milli|Billion|Prozent|Euro|Tonnen|Meter|Kilometer|Hektar|mil\b|mille\b|pour\scent"
    r"|por\sciento|Tage|Wochen|Monate|Jahre|Stunden|Minuten|€)"
)
# A score is a pair of small numbers with nothing counted after it.
_SCORE = re.compile(
    r"(?<![\d$£€.,\u00a0-])\d{1,3}\s?[-–]\s?\d{1,3}(?![\d%.,\u00a0-]*\d|\s?%)"
    r"(?!\s[a-z]{2,20}s\b|\s(?:per\scent|percent|million|billion|people)|-[a-z]"
    rf"|{_COUNTED_ELSEWHERE})"
)
_SCORE_MAY = re.compile(r"\d\s?[-–]\s?\d")
# "Orbiter 4", "Euro 2016": a name with a number, unless something counted follows.
_NAMED = re.compile(
    r"(?<=[a-z)”’'.] )(?:[A-Z][a-zA-Z]{2,20})\s\d{1,4}"
    r"(?![\d,.\u00a0]*\d|\s?%|\s[a-z]{2,20}|-[a-z]|\s(?:million|billion)"
    rf"|{_COUNTED_ELSEWHERE})"
)


# A number word with a capital inside a sentence is part of a name: "Gang of Eight", "Big Ten".
_CAPITAL_MAY = re.compile(r"Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve")
_CAPITAL_WORD = re.compile(
    r"(?<=[a-z,] )(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve)\b(?!\s[A-Z])"
    r"|(?<=[A-Z][a-z][a-z] )(?:Four|Five|Six|Seven|Eight|Nine|Ten|Twelve)\b(?!\s[A-Z])"
)


def find_exclusions(sentence: str) -> list[Span]:
    """The stretches of a sentence whose numbers are no figures, in no order."""
    return [
        Span(*m.span(m.lastindex or 0))  # of an age only its number
        for pattern in _worth_trying(sentence)
        for m in pattern.finditer(sentence)
    ]


def _worth_trying(sentence: str) -> Iterator[re.Pattern[str]]:
    """The patterns that a quick look at the sentence does not rule out."""
    digit_first, letter_first = _patterns()
    yield letter_first
    if _may_tell_the_time(sentence):
        for triggers, pattern in _CLOCK:
            if any(map(sentence.__contains__, triggers)):
                yield pattern
    if _CAPITAL_MAY.search(sentence):
        yield _CAPITAL_WORD
    if not _DIGIT.search(sentence):
        return
    yield digit_first
    yield _NAMED
    for triggers, pattern in _TRIGGERED:
        if any(map(sentence.__contains__, triggers)):
            yield pattern
    if _GLUED.search(sentence):
        yield _MODEL
    if _AGE_MAY.search(sentence):
        yield _AGE_AFTER_NAME
    if _SCORE_MAY.search(sentence):
        yield _SCORE
