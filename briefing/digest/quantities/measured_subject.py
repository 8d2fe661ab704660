"""What money or a measure is said of, where that stands at its left.

"The repairs would take eight weeks" is about the repairs, "a limit of 44 tonnes" about a limit,
"shares in the operator fell 4.2 percent" about shares in the operator that fell.
"""

from briefing.digest.quantities.phrases import (
    ARTICLES,
    PREPOSITIONS,
    Lists,
    Word,
)
from briefing.digest.quantities.quantity import Quantity

_REACH = 34  # words at the left that are looked at
_LONGEST = 12  # words of a subject before its tail is cut
_ASIDE = 16  # words between two commas that may stand between a subject and its verb
DISTANCES = frozenset(["km", "m", "miles", "feet", "nautical miles", "yards"])
_TAIL = 5


def measured_subject(sentence: str, before: list[Word], quantity: Quantity, lists: Lists) -> str:
    """The noun phrase of ``sentence`` that ``quantity`` measures; empty where none is sure.

    before: the words of the sentence that stand before the number.
    """
    words = before[-_REACH:]
    if len(words) > 1 and words[-1].low == "of":
        return _named(sentence, words, len(words) - 2, lists)
    first_verb, moved = _verb(words, lists)
    if first_verb is None:
        return ""
    last = _past_aside(words, _governor(words, first_verb - 1, lists))
    phrase = _noun_phrase(words, last, lists)
    if phrase is None:
        return ""
    first, end = phrase
    if moved is not None and quantity.unit in ("%", "points", "percentage points"):
        end = moved if last == first_verb - 1 else end
    return sentence[words[first].start : words[end].end]


def measured_from(sentence: str, after: list[Word], quantity: Quantity, lists: Lists) -> str:
    """From where a distance is measured ("310 miles from the coast"), the preposition with it.

    after: the words of the sentence that stand behind the number.
    """
    words = after[: _TAIL + 2]
    if quantity.unit not in DISTANCES or not words or words[0].low not in lists.distances:
        return ""
    end = 0
    for at, word in enumerate(words[1:], 1):
        inner = word.low in ARTICLES or word.low in ("of", "and")
        if not word.text[0].isalpha() or (word.low in lists.stops and not inner):
            break
        if not inner:
            end = at
    return sentence[words[0].start : words[end].end] if end else ""


def _named(sentence: str, words: list[Word], at: int, lists: Lists) -> str:
    """The noun before "of": "a limit of 44 tonnes", with the words that describe it."""
    head = words[at]
    if not head.text[0].isalpha() or head.low in lists.stops or head.low in lists.spans:
        return ""
    first = at
    while first > 0 and at - first < 3:
        word = words[first - 1]
        if not word.text[0].isalpha() or word.low in lists.stops or word.low in lists.verbs:
            break
        if word.low.endswith(("ing", "ed")):
            break
        first -= 1
    return sentence[words[first].start : head.end]


def _verb(words: list[Word], lists: Lists) -> tuple[int | None, int | None]:
    """Where the verb group before the number begins, and the verb of movement in it, if any."""
    begun: int | None = None
    moved: int | None = None
    for at in range(len(words) - 1, -1, -1):
        word = words[at].low
        if word in lists.moves:
            begun, moved = at, moved or at
        elif word in lists.spans:
            begun = at
        elif word not in lists.glue and not word.endswith("ly") and not word[0].isdigit():
            break
        elif begun is not None:
            begun = at
    return begun, moved


def _governor(words: list[Word], at: int, lists: Lists) -> int:
    """Where the subject of a verb ends that follows "and" ("… to take 15 weeks and cost €14m") or
    a relative pronoun ("milk, which costs €1.38")."""
    if at > 0 and words[at].low in ("and", "but"):
        for earlier in range(at - 1, max(-1, at - 8), -1):
            word = words[earlier].low
            if word in lists.spans or word in lists.moves:
                begun, _ = _verb(words[: earlier + 1], lists)
                return at if begun is None else begun - 1
            if not word[0].isalnum():
                break
    if at > 0 and words[at].low in ("which", "that"):
        at -= 1
        return at - 1 if words[at].text == "," else at
    return at


def _past_aside(words: list[Word], at: int) -> int:
    """Left of what stands between commas or in brackets before a verb."""
    if at < 0 or words[at].text not in (",", ")"):
        return at
    opening = "(" if words[at].text == ")" else ","
    for start in range(at - 1, max(-1, at - _ASIDE), -1):
        if words[start].text == opening:
            return start - 1
    return -1


def _noun_phrase(words: list[Word], last: int, lists: Lists) -> tuple[int, int] | None:
    """The first and last word of the noun phrase that ends at ``last``."""
    if last < 0 or not words[last].text[0].isalpha() or words[last].low in lists.stops:
        return None
    first = last
    while first > 0 and last - first < _LONGEST:
        word = words[first - 1]
        if word.low in ARTICLES:
            if first < 2 or words[first - 2].low not in PREPOSITIONS:
                break
        elif not word.text[0].isalpha() or (
            word.low in lists.stops and word.low not in PREPOSITIONS
        ):
            break
        first -= 1
    if first > 0 and words[first - 1].low[0].isdigit():  # "1.15 euros for a litre of milk"
        first = next((k + 1 for k in range(first, last) if words[k].low in PREPOSITIONS), first)
    while first < last and words[first].low in lists.stops:
        first += 1
    return first, _tail_cut(words, first, last)


def _tail_cut(words: list[Word], first: int, last: int) -> int:
    """The end of the phrase after its first preposition: what follows a second one is left out."""
    seen = 0
    for at in range(first + 1, last + 1):
        if words[at].low in PREPOSITIONS:
            seen += 1
            if seen == 2 or at - first > 5:
                return at - 1
    return last
