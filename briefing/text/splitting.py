"""Sentences of news text, as spans.

Rule-based after the punctuation, in the manner of Mikheev (2002, "Periods, Capitalized Words,
etc."): a full stop ends a sentence unless the word before it is an abbreviation or initial, or
the word after it could not begin one. The words are data: ``abbreviations/`` and ``boundaries/``
hold a file a language, whose sections are the fields of ``_Rules``; other languages use English.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefing.model import Span

# Only from the first mark of a run, and without going back: a page of dots takes linear time.
# What must not stand before is asked behind the first mark: a pattern that begins with a mark
# is searched for three times faster.
_TERMINAL = re.compile(
    r"[.!?…](?<![.!?…]{2})[.!?…]*+[\"'”’»“‘«›‹)\]]*+(?:[ \u00a0\u202f]»(?!\S))?+(?=\s)"
)
# "… the decision to...", "… a year […]"; four dots close a sentence before what is left out.
_CUT_OFF = re.compile(r"(?:…|(?<!\.)\.{3})[\])]?[\"'”’»]*\s*$")
_OPENERS = "\"'“‘„‚«»‹›([¿¡—–-•"
_GOES_ON = ",;:"
_SPACES = " \u00a0\u202f"
_BEFORE_WORD = _OPENERS + _SPACES  # "“Really?” — he asked."
_UPPER = "A-ZÀ-ÖØ-ÞĆČĐŁŒŚŞŠŻŽ"
_INITIAL = re.compile(rf"(?:^|[\s(\"“‘'’«„.]|\.-)[{_UPPER}]\.$")
_INITIALS = re.compile(rf"(?:[{_UPPER}]\.[\s-]?)*[{_UPPER}]\.$")
_ACRONYM = re.compile(r"(?:^|[\s(\"“‘'’«„])(?:[^\W\d_]\.){2,}$")
_ELIDED = re.compile(r"\w+['’](?=\w)")
_ORDINAL = re.compile(r"(?:\d{1,3}|[IVXL]{2,})\.")
_LAST_WORD = re.compile(r"[\w.’'\u0900-\u0903\u093a-\u094f]+\.$")  # with Devanagari vowel signs
# "… the spot down.The 30-second film …": paragraphs that lost the space between them.
_GLUED = re.compile(
    rf"[.?!](?<=[a-zß-öø-ÿ]{{2}}.)(?P<quotes>[\"”’“]{{0,2}})(?=[{_UPPER}][a-zß-öø-ÿ]*[ ,'’])"
)
_PLAIN_WORD = re.compile(r"[\"“‘’(\[]*[a-zß-öø-ÿ'’-]+")
# "No. 5", "Abs. B", "art. L. 112"; but "No. I said so.", "No. A man …".
_NUMBER_NEXT = re.compile(r"[(\"“]?(?:[#$£€§]?\d|[B-HJ-NP-TV-XZ](?![\w’']))")
# Marks that end a sentence whatever follows, with or without a space: Chinese and Japanese, Arabic,
# Urdu, Devanagari, Armenian, Ethiopic, Burmese, Khmer (Unicode 15, Sentence_Terminal).
_WIDE_MARKS = "。！？｡؟۔।॥։።፧။។"
_WIDE_OPENERS, _WIDE_CLOSERS = "「『（【《〈“", "」』）】》〉”"
_WIDE_TERMINAL = re.compile(
    rf"[{_WIDE_MARKS}]++(?P<closed>[{_WIDE_CLOSERS}])?[{_WIDE_CLOSERS}’»\"')\]]*+"
)
_WIDE_GOES_ON = "、，；：,;:،؛"
_HIRAGANA = re.compile("[\u3041-\u309f]")
# "“走吧。”他说。": what follows a quotation at the begin of a sentence tells whose it is.
_ATTRIBUTION = re.compile(
    "[\u3400-\u9fff]{1,8}(?:说|說|[问答喊叫写]道|表示|称|稱|指出|补充)[。，：！,:]"
    "|[\u3040-\u9fff]{1,12}[はが](?:言|述|話|語|叫|説明)"
)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a language's files say, a field a section. Abbreviations are in lower case."""

    kept: frozenset[str]
    """Abbreviations that never end a sentence (the head of the file)."""
    kept_before_numbers: frozenset[str]
    """Those that end none before a number ([before numbers])."""
    starters: frozenset[str]
    """Words that begin one after an acronym or a loose abbreviation ([starters])."""
    loose: frozenset[str]
    """Abbreviations that end one only before a starter or after a label ([loose]).

    "#." stands for an ordinal: "4. Mai", "Ludwig XIV.". Without any, only acronyms are loose.
    """
    loose_tails: tuple[str, ...]
    """Ends of words that are loose: "Gerberstr." ([loose], after "*")."""
    loose_after_numbers: frozenset[str]
    """Abbreviations that are loose with a number before: "2,5 m." ([after numbers])."""
    labels: frozenset[str]
    """Nouns a letter or number belongs to: "Plan B.", "Platz 3." ([labels]).

    Without any, every word in lower case is one before a letter.
    """
    before_names: frozenset[str]
    """Words in lower case that are no labels all the same: "by J. Smith" ([before names])."""
    openers: str
    """Marks that may stand before a starter ([openers]), and spaces."""


@cache
def _rules(language: str) -> _Rules:
    kept = _sections("abbreviations", language)
    bounds = _sections("boundaries", language)
    tails = [word for word in bounds["loose"] if word.startswith("*")]
    return _Rules(
        kept=frozenset(word.lower() for word in kept[""]),
        kept_before_numbers=frozenset(word.lower() for word in kept["before numbers"]),
        starters=frozenset(bounds["starters"]),
        loose=frozenset(bounds["loose"]).difference(tails),
        loose_tails=tuple(tail.removeprefix("*") for tail in tails),
        loose_after_numbers=frozenset(bounds["after numbers"]),
        labels=frozenset(bounds["labels"]),
        before_names=frozenset(bounds["before names"]),
        openers="".join(bounds["openers"]) + _SPACES,
    )


def _sections(folder: str, language: str) -> defaultdict[str, list[str]]:
    """The words of a language's file, or else of the English one, by section."""
    files = resources.files("briefing.text") / folder
    file = files / f"{language}.txt"
    if not file.is_file():
        file = files / "en.txt"
    sections: defaultdict[str, list[str]] = defaultdict(list)
    section = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("# "):
            sections[section].extend(line.split())
    return sections


def paragraphs(text: str) -> list[Span]:
    """The lines of ``text`` that hold something, without the white space at their ends."""
    spans = []
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped[0])
            spans.append(Span(start, start + len(stripped)))
        at += len(line) + 1
    return spans


def is_cut_off(text: str) -> bool:
    """Whether ``text`` stops in the middle, as a feed's piece of a page does: "… the cost..."."""
    return _CUT_OFF.search(text) is not None


def sentences(text: str, language: str = "en") -> list[Span]:
    """The sentences of ``text`` in order; none crosses a line, none is empty, no two overlap."""
    rules = _rules(language)
    spans: list[Span] = []
    for paragraph in paragraphs(text):
        spans.extend(_split(text, paragraph, rules))
    if not text.isascii() and _WIDE_TERMINAL.search(text):
        return [part for span in spans for part in _split_wide(text, span)]
    return spans


def _split_wide(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a span in which marks of other scripts end some. A quotation is not cut:
    "「走る。速い。」と言った。" is one sentence."""
    start, end = span
    last_closer = max(text.rfind(mark, start, end) for mark in _WIDE_CLOSERS)
    depth, counted = 0, start
    for match in _WIDE_TERMINAL.finditer(text, start, end):
        stop = match.end()
        passed = text[counted:stop]
        depth += sum(map(passed.count, _WIDE_OPENERS)) - sum(map(passed.count, _WIDE_CLOSERS))
        depth, counted = max(0, depth), stop
        following = stop
        while following < end and text[following].isspace():
            following += 1
        if following >= end:
            break
        if depth and stop <= last_closer:
            continue
        quoted = match["closed"] and (
            _HIRAGANA.match(text, following)
            or (text[start] in _WIDE_OPENERS and _ATTRIBUTION.match(text, following))
        )
        if quoted or text[following] in _WIDE_GOES_ON or text[following].islower():
            continue
        yield Span(start, stop)
        start = following
    yield Span(start, end)


def _split(text: str, paragraph: Span, rules: _Rules) -> list[Span]:
    spans = []
    start, end = paragraph
    for match in _TERMINAL.finditer(text, start, end):
        stop = match.end()
        following = stop
        while following < end and text[following].isspace():
            following += 1
        if following >= end:
            break
        if _ends(text, start, match.start(), stop, following, end, rules):
            spans.append(Span(start, stop))
            start = following
    if start < end:
        spans.append(Span(start, end))
    if _GLUED.search(text, *paragraph):
        return [part for span in spans for part in _unglued(text, span)]
    return spans


def _unglued(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a span in which some follow each other without a space."""
    start, end = span
    for match in _GLUED.finditer(text, start, end):
        before = text[start : match.start()]
        quotes = match["quotes"]
        if not _PLAIN_WORD.fullmatch(_last_word(before)):
            continue  # "see docs.Example.com", "the Node.Js group"
        opens = quotes == "“" or (quotes == '"' and before.count('"') % 2 == 0)
        stop = match.start() + 1 + (bool(quotes) and not opens)
        yield Span(start, stop)
        start = stop
    yield Span(start, end)


def _ends(
    text: str, start: int, mark: int, stop: int, following: int, end: int, rules: _Rules
) -> bool:
    """Whether the punctuation at ``[mark, stop)`` ends the sentence begun at ``start``."""
    first = text[following : min(end, following + 12)].lstrip(_BEFORE_WORD)[:1]
    if first.islower() or not first or first in _GOES_ON:  # "« Pourquoi ? », s'interroge-t-il."
        return False
    if text[mark : mark + 2] != "." and text[mark] in "!?…":
        return True
    if text[mark : mark + 2] == "..":
        return first.isupper()
    head = text[max(start, mark - 48) : mark + 1]
    rest = text[following : min(end, following + 24)]
    closed = stop > mark + 1
    if rules.loose:
        verdict = _listed_ends(head, closed, rest, rules)
        if verdict is not None:
            return verdict
    before = head[-25:]
    if not before[-3:-2].isalnum():  # a single letter
        if _ACRONYM.search(before):
            # "in the U.S. The …" ends; "the U.S. Senate" does not.
            return closed or _begins(rest, rules)
        if _INITIAL.search(before):
            return _initial_ends(head, closed, rest, rules)
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    name = word.group().lower()
    if name in rules.kept:
        return closed
    return not (name in rules.kept_before_numbers and _NUMBER_NEXT.match(rest))


def _begins(rest: str, rules: _Rules) -> bool:
    """Whether ``rest`` opens with a word that begins sentences: "The", "« L'île"."""
    return _is_starter((rest.lstrip(rules.openers).split(None, 1) or [""])[0], rules)


def _is_starter(word: str, rules: _Rules) -> bool:
    word = word.rstrip(",").replace("’", "'")
    article, apostrophe, _ = word.partition("'")
    return word in rules.starters or article + apostrophe in rules.starters


def _listed_ends(head: str, closed: bool, rest: str, rules: _Rules) -> bool | None:
    """What the lists say of the abbreviation before the stop, spaced ("z. B.") or not, if any."""
    words = head.split()
    longest = len(words) - 1
    while longest > max(0, len(words) - 4) and words[longest - 1].endswith("."):
        longest -= 1
    for at in range(longest, len(words)):
        written = _ELIDED.sub("", "".join(words[at:]).lstrip(_OPENERS))
        previous = words[at - 1].lstrip(_OPENERS) if at else ""
        name = "#." if _ORDINAL.fullmatch(written) else written.lower()
        if (
            name in rules.loose
            or name.endswith(rules.loose_tails)
            or (name in rules.loose_after_numbers and previous[-1:].isdigit())
        ):
            if not previous or previous.endswith(":"):
                return False  # "1. Die Regierung …"
            return closed or _is_label(previous, rules) or _begins(rest, rules)
        if len(name) > len("M."):
            if name in rules.kept:
                return closed
            if name in rules.kept_before_numbers and _NUMBER_NEXT.match(rest):
                return False
    return None


def _initial_ends(head: str, closed: bool, rest: str, rules: _Rules) -> bool:
    """A single capital and a stop: an initial ("J. Smith"), unless the sentence says "Plan B."."""
    if not rules.labels:
        previous = _last_word(head[:-2])
        return previous[:1].islower() and not closed and previous not in rules.before_names
    # "dijo J. Martínez" goes on; "el plan B. Luego …" and "heißt Thomas M. Er …" end.
    previous = _last_word(_INITIALS.sub("", head)).lstrip(_OPENERS)
    if _is_label(previous, rules):
        return True
    is_name = previous[:1].isupper() and previous[-1].isalnum() and not _is_starter(previous, rules)
    return is_name and (closed or _begins(rest, rules))


def _is_label(word: str, rules: _Rules) -> bool:
    name = word.lower()
    return name in rules.labels or name in rules.kept_before_numbers


def _last_word(head: str) -> str:
    return (head.rsplit(None, 1) or [""])[-1]
