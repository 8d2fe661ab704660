"""Who a named person or organisation is, in the article's own words.

Patterns: title before the name ("President …"), description before it ("former spy …"),
apposition after it (", a spokesman for …,") and before it ("the ambassador, …,"), copula ("… is
a …") and relative clause (", who …").
"""

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from briefing.digest.names import Mention, NameLists, Token, name_lists
from briefing.model import Span
from briefing.text import stop_words

_MAX_BEFORE = 8  # words of a description before a name
_MAX_AFTER = 14  # words of one after it
_CUTS = frozenset(
    [
        "who",
        "whom",
        "whose",
        "which",
        "that",
        "when",
        "where",
        "while",
        "as",
        "because",
        "told",
        "said",
        "says",
        "but",
    ]
)
_OPENERS = frozenset(["a", "an", "the", "his", "her", "its", "their", "our", "one"])
_BEGINNERS = frozenset(("former", "late", "then", "ex", "retired", "longtime"))
_RANKS = frozenset(
    (
        "Gen",
        "General",
        "Lt",
        "Lieutenant",
        "Col",
        "Colonel",
        "Maj",
        "Major",
        "Capt",
        "Captain",
        "Sgt",
        "Sergeant",
        "Cpl",
        "Brig",
        "Adm",
        "Admiral",
        "Cmdr",
        "Prof",
        "Professor",
        "Dr",
        "Rev",
        "Mr",
        "Mrs",
        "Ms",
        "Officer",
    )
)
_STOPS = frozenset(',.;:—–()"“”?!')
_COURTESY = frozenset(
    ["Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "Miss", "Mx", "Mx.", "Sir", "St", "St."]
)


@dataclass(frozen=True, slots=True)
class Role:
    """Words that say who somebody is. ``kind``: what they show the name to be, if they do."""

    span: Span
    kind: str
    rank: int  # 0 the surest pattern


@cache
def _breaks() -> frozenset[str]:
    return (stop_words("en") | name_lists().breaks) - frozenset(("former", "late", "then", "own"))


def role_of(mention: Mention) -> Role | None:
    """The role given at this mention, by the first pattern that fits; None where it gives none."""
    lists = name_lists()
    for pattern in (_before, _after, _reverse, _copula):
        role = pattern(mention, lists)
        if role is None:
            continue
        if pattern is _before and _only_rank(mention):
            # "Lt. Col. Anna Veld, an adviser to …": the description says more than the rank
            return _after(mention, lists) or replace(role, rank=5)
        return role
    return _relative(mention)


def _only_rank(mention: Mention) -> bool:
    """Whether the titles before a name are a rank and nothing else."""
    return bool(mention.titles) and all(t.text.rstrip(".") in _RANKS for t in mention.titles)


def _kind(words: list[str], lists: NameLists) -> str:
    """ "person" or "organisation" by the head noun of a description, or nothing."""
    for word in words:
        if word in (
            "of",
            "for",
            "at",
            "in",
            "from",
            "with",
            "to",
            "by",
            "on",
            "about",
            "between",
            "over",
        ):
            break
    else:
        word = ""
    head_end = words.index(word) if word else len(words)
    for noun in reversed(words[:head_end]):
        if noun in lists.either:
            return "either"
        if _is_noun(noun, lists.nouns):
            return "person"
        if _is_noun(noun, lists.kinds):
            return "organisation"
    return ""


def _is_noun(word: str, nouns: frozenset[str]) -> bool:
    return word in nouns or ("-" in word and word.rsplit("-", 1)[1] in nouns)


def _role(tokens: tuple[Token, ...], first: int, last: int, kind: str, rank: int) -> Role | None:
    while first < last and tokens[first].low in ("a", "an", "the", "one", "'", "’"):
        first += 1
    while last > first and tokens[last - 1].text in _STOPS:
        last -= 1
    if first >= last:
        return None
    return Role(Span(tokens[first].start, tokens[last - 1].end), kind, rank)


def _before(mention: Mention, lists: NameLists) -> Role | None:
    """Titles and description at the left: "former Russian military intelligence officer …"."""
    tokens = mention.tokens
    lead = mention.lead
    titled = [t for t in mention.titles if t.text not in _COURTESY]
    end = mention.first
    while end > lead and tokens[end - 1].text in _COURTESY:
        end -= 1
    if not titled:
        previous = tokens[lead - 1] if lead else None
        if previous is None or not (
            _is_noun(previous.low, lists.nouns) or _is_noun(previous.low, lists.kinds)
        ):
            return None
        end = lead
    first = lead
    breaks = _breaks()
    while first > 0 and end - first < _MAX_BEFORE:
        token = tokens[first - 1]
        if token.text in ("-", "/") or not token.text[0].isalnum():
            break
        if token.low in breaks and not (
            token.low == "and" and _noun_left(tokens, first - 1, lists)
        ):
            break
        if titled and token.low not in lists.former and not (token.low.startswith("then-")):
            break
        past = token.low.endswith("ed") and "-" not in token.text and token.text[0].islower()
        if past and token.low != "retired":
            break
        first -= 1
        if token.owns or token.low in _BEGINNERS:
            break
    while first < end and tokens[first].low in ("ago", "yesterday", "today", "and"):
        first += 1
    words = [t.low for t in tokens[first:end]]
    return _role(tokens, first, end, _kind(words, lists) or ("person" if titled else ""), 0)


def _noun_left(tokens: tuple[Token, ...], at: int, lists: NameLists) -> bool:
    return at > 0 and _is_noun(tokens[at - 1].low, lists.nouns)


def _after(mention: Mention, lists: NameLists) -> Role | None:
    """Apposition at the right: "…, 45, a spokesman for the port," or "…, its director,"."""
    tokens = mention.tokens
    at = mention.last
    if at >= len(tokens) or tokens[at].text not in (",", "—", "–", "(") or tokens[at - 1].owns:
        return None
    at += 1
    if at + 1 < len(tokens) and tokens[at].text.isdigit() and tokens[at + 1].text == ",":
        at += 2
    first = at
    opened = at < len(tokens) and (tokens[at].low in _OPENERS or tokens[at].owns)
    while at < len(tokens) and at - first < _MAX_AFTER:
        token = tokens[at]
        if token.text in _STOPS or (token.low in _CUTS and at > first):
            break
        at += 1
    closed = at >= len(tokens) or tokens[at].text in _STOPS or tokens[at].low in _CUTS
    words = [t.low for t in tokens[first:at]]
    if not words or words[0] in _CUTS or words[0] in ("and", "or"):
        return None
    kind = _kind(words, lists)
    if not kind or not closed:
        return None
    if not opened and words[0] in _breaks() and words[0] not in ("former", "now", "then"):
        return None
    if any(w in _FINITE for w in words) or _has_verb(words, lists):
        return None
    return _role(tokens, first, at, kind, 1)


_FINITE = frozenset(["is", "was", "are", "were", "has", "had", "will"])
_OBJECTS = frozenset(["a", "an", "the", "its", "his", "her", "their"])


def _has_verb(words: list[str], lists: NameLists) -> bool:
    """Whether words after a name are a clause of their own ("…, the port authority confirmed")."""
    return any(
        word in lists.saying or (word.endswith("ed") and after in _OBJECTS)
        for word, after in pairwise([*words[1:], ""])
    )


def _reverse(mention: Mention, lists: NameLists) -> Role | None:
    """Apposition at the left: "The Russian ambassador to the US, Anatoly …,"."""
    tokens = mention.tokens
    at = mention.lead - 1
    if at < 1 or tokens[at].text not in (",", "—"):
        return None
    if mention.last < len(tokens) and tokens[mention.last].text not in _STOPS:
        return None
    last = at
    while at > 0 and last - at < _MAX_AFTER:
        if (
            tokens[at - 1].text in _STOPS
            or tokens[at - 1].low in _CUTS
            or tokens[at - 1].low == "and"
        ):
            break
        at -= 1
        if tokens[at].low in ("the", "his", "her", "its", "their", "a", "an") and _kind(
            [t.low for t in tokens[at:last]], lists
        ):
            return _role(tokens, at, last, _kind([t.low for t in tokens[at:last]], lists), 2)
    words = [t.low for t in tokens[at:last]]
    if words and tokens[at].owns and _kind(words, lists):
        return _role(tokens, at, last, _kind(words, lists), 2)
    return None


def _copula(mention: Mention, lists: NameLists) -> Role | None:
    """ "… is a …", "… was the …"."""
    tokens = mention.tokens
    at = mention.last
    if at + 2 >= len(tokens) or tokens[at].low not in ("is", "was"):
        return None
    first = at + 1
    if tokens[first].low not in _OPENERS:
        return None
    end = first + 1
    while end < len(tokens) and end - first < _MAX_AFTER:
        if tokens[end].text in _STOPS or tokens[end].low in _CUTS or tokens[end].low == "and":
            break
        end += 1
    kind = _kind([t.low for t in tokens[first:end]], lists)
    return _role(tokens, first, end, kind, 3) if kind else None


def _relative(mention: Mention) -> Role | None:
    """ "…, who runs the port,": the clause without its pronoun."""
    tokens = mention.tokens
    at = mention.last
    if at + 3 >= len(tokens) or tokens[at].text != "," or tokens[at + 1].low != "who":
        return None
    first = at + 2
    if tokens[first].low in ("said", "says", "told", "has", "had", "also", "is", "was") and not (
        tokens[first].low in ("is", "was") and tokens[first + 1].low in _OPENERS
    ):
        return None
    if tokens[first].low in ("is", "was"):
        first += 1
    elif tokens[first].low in _breaks():
        return None
    end = first
    while end < len(tokens) and end - first < 11 and tokens[end].text not in _STOPS:
        if tokens[end].low in _CUTS:
            break
        end += 1
    return _role(tokens, first, end, "person", 4) if end - first > 1 else None
