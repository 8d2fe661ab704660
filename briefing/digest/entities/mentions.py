"""Named-entity mentions: runs of capitalised words, split into titles and the name itself.

A mention is a candidate here; what it names is told elsewhere (``types_by_mention``, ``roles``).
"""

import re
from functools import cache
from itertools import chain
from typing import NamedTuple

from briefing.digest.entities.name_lists import NameLists, name_lists
from briefing.digest.entities.tokens import Tokens
from briefing.digest.sentences.document import Document
from briefing.model import Span
from briefing.text import stop_words

_APOSTROPHES = "’'"
_PARTICLES = frozenset(
    "de da del della di la le van von der den bin bint ibn al el ben dos du ter".split()
)
_OF_TITLES = frozenset(
    "Secretary Speaker Minister Chief Director Duke Duchess Prince Princess".split()
)
_LINKS = ("of", "for", "on")
_INNER = _PARTICLES.union(_LINKS, _APOSTROPHES, ("&", "and"))  # small words within a name
_MAX_RUN = 9


class Mention(NamedTuple):
    """A name in its sentence: ``tokens[first:last]``, its ``words``; ``lead``: where titles begin.

    start: where it begins in the article's text. common: a word such as "League", a name only where
    a longer one of the text ends or begins so.
    """

    tokens: Tokens
    lead: int
    first: int
    last: int
    words: tuple[str, ...]
    start: int
    common: bool = False

    @property
    def titles(self) -> list[str]:
        """The capitalised words before the name that say who it is."""
        return self.tokens.texts[self.lead : self.first]

    @property
    def span(self) -> Span:
        """Where the name stands in the article's text."""
        if len(self.words) == 1:
            return Span(self.start, self.start + len(self.words[0]))
        return self.tokens.span(self.first, self.last)


class DocumentMentions(NamedTuple):
    """The name candidates of an article in reading order; its prose, and the words of that."""

    mentions: list[Mention]
    prose: list[Tokens]
    words: set[str]


def find_mentions(document: Document) -> DocumentMentions:
    """Every name candidate of the article's prose."""
    lists = name_lists()
    stop = stop_words("en")
    openers = _openers()
    prose = [Tokens(s) for s in document.sentences if s.prose]
    words = set(chain.from_iterable([tokens.texts for tokens in prose]))
    mentions: list[Mention] = []
    for tokens in prose:
        end = 0
        for at in _capitals(tokens):
            if at >= end:
                end = _run_end(tokens, at, lists)
                if end - at == 1 and tokens.texts[at] in openers:
                    continue
                mention = _mention(tokens, at, end, lists, stop, words)
                if mention is not None:
                    mentions.append(mention)
    return DocumentMentions(mentions, prose, words)


@cache
def _openers() -> frozenset[str]:
    """The function words as they open sentences: half of all runs are one such word alone."""
    return frozenset(map(str.capitalize, stop_words("en")))


def _capitals(tokens: Tokens) -> list[int]:
    """The numbers of the words that a name may begin with."""
    if "al-" in tokens.text or "el-" in tokens.text:
        return [at for at, text in enumerate(tokens.texts) if _is_capital(text)]
    if tokens.text.isascii():  # comparing is faster than asking
        return [at for at, text in enumerate(tokens.texts) if "A" <= text < "["]
    return [at for at, text in enumerate(tokens.texts) if text[0].isupper()]


def _is_capital(text: str) -> bool:
    return text[0].isupper() or (text[:3] in ("al-", "el-") and text[3:4].isupper())


def _run_end(tokens: Tokens, start: int, lists: NameLists) -> int:
    """The end of the run of name words that begins at ``start``."""
    texts, owns = tokens.texts, tokens.owns
    at = start + 1
    headed = texts[start] in lists.heads or texts[start] in _OF_TITLES
    linked = False
    while at < len(texts) and at - start < _MAX_RUN:
        if at - 1 in owns and not _owns_its_name(texts, at, lists):
            break
        text = texts[at]
        if text[0].isupper():
            headed = headed or text in lists.heads or text in _OF_TITLES
            at += 1
            continue
        if text not in _INNER and not _is_capital(text):
            break  # as most runs end
        if text in _APOSTROPHES and _names_members(texts, at, lists):
            at += 2
            continue
        if _is_capital(text):
            at += 1
            continue
        if text == "&" and _capital_at(texts, at + 1):
            at += 2
            continue
        if text in _PARTICLES and _capital_at(texts, at + 1):
            at += 2
            continue
        if headed and text in _LINKS:
            skip = 1 + (at + 1 < len(texts) and texts[at + 1] == "the")
            if _capital_at(texts, at + skip):
                linked = True
                at += skip + 1
                continue
        if text == "and" and texts[at - 1] in lists.sectors and _closes(texts, at + 1, lists):
            at += 2
            continue
        if linked and text == "and" and _capital_at(texts, at + 1):
            if texts[at + 1] in lists.given or texts[at - 1] in lists.places:
                break
            if not lists.titles.isdisjoint(texts[at + 2 : at + 5]):
                break  # "Secretary of Tides Ada Brun and Norranian Port Minister Olt Veld"
            at += 2
            continue
        break
    return at


def _names_members(texts: list[str], at: int, lists: NameLists) -> bool:
    """Whether an apostrophe stands inside a name: "Dairy Farmers' Federation"."""
    return texts[at - 1].endswith("s") and at + 1 < len(texts) and texts[at + 1] in lists.suffixes


def _owns_its_name(texts: list[str], at: int, lists: NameLists) -> bool:
    """Whether a possessive ending stands inside a name: "Tide County Sheriff's Office"."""
    return texts[at - 1] in _OWNERS and texts[at] in lists.suffixes


def _closes(texts: list[str], at: int, lists: NameLists) -> bool:
    """Whether an organisation's name ends soon behind an "and": "… and Rescue Agency"."""
    for text in texts[at : at + 4]:
        if text in lists.suffixes:
            return True
        if not text[0].isupper() or text in lists.given:
            return False
    return False


def _capital_at(texts: list[str], at: int) -> bool:
    return at < len(texts) and _is_capital(texts[at])


def _mention(
    tokens: Tokens,
    start: int,
    end: int,
    lists: NameLists,
    stop: frozenset[str],
    lower: set[str],
) -> Mention | None:
    """The run ``tokens[start:end]`` without what is no name, its titles split off.

    None where nothing is left.
    """
    texts = tokens.texts
    start = _without_debris(texts, start, end, lists)
    opening = start == 0 or texts[start - 1] in "\"“‘'(:—–-"
    while start < end and _is_no_name(texts[start], lists, stop, lower, opening=opening):
        start += 1
        opening = False
    if end - start > 1 and " ".join(texts[start:end]) in lists.bodies:
        return _made(tokens, start, start, end)
    if end - start > 1 and _tells_where(texts, start, end, lists):
        return None
    while (
        end > start
        and texts[end - 1] in lists.not_names
        and _hangs_on(texts, start, end - 1, lists)
    ):
        end -= 1
        while end > start and texts[end - 1] in _LINKS:
            end -= 1  # "Speaker Ada Brun on Wednesday"
    if start >= end or (texts[start] in lists.not_names and _NUMERAL.match(texts[end - 1])):
        return None
    if texts[end - 1] in lists.suffixes or (
        texts[start] in lists.heads and any(t in _LINKS for t in texts[start:end])
    ):
        whole = " ".join(texts[start:end])
        titled = _titled_person(texts, start, end, lists)
        if titled is not None:
            return _made(tokens, start, titled, end)
        if end - start > 1 or whole in lists.alone:
            return _made(tokens, start, start, end)
    if end - start > 1 and texts[end - 1] in _OFFICES and not _is_given(texts[start], lists):
        return None  # "the Tide Council Director": an office, nobody's name
    first = _name_begin(texts, start, end, lists)
    if end - first == 1 and _names_office(texts, start, first):
        return None  # "the Norrane Secretary of State": an office, nobody's name
    if end - first == 1 and _is_title(texts[first], lists) and texts[first] not in lists.given:
        return None
    if first > start and end - first == 1 and texts[first - 1] in _ROYAL:
        first -= 1
    if lists.not_names.issuperset(texts[first:end]) or _is_thing(texts, first, end, lists):
        return None
    if first > start and not _describes(texts, start, first, lists):
        start = first
    if end - first == 1 and texts[first] in _common_words():
        return _made(tokens, start, first, end, common=True)
    return _made(tokens, start, first, end)


def _without_debris(texts: list[str], start: int, end: int, lists: NameLists) -> int:
    """Where a run begins without what only leads up to its name: "Norrane-born", a word twice."""
    while end - start > 2 and texts[start] == texts[start + 1]:
        start += 1
    while end - start > 1:
        head, hyphen, tail = texts[start].rpartition("-")
        led = bool(hyphen and head) and tail.islower() and len(tail) > 2
        if not (led and (tail.endswith(("ed", "ing")) or tail in _TAILS or tail in lists.nouns)):
            break
        start += 1
    return start


def _titled_person(texts: list[str], start: int, end: int, lists: NameLists) -> int | None:
    """Where a person's name begins behind a body and a title: "Department of Tides Secretary …"."""
    for at in range(start + 1, end - 1):
        if texts[at - 1] in lists.titles and _is_given(texts[at], lists) and end - at <= 4:
            return at
    return None


def _tells_where(texts: list[str], start: int, end: int, lists: NameLists) -> bool:
    """Whether a run is a place of several words, alone or before a party: "North Ost Democrat"."""
    last = end - 1 if texts[end - 1] in _PARTIES else end
    return " ".join(texts[start:last]) in lists.places


def _names_office(texts: list[str], start: int, at: int) -> bool:
    """Whether the word at ``at`` only says of what the secretary or minister before it is one."""
    while at > start and texts[at - 1] in ("the", "for", "of"):
        at -= 1
        if texts[at - 1] in _MINISTERS:
            return True
    return False


def _is_given(text: str, lists: NameLists) -> bool:
    return text in lists.given or text.partition("-")[0] in lists.given


def _describes(texts: list[str], start: int, first: int, lists: NameLists) -> bool:
    """Whether the capitalised words before a name say who it is: "Black" of "Black Harbour" does
    not, "Browns coach" and "Norranian Republican" do."""
    if texts[first] in lists.given and texts[first - 1] not in lists.suffixes:
        return True
    return any(_is_title(t, lists) or t in _PARTIES for t in texts[start:first])


def _is_thing(texts: list[str], first: int, end: int, lists: NameLists) -> bool:
    """Whether a name is that of a product, a law, a storm, a day: neither person nor body."""
    if texts[first] in lists.given and end - first == 2:
        return False
    return end - first > 1 and (texts[end - 1] in lists.things or texts[first] in lists.events)


def _made(tokens: Tokens, lead: int, first: int, last: int, *, common: bool = False) -> Mention:
    words = tuple(tokens.texts[first:last])
    return Mention(tokens, lead, first, last, words, tokens.starts[first], common)


@cache
def _common_words() -> frozenset[str]:
    lists = name_lists()
    return (lists.suffixes | lists.heads) - lists.alone - lists.media


def _name_begin(texts: list[str], start: int, end: int, lists: NameLists) -> int:
    """Where the name begins in a run: after its last title, or at a given name inside it."""
    if end - start == 1:
        return start
    first = start
    for at in range(start, end - 1):
        if _is_title(texts[at], lists) and _titles_the_next(texts, at, lists):
            first = at + 1
    if first > start and texts[first] in ("of", "for"):
        first = min(first + 2 + (texts[first + 1] == "the"), end - 1)
        for at in range(first, end - 1):
            if _is_given(texts[at], lists):
                return at  # "Director of Public Harbours Ada Brun"
    for at in range(first + 1, end - 1):
        # "NFL insider Jason …", "European Union Gordon …": but not a second given name
        if texts[at] in lists.given and texts[at - 1] not in lists.given:
            known = texts[at - 1] in lists.not_names or texts[at - 1].isupper()
            if known or texts[at - 1] in lists.suffixes or at - first >= 2:
                return at
            break
    while (
        end - first > 1
        and texts[first] in lists.not_names
        and (texts[first] not in lists.given or _DAYS.match(texts[first]))
        and (texts[first + 1] in lists.given or end - first == 3)
    ):
        first += 1
    return first


def _hangs_on(texts: list[str], start: int, at: int, lists: NameLists) -> bool:
    """Whether the last word of a run, a ``not_names``, is none of its name: a day, a month."""
    word = texts[at]
    if word in lists.suffixes:
        return False
    return not (at > start and texts[at - 1] in lists.given and not _DAYS.match(word))


def _titles_the_next(texts: list[str], at: int, lists: NameLists) -> bool:
    """Whether a word that can be a title is one where it stands.

    What is a title only at times needs a given name behind it, or to open its sentence: "Star" is
    none in "the new Star Wars film".
    """
    word = _held_once(texts[at])
    named = word in lists.titles or word in lists.courtesy
    if not named and word == "Attorney":
        return True
    return named or at == 0 or texts[at + 1] in lists.given or texts[at + 1] in lists.titles


_OWNERS = frozenset("Sheriff Attorney Governor Mayor Coroner Children Women Men People".split())
_TAILS = frozenset("winner born based led run won era style wide owned backed trained made".split())
_OFFICES = frozenset(
    "Officer Member Director Attorney Secretary Minister Manager Spokesman Spokeswoman"
    " Spokesperson Ambassador Chairman Chairwoman Chairperson Commissioner Superintendent"
    " Coordinator Administrator Executive Prosecutor Correspondent Adviser Advisor Professor"
    " Congressman Congresswoman Governor Councillor Councilman Councilwoman Treasurer Comptroller"
    " Producer Candidate Counsel Nominee".split()
)
_MINISTERS = frozenset("Secretary Minister Undersecretary Under-Secretary Department".split())
_ROYAL = frozenset(
    ["Prince", "Princess", "Pope", "King", "Queen", "St.", "St", "Sheikh", "Lord", "Lady"]
)


def _is_no_name(
    text: str, lists: NameLists, stop: frozenset[str], lower: set[str], *, opening: bool
) -> bool:
    low = text.lower()
    if low in stop or text in ("I", "I'm", "I’m") or ("’" in low and low.replace("’", "'") in stop):
        return not (text.isupper() and len(text) > 1)
    if text in lists.not_names and _DAYS.match(text):
        return True
    if not opening:
        return False
    return (
        (low in lower and text not in lists.given and text not in lists.titles)
        or low in lists.openers
        or low.endswith("ly")
    )


_NUMERAL = re.compile(r"(?:I{1,3}|IV|VI{0,3}|IX|X)\Z")
_PARTIES = frozenset(("Republican", "Democrat", "Democratic", "Labour", "Conservative", "Liberal"))
_DAYS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\Z|(?:Janu|Febru)ary\Z|(?:Septem|Octo|Novem|Decem)ber\Z|(?:July|August)\Z"
)


def _held_once(title: str) -> str:
    """A title without what says that it is no longer held: "Then-Mayor", "Ex-Minister"."""
    return title.removeprefix("Then-").removeprefix("Ex-")


def _is_title(text: str, lists: NameLists) -> bool:
    text = _held_once(text)
    return (
        text in lists.titles
        or text in lists.courtesy
        or (text.lower() in lists.nouns and text not in lists.given)
    )
