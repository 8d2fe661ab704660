"""The wordings of a sentence: short runs of words by which the learned models know it."""

import itertools
from collections.abc import Sequence

_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten dozen hundred thousand million"
    " billion".split()
)
_NEGATIONS = frozenset("not no never nobody none neither nor without cannot".split())
_REACH = 3  # words after a negation that it may deny


class _Plain(dict[str, str]):
    """Words as the models know them, all numbers alike; filled as words come."""

    limit = 100_000

    def __missing__(self, word: str) -> str:
        if len(self) >= self.limit:
            self.clear()
        self[word] = plain = "<n>" if word[0].isdigit() or word in _NUMBER_WORDS else word
        return plain


_plain = _Plain()


def wordings(words: Sequence[str], stems: Sequence[str]) -> set[str]:
    """The wordings of a sentence.

    words: its words in lower case; stems: the stems of those that carry meaning. A word stands for
    itself, ``a b`` for two in a row, ``~stem`` for a stem, ``NEG word`` for a word that a negation
    stands shortly before, ``^…`` and ``…$`` for how the sentence begins and ends. Numbers are
    all ``<n>``.
    """
    if not words:
        return set()
    plain = [_plain[w] for w in words]
    found = set(plain)
    found.update([f"{a} {b}" for a, b in itertools.pairwise(plain)])
    found.update([f"~{s}" for s in stems])
    denied = [at for at, word in enumerate(plain) if word in _NEGATIONS or word[-3:] == "n't"]
    for at in denied:
        found.update([f"NEG {w}" for w in plain[at + 1 : at + 1 + _REACH]])
    found.update((f"^{plain[0]}", "^" + " ".join(plain[:2]), " ".join(plain[-2:]) + "$"))
    return found
