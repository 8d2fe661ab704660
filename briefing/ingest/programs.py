"""A program of the user's is run for what it writes: bounded in time and size, and ended whole."""

import asyncio
import errno
import os
import shlex
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from briefing.model import FetchError
from briefing.text import clean_line

PATIENCE = 30.0
"""Seconds that a program may take in all."""
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


async def run_program(
    command: Sequence[str], given: bytes | None, where: str, limit: int, seconds: float = PATIENCE
) -> Ran:
    """Run ``command``, no shell in between, and give back what it wrote, whatever its exit code.

    ``~`` at a word's beginning is the user's home, which is also the folder it runs in. given: its
    standard input; None: nothing. limit: bytes it may write. It has a process group of its own,
    which is ended with it: also when the time is up, and when the task is cancelled. Raises
    FetchError, about ``where``: it cannot be started, takes too long or writes too much.
    """
    loop = asyncio.get_running_loop()
    start = loop.time()
    try:
        process = await _started(command, takes_input=given is not None)
    except (OSError, ValueError) as error:
        raise _not_started(command[0], where, error) from error
    try:
        async with asyncio.timeout(seconds):
            output, complaint = await _communicate(process, given, limit)
            code = await process.wait()
    except TimeoutError as error:
        raise FetchError(
            f"the program {command[0]} took longer than {seconds:g} s, and was ended",
            where,
            f"Make it faster, or let it write a file that is then the feed. {in_terminal(command)}",
        ) from error
    except _TooMuchError as error:
        raise FetchError(
            f"the program {command[0]} wrote more than the limit of {limit // 1_000_000} MB",
            where,
            "Raise fetch.max_feed_mb in the configuration, if you trust it",
        ) from error
    finally:
        await _end(process)
    return Ran(output, code, complaint, loop.time() - start)


async def _started(command: Sequence[str], *, takes_input: bool) -> asyncio.subprocess.Process:
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *map(_expanded, command),
            stdin=asyncio.subprocess.PIPE if takes_input else asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=_home(),
            env=environment(os.environ),
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


def _expanded(word: str) -> str:
    try:
        return str(Path(word).expanduser()) if word.startswith("~") else word
    except RuntimeError:  # there is no such user
        return word


def _home() -> str:
    home = _expanded("~")
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


async def _communicate(
    process: asyncio.subprocess.Process, given: bytes | None, limit: int
) -> tuple[bytes, str]:
    """What the program writes, and its first complaint; it is given its input meanwhile."""
    if process.stdout is None or process.stderr is None:
        raise RuntimeError("the program was started without pipes")
    reading = asyncio.create_task(_whole(process.stdout, limit))
    complaining = asyncio.create_task(_head(process.stderr))
    giving = asyncio.create_task(_give(process.stdin, given or b""))
    tasks = (reading, complaining, giving)
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    lines = complaining.result().decode("utf-8", "replace").splitlines()
    return reading.result(), next((clean_line(line)[:200] for line in lines if line.strip()), "")


async def _whole(stream: asyncio.StreamReader, limit: int) -> bytes:
    pieces, size = [], 0
    while piece := await stream.read(_PIECE):
        size += len(piece)
        if size > limit:
            raise _TooMuchError
        pieces.append(piece)
    return b"".join(pieces)


async def _head(stream: asyncio.StreamReader) -> bytes:
    """The beginning; the rest is read too, since the program waits where nobody does."""
    head = b""
    while piece := await stream.read(_PIECE):
        head = (head + piece)[:_COMPLAINT]
    return head


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


def _not_started(name: str, where: str, error: OSError | ValueError) -> FetchError:
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
    return FetchError(what, where, mend)
