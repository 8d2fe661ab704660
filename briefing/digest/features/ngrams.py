"""The wordings of a sentence: short runs of words by which the learned models know it."""

import itertools
from collections.abc import Iterable, Mapping, Sequence

from briefing.text import WordTable

_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten dozen hundred thousand million"
    " billion".split()
)
_NEGATIONS = frozenset("not no never nobody none neither nor without cannot".split())
_REACH = 3  # words after a negation that it may deny
_NOTHING = itertools.repeat(0)


_plain = WordTable(lambda word: "<n>" if word[0].isdigit() or word in _NUMBER_WORDS else word)


def known_as(word: str) -> str:
    """A word in lower case as the models know it: numbers are all alike."""
    return _plain[word]


def wordings(words: Sequence[str], stems: Sequence[str]) -> set[str]:
    """The wordings of a sentence.

    words: its words in lower case; stems: the stems of those that carry meaning. A word stands for
    itself, ``a b`` for two in a row, ``~stem`` for a stem, ``NEG word`` for a word that a negation
    stands shortly before, ``^…`` and ``…$`` for how the sentence begins and ends. Numbers are
    all ``<n>``.
    """
    if not words:
        return set()
    plain = list(map(_plain.__getitem__, words))
    found = set(plain)
    found.update([f"{a} {b}" for a, b in itertools.pairwise(plain)])
    found.update([f"~{s}" for s in stems])
    found.update(_denied(plain))
    found.update(_edges(plain))
    return found


def _denied(plain: list[str]) -> list[str]:
    if _NEGATIONS.isdisjoint(plain) and "n't" not in "".join(plain):
        return []
    negations = [at for at, word in enumerate(plain) if word in _NEGATIONS or word[-3:] == "n't"]
    return [f"NEG {w}" for at in negations for w in plain[at + 1 : at + 1 + _REACH]]


def _edges(plain: list[str]) -> tuple[str, ...]:
    if not plain:
        return ()
    return f"^{plain[0]}", "^" + " ".join(plain[:2]), " ".join(plain[-2:]) + "$"


class WordingWeights:
    """Whole numbers by wording, filed by form: what they add up to in a sentence is told without
    spelling out its wordings.
    """

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._whole: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._pairs: dict[tuple[str, ...], int] = {}
        for wording, weight in weights.items():
            if wording.startswith("~"):
                self._stems[wording[1:]] = weight
            elif " " not in wording or wording.startswith(("^", "NEG ")) or wording.endswith("$"):
                self._whole[wording] = weight
            else:
                self._pairs[tuple(wording.split(" "))] = weight

    def total(self, words: Sequence[str], stems: Sequence[str], further: Iterable[str] = ()) -> int:
        """The sum over ``wordings(words, stems)`` and ``further`` ones of a form of their own."""
        plain = list(map(_plain.__getitem__, words))
        whole = {*plain, *_edges(plain), *_denied(plain), *further}
        pairs = set(itertools.pairwise(plain))
        return (
            sum(map(self._whole.get, whole, _NOTHING))
            + sum(map(self._stems.get, set(stems), _NOTHING))
            + sum(map(self._pairs.get, pairs, _NOTHING))
        )
