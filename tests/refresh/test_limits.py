"""A document from outside costs what it may and no more, wherever it is read."""

import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from briefing.model import LimitError
from briefing.refresh import limits as module
from briefing.refresh.limits import IN_PROCESS, Limits, limited
from briefing.refresh.workers import Workers
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import Item, rss
from tests.refresh.conftest import Clock, run

SHORT = Limits(0.3, 200)


def _endless() -> None:
    """Use the processor for ever, and swallow every error on the way, as some parsers do."""
    while True:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001, S112
            continue


def _thread_name() -> str:
    return threading.current_thread().name


async def test_hostile_09_a_document_that_takes_too_long_is_given_up_and_its_worker_goes_on() -> (
    None
):
    async with Workers(1) as workers:
        before = await workers.run(os.getpid, many=True)
        with pytest.raises(LimitError, match=r"longer than 0\.3 s"):
            await workers.run(_endless, many=True, limits=SHORT)
        assert await workers.run(os.getpid, many=True, limits=SHORT) == before


async def test_hostile_09_a_document_that_takes_too_much_memory_is_given_up() -> None:
    async with Workers(1) as workers:
        with pytest.raises(LimitError, match="200 MB of memory"):
            await workers.run(partial(bytes, 400_000_000), many=True, limits=SHORT)
        assert len(await workers.run(partial(bytes, 50_000_000), many=True, limits=SHORT)) > 0


async def test_hostile_09_only_a_small_document_is_parsed_in_the_program_itself() -> None:
    async with Workers(1) as workers:
        assert await workers.run(os.getpid, many=False, size=IN_PROCESS) == os.getpid()
        assert await workers.run(os.getpid, many=False, size=IN_PROCESS + 1) != os.getpid()


async def test_hostile_09_what_is_parsed_in_the_program_leaves_its_main_thread_to_signals() -> None:
    async with Workers(1) as workers:
        assert await workers.run(_thread_name, many=False) != threading.main_thread().name


async def test_hostile_09_a_small_document_that_takes_too_long_is_left_to_a_worker() -> None:
    async with Workers(1) as workers:
        with pytest.raises(LimitError):
            await workers.run(_endless, many=False, limits=SHORT)


def test_hostile_09_a_library_that_holds_on_to_the_processor_is_ended_with_its_process() -> None:
    """The first timer is not seen where no Python code runs; the second ends the process."""
    program = (
        "import signal\n"
        "from briefing.refresh import limits\n"
        "limits._raise_time_up = lambda number, frame: None\n"
        "limits.limited(lambda: sum(iter(int, 1)), limits.Limits(0.1, 200))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], timeout=60, check=False)
    assert done.returncode == -signal.SIGVTALRM


def test_limits_are_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_address_space", lambda: None)
    assert limited(lambda: 3, Limits(5, 1)) == 3
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_hostile_09_a_page_that_costs_too_much_leaves_the_feeds_own_text_and_a_word(
    room: Newsroom, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.refresh.extracting.PAGE", Limits(0.5, 200))
    paragraphs = "<p>The ferry leaves from the new quay at noon.</p>" * 100_000
    page = room.put("/huge.html", f"<html><body><article>{paragraphs}</article></body></html>")
    item = Item("Ferry", page, summary="<p>The ferry leaves from the new quay.</p>")
    store.add_feed(room.feed("/1.xml", rss("Outlet", [item])), "Outlet")
    report = run(store, clock, jobs=1)
    (fault,) = report.faults
    assert (fault.where, fault.mend) == ("Ferry", "The feed's own text stands in for its page")
    assert "longer than 0.5 s" in fault.what
    assert store.stats().articles == 1
    assert store.stats().to_extract == store.stats().to_digest == 0
    assert room.count("/huge.html") == 1


PROGRAM = """
import signal, sys, time
from functools import partial
import asyncio
from briefing.refresh.stopping import run_to_end
from briefing.refresh.workers import Workers

def busy(seconds, path):
    open(path, "w").close()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass

async def work(path, size):
    async with Workers(1) as workers:
        await workers.run(partial(busy, 60, path), many=False, size=size)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run_to_end(work(sys.argv[1], int(sys.argv[2])))
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.mark.parametrize("size", [0, IN_PROCESS + 1], ids=["in a thread", "in a worker"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_hostile_29_a_signal_is_answered_while_a_document_is_parsed(
    tmp_path: Path, number: signal.Signals, size: int
) -> None:
    program, started = tmp_path / "program.py", tmp_path / "started"
    program.write_text(PROGRAM)
    os.mkfifo(started)
    process = subprocess.Popen([sys.executable, str(program), str(started), str(size)])
    started.read_bytes()
    process.send_signal(number)
    # Nothing ends the document for a minute: a process that waited for it would still be there.
    assert process.wait(30) == 130
