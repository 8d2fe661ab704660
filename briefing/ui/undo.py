"""Taking changes back: one stack of all that was changed since the reader was opened."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from briefing.store import UNDO_RECORDS
from briefing.ui.formatting import truncate

NOTHING = "nothing to take back"
LONGEST = 50  # characters of what was changed

TakeBack = Callable[[], Sequence[Future[Any]]]
"""Begins to take a change back; what it gives is waited for."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was changed, and what takes it back. words: what it was, asked for when it
    has been taken back: how much it was may be known only when it has been kept."""

    words: Callable[[], str]
    back: TakeBack


class Changes:
    """The last changes, in order, wherever in the reader they were made; as many as the store can
    take back."""

    def __init__(self) -> None:
        self._done: deque[Change] = deque(maxlen=UNDO_RECORDS)

    def __len__(self) -> int:
        return len(self._done)

    def did(self, words: str | Callable[[], str], back: TakeBack) -> None:
        """Something was changed, or is just being written."""
        if isinstance(words, str):
            told = truncate(words, LONGEST)
            self._done.append(Change(lambda: told, back))
        else:
            self._done.append(Change(words, back))

    async def take_back(self) -> str | None:
        """Take the last change back that was not yet; what it was, or None where there is none.

        Raises BriefingError where it cannot be written: it is not tried again.
        """
        if not self._done:
            return None
        change = self._done.pop()
        for future in change.back():
            await asyncio.shield(asyncio.wrap_future(future))
        return change.words()
