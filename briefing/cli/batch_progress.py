"""How far a batch has come: a bar on a terminal, a line every minute elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from briefing.cli.output import Output, Progress
from briefing.wording import format_count

_EVERY = 60.0  # seconds between two lines
_STEP = 0.1  # seconds between two looks of the bar
_STAGE = "Digesting"


class BatchProgress:
    """Counts the articles of a batch, and tells."""

    def __init__(
        self, out: Output, bar: Progress | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._out = out
        self._bar = bar
        self._clock = clock
        self._began = self._told = clock()
        self._count = 0
        self._workers: int | None = None

    def done(self) -> None:
        """One more article is answered."""
        self._count += 1
        now = self._clock()
        if now - self._told < (_EVERY if self._bar is None else _STEP):
            return
        self._told = now
        if self._bar is not None:
            self._bar.update(_STAGE, self._count, None)
        else:
            rate = self._count / (now - self._began)
            self._out.say(f"{format_count(self._count, 'article')} digested, {rate:.0f} a second.")

    def workers(self, count: int) -> None:
        """The cluster has so many workers now."""
        if count == self._workers:
            return
        if self._workers is not None or count:
            self._out.say(f"{format_count(count, 'worker')} of the cluster at work.")
        else:
            self._out.say("The cluster has no workers yet: waiting for them.")
        self._workers = count


@contextmanager
def batch_progress(out: Output, *, with_bar: bool) -> Iterator[BatchProgress]:
    """What tells of a batch on standard error, until it is done.

    with_bar: a bar may be shown where there is a terminal: the answers are not written there too.
    """
    if not (with_bar and out.has_bar):
        yield BatchProgress(out, None)
        return
    with out.progress() as bar:
        yield BatchProgress(out, bar)
