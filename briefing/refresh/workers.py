"""Worker processes: work that would hold up everything else, on all cores.

The pool is started when it is first needed, and not at all for a few articles in a process that
only refreshes: for fewer than four, starting it would take longer than the work. Those run in a
thread, so that signals are answered meanwhile; a large document always goes to another process,
which can be ended. Of what waits for a worker the most urgent goes first.
"""

import asyncio
import heapq
import itertools
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, redirect_stderr, suppress
from enum import IntEnum
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from briefing.model import LimitError
from briefing.refresh.limits import IN_PROCESS, Limits, limited

_log = logging.getLogger(__name__)

FEW = 3
"""So many items at most are worked on in the process itself."""
FIRST_ARTICLES = 12
"""So many articles are hurried along, that there is a story to read at once."""
NICENESS = 10
_LONGEST = 120.0  # seconds that one document may take
_STACK = 16 << 20  # bytes of a thread's stack: some systems give less than a deep page needs

R = TypeVar("R")


class Urgency(IntEnum):
    """What goes first: the first articles, so that a story can be read; then linking, which others
    wait for; then feeds, as no publisher's answer is to wait; then articles, the nearly done first.
    """

    FIRST = 0
    LINK = 1
    FEED = 2
    DIGEST = 3
    ARTICLE = 4


def cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """A pool of processes, as an asynchronous context manager. Leaving it ends them at once.

    jobs: how many; all cores by default. low_priority: beside a program that somebody is using; the
    workers are nice, so that it goes first, and nothing runs in this process. silent: that program
    has the terminal; the workers write nothing to it, not even as they fail.
    """

    def __init__(
        self, jobs: int | None = None, *, low_priority: bool = False, silent: bool = False
    ) -> None:
        self.jobs = jobs or cores()
        self._low_priority = low_priority
        self._silent = silent
        self._pool: ProcessPoolExecutor | None = None
        self._others: set[BaseProcess] = set()
        self._alone = asyncio.Lock()
        self._thread = asyncio.Lock()
        self._turns = _Turns(2 * self.jobs)  # one beside each that is worked on: none waits idle

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def close(self) -> None:
        """End the processes at once, whatever they do."""
        self._end()

    async def run(
        self,
        task: Callable[[], R],
        *,
        many: bool,
        urgency: Urgency = Urgency.ARTICLE,
        limits: Limits | None = None,
        size: int = 0,
    ) -> R:
        """The value of ``task``, a function of a module or a ``partial`` of one, from a worker.

        many: whether there is more of its kind; a few things are done in this process. limits: what
        it may cost. size: bytes of the document it reads, a large one never in this process.

        Raises what it raises, and LimitError where it costs more than it may, or where its worker
        dies or takes longer than two minutes.
        """
        small = size <= IN_PROCESS
        if self._pool is None and not many and not self._low_priority and small:
            async with self._thread:
                work = _in_thread(task)
                done, _ = await asyncio.wait([work], timeout=limits.seconds if limits else None)
            if done:
                return work.result()
            # A worker decides: it counts processor time, and can be ended.
        if limits is not None:
            task = partial(limited, task, limits)
        try:
            return await self._in_turn(task, urgency)
        except (BrokenProcessPool, TimeoutError):
            # Another document may have broken the pool: this one has a second chance by itself.
            async with self._alone:
                try:
                    return await self._submit(task)
                except (BrokenProcessPool, TimeoutError) as error:
                    raise LimitError("its worker process failed or took too long") from error

    def warm_up(self) -> None:
        """Start the processes now: there will be much to do, and it takes a second."""
        for _ in range(self.jobs):
            self._started().submit(os.getpid)

    async def warmed_up(self) -> None:
        """The processes are started, without a wait of this thread for the first of them."""
        _start_tracker()
        await _in_thread(self.warm_up)

    async def _in_turn(self, task: Callable[[], R], urgency: Urgency) -> R:
        async with self._turns.take(urgency):
            return await self._submit(task)

    async def _submit(self, task: Callable[[], R]) -> R:
        pool = self._started()
        try:
            future = asyncio.wrap_future(pool.submit(task))
            future.add_done_callback(_looked_at)
            async with asyncio.timeout(_LONGEST):
                # Shielded: the pool trips over futures that are cancelled when it is ended.
                return await asyncio.shield(future)
        except (BrokenProcessPool, TimeoutError):
            if self._pool is pool:
                self._end()
            raise

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._others = set(multiprocessing.active_children())
            # Never fork a process that runs threads and holds a database. The server that forks the
            # workers has imported what they need once for all of them.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["briefing.refresh.preload"])
            self._pool = ProcessPoolExecutor(
                self.jobs,
                context,
                initializer=_begin,
                initargs=(self._low_priority, self._silent),
            )
        return self._pool

    def _end(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        results: Any = pool._result_queue  # noqa: SLF001 - there is no other way to it
        pool.shutdown(wait=False)
        for process in set(multiprocessing.active_children()) - self._others:
            process.terminate()
        # One that was ended while it sent its result leaves half of it: the pool's thread, and the
        # end of the program with it, would wait for the rest for ever.
        results._writer.close()  # noqa: SLF001


def _start_tracker() -> None:
    """Start the process in which multiprocessing tracks its resources. It is handed the file of
    ``sys.stderr``, and trips over an object without one, as a program on the whole terminal has.
    """
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):
        resource_tracker.ensure_running()


def _in_thread(task: Callable[[], R]) -> "asyncio.Future[R]":
    """The value of ``task`` from a thread, which ends with the process at the latest."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[R] = loop.create_future()

    def settle(value: R | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(value)  # type: ignore[arg-type]
        else:
            future.set_exception(error)

    def work() -> None:
        value, error = None, None
        try:
            value = task()
        except BaseException as raised:  # noqa: BLE001 - raised where it is waited for
            error = raised
        with suppress(RuntimeError):  # nobody waits any more: the loop is closed
            loop.call_soon_threadsafe(settle, value, error)

    before = threading.stack_size(_STACK)
    try:
        threading.Thread(target=work, daemon=True).start()
    finally:
        threading.stack_size(before)
    future.add_done_callback(_looked_at)
    return future


class _Turns:
    """So many at once; of those that wait the most urgent is next, of equals the first."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: list[tuple[Urgency, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    @asynccontextmanager
    async def take(self, urgency: Urgency) -> AsyncIterator[None]:
        """A place, when it is one's turn."""
        if self._free:
            self._free -= 1
        else:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            heapq.heappush(self._waiting, (urgency, next(self._order), turn))
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    self._pass_on()  # it was given up just as its turn came
                raise
        try:
            yield
        finally:
            self._pass_on()

    def _pass_on(self) -> None:
        while self._waiting:
            _, _, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


def _looked_at(future: "asyncio.Future[R]") -> None:
    """Nobody is to be told of what happens to work that was given up."""
    if not future.cancelled():
        future.exception()


def _begin(low_priority: bool, silent: bool) -> None:
    """A worker starts: it leaves Ctrl-C to its parent, and ends when that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if low_priority:
        os.nice(max(0, NICENESS - os.nice(0)))
    if silent:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.close(nowhere)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
