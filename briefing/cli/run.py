"""From a command line to an exit code: the one place where errors are rendered."""

import os
import sys
from collections.abc import Callable, Sequence

from briefing.cli.context import Context
from briefing.cli.output import Output
from briefing.model import BriefingError, ConfigError, UsageError

DONE = 0
IN_PART = 1
WRONG_USAGE = 2
NOTHING_DONE = 3
INTERRUPTED = 130


def run(argv: Sequence[str]) -> int:
    """Run the command line; the exit code of the contract. Without arguments the reader opens."""
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
        # Whoever read the output has had enough. What is left must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        out.say("Interrupted.")
        return INTERRUPTED
    except BriefingError as error:
        out.error(error)
        return exit_code(error)
    return code


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
