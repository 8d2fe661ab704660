"""The manual page in the macros of man(7), from the parser's own words."""

# ruff: noqa: SLF001 - argparse has no other way in which a parser is read

import argparse
import re
from collections.abc import Iterator
from typing import Any

from briefing.cli.parser import whole_parser
from briefing.model.version import __version__

_DATE = "2026-12-01"
"""When the form of the page was last changed."""
_COMMON = {"-h", "-v", "--ignore-config", "--version"}
_ENVIRONMENT = (
    ("BRIEFING_HOME", "One folder for configuration, data, cache and logs."),
    ("BROWSER", "The program that opens pages, where the configuration names none."),
    ("NO_COLOR", "Set to anything: no colours."),
    ("XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_CACHE_HOME", "Where the folders are otherwise."),
)
_EXIT = (
    ("0", "done"),
    ("1", "done in part, or a check found a fault"),
    ("2", "wrong usage or configuration"),
    ("3", "nothing could be done"),
    ("130", "interrupted"),
)
_OPTION = re.compile(r"(?<![\w-])-{1,2}[a-zA-Z][\w-]*")


def manual_page() -> str:
    """The page briefing(1)."""
    parser = whole_parser()
    return "\n".join([*_head(parser), *_commands(parser), *_tail(parser)]) + "\n"


def _head(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f'.TH BRIEFING 1 {_DATE} "Briefing {__version__}" "User Commands"'
    yield ".SH NAME"
    yield "briefing \\- a news briefing in the terminal"
    yield ".SH SYNOPSIS"
    yield ".B briefing"
    yield "[\\fIOPTION\\fR]... [\\fICOMMAND\\fR [\\fIARGUMENT\\fR]...]"
    yield ".SH DESCRIPTION"
    yield _text(parser.description or "")
    yield "Without a command the reader opens on today's edition."
    yield ".SH OPTIONS"
    yield "Every command takes these."
    for action in parser._actions:
        if action.option_strings:
            yield from _option(action)


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield ".SH COMMANDS"
    for name, summary, child in _children(parser):
        yield f".SS {_text(f'briefing {name}')}"
        yield from _command(child, summary)


def _command(parser: argparse.ArgumentParser, summary: str) -> Iterator[str]:
    yield _text(f"{summary[:1].upper()}{summary[1:]}.")
    for name, inner, child in _children(parser):
        yield ".PP"
        yield f".B {_text(f'{parser.prog} {name}')}"
        yield ".br"
        yield from _command(child, inner)
    yield from _arguments(parser)
    example = (parser.epilog or "").splitlines()
    if example and not list(_children(parser)):
        yield ".PP"
        yield f"{_text(example[0].capitalize())}"
        yield ".PP"
        yield ".nf"
        yield ".RS"
        yield from (_text(line.strip()) for line in example[1:])
        yield ".RE"
        yield ".fi"


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        is_group = isinstance(action, argparse._SubParsersAction)
        if is_group or action.help == argparse.SUPPRESS or _COMMON & {*action.option_strings}:
            continue
        if action.option_strings:
            yield from _option(action)
        else:
            yield ".TP"
            yield f"\\fI{_text(_value(action))}\\fR"
            yield _text(_help(action))


def _option(action: argparse.Action) -> Iterator[str]:
    names = ", ".join(f"\\fB{_text(name)}\\fR" for name in action.option_strings)
    takes = action.nargs != 0
    yield ".TP"
    yield names + (f" \\fI{_text(_value(action))}\\fR" if takes else "")
    yield _text(_help(action))


def _value(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    if action.choices is not None:
        return "|".join(map(str, action.choices))
    return action.dest.upper()


def _help(action: argparse.Action) -> str:
    words = (action.help or "").replace("%(default)s", str(action.default)).replace("%%", "%")
    if not words and action.default not in (None, False, argparse.SUPPRESS, []):
        words = f"{action.default} by default"
    return words


def _children(
    parser: argparse.ArgumentParser,
) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """The commands below a parser that have a help: name, summary, parser."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            parsers: dict[str, Any] = action.choices
            for listed in action._choices_actions:
                yield listed.dest, listed.help or "", parsers[listed.dest]


def _tail(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield ".SH EXIT STATUS"
    for code, words in _EXIT:
        yield from (".TP", f"\\fB{code}\\fR", words)
    yield ".SH ENVIRONMENT"
    for name, words in _ENVIRONMENT:
        yield from (".TP", f"\\fB{name}\\fR", words)
    yield ".SH FILES"
    yield "\\fBbriefing config path\\fR and \\fBbriefing doctor\\fR say where they are."
    yield ".SH EXAMPLES"
    yield ".nf"
    block = (parser.epilog or "").partition("\n\n")[0].splitlines()[1:]
    yield from (_text(line.strip()) for line in block)
    yield ".fi"
    yield ".SH SEE ALSO"
    yield ".BR newsboat (1),"
    yield ".BR crontab (5),"
    yield ".BR systemd.timer (5)"


def _text(words: str) -> str:
    """Words as roff reads them: hyphens of what is typed stay hyphens, no line is a request."""
    words = words.replace("\\", "\\(rs").replace("~", "\\(ti").replace("^", "\\(ha")
    words = words.replace("`", "\\(ga")
    words = _OPTION.sub(lambda found: found[0].replace("-", "\\-"), words)
    words = re.sub(r"(?<=[\w/])-(?=[\w/])", "\\-", words)
    words = " ".join(words.split("\n"))
    return f"\\&{words}" if words.startswith((".", "'")) or not words else words
