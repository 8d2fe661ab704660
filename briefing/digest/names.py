"""Finds the names of a text: runs of capitalised words, split into titles and the name itself.

A name is a candidate here; ``entities`` decides what it names, ``roles`` who that is.
"""

import re
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

from briefing.digest.document import Document, Sentence
from briefing.digest.wordlists import entries, word_set
from briefing.text import stop_words

_TOKEN = re.compile(
    r"(?![A-Z])\w+(?:[-&’'.]\w+)*"  # most words: found first, and fast
    r"|(?:[A-Z]\.){1,4}(?:[A-Z]\b)?"
    r"|(?:Sens?|Gov|Reps?|Gen|Col|Lt|Capt|Sgt|Maj|Dr|Mr|Mrs|Ms|Prof|Rev|St|Adm|Cmdr|Cpl|Pvt|Supt|Jr|Sr"
    r"|Inc|Corp|Co|Ltd|Det|Brig)\.(?=[\s,])"
    r"|\w+(?:[-&’'.]\w+)*|&|[^\w\s]"
)
_POSSESSIVE = re.compile(r"[’'][sS]?\Z")
_APOSTROPHES = "’'"
_new = tuple.__new__
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "del",
        "della",
        "di",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "bint",
        "ibn",
        "al",
        "el",
        "ben",
        "dos",
        "du",
        "ter",
    ]
)
_OF_TITLES = frozenset(
    [
        "Secretary",
        "Speaker",
        "Minister",
        "Chief",
        "Director",
        "Duke",
        "Duchess",
        "Prince",
        "Princess",
    ]
)
_MAX_RUN = 9


class Token(NamedTuple):
    """A word or mark, where it stands in the text, and whether it is in the possessive."""

    text: str
    start: int
    end: int
    owns: bool = False

    @property
    def low(self) -> str:
        """The token in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in its sentence: ``tokens[first:last]``, its ``words``; ``lead``: where titles begin.

    common: a word such as "League", a name only where a longer one of the text ends or begins so.
    """

    sentence: Sentence
    tokens: tuple[Token, ...]
    lead: int
    first: int
    last: int
    words: tuple[str, ...]
    common: bool = False

    @property
    def titles(self) -> tuple[Token, ...]:
        """The capitalised words before the name that say who it is."""
        return self.tokens[self.lead : self.first]


@dataclass(frozen=True, slots=True)
class NameLists:
    """The packaged words about names."""

    titles: frozenset[str]
    courtesy: frozenset[str]
    nouns: frozenset[str]
    kinds: frozenset[str]
    suffixes: frozenset[str]
    heads: frozenset[str]
    alone: frozenset[str]
    landmarks: frozenset[str]
    placing: frozenset[str]
    not_names: frozenset[str]
    saying: frozenset[str]
    former: frozenset[str]
    breaks: frozenset[str]
    either: frozenset[str]
    places: frozenset[str]
    media: frozenset[str]
    given: frozenset[str]


@cache
def name_lists() -> NameLists:
    """The packaged lists, read once."""
    words = partial(word_set, "roles")
    return NameLists(
        titles=words("titles"),
        courtesy=words("courtesy"),
        nouns=words("nouns"),
        kinds=words("kinds"),
        suffixes=words("suffixes"),
        heads=words("heads"),
        alone=words("alone"),
        landmarks=words("landmarks"),
        placing=words("placing"),
        not_names=words("not_names"),
        saying=words("saying"),
        former=words("former"),
        breaks=words("breaks"),
        either=words("either"),
        places=entries("places"),
        media=entries("media"),
        given=entries("given_names"),
    )


def tokens_of(sentence: Sentence) -> tuple[Token, ...]:
    """The words and marks of a sentence, possessive endings cut off, in positions of the text."""
    offset, text = sentence.span.start, sentence.text
    if "'" not in text and "’" not in text:
        spans = [(m.group(), *m.span()) for m in _TOKEN.finditer(text)]
        return tuple([_new(Token, (w, a + offset, b + offset, False)) for w, a, b in spans])
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        start, end = match.span()
        # Tuples are made without going through Token(): this is the hottest loop of a digest.
        if len(word) > 2 and (word[-1] in _APOSTROPHES or word[-2] in _APOSTROPHES):
            owned = _POSSESSIVE.search(word)
            if owned:
                word = word[: owned.start()]
                found.append(_new(Token, (word, start + offset, start + offset + len(word), True)))
                continue
        found.append(_new(Token, (word, start + offset, end + offset, False)))
    return tuple(found)


def find_mentions(document: Document) -> list[Mention]:
    """Every name candidate of the article's prose, in reading order."""
    lists = name_lists()
    stop = stop_words("en")
    prose = [s for s in document.sentences if s.prose]
    lower = {w for s in prose for w in _LOWER.findall(s.text)}
    found: list[Mention] = []
    for sentence in prose:
        if _only_opens(sentence.text, lower, stop):
            continue
        tokens = tokens_of(sentence)
        at = 0
        while at < len(tokens):
            if not _is_capital(tokens[at]):
                at += 1
                continue
            end = _run_end(tokens, at, lists)
            mention = _mention(sentence, tokens, at, end, lists, stop, lower)
            if mention is not None:
                found.append(mention)
            at = end
    return found


_LOWER = re.compile(r"(?<![\w&’'.-])[a-zß-ÿ]\w*(?:[-&.]\w+)*")
_LATER_CAPITAL = re.compile(r"(?<!\A)[A-ZÀ-ÞĀ-Ɏ]")
_OPENING_WORD = re.compile(r"[A-Z][a-z]+(?![\w’'.&-])")


def _only_opens(text: str, lower: set[str], stop: frozenset[str]) -> bool:
    """Whether the one capital of a sentence is that of its first word, and that is no name."""
    first = _OPENING_WORD.match(text)
    if first is None or not text.isascii() or _LATER_CAPITAL.search(text, first.end()):
        return False
    word = first.group().lower()
    return word in stop or word in lower


def _is_capital(token: Token) -> bool:
    text = token.text
    return text[0].isupper() or (text[:3] in ("al-", "el-") and text[3:4].isupper())


def _run_end(tokens: tuple[Token, ...], start: int, lists: NameLists) -> int:
    """The end of the run of name words that begins at ``start``."""
    at = start + 1
    headed = tokens[start].text in lists.heads or tokens[start].text in _OF_TITLES
    linked = False
    while at < len(tokens) and at - start < _MAX_RUN:
        if tokens[at - 1].owns:
            break
        token = tokens[at]
        if _names_members(tokens, at, lists):
            at += 2
            continue
        if _is_capital(token):
            headed = headed or token.text in lists.heads or token.text in _OF_TITLES
            at += 1
            continue
        if token.text == "&" and _capital_at(tokens, at + 1):
            at += 2
            continue
        if token.low in _PARTICLES and _capital_at(tokens, at + 1):
            at += 2
            continue
        if headed and token.text in ("of", "for", "on"):
            skip = 1 + (at + 1 < len(tokens) and tokens[at + 1].text == "the")
            if _capital_at(tokens, at + skip):
                linked = True
                at += skip + 1
                continue
        if linked and token.text == "and" and _capital_at(tokens, at + 1):
            if tokens[at + 1].text in lists.given or tokens[at - 1].text in lists.places:
                break
            at += 2
            continue
        break
    return at


def _names_members(tokens: tuple[Token, ...], at: int, lists: NameLists) -> bool:
    """Whether an apostrophe stands inside a name: "Dairy Farmers' Federation"."""
    return (
        tokens[at].text in _APOSTROPHES
        and tokens[at - 1].text.endswith("s")
        and at + 1 < len(tokens)
        and tokens[at + 1].text in lists.suffixes
    )


def _capital_at(tokens: tuple[Token, ...], at: int) -> bool:
    return at < len(tokens) and _is_capital(tokens[at])


def _mention(
    sentence: Sentence,
    tokens: tuple[Token, ...],
    start: int,
    end: int,
    lists: NameLists,
    stop: frozenset[str],
    lower: set[str],
) -> Mention | None:
    """The run ``tokens[start:end]`` without what is no name, its titles split off.

    None where nothing is left.
    """
    opening = start == 0 or tokens[start - 1].text in "\"“‘'(:—–-"
    while start < end and _is_no_name(tokens[start], lists, stop, lower, opening=opening):
        start += 1
        opening = False
    while end > start and _hangs_on(tokens, start, end - 1, lists):
        end -= 1
    if start >= end:
        return None
    governs = any(t.text in ("of", "for", "on") for t in tokens[start:end])
    if tokens[end - 1].text in lists.suffixes or (governs and tokens[start].text in lists.heads):
        whole = " ".join(t.text for t in tokens[start:end])
        if end - start > 1 or whole in lists.alone:
            return _made(sentence, tokens, start, start, end)
    first = _name_begin(tokens, start, end, lists)
    if (
        end - first == 1
        and _is_title(tokens[first], lists)
        and tokens[first].text not in lists.given
    ):
        return None
    if first > start and end - first == 1 and tokens[first - 1].text in _ROYAL:
        first -= 1
    if all(t.text in lists.not_names for t in tokens[first:end]):
        return None
    if end - first == 1 and tokens[first].text in _common_words():
        return _made(sentence, tokens, start, first, end, common=True)
    return _made(sentence, tokens, start, first, end)


def _made(
    sentence: Sentence,
    tokens: tuple[Token, ...],
    lead: int,
    first: int,
    last: int,
    *,
    common: bool = False,
) -> Mention:
    words = tuple([t.text for t in tokens[first:last]])
    return Mention(sentence, tokens, lead, first, last, words, common)


@cache
def _common_words() -> frozenset[str]:
    lists = name_lists()
    return (lists.suffixes | lists.heads) - lists.alone - lists.media


def _name_begin(tokens: tuple[Token, ...], start: int, end: int, lists: NameLists) -> int:
    """Where the name begins in a run: after its last title, or at a given name inside it."""
    first = start
    for at in range(start, end - 1):
        if _is_title(tokens[at], lists):
            first = at + 1
    if first > start and tokens[first].text in ("of", "for"):
        first = min(first + 2 + (tokens[first + 1].text == "the"), end - 1)
    for at in range(first + 1, end - 1):
        # "NFL insider Jason …", "European Union Gordon …": but not a second given name
        if tokens[at].text in lists.given and tokens[at - 1].text not in lists.given:
            known = tokens[at - 1].text in lists.not_names or tokens[at - 1].text.isupper()
            if known or tokens[at - 1].text in lists.suffixes or at - first >= 2:
                return at
            break
    while (
        end - first > 1
        and tokens[first].text in lists.not_names
        and (tokens[first + 1].text in lists.given or end - first == 3)
    ):
        first += 1
    return first


def _hangs_on(tokens: tuple[Token, ...], start: int, at: int, lists: NameLists) -> bool:
    """Whether the last word of a run is none of its name: a day, a month, a nationality."""
    word = tokens[at].text
    if word not in lists.not_names or word in lists.suffixes:
        return False
    return not (at > start and tokens[at - 1].text in lists.given and not _DAYS.match(word))


_ROYAL = frozenset(
    ["Prince", "Princess", "Pope", "King", "Queen", "St.", "St", "Sheikh", "Lord", "Lady"]
)


def _is_no_name(
    token: Token, lists: NameLists, stop: frozenset[str], lower: set[str], *, opening: bool
) -> bool:
    text = token.text
    low = token.low
    if low.replace("’", "'") in stop or text in ("I", "I'm", "I’m"):
        return not (text.isupper() and len(text) > 1)
    if _DAYS.match(text):
        return True
    if not opening:
        return False
    return (low in lower and text not in lists.given and text not in lists.titles) or low.endswith(
        "ly"
    )


_DAYS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\Z|(?:Janu|Febru)ary\Z|(?:Septem|Octo|Novem|Decem)ber\Z|(?:July|August)\Z"
)


def _is_title(token: Token, lists: NameLists) -> bool:
    return (
        token.text in lists.titles
        or token.text in lists.courtesy
        or (token.low in lists.nouns and token.text not in lists.given)
    )
