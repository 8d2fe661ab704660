"""One program is run for one story or article."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from briefing.config import HookSettings
from briefing.hooks.subjects import Subject
from briefing.ingest.programs import home_folder, in_terminal, not_started, run_bounded
from briefing.model import BriefingError
from briefing.model.writing import MEND, is_read_only

_LINGERING = 0.5  # seconds for what a hook has left behind
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a program. fault: why it counts as failed; None where it does not.

    output: what it wrote, at most what it may. code: its exit code; None where it was not started
    or was ended.
    """

    fault: BriefingError | None
    output: bytes = b""
    code: int | None = None
    seconds: float = 0.0


def filled(command: Sequence[str], words: Mapping[str, str]) -> tuple[str, ...]:
    """``command`` with its placeholders, each an argument by itself, as what they stand for."""
    return tuple(
        words.get(word[1:-1], word) if word.startswith("{") and word.endswith("}") else word
        for word in command
    )


def hook_command(hook: HookSettings, subject: Subject, event: str) -> tuple[str, ...]:
    """What a hook runs."""
    return filled(hook.run, subject.words(event))


async def call_hook(hook: HookSettings, subject: Subject, event: str) -> Answer:
    """Run a hook. It has this process's environment and variables that begin with BRIEFING_, its
    user's home as its folder, and the subject's JSON as its input."""
    return await call_program(
        hook_command(hook, subject, event),
        subject.json,
        f"hook “{hook.known_as}”",
        seconds=hook.seconds,
        limit=hook.max_mb * MEGABYTE,
        own=subject.environment(hook.known_as, event),
    )


async def call_program(
    command: Sequence[str],
    given: bytes,
    where: str,
    *,
    seconds: float,
    limit: int,
    own: Mapping[str, str],
    cwd: str | None = None,
    on_piece: Callable[[bytes], None] | None = None,
) -> Answer:
    """Run a program of the person's own; ``where`` names it in what is said of it. own: variables
    besides those of this process. cwd: the folder it runs in, the person's home where None.
    on_piece: told of what it writes as it comes."""
    if is_read_only():
        return Answer(BriefingError("read only: no program is run", where, MEND))
    mend = in_terminal(command[:1])
    try:
        ended = await run_bounded(
            command,
            given,
            limit,
            seconds,
            cwd=cwd or home_folder(),
            env={**os.environ, **own},
            lingering=_LINGERING,
            on_piece=on_piece,
        )
    except (OSError, ValueError) as error:
        what, mend = not_started(command[0], error)
        return Answer(BriefingError(what, where, mend))
    said = f": {ended.last_complaint}" if ended.last_complaint else ""
    what = ""
    if ended.stopped == "time":
        what = f"it took longer than {seconds:g} s, and was ended{said}"
    elif ended.stopped == "size":
        what = f"it wrote more than {limit // MEGABYTE} MB, and was ended"
    elif ended.code is not None and ended.code < 0:
        what = f"it was ended by signal {-ended.code}{said}"
    elif ended.code:
        what = f"it ended with {ended.code}{said}"
    fault = BriefingError(what, where, mend) if what else None
    return Answer(fault, ended.output, ended.code, ended.seconds)
