"""What conditions of a query ask of a value that SQL cannot say: functions of the connection."""

import sqlite3
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from briefing.model import LimitError
from briefing.model.digests import WORDS_A_MINUTE
from briefing.query.patterns import compiled_pattern

Look = Callable[[int], bool]


class QueryFunctions:
    """The functions, on one connection. has_figures: of an article's number; differs: of a story's.

    Named in SQL: ``folded_has``, ``folded_is``, ``folded_below`` (a value that is folded, and one
    that is compared with it), ``minutes_of``, ``pattern_in``, ``has_figures``, ``differs``.
    """

    def __init__(self, connection: sqlite3.Connection, has_figures: Look, differs: Look) -> None:
        self._left = self._allowed = 0.0
        self._fault: LimitError | None = None
        for name, of in (("folded_has", _has), ("folded_is", _is), ("folded_below", _below)):
            connection.create_function(name, 2, of, deterministic=True)
        connection.create_function("minutes_of", 1, _minutes, deterministic=True)
        connection.create_function("pattern_in", 3, self._pattern_in)
        connection.create_function("has_figures", 1, self._timed(has_figures))
        connection.create_function("differs", 1, self._timed(differs))

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Statements that may be slow for so long. Raises LimitError where they are for longer."""
        self._left = self._allowed = seconds
        self._fault = None
        try:
            yield
        except Exception as error:
            if self._fault is not None:
                raise self._fault from error
            raise

    def _spend(self, began: float) -> None:
        self._left -= time.perf_counter() - began
        if self._left <= 0:
            self._fault = LimitError(
                f"the query looks into more texts than can be read in {self._allowed:g} seconds",
                "",
                "Narrow it, e.g. by a word, a feed: or after:3d",
            )
            raise self._fault

    def _pattern_in(self, source: str, ignore_case: int, text: str | None) -> bool:
        began = time.perf_counter()
        found = compiled_pattern(source, bool(ignore_case)).search(text or "") is not None
        self._spend(began)
        return found

    def _timed(self, look: Look) -> Callable[[int | None], bool]:
        def timed(number: int | None) -> bool:
            began = time.perf_counter()
            found = number is not None and look(number)
            self._spend(began)
            return found

        return timed


def folded(text: str) -> str:
    """For comparing: case and marks above and below letters make no difference (as in FTS5)."""
    return text.lower() if text.isascii() else _folded(text)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def _has(text: str | None, part: str) -> bool:
    return text is not None and part in folded(text)


def _is(text: str | None, other: str) -> bool:
    return text is not None and folded(text) == other


def _below(category: str | None, other: str) -> bool:
    """Whether it is that category, or one below it: ``news/world`` is below ``news``."""
    own = folded(category or "")
    return own == other or own.startswith(f"{other}/")


def _minutes(text: str | None) -> int:
    return -(-len((text or "").split()) // WORDS_A_MINUTE)
