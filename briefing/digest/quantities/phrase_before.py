"""The phrase at the left of a number: "revenues from the tolls totalled $63m", "a limit of 44"."""

from briefing.digest.quantities.phrase_after import CLAUSES
from briefing.digest.quantities.phrases import ARTICLES, PREPOSITIONS, Lists, Word

_MAX_NOUN = 7
_REACH = 34  # words at the left that are looked at
_LINKS = PREPOSITIONS | {"with"}
_OPENINGS = frozenset("that when because if while although whether".split())
_KEPT = frozenset(["with", "as"])  # of the clause words, those that a phrase may hold


def before_number(words: list[Word], stop: int, lists: Lists) -> tuple[int, int] | None:
    """The first and last word of the noun phrase before the word ``stop``; None where there is
    none, as where a clause begins with the number."""
    at = stop - 1
    if at < 0 or words[at].low in _OPENINGS:
        return None
    least = max(0, stop - _REACH)
    while at >= least and (
        words[at].low in lists.verbs
        or words[at].low in lists.stops
        or words[at].low.endswith(("ly", "ed"))
    ):
        at -= 1
    if at < least:
        return None
    if not words[at].text[0].isalnum():
        if at > 0 and words[at].text in ",(—–-" and words[at - 1].text[0].isalnum():
            at -= 1
        else:
            return None
    last = at
    while at >= least and last - at < _MAX_NOUN:
        low = words[at].low
        if not low[0].isalnum() or low[0].isdigit():
            break
        if low in lists.stops and low not in PREPOSITIONS and low not in ARTICLES:
            break
        if low in lists.verbs and low not in PREPOSITIONS and at < last:
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
        return None
    return first, last


def governing_phrase(
    words: list[Word], stop: int, most: int, lists: Lists
) -> tuple[int, int] | None:
    """The at most ``most`` words of the clause before the word ``stop``, verbs among them, without
    the function words at either end ("shares are up", "winds gusting")."""
    end = stop
    least = max(0, stop - _REACH)
    if stop and words[stop - 1].low in _OPENINGS:
        return None
    while end > least and words[end - 1].text in "(—–-:":
        end -= 1
    while end > least and words[end - 1].low in lists.stops:
        end -= 1
    at = end
    while at > least and end - at < most:
        word = words[at - 1]
        if not word.text[0].isalnum() or word.text[0].isdigit():
            break
        if end - at > 1 and word.low in CLAUSES and word.low not in _KEPT:
            break
        at -= 1
    while at < end and words[at].low in lists.stops:
        at += 1
    return (at, end - 1) if at < end else None
