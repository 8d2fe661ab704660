"""What a number counts: the noun phrase at its right, the one at its left, or the one before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.digest.quantities.numbers import Quantity
from briefing.digest.quantities.phrases import (
    ARTICLES,
    PREPOSITIONS,
    Lists,
    Word,
    word_lists,
    words_of,
)
from briefing.digest.quantities.subjects import place, subject

_MAX_NOUN = 7  # words of a noun phrase
_MAX_TAIL = 5  # words of what follows it ("at the embassy in Riga")
_AUXILIARIES = frozenset(
    ["are", "were", "was", "is", "have", "has", "had", "been", "being", "already", "be"]
)
_LINKS = PREPOSITIONS | {"with"}
_OPENINGS = frozenset(["that", "when", "because", "if", "while", "although", "whether"])
_SIDE_NOTES = frozenset(
    ["response", "addition", "order", "total", "all", "recent"]
)  # "in response to"


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, in words of the sentence; ``inherited`` where it was named before, ``said``
    where the sentence says how much it takes, lasts, costs or changes by."""

    phrase: str
    inherited: bool = False
    said: bool = False


def what_is_counted(
    sentence: str, quantity: Quantity, before: Sequence[Counted] = (), limit: int | None = None
) -> Counted:
    """What ``quantity`` counts in ``sentence``; an empty phrase where that cannot be told.

    before: what the sentence's earlier figures count, the nearest last. limit: where the next
    figure begins.
    """
    if quantity.unit and not quantity.joined:
        said = subject(sentence, quantity)
        if said:
            return Counted(said, said=True)
        away = place(sentence, quantity)
        if away:
            return Counted(away)
    right = _right(sentence, quantity, len(sentence) if limit is None else limit)
    if right and (not quantity.unit or quantity.joined or _touches(sentence, quantity)):
        return Counted(right)
    money_or_measure = bool(quantity.unit) or quantity.change is not None
    left = _left(sentence, quantity)
    if not money_or_measure and before and before[-1].phrase:
        return Counted(before[-1].phrase, inherited=True)
    if left:
        return Counted(left)
    return Counted(right)


def _touches(sentence: str, quantity: Quantity) -> bool:
    """Whether money or a measure is followed at once by its noun ("a $9 lifeline", "5% of …")."""
    following = sentence[quantity.span.end : quantity.span.end + 12]
    match = re.match(r"\s(of|in|worth)?\b\s?([a-z]|[A-Z][a-z])", following)
    return bool(match)


def _is_plural(word: str, lists: Lists) -> bool:
    if word in lists.plurals:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "'s", "is"))
        and word not in lists.singular
    )


def _right(sentence: str, quantity: Quantity, limit: int) -> str:
    lists = word_lists()
    stop = min(len(sentence), quantity.span.end + 160, max(limit, quantity.span.end))
    words = words_of(sentence, quantity.span.end, stop)
    if quantity.joined and words and words[0].text == "-":
        words = words[1:]
    at = _skip(words, quantity)
    first = at
    head = -1
    while at < len(words) and at - first < _MAX_NOUN:
        word = words[at]
        if head >= 0 and not _is_plural(word.low, lists):
            break
        if word.low in ("and", "or") and head < 0 and first < at and _goes_on(words, at, lists):
            at += 1
            continue
        if not word.text[0].isalnum() or word.low in lists.stops or _is_verb(word.low, lists):
            break
        at += 1
        if _is_plural(word.low, lists) and not (quantity.joined and at == first + 1):
            head = at - 1
    if at == first:
        return ""
    if head < 0:
        head = at - 1
        while head > first and words[head].low.endswith(("ly", "ed")):
            head -= 1
    end = _tail(words, head, lists)
    return sentence[words[first].start : words[end].end]


def _is_verb(word: str, lists: Lists) -> bool:
    """Whether a word is a verb of movement or being; those in s may be nouns ("hits", "cuts")."""
    return word in lists.verbs and not word.endswith("s") and word != "cost"


def _goes_on(words: list[Word], at: int, lists: Lists) -> bool:
    """Whether a noun phrase goes on after the "and" at ``at``: a plural noun comes soon."""
    if at + 1 < len(words) and _is_participle(words[at + 1].low):
        return False  # "12 people and injured dozens of others"
    for word in words[at + 1 : at + 4]:
        if not word.text[0].isalpha() or word.low in lists.stops or word.low in lists.numbers:
            return False
        if _is_plural(word.low, lists):
            return True
    return False


def _skip(words: list[Word], quantity: Quantity) -> int:
    """Past "of the", "worth of", "in" and the like between a number and its noun."""
    at = 0
    if at < len(words) and words[at].low == "worth":
        at += 1
    links = ("of", "in", "to", "for", "on") if quantity.unit else ("of",)
    if at < len(words) and words[at].low in links:
        at += 1
        while at < len(words) and (words[at].low in ARTICLES or words[at].low in ("all", "those")):
            at += 1
    elif at < len(words) and words[at].low in ("the", "all"):
        at += 1  # "half the members"
    if at < len(words) and words[at].low == "more" and len(words) > at + 1:
        at += 1
    return at


def _tail(words: list[Word], head: int, lists: Lists) -> int:
    """The last word of what belongs to the noun at ``head``."""
    end = head
    at = head + 1
    if at < len(words) and words[at].low in ("and", "or") and _goes_on(words, at, lists):
        while not _is_plural(words[at].low, lists):
            at += 1
        end, at = at, at + 1
    if at < len(words) and (words[at].low in lists.states or _is_participle(words[at].low)):
        end, at = at, at + 1
    elif at + 1 < len(words) and words[at].low in _AUXILIARIES:
        past = at
        while past < len(words) and past - at < 4 and words[past].low in _AUXILIARIES:
            past += 1
        if past < len(words) and (
            words[past].low in lists.states or _is_participle(words[past].low)
        ):
            end, at = past, past + 1
    if at >= len(words):
        return end
    word = words[at]
    if word.low in PREPOSITIONS and not (at + 1 < len(words) and words[at + 1].low in _SIDE_NOTES):
        return _phrase(words, at, end, lists)
    if word.low in ("who", "that") and at + 1 < len(words):
        return _phrase(words, at, end, lists, loose=True)
    return end


def _is_participle(word: str) -> bool:
    return len(word) > 4 and word.endswith("ed") and word not in ("need", "speed")


def _phrase(words: list[Word], at: int, end: int, lists: Lists, *, loose: bool = False) -> int:
    """The end of a prepositional phrase or short relative clause that begins at ``at``."""
    begun = at
    at += 1
    while at < len(words) and at - begun <= _MAX_TAIL + loose:
        word = words[at]
        if not word.text[0].isalnum() or word.low[0].isdigit() or word.low in lists.numbers:
            break
        if word.low in ARTICLES and at == begun + 1:
            at += 1
            continue
        if words[at - 1].text[0].isupper() and word.text[0].islower() and word.low not in _LINKS:
            break  # a name ends the phrase: "in Velm lost"
        if (
            word.low in lists.stops
            and not loose
            and not (
                word.low in ("of", "in", "the", "and")
                and at + 1 < len(words)
                and words[at + 1].text[0].isalnum()
                and (word.low != "and" or not _is_plural(words[at - 1].low, lists))
            )
        ):
            break
        end = at
        at += 1
    while end > begun and words[end].low in lists.stops:
        end -= 1
    return end if end > begun else begun - 1


# ── At the left ──────────────────────────────────────────────────────────────────────────────


def _left(sentence: str, quantity: Quantity) -> str:
    """The phrase before a number that says what it measures ("revenues … totaled $63")."""
    lists = word_lists()
    words = words_of(sentence, max(0, quantity.span.start - 140), quantity.span.start)
    at = len(words) - 1
    if at >= 0 and words[at].low in _OPENINGS:
        return ""  # a clause begins with the number
    while at >= 0 and (
        words[at].low in lists.verbs
        or words[at].low.endswith(("ly", "ed"))
        or words[at].low in lists.stops
    ):
        at -= 1
    if at < 0 or not words[at].text[0].isalnum():
        if at > 0 and words[at].text in ",(—–-" and words[at - 1].text[0].isalnum():
            at -= 1
        else:
            return ""
    last = at
    while at >= 0 and last - at < _MAX_NOUN:
        word = words[at]
        if not word.text[0].isalnum() or word.low[0].isdigit():
            break
        if word.low in lists.stops and word.low not in PREPOSITIONS and word.low not in ARTICLES:
            break
        if word.low in lists.verbs - PREPOSITIONS and at < last:
            break
        at -= 1
    first = at + 1
    while first < last and (words[first].low in lists.stops or words[first].low in lists.verbs):
        first += 1
    if last - first >= 2 and words[first].low.endswith("ed") and words[first + 1].low in _LINKS:
        first += 2
        while first < last and words[first].low in ARTICLES:
            first += 1
    if words[last].low in lists.stops or first > last or words[last].text[0].isdigit():
        return ""
    return sentence[words[first].start : words[last].end]
