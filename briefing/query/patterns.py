"""Regular expressions of a query: read and run by RE2, whose time grows with the text only.

https://github.com/google/re2/wiki/Syntax: what needs backtracking (``\\1``, ``(?=…)``) is refused.
"""

from functools import lru_cache
from typing import Protocol

MOST_MEMORY = 4 << 20  # bytes of one expression; a larger one is refused


class Compiled(Protocol):
    """A compiled expression, as far as it is used."""

    def search(self, text: str) -> "Found | None":
        """Where it is found first."""


class Found(Protocol):
    """Where an expression was found."""

    def span(self) -> tuple[int, int]:
        """Begin and end, in characters."""


class PatternError(ValueError):
    """An expression that cannot be used. at: the character that is wrong."""

    def __init__(self, what: str, at: int) -> None:
        super().__init__(what)
        self.what, self.at = what, at


@lru_cache(maxsize=64)
def compiled_pattern(source: str, ignore_case: bool) -> Compiled:
    """The expression, ready to be searched for. Raises PatternError."""
    import re2  # only where a query has one

    options = re2.Options()
    options.log_errors = False
    options.max_mem = MOST_MEMORY
    options.case_sensitive = not ignore_case
    try:
        pattern: Compiled = re2.compile(source, options)
    except (re2.error, UnicodeEncodeError) as error:
        what = error.args[0]
        said = what.decode("utf-8", "replace") if isinstance(what, bytes) else "not text"
        reason, _, part = said.partition(": ")
        raise PatternError(reason, max(source.find(part), 0) if part else 0) from error
    return pattern
