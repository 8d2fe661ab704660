"""Worker processes: used where they pay, gone when they are no longer needed."""

import asyncio
import multiprocessing
import os
import signal
from functools import partial
from pathlib import Path

import pytest

from briefing.model import BriefingError
from briefing.refresh.workers import NICENESS, Urgency, Workers, _Turns


async def test_few_things_are_done_in_the_process_itself() -> None:
    async with Workers(2) as workers:
        assert await workers.run(os.getpid, many=False) == os.getpid()


async def test_many_things_go_to_other_processes() -> None:
    async with Workers(2) as workers:
        assert await workers.run(os.getpid, many=True) != os.getpid()


async def test_beside_a_reader_nothing_runs_in_its_process_and_workers_are_nice() -> None:
    async with Workers(1, low_priority=True) as workers:
        assert await workers.run(os.getpid, many=False) != os.getpid()
        assert await workers.run(partial(os.nice, 0), many=False) >= NICENESS


async def test_a_document_that_kills_its_worker_is_an_error_of_that_document_alone() -> None:
    async with Workers(1) as workers:
        with pytest.raises(BriefingError, match="worker"):
            await workers.run(partial(os._exit, 3), many=True)
        assert await workers.run(partial(abs, -4), many=True) == 4


def _work_for_ever(started: Path) -> None:
    """Say through a pipe that the work has begun, and never end it."""
    started.write_text("begun")
    signal.pause()


async def test_leaving_ends_a_worker_in_the_middle_of_its_work(tmp_path: Path) -> None:
    started = tmp_path / "started"
    os.mkfifo(started)
    before = set(multiprocessing.active_children())
    async with Workers(1) as workers:
        work = asyncio.create_task(workers.run(partial(_work_for_ever, started), many=True))
        assert await asyncio.to_thread(started.read_text) == "begun"
        ended = set(multiprocessing.active_children()) - before
        assert ended
        work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    for process in ended:
        process.join(60)
        assert not process.is_alive()


async def test_of_what_waits_for_a_worker_the_most_urgent_goes_first() -> None:
    turns = _Turns(1)
    order: list[Urgency] = []

    async def go(urgency: Urgency) -> None:
        async with turns.take(urgency):
            order.append(urgency)

    async with asyncio.TaskGroup() as group, turns.take(Urgency.ARTICLE):
        for urgency in (Urgency.ARTICLE, Urgency.FEED, Urgency.FIRST, Urgency.LINK):
            group.create_task(go(urgency))
        given_up = group.create_task(go(Urgency.FIRST))
        await asyncio.sleep(0)
        given_up.cancel()
    assert order == [Urgency.FIRST, Urgency.LINK, Urgency.FEED, Urgency.ARTICLE]
    async with asyncio.timeout(60), turns.take(Urgency.ARTICLE):
        pass  # the place of what was given up is free again


async def test_half_a_result_of_a_worker_that_was_ended_keeps_nothing_waiting() -> None:
    async with Workers(1) as workers:
        await workers.run(os.getpid, many=True)
        pool = workers._pool
        assert pool is not None
        thread = pool._executor_manager_thread
        head = (1000).to_bytes(4, "big")  # of a result of so many bytes
        pool._result_queue._writer._send(head)
    await asyncio.to_thread(thread.join, 60)
    assert not thread.is_alive()
