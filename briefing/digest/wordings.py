"""The wordings of a sentence: short runs of words by which the learned models know it."""

import itertools
from collections.abc import Sequence

_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten dozen hundred thousand million"
    " billion".split()
)
_NEGATIONS = frozenset("not no never nobody none neither nor without cannot".split())
_REACH = 3  # words after a negation that it may deny


def wordings(words: Sequence[str], stems: Sequence[str]) -> set[str]:
    """The wordings of a sentence.

    words: its words in lower case; stems: the stems of those that carry meaning. A word stands for
    itself, ``a b`` for two in a row, ``~stem`` for a stem, ``NEG word`` for a word that a negation
    stands shortly before, ``^…`` and ``…$`` for how the sentence begins and ends. Numbers are
    all ``<n>``.
    """
    if not words:
        return set()
    plain = ["<n>" if w[0].isdigit() or w in _NUMBER_WORDS else w for w in words]
    found = set(plain)
    found.update(map(" ".join, itertools.pairwise(plain)))
    found.update(map("~".__add__, stems))
    for at, word in enumerate(plain):
        if word in _NEGATIONS or word[-3:] == "n't":
            found.update(map("NEG ".__add__, plain[at + 1 : at + 1 + _REACH]))
    found.update((f"^{plain[0]}", "^" + " ".join(plain[:2]), " ".join(plain[-2:]) + "$"))
    return found
