"""Passwords that a command gives, so that none stands in a file of ours."""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from briefing.ingest.failures import shown
from briefing.model import FetchError

_PATIENCE = 60.0  # seconds: a password manager may ask its user
_LONGEST = 4096  # bytes


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a command: the password, or what went wrong."""

    password: str = field(default="", repr=False)
    fault: str = ""


class Passwords:
    """The output of commands, each run once, also where it fails: a locked password manager that
    its user has turned away is not asked again for the next feed. Nothing of it is logged or told.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], _Outcome] = {}
        self._one_by_one = asyncio.Lock()  # several commands at once would ask their user twice

    async def of(self, command: Sequence[str], user: str, host: str, url: str) -> str:
        """The first line that ``command`` writes, whose ``{user}`` and ``{host}`` are filled in.

        The command is its arguments; no shell reads it. Raises FetchError, about ``url``.
        """
        arguments = tuple(part.replace("{user}", user).replace("{host}", host) for part in command)
        async with self._one_by_one:
            if arguments not in self._known:
                self._known[arguments] = await _outcome(arguments)
        found = self._known[arguments]
        if found.fault:
            raise _error(arguments, found.fault, url)
        return found.password


async def _outcome(arguments: tuple[str, ...]) -> _Outcome:
    try:
        process = await asyncio.create_subprocess_exec(
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except (OSError, ValueError):
        return _Outcome(fault="cannot be started")
    try:
        async with asyncio.timeout(_PATIENCE):
            output, _ = await process.communicate()
    except TimeoutError:
        return _Outcome(fault=f"gave no answer in {_PATIENCE:g} s")
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        return _Outcome(fault=f"ended with code {process.returncode}")
    line = output[:_LONGEST].split(b"\n", 1)[0].rstrip(b"\r").decode("utf-8", "replace")
    return _Outcome(line) if line else _Outcome(fault="gave no password")


def _error(arguments: tuple[str, ...], what: str, url: str) -> FetchError:
    # The name only: its arguments may tell what is nobody's business.
    return FetchError(
        f"the password command '{arguments[0]}' {what}",
        shown(url),
        "Try it in a terminal, and see password_command in the configuration",
    )
