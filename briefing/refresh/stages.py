"""A stage: it takes its items from the store, works on many at once and keeps each as it is done.

Nothing stands between stages but the store. A stage that was interrupted finds what is left
there; what was kept is not found again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from briefing.model import RowError, StoreError
from briefing.refresh.events import OnEvent, StageProgress
from briefing.store import Store

_COUNT_EVERY = 0.25  # seconds between two looks at how much waits in all

T = TypeVar("T")
R = TypeVar("R")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


class StageSignal:
    """A signal from one stage to the next: the store holds more for it, or no more will come."""

    def __init__(self, *, ended: bool = False) -> None:
        self.announced = 0
        self.ended = ended
        self.more = asyncio.Event()

    def notify(self, count: int) -> None:
        """So many items more."""
        self.announced += count
        self.more.set()

    @contextmanager
    def until_done(self) -> Iterator[None]:
        """No more will come once the block ends."""
        try:
            yield
        finally:
            self.ended = True
            self.more.set()


class StageWork(Protocol[T_contra, R_co]):
    """What a stage does with one item. ``many``: there are so many that other processes pay."""

    def __call__(self, item: T_contra, /, *, many: bool) -> Awaitable[R_co]:
        """The result."""
        ...


@dataclass(frozen=True, slots=True)
class Stage(Generic[T, R]):
    """What a stage does.

    take: the first so many items that wait in the store. key: what tells an item from others; an
    item that was worked on is not taken again. work: makes the result of an item.
    keep: writes it. fail: told of an item that ``work`` or ``keep`` raised on, whatever it
    raised; the other items go on. width: how many at once. waiting: how many items are not done,
    those among them that come from earlier stages; for the progress.
    """

    name: str
    take: Callable[[int], Sequence[T]]
    key: Callable[[T], Hashable]
    work: StageWork[T, R]
    keep: Callable[[T, R], None]
    fail: Callable[[T, Exception], None]
    width: int
    waiting: Callable[[], int] = lambda: 0


async def run_stage(
    stage: Stage[T, R], store: Store, on_event: OnEvent, source: StageSignal, *, few: int
) -> int:
    """Work until the stage has nothing left and ``source`` has ended; how many items were done.

    Results that come together are kept in one transaction. Raises StoreError where the store
    itself fails; what goes wrong with one item is handed to ``stage.fail``.
    """
    running: dict[asyncio.Task[R], T] = {}
    taken: set[Hashable] = set()
    loop = asyncio.get_running_loop()
    done, total, counted = 0, 0, -_COUNT_EVERY
    try:
        while True:
            source.more.clear()
            ended = source.ended
            if len(running) <= stage.width // 2:
                room = len(running) + stage.width
                fresh = [i for i in stage.take(room) if stage.key(i) not in taken]
                many = len(taken) + len(fresh) > few
                for item in fresh[: stage.width]:
                    taken.add(stage.key(item))
                    running[asyncio.ensure_future(stage.work(item, many=many))] = item
            if not running:
                if ended:
                    return done
                await source.more.wait()
                continue
            finished = await _first(running, None if ended else source.more)
            with store.transaction():
                for task in finished:
                    _settle(stage, store, running.pop(task), task)
            done += len(finished)
            if finished:
                if not running or loop.time() >= counted + _COUNT_EVERY:
                    total, counted = done + stage.waiting(), loop.time()
                total = max(total, done + len(running))
                on_event(StageProgress(stage.name, done, total))
    finally:
        await cancel_tasks(list(running))


def _settle(stage: Stage[T, R], store: Store, item: T, task: asyncio.Task[R]) -> None:
    """Keep what came of an item, all or nothing, or say that it failed."""
    try:
        with store.transaction():
            stage.keep(item, task.result())
    except Exception as error:
        if isinstance(error, StoreError) and not isinstance(error, RowError):
            raise  # a full disk is nobody's own failure
        stage.fail(item, error)


async def _first(
    running: dict[asyncio.Task[R], T], more: asyncio.Event | None
) -> list[asyncio.Task[R]]:
    """The tasks that are done, at least one unless there is word of more before."""
    waker = None if more is None else asyncio.ensure_future(more.wait())
    try:
        await asyncio.wait(
            [*running, *([waker] if waker else [])], return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        if waker is not None:
            waker.cancel()
    return [task for task in running if task.done()]


async def cancel_tasks(tasks: Sequence[asyncio.Task[R]]) -> None:
    """Cancel the tasks and wait until they have let go."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def first_error() -> Iterator[None]:
    """Of the errors of an ``asyncio.TaskGroup`` within, the first is raised as it is."""
    try:
        yield
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
