"""Number words of German, French and Spanish that mean something else where they stand: "neuf" that
is "new", "Sieben" that is a name, "acht geben", "mehrere hundert", a year."""

import re
from collections.abc import Sequence

from briefing.digest.quantities.number_words import Found, speech

_HYPHENS = ("-", "‑")
_OF = re.compile(r"[\s\u00a0](?:des?\b|du\b|d['’]|der\b|dieser\b|aller\b|von\b)")
_HELD_OPEN = re.compile(r"[-‑]\s(?:bis|und|oder)\s\Z")  # "zwei- bis dreihundert"
_OPENERS = "\"'“‘„«»‹›¿¡(–—-: \u00a0\u202f"
_YEARS = range(1500, 2100)
_GERMAN_NOUN = re.compile(
    r"[\s\u00a0](?:(?:[a-zäöüß]+(?:e|en|er|es)\s){0,2}(?:[A-ZÄÖÜ€$%]|km\b|kg\b)|von\s|bis\s|oder\s)"
)
_PLURAL_NOUN = re.compile(
    r"[\s\u00a0](?!(?:dans|sous|sans|mais|puis|vers|très|plus|moins|alors|depuis|pas|hors|dès|après"
    r"|lors|jamais|toujours|tous|les|des|ses|nous|vous|más|menos|tras|los|las|sus|es|después|antes"
    r"|entonces|unos|unas|tres|dos|seis)\b)(?:[^\W\d_]+[sx]\b|%|km\b|kg\b|mill|d['’]euro)"
)
_QUARANTINE = ("quarantaine", "cuarentena", "quinzaine")
_DAYS = re.compile(r"\s(?:de\s)?(?:jours|días|commercial\w*)\b")
_NO_SHARE = re.compile(r"\s(?:d['’]heure|de\s(?:hora|final|finale|siglo|siècle|kilo))")
_ONE_NIGHT = ("un", "una", "une")
_SAID_ALONE = (8, 100, 1000)  # "acht geben", "mille mercis", "tausend Dank"


def is_meant(
    sentence: str, words: Sequence[re.Match[str]], first: int, found: Found, language: str
) -> bool:
    """Whether words are the number that they may be.

    words: those of a stretch of ``sentence``; the number begins with the one at ``first``.
    """
    start, end = words[first].start(), words[found.past - 1].end()
    if sentence[end : end + 1] in _HYPHENS or sentence[max(0, start - 1) : start] in _HYPHENS:
        return False
    if _HELD_OPEN.search(sentence, max(0, start - 8), start) or _NO_SHARE.match(sentence, end):
        return False
    if (found.about or found.fraction) and not _OF.match(sentence, end):
        return False
    return (
        _follows_well(words, first, found, language)
        and not _is_saying(sentence, words, first, found, language)
        and _is_no_name(sentence, words[first], end, found, language)
    )


def _follows_well(words: Sequence[re.Match[str]], first: int, found: Found, language: str) -> bool:
    """Whether what stands before a number lets it begin there."""
    data = speech(language)
    before = words[first - 1][0].lower() if first else ""
    if found.value >= 100 and (before[:1].isdigit() or before in data.vague):
        return False
    of_percent = (before, words[first][0].lower()) == data.percent
    return not (before in data.scales or before == data.point or of_percent)


def _is_saying(
    sentence: str, words: Sequence[re.Match[str]], first: int, found: Found, language: str
) -> bool:
    """Whether a number word belongs to a saying, or is another word."""
    end = words[found.past - 1].end()
    last = words[found.past - 1][0].lower()
    if last in _QUARANTINE and _DAYS.match(sentence, end):
        return True
    if found.past > first + 1:
        return False
    following = words[found.past][0].lower() if found.past < len(words) else ""
    if found.value in _SAID_ALONE and following in speech(language).sayings:
        return True
    if last == "acht" and first and words[first - 1][0].lower() in ("gib", "gebt"):
        return True
    if found.value == 1000 and following in ("y", "et"):  # "mil y una noches"
        return any(word[0] in _ONE_NIGHT for word in words[found.past + 1 : found.past + 2])
    return language == "fr" and last == "neuf" and not _PLURAL_NOUN.match(sentence, end)


def _is_no_name(sentence: str, word: re.Match[str], end: int, found: Found, language: str) -> bool:
    """Whether a number word with a capital begins a sentence or a quotation, and goes on as
    numbers do."""
    if not word[0][0].isupper():
        return True
    if word[0].isupper() and len(word[0]) > 1:
        return False
    head = sentence[: word.start()].rstrip(_OPENERS)
    if head and not sentence[len(head) : word.start()].strip():
        return False
    if language != "de" or found.value > 12 or word[0].lower() in speech(language).one:
        return True
    return _GERMAN_NOUN.match(sentence, end) is not None


def is_year(sentence: str, start: int, end: int, value: float, language: str) -> bool:
    """Whether the number at ``[start, end)`` names a year: it counts nothing, and stands where
    years do or is none of the round numbers."""
    if value not in _YEARS:
        return False
    before = sentence[:start].rstrip().rpartition(" ")[2].lower()
    opened = before in speech(language).years
    if language == "de":
        hundreds, hundred, _ = sentence[start:end].lower().partition("hundert")
        by_hundreds = hundred and "tausend" not in hundreds and value % 100 > 0
        counts = _GERMAN_NOUN.match(sentence, end)
        return before.startswith("jahr") or (bool(opened or by_hundreds) and not counts)
    return (opened or value % 100 > 0) and not _PLURAL_NOUN.match(sentence, end)
