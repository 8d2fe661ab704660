"""A table of what is told of words."""

from collections.abc import Callable
from typing import TypeVar

Told = TypeVar("Told")


class WordTable(dict[str, Told]):
    """What ``tell`` says of a word, filled as words come: news repeats its words.

    limit: at so many words it begins anew. Looking a word up costs less than a call of a cached
    function would.
    """

    def __init__(self, tell: Callable[[str], Told], limit: int = 100_000) -> None:
        super().__init__()
        self._tell = tell
        self._limit = limit

    def __missing__(self, word: str) -> Told:
        told = self._tell(word)
        if len(self) >= self._limit:
            self.clear()
        self[word] = told
        return told
