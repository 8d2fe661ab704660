"""A program of the user's is run for what it writes: bounded in time and size, and ended whole."""

import asyncio
import errno
import os
import shlex
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from briefing.model import FetchError
from briefing.model.writing import MEND, is_read_only
from briefing.text import clean_line

PATIENCE = 30.0
"""Seconds that a program may take in all."""
_LOOK_AGAIN = 0.02  # seconds
_GRACE = 0.5  # seconds between asking a program to end and ending it
_PIECE = 1 << 16  # bytes
_COMPLAINT = 4096  # bytes of standard error that are looked at

_PASSED_ON = frozenset(
    "PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TMPDIR SSL_CERT_FILE SSL_CERT_DIR"
    " NO_PROXY no_proxy".split()
)
_PASSED_ON_KINDS = ("LC_", "XDG_")
_PROXIES = frozenset("HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy".split())


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a program. code: its exit code, negative where a signal ended it.
    complaint: the first line of its standard error.
    """

    output: bytes
    code: int
    complaint: str
    seconds: float


def environment(own: Mapping[str, str]) -> dict[str, str]:
    """What of the environment ``own`` a program gets: where and in which language it runs.

    No other variable, since many hold tokens; of the proxies only those without a password.
    """
    return {
        name: value
        for name, value in own.items()
        if name in _PASSED_ON
        or name.startswith(_PASSED_ON_KINDS)
        or (name in _PROXIES and "@" not in value)
    }


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended, with all that it has started.

    code: its exit code, negative where a signal ended it. stopped: by what it was ended before it
    was done: ``time``, or ``size`` where it wrote too much; else empty. output: what it wrote, of
    the latter the beginning. complaint, last_complaint: the first and the last line of its standard
    error.
    """

    output: bytes
    code: int | None
    stopped: Literal["", "time", "size"] = ""
    complaint: str = ""
    last_complaint: str = ""
    seconds: float = 0.0


async def run_program(
    command: Sequence[str], given: bytes | None, where: str, limit: int, seconds: float = PATIENCE
) -> Ran:
    """Run ``command``, no shell in between, and give back what it wrote, whatever its exit code.

    ``~`` at a word's beginning is the user's home, which is also the folder it runs in. given: its
    standard input; None: nothing. limit: bytes it may write. It has a process group of its own,
    which is ended with it: also when the time is up, and when the task is cancelled. Raises
    FetchError, about ``where``: it cannot be started, takes too long or writes too much, or this
    process is to read only.
    """
    if is_read_only():
        raise FetchError("read only: no program is run", where, MEND)
    try:
        ended = await run_bounded(command, given, limit, seconds, cwd=home_folder())
    except (OSError, ValueError) as error:
        what, mend = not_started(command[0], error)
        raise FetchError(what, where, mend) from error
    if ended.stopped == "time":
        raise FetchError(
            f"the program {command[0]} took longer than {seconds:g} s, and was ended",
            where,
            f"Make it faster, or let it write a file that is then the feed. {in_terminal(command)}",
        )
    if ended.stopped == "size" or ended.code is None:
        raise FetchError(
            f"the program {command[0]} wrote more than the limit of {limit // 1_000_000} MB",
            where,
            "Raise fetch.max_feed_mb in the configuration, if you trust it",
        )
    return Ran(ended.output, ended.code, ended.complaint, ended.seconds)


async def run_bounded(
    command: Sequence[str],
    given: bytes | None,
    limit: int,
    seconds: float,
    *,
    cwd: str | None = None,
    env: Mapping[str, str] | None = None,
    lingering: float | None = None,
    on_piece: Callable[[bytes], None] | None = None,
) -> Ended:
    """Run ``command``, no shell in between, until it ends, ``seconds`` are over or it has written
    more than ``limit`` bytes; then all that it has started is ended, also when cancelled.

    given: its standard input, None for nothing; it need not read it. cwd: the folder it runs in,
    None for this process's. env: its environment; None for what ``environment`` leaves. lingering:
    so many seconds after its end what it has left behind is no longer read; None: until all that
    could write has ended. on_piece: told of what it writes as it comes. Raises OSError or
    ValueError where it cannot be started.
    """
    loop = asyncio.get_running_loop()
    start = loop.time()
    process = await _started(
        command,
        takes_input=given is not None,
        cwd=cwd,
        env=environment(os.environ) if env is None else env,
    )
    written = _Written(limit, on_piece)
    stopped: Literal["", "time", "size"] = ""
    try:
        async with asyncio.timeout(seconds):
            await _communicate(process, given, written, lingering)
            if process.returncode is None:
                await process.wait()
    except TimeoutError:
        stopped = "time"
    except _TooMuchError:
        stopped = "size"
    finally:
        await _end(process)
    first, last = written.complaints()
    output = bytes(written.output[:limit])
    code = None if stopped else process.returncode
    return Ended(output, code, stopped, first, last, loop.time() - start)


async def _started(
    command: Sequence[str], *, takes_input: bool, cwd: str | None, env: Mapping[str, str]
) -> asyncio.subprocess.Process:
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *map(expanded, command),
            stdin=asyncio.subprocess.PIPE if takes_input else asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=cwd,
            env=env,
            start_new_session=True,
        )
    )
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        # It may run by now, and asyncio would end it without what it has started.
        with suppress(OSError, ValueError):
            await _end(await starting)
        raise


def expanded(word: str) -> str:
    """A word of a command: with ``~`` at its beginning, the path in the home that it stands for."""
    try:
        return str(Path(word).expanduser()) if word.startswith("~") else word
    except RuntimeError:  # there is no such user
        return word


def home_folder() -> str:
    """The user's home; where there is none, the root."""
    home = expanded("~")
    return home if Path(home).is_dir() else "/"


def in_terminal(command: Sequence[str]) -> str:
    """How its user sees what a program does, as a mend."""
    return f"Try it in a terminal: {clean_line(command_line(command))[:200]}"


def command_line(command: Sequence[str]) -> str:
    """The command as a shell reads it; ``~`` without quotes, in which it would not be expanded."""
    return " ".join(_tilde_quoted(word) for word in command)


def _tilde_quoted(word: str) -> str:
    if not word.startswith("~"):
        return shlex.quote(word)
    user, slash, rest = word.partition("/")
    return user + slash + (shlex.quote(rest) if rest else "")


class _TooMuchError(Exception):
    """A program wrote more than it may."""


class _Written:
    """What a program has written until now; of its complaints the beginning and the end."""

    def __init__(self, limit: int, on_piece: Callable[[bytes], None] | None) -> None:
        self.output = bytearray()
        self._on_piece = on_piece
        self._limit = limit
        self._head = b""
        self._tail = b""

    async def read(self, stream: asyncio.StreamReader) -> None:
        while piece := await stream.read(_PIECE):
            self.output += piece
            if self._on_piece is not None:
                self._on_piece(piece)
            if len(self.output) > self._limit:
                raise _TooMuchError

    async def read_complaints(self, stream: asyncio.StreamReader) -> None:
        """All of it is read, since the program waits where nobody does."""
        while piece := await stream.read(_PIECE):
            self._head += piece[: _COMPLAINT - len(self._head)]
            self._tail = (self._tail + piece)[-_COMPLAINT:]

    def complaints(self) -> tuple[str, str]:
        """The first line and the last that say something."""
        first, last = (
            [line for line in part.decode("utf-8", "replace").splitlines() if clean_line(line)]
            for part in (self._head, self._tail)
        )
        return (
            clean_line(first[0])[:200] if first else "",
            clean_line(last[-1])[:200] if last else "",
        )


async def _communicate(
    process: asyncio.subprocess.Process,
    given: bytes | None,
    written: _Written,
    lingering: float | None,
) -> None:
    """Read what the program writes; it is given its input meanwhile."""
    if process.stdout is None or process.stderr is None:
        raise RuntimeError("the program was started without pipes")
    reading = asyncio.gather(
        written.read(process.stdout),
        written.read_complaints(process.stderr),
        _give(process.stdin, given or b""),
    )
    try:
        if lingering is not None:
            while process.returncode is None and not reading.done():
                # ``process.wait`` waits for its pipes too, which what it left behind may hold.
                await asyncio.wait((reading,), timeout=_LOOK_AGAIN)
            await asyncio.wait((reading,), timeout=lingering)
            if not reading.done():
                return
        await reading
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


async def _give(stream: asyncio.StreamWriter | None, content: bytes) -> None:
    if stream is None:
        return
    # A program need not read to the end.
    with suppress(BrokenPipeError, ConnectionResetError):
        stream.write(content)
        await stream.drain()
    stream.close()


async def _end(process: asyncio.subprocess.Process) -> None:
    """End the program and what it has started: first they are asked to, then they are made to."""
    try:
        if process.returncode is None:
            _signal_group(process, signal.SIGTERM)
            await _wait_a_moment(process)
    finally:
        _signal_group(process, signal.SIGKILL)
    await _wait_a_moment(process)
    # What has left the group may hold its pipes open; asyncio has no other way to close them.
    process._transport.close()  # type: ignore[attr-defined]  # noqa: SLF001


async def _wait_a_moment(process: asyncio.subprocess.Process) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(_GRACE):
            await process.wait()


def _signal_group(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    # It leads its session, so that its own number is its group's.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def not_started(name: str, error: OSError | ValueError) -> tuple[str, str]:
    """What is said of a program that could not be started, and the mend."""
    match error:
        case FileNotFoundError():
            what = f"there is no program {name}"
            mend = "Check its path and the interpreter that its first line names"
        case PermissionError():
            what, mend = f"{name} is no program that may be run", f"Try: chmod +x {name}"
        case OSError() if error.errno == errno.ENOEXEC:
            what = f"{name} is no program that can be run"
            mend = "Give a script a first line such as #!/bin/sh"
        case _:
            reason = getattr(error, "strerror", None) or str(error)
            what, mend = f"the program {name} cannot be started ({clean_line(reason)})", ""
    return what, mend
