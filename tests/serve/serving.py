"""`briefing serve` in a process of its own, and the processes it has."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

PATIENCE = 60  # seconds that a busy machine may take


class Served:
    """A server. url: where it is; out: what it says on standard output; errors: its log."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.url = ""
        self.out = ""
        self.errors = ""

    async def line(self) -> str:
        """The next line on its standard output."""
        assert self.process.stdout is not None
        line = (await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)).decode()
        self.out += line
        return line

    async def logged(self, *words: str) -> str:
        """The next line of its log with these words."""
        assert self.process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            while line := (await self.process.stderr.readline()).decode():
                self.errors += line
                if all(word in line for word in words):
                    return line
        raise AssertionError(f"{words} is not in its log:\n{self.errors}")

    async def reader(self) -> int:
        """The number of the reader that is opened next."""
        words = (await self.logged("reader", "is open")).split()
        return int(words[words.index("reader") + 1])

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it; its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        out, errors = await asyncio.wait_for(self.process.communicate(), PATIENCE)
        self.out += out.decode()
        self.errors += errors.decode()
        return await self.process.wait()


@asynccontextmanager
async def served(*options: str, port: int = 0) -> AsyncIterator[Served]:
    """A server that listens, ended at the end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "briefing", "serve", "-v", f"--port={port}", *options),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    it = Served(process)
    try:
        line = await it.line()
        if not line.startswith("Briefing is at "):
            await it.end()
            raise AssertionError(it.out + it.errors)
        it.url = line.split()[-1]
        yield it
    finally:
        await it.end()


async def assert_ended(pid: int) -> None:
    """Wait for the end of a process that may be anybody's child."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_reader(handle, ended.set)
    try:
        await asyncio.wait_for(ended.wait(), PATIENCE)
    finally:
        loop.remove_reader(handle)
        os.close(handle)


def group_of(leader: int) -> list[int]:
    """The processes of a group."""
    return [
        int(folder.name)
        for folder in Path("/proc").iterdir()
        if folder.name.isdecimal() and _group(folder) == leader
    ]


def children_of(parent: int) -> list[int]:
    """The processes that a process has started from its first thread."""
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def _group(folder: Path) -> int | None:
    try:
        stat = (folder / "stat").read_text()
    except OSError:
        return None
    state, _parent, group = stat.rpartition(")")[2].split()[:3]
    return None if state == "Z" else int(group)
