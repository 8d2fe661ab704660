"""Roles that stand before a name: title, description, apposition, a description of two."""

from briefing.digest.entities.mentions import Mention
from briefing.digest.entities.name_lists import NameLists
from briefing.digest.entities.role_phrases import (
    BEGINNERS,
    CUTS,
    MAX_BEFORE,
    QUALIFIERS,
    STOPS,
    Role,
    breaks_description,
    has_verb,
    is_noun,
    is_plural_noun,
    make_role,
    noun_before,
    type_of_description,
)
from briefing.digest.entities.tokens import Tokens

_COURTESY = frozenset(
    ["Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "Miss", "Mx", "Mx.", "Sir", "St", "St."]
)
_MAX_GOVERNED = 7
_GOVERNING = frozenset(("of", "for", "to"))
_MAX_REVERSE = 14
_INTRODUCERS = frozenset(("when", "as", "but", "that", "said", "says", "told", "by", "with"))
# Finite verbs before the description of their object: "the sheriff believes sailor …".
_VERBS = frozenset(
    "believes thinks names calls shows describes identifies accuses blames sues backs joins beats"
    " meets hires wants urges praises faces replaces succeeds defends held met saw found caught"
    " sent took made told paid sued hired beat fought brought chose knew".split()
)
_DETERMINERS = frozenset(("the", "his", "her", "its", "their", "a", "an", "my", "our"))


def title_before(mention: Mention, lists: NameLists) -> Role | None:
    """Titles and description at the left: "former Russian military intelligence officer …"."""
    tokens = mention.tokens
    lead = mention.lead
    titled = [t for t in mention.titles if t not in _COURTESY]
    end = mention.first
    while end > lead and tokens.texts[end - 1] in _COURTESY:
        end -= 1
    if not titled:
        previous = tokens.lows[lead - 1] if lead else ""
        if not (is_noun(previous, lists.nouns) or is_noun(previous, lists.kinds)):
            return None
        end = lead
    first = lead
    breaks = breaks_description()
    if titled and lead and is_noun(tokens.lows[lead - 1], lists.nouns):
        titled = []  # "port police spokesman Sgt. …": the description goes on to the left
    while first > 0 and end - first < MAX_BEFORE:
        text, low = tokens.texts[first - 1], tokens.lows[first - 1]
        if text in ("-", "/") or not text[0].isalnum():
            break
        if low in breaks and not (low == "and" and noun_before(tokens, first - 1, lists)):
            break
        if titled and not _belongs(tokens, first - 1, lists):
            break
        if low in _VERBS:
            break
        past = low.endswith("ed") and "-" not in text and text[0].islower()
        if past and low not in QUALIFIERS:
            break
        first -= 1
        if first in tokens.owns or low in BEGINNERS:
            break
    while first < end and tokens.lows[first] in ("ago", "yesterday", "today", "and"):
        first += 1
    words = tokens.lows[first:end]
    rank = 0 if titled or len(words) > 1 else 3  # "witness Ada Brun" may be told better later
    return make_role(
        tokens, first, end, "person" if titled else type_of_description(words, lists), rank
    )


def _belongs(tokens: Tokens, at: int, lists: NameLists) -> bool:
    """Whether a word before a capitalised title is part of it: "former", "Norrane's", "company"."""
    low = tokens.lows[at]
    return (
        low in lists.former
        or low in QUALIFIERS
        or low.startswith("then-")
        or at in tokens.owns
        or low in lists.kinds
    )


def description_with_complement(mention: Mention, lists: NameLists) -> Role | None:
    """Description with a complement before the name: "minister of tides and harbours Ada …"."""
    tokens = mention.tokens
    lows = tokens.lows
    end = mention.lead
    at = end
    while at > 0 and end - at < _MAX_GOVERNED:
        at -= 1
        if lows[at] in _GOVERNING and at and is_noun(lows[at - 1], lists.nouns):
            break
        if not (
            tokens.texts[at][0].isupper()
            or lows[at] in ("and", "the", "of")
            or _may_complement(lows[at])
        ):
            return None
    else:
        return None
    if end - at < 2 or not lows[end - 1][0].isalnum():
        return None
    return make_role(tokens, _description_begin(tokens, at - 1, lists), end, "person", 0)


def _may_complement(low: str) -> bool:
    """Whether a word may stand inside a complement: no function word, no verb form."""
    return low.isalpha() and low not in breaks_description() and not low.endswith(("ed", "ing"))


def _description_begin(tokens: Tokens, head: int, lists: NameLists) -> int:
    """Where the description whose head noun is ``tokens[head]`` begins."""
    first = head
    breaks = breaks_description()
    while first > 0 and head - first < MAX_BEFORE:
        text, low = tokens.texts[first - 1], tokens.lows[first - 1]
        if not text[0].isalnum() or text[0].isdigit():
            break
        if low in breaks and not (low == "and" and noun_before(tokens, first - 1, lists)):
            break
        if low.endswith("ed") and "-" not in text and text[0].islower() and low not in QUALIFIERS:
            break
        first -= 1
        if low in BEGINNERS:
            break
        if first in tokens.owns:
            while first and tokens.texts[first - 1][0].isupper() and first - 1 not in tokens.owns:
                first -= 1
            break
    return first


def shared_description(mention: Mention, lists: NameLists) -> Role | None:
    """A description in the plural before two names: "port executives Ada Brun and Olt Veld"."""
    tokens = mention.tokens
    at = mention.lead
    if at and tokens.lows[at - 1] in ("and", "&", ","):
        at -= 1
        while at and tokens.texts[at - 1][0].isupper():
            at -= 1
    if not at or not is_plural_noun(tokens.lows[at - 1], lists.nouns):
        return None
    return make_role(tokens, _description_begin(tokens, at - 1, lists), at, "person", 2)


def apposition_before(mention: Mention, lists: NameLists) -> Role | None:
    """Apposition at the left: "The Russian ambassador to the US, Anatoly …,"."""
    tokens = mention.tokens
    lows, texts = tokens.lows, tokens.texts
    at = mention.lead - 1
    if at < 1 or texts[at] not in (",", "—"):
        return None
    if (
        mention.last < len(tokens.texts)
        and texts[mention.last] not in STOPS
        and lows[mention.last] != "of"
    ):
        return None
    last = at
    while at > 0 and last - at < _MAX_REVERSE:
        low = lows[at - 1]
        if texts[at - 1] in STOPS or low in CUTS:
            break
        if low in ("by", "with") and type_of_description(lows[at:last] or [""], lists):
            break
        if low == "and" and not (at > 1 and is_noun(lows[at - 2], lists.nouns)):
            break
        at -= 1
        if low in _DETERMINERS:
            kind = type_of_description(lows[at:last], lists)
            if kind:
                return make_role(tokens, at, last, kind, 2)
        if at in tokens.owns and type_of_description(lows[at + 1 : last] or [""], lists):
            first = at
            while first and texts[first - 1][0].isupper() and first - 1 not in tokens.owns:
                first -= 1
            if first and lows[first - 1] in _DETERMINERS:
                first -= 1
            return make_role(
                tokens, first, last, type_of_description(lows[at + 1 : last], lists), 2
            )
    kind = type_of_description(lows[at:last] or [""], lists)
    bare = at == 0 or lows[at - 1] in _INTRODUCERS
    if kind and bare and last - at <= MAX_BEFORE and not has_verb(lows[at:last], lists):
        return make_role(tokens, at, last, kind, 2)
    return None
