"""How the work of a function grows with its input: compared with itself, never with a clock."""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LARGER = 4
LIMIT = 2.5 * LARGER
"""Linear work takes 4 times as long for four times as much, quadratic work 16 times."""
ROUNDS = 5


def assert_linear(make: Callable[[int], T], work: Callable[[T], object], size: int) -> None:
    """``work`` on ``make(4 * size)`` takes at most ten times as long as on ``make(size)``.

    CPU time is compared, the best of up to five rounds each. ``make`` is not counted, and gives a
    new value each round, so that nothing is remembered from the last. ``size`` should be so large
    that ``work`` takes some milliseconds.
    """
    work(make(size))  # what is compiled or loaded at the first call
    small, large = [], []
    for _ in range(ROUNDS):
        small.append(_cpu_time(work, make(size)))
        large.append(_cpu_time(work, make(LARGER * size)))
        if min(large) < LIMIT * min(small):
            return
    raise AssertionError(
        f"{LARGER} times as much took {min(large) / min(small):.1f} times as long"
        f" ({min(small):.3f} s and {min(large):.3f} s)"
    )


def _cpu_time(work: Callable[[T], object], value: T) -> float:
    gc.disable()
    try:
        began = time.process_time()
        work(value)
        return time.process_time() - began
    finally:
        gc.enable()
