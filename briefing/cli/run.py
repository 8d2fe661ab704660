"""From a command line to an exit code: the one place where errors are rendered."""

import errno
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TextIO

from briefing.cli.context import Context
from briefing.cli.output import Output
from briefing.model import BriefingError, ConfigError, StoreError, UsageError

DONE = 0
IN_PART = 1
WRONG_USAGE = 2
NOTHING_DONE = 3
INTERRUPTED = 130


def run(argv: Sequence[str]) -> int:
    """Run the command line; the exit code of the contract. Without arguments the reader opens."""
    _open_what_is_closed()
    out = Output.of_process()
    if not argv:
        return guarded(_open_reader, out)
    return guarded(lambda: _dispatch(argv), out)


def guarded(command: Callable[[], int], out: Output) -> int:
    """What ``command`` gives, its errors shown and told as an exit code."""
    try:
        code = command()
        out.flush()
    except BrokenPipeError:
        # Whoever read the output has had enough.
        _write_no_more(sys.stdout)
        return DONE
    except OSError as error:
        return _output_failed(error, out)
    except KeyboardInterrupt:
        out.say("Interrupted.")
        return INTERRUPTED
    except BriefingError as error:
        with suppress(OSError):  # nobody is there to read it; the code tells the same
            out.error(error)
        return exit_code(error)
    return code


def _open_what_is_closed() -> None:
    """Let a closed standard output or error be one that cannot be written to: Python has None.

    Its number must be taken in any case: the next file to be opened would get it.
    """
    for name, mode, number in (("stdin", "r", 0), ("stdout", "w", 1), ("stderr", "w", 2)):
        if getattr(sys, name) is not None:
            continue
        descriptor = os.open(os.devnull, os.O_RDONLY if number != 2 else os.O_WRONLY)
        if descriptor != number:
            os.dup2(descriptor, number)
            os.close(descriptor)
        if mode == "w":  # standard output opened for reading: each write fails, and is told
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _output_failed(error: OSError, out: Output) -> int:
    """A full disk or a closed output: one line, where there is still a place for it."""
    reason = "it is closed" if error.errno == errno.EBADF else error.strerror or str(error)
    _write_no_more(sys.stdout)
    try:
        out.error(
            StoreError(f"the output cannot be written ({reason})", "", "Check where it goes to")
        )
        out.flush()
    except OSError:
        _write_no_more(sys.stderr)
    return NOTHING_DONE


def _write_no_more(stream: TextIO) -> None:
    """What is left in ``stream`` must not fail again at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def exit_code(error: BriefingError) -> int:
    """2 for what the user wrote wrongly, 3 for what could not be done."""
    return WRONG_USAGE if isinstance(error, UsageError | ConfigError) else NOTHING_DONE


def _open_reader() -> int:
    from briefing.cli.commands import reader

    return reader.open_edition(Context.of_process())


def _dispatch(argv: Sequence[str]) -> int:
    from briefing.cli.parser import parse

    try:
        command = parse(argv)
    except SystemExit as end:  # argparse has shown the help or the version
        return end.code if isinstance(end.code, int) else DONE
    if command.verbosity:
        from briefing.cli.log import log_to_stderr

        log_to_stderr(command.verbosity)
    context = Context.of_process(ignore_config=command.ignore_config)
    if command.run is None:
        from briefing.cli.commands import reader

        return reader.open_edition(context)
    return command.run(command.arguments, context)
