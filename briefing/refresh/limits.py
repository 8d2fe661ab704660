"""What one document from outside may cost: processor time and memory, enforced in the worker.

Two timers of POSIX (setitimer): the first raises in the worker, which then goes on with the next
document; where that is not seen because a library's own code runs, the second ends the worker.
They count processor time, so that a busy machine fails no document. Memory is held by RLIMIT_AS.
"""

import importlib
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TypeVar

from briefing.model import LimitError

R = TypeVar("R")

IN_PROCESS = 200_000
"""Bytes of the largest document that is parsed in the program's own process."""
_AGAIN = 0.25  # seconds after which the first timer raises again: some code drops an exception
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """seconds: of processor time. megabytes: beyond what the process has. modules: imported before
    the measuring begins."""

    seconds: float
    megabytes: int
    modules: tuple[str, ...] = ()


FEED = Limits(20.0, 1000, ("feedparser",))
ENTRY = Limits(5.0, 200)
SUMMARY_CUT = 20_000
"""Characters of a summary that are read where the whole entry costs too much."""
PAGE = Limits(5.0, 200, ("trafilatura", "lxml.html"))


class _TimeUpError(BaseException):
    """No library catches it as an error of its own."""


def limited(task: Callable[[], R], limits: Limits) -> R:
    """The value of ``task``. Raises LimitError where it costs more; for a worker's main thread."""
    for module in limits.modules:
        importlib.import_module(module)
    try:
        _start_timers(limits.seconds)
        try:
            with _memory_limit(limits.megabytes):
                return task()
        finally:
            _stop_timers()
    except _TimeUpError:
        _stop_timers()
        raise time_error(limits) from None
    except MemoryError:
        raise LimitError(
            f"reading it took more than {limits.megabytes} MB of memory, and was given up"
        ) from None


def time_error(limits: Limits) -> LimitError:
    """The error for a document that takes too long."""
    return LimitError(f"reading it took longer than {limits.seconds:g} s, and was given up")


def _start_timers(seconds: float) -> None:
    signal.signal(signal.SIGPROF, _raise_time_up)
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    signal.setitimer(signal.ITIMER_VIRTUAL, 1.5 * seconds + 1)


def _stop_timers() -> None:
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _raise_time_up(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise _TimeUpError


@contextmanager
def _memory_limit(megabytes: int) -> Iterator[None]:
    """No more address space than that beyond what is taken; where the system does not tell how much
    is taken, no limit."""
    taken = _address_space()
    if taken is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = taken + megabytes * _MB
    below = [n for n in (soft, hard) if n != resource.RLIM_INFINITY]
    try:
        resource.setrlimit(resource.RLIMIT_AS, (min([wanted, *below]), hard))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int | None:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pages * resource.getpagesize()
