"""Who a named person or organisation is, in the article's own words.

Patterns: title before the name ("President …"), description before it ("former spy …"),
with a complement or not ("minister of tides …"), in the plural before two names, apposition after
it (", a spokesman for …,") and before it ("the ambassador, …,"), copula ("… is a …"), relative
clause (", who …") and, for want of a better one, where somebody belongs ("… of the port police").
"""

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from briefing.digest.entities.mentions import Mention
from briefing.digest.entities.name_lists import NameLists, name_lists
from briefing.digest.entities.tokens import Tokens
from briefing.model import Span
from briefing.text import stop_words

_MAX_BEFORE = 8  # words of a description before a name
_MAX_AFTER = 24  # words of one after it
_CUTS = frozenset(
    "who whom whose which that when where while as because told said says but".split()
)
_OPENERS = frozenset(["a", "an", "the", "his", "her", "its", "their", "our", "one"])
_BEGINNERS = frozenset(("former", "late", "then", "ex", "retired", "longtime"))
_RANKS = frozenset(
    (
        "Gen General Lt Lieutenant Col Colonel Maj Major Capt Captain Sgt Sergeant Cpl Brig "
        "Adm Admiral Cmdr Prof Professor Dr Rev Mr Mrs Ms Officer Det Detective Supt"
    ).split()
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
    words: tuple[str, ...] = ()  # in small letters

    def betters(self, other: "Role") -> bool:
        """Whether it says who somebody is better than another role, given earlier, does."""
        if self.rank < other.rank and other.rank > 2:
            return True
        # "Minister …" first, "the Norranian foreign minister" later: the same office, told better
        short = len(other.words) == 1 and self.rank <= 2
        return short and len(self.words) > 1 and other.words[0] in self.words


@cache
def _breaks() -> frozenset[str]:
    return (stop_words("en") | name_lists().breaks) - frozenset(("former", "late", "then", "own"))


def role_of(mention: Mention) -> Role | None:
    """The role given at this mention, by the first pattern that fits; None where it gives none."""
    lists = name_lists()
    tokens, lead, last = mention.tokens, mention.lead, mention.last
    told = mention.first > lead or (lead > 0 and tokens.texts[lead - 1] not in _silent())
    goes_on = last < len(tokens.texts) and tokens.lows[last] in _GOING_ON
    patterns = _EITHER_SIDE if goes_on else _AT_THE_LEFT if told else ()
    for pattern in patterns:
        role = pattern(mention, lists)
        if role is None:
            continue
        if pattern is _before and _only_rank(mention) and len(role.words) <= len(mention.titles):
            # "Lt. Col. Anna Veld, an adviser to …": the description says more than the rank
            return _after(mention, lists) or _from(mention, lists) or replace(role, rank=5)
        return role
    return (_relative(mention) or _from(mention, lists)) if goes_on else None


_GOING_ON = frozenset((",", "—", "–", "(", "-", "is", "was", "of", "from", "with"))


@cache
def _silent() -> frozenset[str]:
    """What stands before most names, and never in or after a description: "in", "that", "said"."""
    lists = name_lists()
    telling = lists.nouns | lists.kinds | frozenset(("and", "the", "of"))
    words = {w for w in _breaks() if w not in telling and w.islower() and not w.endswith("s")}
    return frozenset(w for w in words if "-" not in w) | (_STOPS - frozenset(",—"))


def _only_rank(mention: Mention) -> bool:
    """Whether the titles before a name are a rank and nothing else."""
    return bool(mention.titles) and all(t.rstrip(".") in _RANKS for t in mention.titles)


def _kind(words: list[str], lists: NameLists) -> str:
    """ "person" or "organisation" by the head noun of a description, or nothing."""
    if words[:2] == ["one", "of"] and len(words) > 2:
        return _kind_of_one(words[2:], lists)
    if words[0] in _PARTICIPLES:
        return "person"
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
            # "Department of Tides information officer": the head stands at the end
            return "person" if _is_noun(words[-1], lists.nouns) else "organisation"
    return ""


def _kind_of_one(words: list[str], lists: NameLists) -> str:
    """The kind of "one of the …" by the first plural noun that says one."""
    for word in words:
        if _is_plural(word, lists.nouns):
            return "either" if word[:-1] in lists.either else "person"
        if _is_plural(word, lists.kinds):
            return "organisation"
    return ""


_PARTICIPLES = frozenset(("accused", "charged", "convicted", "suspected", "best", "known"))


def _is_noun(word: str, nouns: frozenset[str]) -> bool:
    return word in nouns or ("-" in word and word.rsplit("-", 1)[1] in nouns)


def _is_plural(word: str, nouns: frozenset[str]) -> bool:
    return word.endswith("s") and (word[:-1] in nouns or word.replace("men", "man") in nouns)


def _role(tokens: Tokens, first: int, last: int, kind: str, rank: int) -> Role | None:
    while first < last and _is_no_part(tokens.lows[first]):
        if tokens.lows[first : first + 2] == ["one", "of"]:
            break
        first += 1
    while last > first and tokens.texts[last - 1] in _STOPS:
        last -= 1
    if first >= last:
        return None
    return Role(tokens.span(first, last), kind, rank, tuple(tokens.lows[first:last]))


def _is_no_part(low: str) -> bool:
    """Whether a word before a description belongs to the sentence: an article, "adding"."""
    if low.endswith("ing") and low.isalpha():
        return low not in name_lists().descriptive
    return low in ("a", "an", "the", "one", "'", "’")


def _before(mention: Mention, lists: NameLists) -> Role | None:
    """Titles and description at the left: "former Russian military intelligence officer …"."""
    tokens = mention.tokens
    lead = mention.lead
    titled = [t for t in mention.titles if t not in _COURTESY]
    end = mention.first
    while end > lead and tokens.texts[end - 1] in _COURTESY:
        end -= 1
    if not titled:
        previous = tokens.lows[lead - 1] if lead else ""
        if not (_is_noun(previous, lists.nouns) or _is_noun(previous, lists.kinds)):
            return None
        end = lead
    first = lead
    breaks = _breaks()
    if titled and lead and _is_noun(tokens.lows[lead - 1], lists.nouns):
        titled = []  # "port police spokesman Sgt. …": the description goes on to the left
    while first > 0 and end - first < _MAX_BEFORE:
        text, low = tokens.texts[first - 1], tokens.lows[first - 1]
        if text in ("-", "/") or not text[0].isalnum():
            break
        if low in breaks and not (low == "and" and _noun_left(tokens, first - 1, lists)):
            break
        if titled and not _belongs(tokens, first - 1, lists):
            break
        past = low.endswith("ed") and "-" not in text and text[0].islower()
        if past and low != "retired":
            break
        first -= 1
        if first in tokens.owns or low in _BEGINNERS:
            break
    while first < end and tokens.lows[first] in ("ago", "yesterday", "today", "and"):
        first += 1
    words = tokens.lows[first:end]
    rank = 0 if titled or len(words) > 1 else 3  # "witness Ada Brun" may be told better later
    return _role(tokens, first, end, "person" if titled else _kind(words, lists), rank)


def _belongs(tokens: Tokens, at: int, lists: NameLists) -> bool:
    """Whether a word before a capitalised title is part of it: "former", "Norrane's", "company"."""
    low = tokens.lows[at]
    return low in lists.former or low.startswith("then-") or at in tokens.owns or low in lists.kinds


def _governed(mention: Mention, lists: NameLists) -> Role | None:
    """Description with a complement before the name: "minister of tides and harbours Ada …"."""
    tokens = mention.tokens
    lows = tokens.lows
    end = mention.lead
    at = end
    while at > 0 and end - at < _MAX_GOVERNED:
        at -= 1
        if lows[at] in _GOVERNING and at and _is_noun(lows[at - 1], lists.nouns):
            break
        if not (
            tokens.texts[at][0].isupper() or lows[at] in ("and", "the", "of") or _bare(lows[at])
        ):
            return None
    else:
        return None
    if end - at < 2 or not lows[end - 1][0].isalnum():
        return None
    return _role(tokens, _np_begin(tokens, at - 1, lists), end, "person", 0)


_MAX_GOVERNED = 7
_GOVERNING = frozenset(("of", "for", "to"))


def _bare(low: str) -> bool:
    """Whether a word may stand inside a complement: no function word, no verb form."""
    return low.isalpha() and low not in _breaks() and not low.endswith(("ed", "ing"))


def _np_begin(tokens: Tokens, head: int, lists: NameLists) -> int:
    """Where the description whose head noun is ``tokens[head]`` begins."""
    first = head
    breaks = _breaks()
    while first > 0 and head - first < _MAX_BEFORE:
        text, low = tokens.texts[first - 1], tokens.lows[first - 1]
        if not text[0].isalnum() or text[0].isdigit():
            break
        if low in breaks and not (low == "and" and _noun_left(tokens, first - 1, lists)):
            break
        if low.endswith("ed") and "-" not in text and text[0].islower() and low != "retired":
            break
        first -= 1
        if low in _BEGINNERS:
            break
        if first in tokens.owns:
            while first and tokens.texts[first - 1][0].isupper() and first - 1 not in tokens.owns:
                first -= 1
            break
    return first


def _shared(mention: Mention, lists: NameLists) -> Role | None:
    """A description in the plural before two names: "port executives Ada Brun and Olt Veld"."""
    tokens = mention.tokens
    at = mention.lead
    if at and tokens.lows[at - 1] in ("and", "&", ","):
        at -= 1
        while at and tokens.texts[at - 1][0].isupper():
            at -= 1
    if not at or not _is_plural(tokens.lows[at - 1], lists.nouns):
        return None
    return _role(tokens, _np_begin(tokens, at - 1, lists), at, "person", 2)


def _from(mention: Mention, lists: NameLists) -> Role | None:
    """Where somebody belongs: "… of the Norrane police"; for those without a better role."""
    tokens = mention.tokens
    at = mention.last
    if len(mention.words) < 2 or at + 1 >= len(tokens.texts) or at - 1 in tokens.owns:
        return None
    if mention.words[0] not in lists.given and not mention.titles:
        return None
    if tokens.lows[at] not in ("of", "from", "with"):
        return None
    end = at + 1 + (tokens.lows[at + 1] == "the")
    begun = end
    while end < len(tokens.texts) and end - begun < 8:
        word = tokens.texts[end]
        linked = tokens.lows[end] in ("of", "for", "and", "the") and end > begun
        if (
            tokens.lows[end] == "and"
            and tokens.texts[end + 1 : end + 2]
            and tokens.texts[end + 1] in lists.given
        ):
            break
        if not (word[0].isupper() or linked or tokens.lows[end] in lists.kinds or word == "police"):
            break
        end += 1
    while end > begun and tokens.lows[end - 1] in ("of", "for", "and", "the"):
        end -= 1
    whole = tokens.texts[begun:end]
    if end == begun or " ".join(whole) in lists.places:
        return None
    return _role(tokens, at, end, "", 6)


def _noun_left(tokens: Tokens, at: int, lists: NameLists) -> bool:
    return at > 0 and _is_noun(tokens.lows[at - 1], lists.nouns)


_CLOSING = _CUTS | {"and"}
_ENDS = _STOPS | {"-"}


def _after(mention: Mention, lists: NameLists) -> Role | None:
    """Apposition at the right: "…, 45, a spokesman for the port," or "…, its director,"."""
    tokens = mention.tokens
    at = mention.last
    if (
        at >= len(tokens.texts)
        or tokens.texts[at] not in (",", "—", "–", "(", "-")
        or at - 1 in tokens.owns
    ):
        return None
    at += 1 + (tokens.texts[at : at + 2] == ["-", "-"])
    if at + 1 < len(tokens.texts) and tokens.texts[at].isdigit() and tokens.texts[at + 1] == ",":
        at += 2
    first = at
    opened = at < len(tokens.texts) and (tokens.lows[at] in _OPENERS or at in tokens.owns)
    while at < len(tokens.texts) and at - first < _MAX_AFTER:
        if tokens.texts[at] in _ENDS or (tokens.lows[at] in _CUTS and at > first):
            break
        if (
            tokens.lows[at] == "and"
            and tokens.texts[at + 1 : at + 2]
            and tokens.texts[at + 1] in lists.given
        ):
            break
        at += 1
    closed = at >= len(tokens.texts) or tokens.texts[at] in _ENDS or tokens.lows[at] in _CLOSING
    words = tokens.lows[first:at]
    if not words or words[0] in _CUTS or words[0] in ("and", "or"):
        return None
    kind = _kind(words, lists)
    if not kind or not closed:
        return None
    plain = (
        words[0] not in _breaks()
        or words[0] in ("former", "now", "then")
        or words[0] in _PARTICIPLES
    )
    if not opened and not plain:
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
    lows, texts = tokens.lows, tokens.texts
    at = mention.lead - 1
    if at < 1 or texts[at] not in (",", "—"):
        return None
    if (
        mention.last < len(tokens.texts)
        and texts[mention.last] not in _STOPS
        and lows[mention.last] != "of"
    ):
        return None
    last = at
    while at > 0 and last - at < _MAX_REVERSE:
        low = lows[at - 1]
        if texts[at - 1] in _STOPS or low in _CUTS:
            break
        if low in ("by", "with") and _kind(lows[at:last] or [""], lists):
            break
        if low == "and" and not (at > 1 and _is_noun(lows[at - 2], lists.nouns)):
            break
        at -= 1
        if low in _DETERMINERS:
            kind = _kind(lows[at:last], lists)
            if kind:
                return _role(tokens, at, last, kind, 2)
        if at in tokens.owns and _kind(lows[at + 1 : last] or [""], lists):
            first = at
            while first and texts[first - 1][0].isupper() and first - 1 not in tokens.owns:
                first -= 1
            if first and lows[first - 1] in _DETERMINERS:
                first -= 1
            return _role(tokens, first, last, _kind(lows[at + 1 : last], lists), 2)
    kind = _kind(lows[at:last] or [""], lists)
    bare = at == 0 or lows[at - 1] in _INTRODUCING
    if kind and bare and last - at <= _MAX_BEFORE and not _has_verb(lows[at:last], lists):
        return _role(tokens, at, last, kind, 2)
    return None


_MAX_REVERSE = 14
_INTRODUCING = frozenset(("when", "as", "but", "that", "said", "says", "told", "by", "with"))
_DETERMINERS = frozenset(("the", "his", "her", "its", "their", "a", "an", "my", "our"))


_ADVERBS = frozenset(("also", "now", "then", "still", "once"))


def _copula(mention: Mention, lists: NameLists) -> Role | None:
    """ "… is a …", "… was the …"."""
    tokens = mention.tokens
    at = mention.last
    if at + 2 >= len(tokens.texts) or tokens.lows[at] not in ("is", "was"):
        return None
    first = at + 1 + (tokens.lows[at + 1] in _ADVERBS or tokens.lows[at + 1].endswith("ly"))
    if tokens.lows[first] not in _OPENERS:
        return None
    end = first + 1
    while end < len(tokens.texts) and end - first < _MAX_AFTER:
        if tokens.texts[end] in _STOPS or tokens.lows[end] in _CUTS:
            break
        if tokens.lows[end] == "and" and not _noun_left(tokens, end, lists):
            break
        end += 1
    kind = _kind(tokens.lows[first:end], lists)
    return _role(tokens, first, end, kind, 3) if kind else None


def _relative(mention: Mention) -> Role | None:
    """ "…, who runs the port,": the clause without its pronoun."""
    tokens = mention.tokens
    at = mention.last
    if at + 3 >= len(tokens.texts) or tokens.texts[at] != "," or tokens.lows[at + 1] != "who":
        return None
    first = at + 2
    if tokens.lows[first] in ("said", "says", "told", "has", "had", "also", "is", "was") and not (
        tokens.lows[first] in ("is", "was") and tokens.lows[first + 1] in _OPENERS
    ):
        return None
    if tokens.lows[first] in ("is", "was"):
        first += 1
    elif tokens.lows[first] in _breaks() and not tokens.lows[first].endswith("ed"):
        return None
    end = first
    while end < len(tokens.texts) and end - first < 11 and tokens.texts[end] not in _STOPS:
        if tokens.lows[end] in _CUTS:
            break
        end += 1
    return _role(tokens, first, end, "person", 4) if end - first > 1 else None


_AT_THE_LEFT = (_before, _governed, _reverse, _shared)
_EITHER_SIDE = (_before, _governed, _after, _reverse, _shared, _copula)
