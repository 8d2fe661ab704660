"""The command line's grammar. Only the module of the command that was asked for is imported."""

import argparse
import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NoReturn, cast

from briefing.cli.context import Context
from briefing.model import UsageError
from briefing.model.version import __version__

# The order of the help. Each is a module of ``briefing.cli.commands``, but for ``print``.
COMMANDS = {
    "demo": "open the reader on the bundled sample edition, without network",
    "refresh": "fetch the feeds that are due, digest and link what is new",
    "print": "today's edition on standard output",
    "serve": "the same reader in a web browser",
    "export": "stories as Markdown, HTML, EPUB, a feed, a mail or JSON",
    "digest": "digest one article, or a batch of them",
    "stories": "say which articles of a batch tell the same story",
    "search": "find articles by a query",
    "editor": "ask the second editor that you have set about articles of the edition",
    "rules": "what your rules do, and what they would have done",
    "hooks": "programs of yours that are run when something happens",
    "feeds": "list, add, remove, edit, check, import and export feeds",
    "import": "take over what another reader knows: newsboat's read state and flags",
    "sync": "keep feeds and marks in step with a Miniflux, Google Reader or Fever server",
    "schedule": "refresh, write and mail at set times",
    "backup": "the store, the configuration and the themes in one file",
    "restore": "put a backup in the place of what is there, which is kept",
    "themes": "list the colour themes, or check one",
    "keys": "list the keys of the reader",
    "completion": "completion of the command line for bash, zsh and fish",
    "man": "the manual page",
    "config": "check the configuration, or say where it is",
    "licences": "what the program stands on, with the licence of each",
    "doctor": "what is installed, where things are, what is wrong",
}
_MODULES = {"demo": "reader", "import": "import_marks", "print": "print_edition"}

_DESCRIPTION = (
    "A news briefing in the terminal: stories told once, caveats marked, every line traceable."
)
_EXAMPLES = """\
examples:
  briefing                           open the reader on today's edition
  briefing demo                      try it on the bundled sample
  briefing feeds add coast.example   follow a site
  briefing refresh && briefing print | less
"""
_EXIT_CODES = """\
exit codes: 0 done, 1 done in part or a check found a fault, 2 wrong usage or configuration,
            3 nothing could be done, 130 interrupted
"""

Run = Callable[[argparse.Namespace, Context], int]


@dataclass(frozen=True, slots=True)
class CommandLine:
    """What the command line asks for. ``run`` is None where it names no command."""

    run: Run | None
    arguments: argparse.Namespace
    verbosity: int
    ignore_config: bool


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are ours, rendered where all are."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        where = self.prog.removeprefix("briefing").strip()
        raise UsageError(message, where, f"See `{self.prog} --help`.")


def parse(argv: Sequence[str]) -> CommandLine:
    """What ``argv`` asks for. Raises UsageError; SystemExit after --help and --version."""
    chosen = _chosen(argv)
    # The other commands are named by the help of the top alone: with the command in front of all
    # options nobody asks for it, and their parsers take longer than the rest.
    alone = bool(argv) and argv[0] == chosen
    arguments = _parser(chosen, alone=alone).parse_args(argv)
    run = _module_run(chosen) if chosen else None
    return CommandLine(run, arguments, arguments.verbose, arguments.ignore_config)


def add_common(parser: argparse.ArgumentParser, *, below: bool = True) -> None:
    """The options that every command takes; given before the command they count as well."""
    parser.add_argument(
        "-v",
        "--verbose",
        action="count",
        default=argparse.SUPPRESS if below else 0,
        help="log to standard error (-vv: in detail)",
    )
    parser.add_argument(
        "--ignore-config",
        action="store_true",
        default=argparse.SUPPRESS if below else False,
        help="start with the default settings",
    )


def examples(*lines: str) -> str:
    """The end of a command's help."""
    return "\n".join(["examples:" if len(lines) > 1 else "example:", *(f"  {x}" for x in lines)])


def subcommand(
    group: "argparse._SubParsersAction[Any]",
    name: str,
    summary: str,
    *lines: str,
) -> argparse.ArgumentParser:
    """A command below a command, with its help and its examples."""
    child: argparse.ArgumentParser = group.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=examples(*lines),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add_common(child)
    return child


def _chosen(argv: Sequence[str]) -> str | None:
    """The command: the first word that is no option, since no option of the top takes a value."""
    word = next((a for a in argv if not a.startswith("-")), None)
    if word is None or word in COMMANDS:
        return word
    similar = difflib.get_close_matches(word, COMMANDS, n=1)
    mend = f"Did you mean '{similar[0]}'?" if similar else "See `briefing --help`."
    raise UsageError(f"there is no command '{word}'", "", mend)


def whole_parser() -> Parser:
    """The grammar of every command, for the manual and for completion."""
    parser, group = _top()
    for name, summary in COMMANDS.items():
        _add(group, name, summary)
    return parser


def _parser(chosen: str | None, *, alone: bool) -> Parser:
    parser, group = _top()
    for name, summary in COMMANDS.items():
        if name == chosen:
            _add(group, name, summary)
        elif not alone:
            group.add_parser(name, help=summary, add_help=False)
    return parser


def _top() -> "tuple[Parser, argparse._SubParsersAction[Any]]":
    parser = Parser(
        prog="briefing",
        description=_DESCRIPTION,
        epilog=_EXAMPLES + "\n" + _EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"briefing {__version__}")
    add_common(parser, below=False)
    group = parser.add_subparsers(metavar="COMMAND", title="commands", parser_class=Parser)
    return parser, group


def _add(group: "argparse._SubParsersAction[Any]", name: str, summary: str) -> None:
    module = import_module(_home(name))
    module.configure(subcommand(group, name, summary, *module.EXAMPLES))


def _module_run(name: str) -> Run:
    return cast("Run", import_module(_home(name)).run)


def _home(name: str) -> str:
    return f"briefing.cli.commands.{_MODULES.get(name, name)}"
