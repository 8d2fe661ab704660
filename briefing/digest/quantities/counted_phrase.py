"""What a number counts: the phrase behind it, the one before it, or what was counted last."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.digest.quantities.completeness import is_complete
from briefing.digest.quantities.measured_subject import DISTANCES, measured_from, measured_subject
from briefing.digest.quantities.phrase_after import CLAUSES, noun_phrase, reach, skip_links
from briefing.digest.quantities.phrase_before import before_number, governing_phrase
from briefing.digest.quantities.phrases import PREPOSITIONS, Lists, Word, word_lists, words_of
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
_ASIDES = frozenset("between during since so ago compared annually yearly earlier later".split())
_TIME_OPENERS = frozenset(
    "the a an any given past last next first second third fourth coming previous same early late"
    " mid each"
    " two three four five six seven eight nine ten several few fiscal".split()
)
_TIMES = frozenset(
    "day week month year days weeks months years time times decade decades quarter century hours"
    " january february march"
    " april june july august september october november december monday tuesday wednesday"
    " thursday friday saturday"
    " sunday spring summer fall autumn winter".split()
)


@dataclass(frozen=True, slots=True)
class CountedPhrase:
    """What is counted, in words of the sentence.

    inherited: it was named before. stated: the sentence says how much it takes, lasts, costs or
    changes by.
    """

    phrase: str
    inherited: bool = False
    stated: bool = False


def counted_phrases(sentence: str, quantities: Sequence[Quantity]) -> list[CountedPhrase]:
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
    phrases: list[CountedPhrase] = []
    for at, quantity in enumerate(quantities):
        stop = bounds[at + 1][0] if at + 1 < len(bounds) else len(words)
        setting = _Setting(sentence, words, *bounds[at], stop, bounds[at - 1][1] if at else 0)
        before = phrases[-1].phrase if phrases else ""
        measured = _measure(setting, quantity, before) if quantity.unit else None
        phrase = measured or _plain(setting, quantity, before)
        if not is_complete(phrase.phrase):
            phrase = _otherwise(setting, quantity, phrase)
        phrases.append(phrase)
    return phrases


@dataclass(frozen=True, slots=True)
class _Setting:
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


def _measure(setting: _Setting, quantity: Quantity, before: str) -> CountedPhrase | None:
    """What money, a share or a measure is of."""
    lists = word_lists()
    words, right = setting.words, setting.right
    following = words[right].low if right < len(words) else ""
    if quantity.joined:
        return None
    share = quantity.unit == "%" and following == "of"
    if not share:
        subject = measured_subject(setting.sentence, words[: setting.left], quantity, lists)
        if subject:
            return CountedPhrase(subject, stated=True)
        away = measured_from(setting.sentence, words[right : right + 8], quantity, lists)
        if away:
            return CountedPhrase(away)
    if following in _RATES and not share:  # "€195,000 a year", "20 kilometres an hour"
        left = _leftward(setting, before, lists)
        return (
            left
            if left.phrase or right + 1 >= len(words)
            else CountedPhrase(setting.text(right, right + 1))
        )
    if _is_aside(words, right):
        return _leftward(setting, before, lists)
    if following in _LINKS or following == "worth":
        first = skip_links(words, right, unit=True)
        end = reach(words, first, setting.stop, _LONGEST, lists)
        if end >= first:
            return CountedPhrase(setting.text(first, end))
    elif following and following[0].isalpha() and following not in lists.stops:
        phrase = noun_phrase(words, right, setting.stop, lists, joined=False)
        if phrase:
            return CountedPhrase(setting.text(right, phrase[1]))
    elif following and following[0].isalpha() and following not in _APART:
        first = right
        while first < setting.stop and words[first].low in _AUXILIARIES:
            first += 1
        end = reach(words, first, setting.stop, _LONGEST, lists)
        if end >= first + (first > right):
            return CountedPhrase(setting.text(first, end))
    return _leftward(setting, before, lists)


def _is_aside(words: list[Word], at: int) -> bool:
    """Whether words behind a measure only say when, or set it against another."""
    if at >= len(words):
        return False
    low = words[at].low
    if low in _ASIDES:
        return True
    if low in ("last", "this", "each"):
        return at + 1 < len(words) and words[at + 1].low in _TIMES
    if low not in ("in", "over", "by", "on", "from", "for", "at"):
        return False
    near = words[at + 1 : at + 5]
    first = next((w.low for w in near if w.low not in _TIME_OPENERS), "")
    return first in _TIMES or (len(first) == 4 and first.isdigit() and first[:2] in ("19", "20"))


def _leftward(setting: _Setting, before: str, lists: Lists) -> CountedPhrase:
    near = governing_phrase(setting.words, setting.left, _CLAUSE, lists)
    if near is None and before:
        return CountedPhrase(before, inherited=True)
    return CountedPhrase(setting.text(*near) if near else "")


def _plain(setting: _Setting, quantity: Quantity, before: str) -> CountedPhrase:
    """What a number without a unit counts, or one tied to its noun ("a 30-member crew")."""
    lists = word_lists()
    words, right = setting.words, setting.right
    if quantity.joined and right < len(words) and words[right].text == "-":
        right += 1
    first = skip_links(words, right, unit=bool(quantity.unit))
    phrase = noun_phrase(words, first, setting.stop, lists, joined=quantity.joined)
    linked = first > right
    if phrase:
        end = phrase[1]
        if not quantity.joined and (linked or not _governed(setting, lists)):
            end = max(phrase[0], reach(words, first, setting.stop, _LONGEST, lists))
        return CountedPhrase(_with_participle(setting, first, phrase[0], end, lists))
    if linked and _begins_noun_phrase(words, first, lists):
        end = reach(words, first, setting.stop, _LONGEST, lists)
        if end >= first:
            return CountedPhrase(setting.text(first, end))
    left = before_number(words, setting.left, lists)
    if before and (left is None or (left[1] >= setting.since and words[left[1]].low in _TIMES)):
        return CountedPhrase(before, inherited=True)
    return CountedPhrase(setting.text(*left) if left else "")


def _otherwise(setting: _Setting, quantity: Quantity, phrase: CountedPhrase) -> CountedPhrase:
    """Another phrase for a figure where the first found is none to be shown; else that one."""
    lists = word_lists()
    words = phrase.phrase.lower().split()
    if len(words) == 1 and not quantity.unit and words[0] in lists.deeds:
        return CountedPhrase(lists.deeds[words[0]])  # "killing at least 137"
    if (
        len(words) > 1
        and words[0] in PREPOSITIONS
        and (quantity.unit == "times" or quantity.unit in DISTANCES)
    ):
        return phrase  # "310 miles from the coast"
    near = before_number(setting.words, setting.left, lists)
    if near is not None and setting.since <= near[0] < near[1]:
        left = setting.text(*near)
        if is_complete(left):
            return CountedPhrase(left)
    return phrase


def _begins_noun_phrase(words: list[Word], first: int, lists: Lists) -> bool:
    """Whether the words behind "two of them", "two more" say what they are: no side note begins
    there ("two more than first thought")."""
    if first >= len(words):
        return False
    low = words[first].low
    return low == "what" or low in _AUXILIARIES or (low not in lists.stops and low not in CLAUSES)


def _with_participle(setting: _Setting, first: int, head: int, end: int, lists: Lists) -> str:
    """The phrase with what the verb right before the number did: "expelled 35 envoys from Velm"
    counts "envoys expelled from Velm"."""
    done = lists.deeds.get(setting.words[setting.left - 1].low, "") if setting.left else ""
    if not done:
        return setting.text(first, end)
    rest = f" {setting.text(head + 1, end)}" if end > head else ""
    return f"{setting.text(first, head)} {done}{rest}"


def _governed(setting: _Setting, lists: Lists) -> bool:
    """Whether a verb or noun stands right before the number: it is an object ("sold 40 ships")."""
    if not setting.left:
        return False
    word = setting.words[setting.left - 1]
    return word.text[0].isalnum() and word.low not in lists.stops and word.low not in lists.verbs
