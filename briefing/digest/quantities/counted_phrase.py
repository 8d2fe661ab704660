"""What a number counts: the phrase at its right, the one at its left, or the one named before."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.digest.quantities.measured_subject import place, subject
from briefing.digest.quantities.phrase_after import CLAUSES, noun_phrase, reach, skip_links
from briefing.digest.quantities.phrase_before import before_number, measured
from briefing.digest.quantities.phrases import Lists, Word, word_lists, words_of
from briefing.digest.quantities.quantity import Quantity

_LONGEST = 6  # words of a phrase at the right
_CLAUSE = 5
_LINKS = frozenset("of in on at for to from".split())
_APART = frozenset(
    "according after before when and or but while as because if since than compared".split()
)
_AUXILIARIES = frozenset(
    "be been would will is are was were has have had can could may might".split()
)
_RATES = frozenset("a an per each every".split())
_TIMES = frozenset("day week month year days weeks months years time times".split())


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, in words of the sentence; ``inherited`` where it was named before, ``said``
    where the sentence says how much it takes, lasts, costs or changes by."""

    phrase: str
    inherited: bool = False
    said: bool = False


def what_is_counted(sentence: str, quantities: Sequence[Quantity]) -> list[Counted]:
    """What each of a sentence's figures counts; an empty phrase where that cannot be told.

    quantities: all figures of ``sentence``, in reading order.
    """
    if not quantities:
        return []
    words = words_of(sentence)
    starts = [word.start for word in words]
    bounds = [
        (bisect_left(starts, q.span.start), bisect_left(starts, q.span.end)) for q in quantities
    ]
    found: list[Counted] = []
    for at, quantity in enumerate(quantities):
        stop = bounds[at + 1][0] if at + 1 < len(bounds) else len(words)
        scene = _Scene(sentence, words, *bounds[at], stop, bounds[at - 1][1] if at else 0)
        before = found[-1].phrase if found else ""
        one = _measure(scene, quantity, before) if quantity.unit else None
        found.append(one or _plain(scene, quantity, before))
    return found


@dataclass(frozen=True, slots=True)
class _Scene:
    """A figure among the words of its sentence, by their numbers.

    left: the first word of the figure; right: the first after it; stop: the next figure's first;
    since: the first after the figure before.
    """

    sentence: str
    words: list[Word]
    left: int
    right: int
    stop: int
    since: int

    def text(self, first: int, last: int) -> str:
        """The sentence from one word to another."""
        return self.sentence[self.words[first].start : self.words[last].end]


def _measure(scene: _Scene, quantity: Quantity, before: str) -> Counted | None:
    """What money, a share or a measure is of."""
    lists = word_lists()
    words, right = scene.words, scene.right
    following = words[right].low if right < len(words) else ""
    if quantity.joined:
        return None
    share = quantity.unit == "%" and following == "of"
    if not share:
        said = subject(scene.sentence, words[: scene.left], quantity, lists)
        if said:
            return Counted(said, said=True)
        away = place(scene.sentence, words[right : right + 8], quantity, lists)
        if away:
            return Counted(away)
    if following in _RATES and not share:  # "€195,000 a year", "20 kilometres an hour"
        left = _leftward(scene, before, lists)
        return (
            left
            if left.phrase or right + 1 >= len(words)
            else Counted(scene.text(right, right + 1))
        )
    if following in _LINKS or following == "worth":
        first = skip_links(words, right, unit=True)
        end = reach(words, first, scene.stop, _LONGEST, lists)
        if end >= first:
            return Counted(scene.text(first, end))
    elif following and following[0].isalpha() and following not in lists.stops:
        found = noun_phrase(words, right, scene.stop, lists, joined=False)
        if found:
            return Counted(scene.text(right, found[1]))
    elif following and following[0].isalpha() and following not in _APART:
        first = right
        while first < scene.stop and words[first].low in _AUXILIARIES:
            first += 1
        end = reach(words, first, scene.stop, _LONGEST, lists)
        if end >= first + (first > right):
            return Counted(scene.text(first, end))
    return _leftward(scene, before, lists)


def _leftward(scene: _Scene, before: str, lists: Lists) -> Counted:
    near = measured(scene.words, scene.left, _CLAUSE, lists)
    if near is None and before:
        return Counted(before, inherited=True)
    return Counted(scene.text(*near) if near else "")


def _plain(scene: _Scene, quantity: Quantity, before: str) -> Counted:
    """What a number without a unit counts, or one tied to its noun ("a 30-member crew")."""
    lists = word_lists()
    words, right = scene.words, scene.right
    if quantity.joined and right < len(words) and words[right].text == "-":
        right += 1
    first = skip_links(words, right, unit=bool(quantity.unit))
    found = noun_phrase(words, first, scene.stop, lists, joined=quantity.joined)
    linked = first > right
    if found:
        end = found[1]
        if not quantity.joined and (linked or not _governed(scene, lists)):
            end = max(found[0], reach(words, first, scene.stop, _LONGEST, lists))
        return Counted(_with_deed(scene, first, found[0], end, lists))
    if linked and _tells(words, first, lists):
        end = reach(words, first, scene.stop, _LONGEST, lists)
        if end >= first:
            return Counted(scene.text(first, end))
    left = before_number(words, scene.left, lists)
    if before and (left is None or (left[1] >= scene.since and words[left[1]].low in _TIMES)):
        return Counted(before, inherited=True)
    return Counted(scene.text(*left) if left else "")


def _tells(words: list[Word], first: int, lists: Lists) -> bool:
    """Whether the words behind "two of them", "two more" say what they are: no side note begins
    there ("two more than first thought")."""
    if first >= len(words):
        return False
    low = words[first].low
    return low == "what" or low in _AUXILIARIES or (low not in lists.stops and low not in CLAUSES)


def _with_deed(scene: _Scene, first: int, head: int, end: int, lists: Lists) -> str:
    """The phrase with what the verb right before the number did: "expelled 35 envoys from Velm"
    counts "envoys expelled from Velm"."""
    done = lists.deeds.get(scene.words[scene.left - 1].low, "") if scene.left else ""
    if not done:
        return scene.text(first, end)
    rest = f" {scene.text(head + 1, end)}" if end > head else ""
    return f"{scene.text(first, head)} {done}{rest}"


def _governed(scene: _Scene, lists: Lists) -> bool:
    """Whether a verb or noun stands right before the number: it is an object ("sold 40 ships")."""
    if not scene.left:
        return False
    word = scene.words[scene.left - 1]
    return word.text[0].isalnum() and word.low not in lists.stops and word.low not in lists.verbs
