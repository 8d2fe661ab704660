"""The words and marks of a sentence, as names and roles are read from them."""

import re
from itertools import accumulate

from briefing.digest.sentences.document import Sentence
from briefing.model import Span

# Most words first, then marks; each alternative tells by a letter that it cannot begin at a space.
_TOKEN = re.compile(
    "("
    r"[a-z0-9]\w*+(?:[-&’'.]\w++)*+"
    r"|[^\w\s]"
    r"|[A-Z]\.(?:[A-Z]\.){0,3}(?:[A-Z]\b)?"
    r"|(?=[A-Z])(?:Sens?|Gov|Reps?|Gen|Col|Lt|Capt|Sgt|Maj|Dr|Mr|Mrs|Ms|Prof|Rev|St|Adm|Cmdr|Cpl|Pvt|Supt|Jr|Sr"
    r"|Inc|Corp|Co|Ltd|Det|Brig)\.(?=[\s,])"
    r"|\w\w*+(?:[-&’'.]\w++)*+"
    ")"
)
_POSSESSIVE = re.compile(r"[’'][sS]?\Z")
_ENDINGS = "’'sS"
_NONE: frozenset[int] = frozenset()


class Tokens:
    """The tokens of a sentence: plain lists, each made when it is first asked for.

    texts: the words and marks, possessive endings cut off; owns: the numbers of those that had one;
    text, index: those of the sentence.
    """

    __slots__ = ("_lows", "_offset", "_parts", "_starts", "index", "owns", "text", "texts")

    def __init__(self, sentence: Sentence) -> None:
        self.text = text = sentence.text
        self.index = sentence.index
        # Splitting keeps the tokens and what lies between: all positions without a loop of ours.
        self._parts = parts = _TOKEN.split(text)
        self.texts: list[str] = parts[1::2]
        self.owns: frozenset[int] = _NONE
        self._offset = sentence.span.start
        self._lows: list[str] | None = None
        self._starts: list[int] | None = None
        if "'" in text or "’" in text:
            self._cut_possessives()

    def __len__(self) -> int:
        return len(self.texts)

    def _cut_possessives(self) -> None:
        owns = []
        texts = self.texts
        for at, word in enumerate(texts):
            if word[-1] in _ENDINGS and len(word) > 2:
                owned = _POSSESSIVE.search(word)
                if owned:
                    texts[at] = word[: owned.start()]
                    owns.append(at)
        self.owns = frozenset(owns)

    @property
    def lows(self) -> list[str]:
        """The tokens in lower case."""
        if self._lows is None:
            self._lows = list(map(str.lower, self.texts))
        return self._lows

    @property
    def starts(self) -> list[int]:
        """Where each token begins in the article's text."""
        if self._starts is None:
            ends = accumulate(map(len, self._parts), initial=self._offset)
            self._starts = list(ends)[1:-1:2]
        return self._starts

    def span(self, first: int, last: int) -> Span:
        """Where the tokens ``[first:last]`` stand in the article's text; there is at least one."""
        starts = self.starts
        return Span(starts[first], starts[last - 1] + len(self.texts[last - 1]))
