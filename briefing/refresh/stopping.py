"""Work that Ctrl-C and SIGTERM stop in an orderly way: what it has started ends with it."""

import asyncio
import signal
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


def run_to_end(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end, or until Ctrl-C or SIGTERM: then KeyboardInterrupt."""

    async def stoppable() -> T:
        with _stopping(asyncio.current_task()):
            return await work

    try:
        return asyncio.run(stoppable())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


@contextmanager
def _stopping(task: "asyncio.Task[Any] | None") -> Iterator[None]:
    """SIGTERM cancels ``task``, as Ctrl-C does already; only a main thread has signals."""
    if task is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGTERM)
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
        signal.signal(signal.SIGTERM, before)
