"""Passwords that a command gives, so that none stands in a file of ours."""

import asyncio
import contextlib
from collections.abc import Sequence

from briefing.ingest.failures import shown
from briefing.model import FetchError

_PATIENCE = 60.0  # seconds: a password manager may ask its user
_LONGEST = 4096  # bytes


class Passwords:
    """The output of commands, each run once. Nothing of it is logged or told."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], str] = {}
        self._one_by_one = asyncio.Lock()  # several commands at once would ask their user twice

    async def of(self, command: Sequence[str], user: str, host: str, url: str) -> str:
        """The first line that ``command`` writes, whose ``{user}`` and ``{host}`` are filled in.

        The command is its arguments; no shell reads it. Raises FetchError, about ``url``.
        """
        arguments = tuple(part.replace("{user}", user).replace("{host}", host) for part in command)
        async with self._one_by_one:
            if arguments not in self._known:
                self._known[arguments] = await _output(arguments, url)
            return self._known[arguments]


async def _output(arguments: tuple[str, ...], url: str) -> str:
    try:
        process = await asyncio.create_subprocess_exec(
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except (OSError, ValueError) as error:
        raise _error(arguments, "cannot be started", url) from error
    try:
        async with asyncio.timeout(_PATIENCE):
            output, _ = await process.communicate()
    except TimeoutError as error:
        raise _error(arguments, f"gave no answer in {_PATIENCE:g} s", url) from error
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        raise _error(arguments, f"ended with code {process.returncode}", url)
    line = output[:_LONGEST].split(b"\n", 1)[0].rstrip(b"\r").decode("utf-8", "replace")
    if not line:
        raise _error(arguments, "gave no password", url)
    return line


def _error(arguments: tuple[str, ...], what: str, url: str) -> FetchError:
    # The name only: its arguments may tell what is nobody's business.
    return FetchError(
        f"the password command '{arguments[0]}' {what}",
        shown(url),
        "Try it in a terminal, and see password_command in the configuration",
    )
