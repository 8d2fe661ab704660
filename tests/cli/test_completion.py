"""Completion for three shells: made from the parser, held current, and tried in a real bash.

Where a command or an option has changed, run this file (``python -m tests.cli.test_completion``,
with shtab): it writes the files anew.
"""

import argparse
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from briefing.cli.commands.completion import FOLDER, SHELLS
from briefing.cli.parser import COMMANDS, whole_parser
from tests.cli.conftest import Run

HAS_SHTAB = find_spec("shtab") is not None


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and all below it that are shown."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for listed in action._choices_actions:
                yield from parsers(action.choices[listed.dest])


def made(shell: str) -> str:
    """The file of a shell as it is to be."""
    import shtab  # type: ignore[import-not-found, unused-ignore]

    top = whole_parser()
    for parser in parsers(top):
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                shown = {listed.dest for listed in action._choices_actions}
                for name in [name for name in action.choices if name not in shown]:
                    del action.choices[name]
            elif isinstance(action.metavar, str) and "FILE" in action.metavar:
                action.complete = shtab.FILE  # type: ignore[attr-defined]
    text: str = shtab.complete(top, shell)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def path(shell: str) -> Path:
    return FOLDER / f"briefing.{shell}"


@pytest.mark.skipif(not HAS_SHTAB, reason="shtab is not installed")
@pytest.mark.parametrize("shell", SHELLS)
def test_the_files_are_as_the_parser_is(shell: str) -> None:
    is_current = path(shell).read_text(encoding="utf-8") == made(shell)
    assert is_current, "python -m tests.cli.test_completion"


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_every_option_stands_in_each_file(shell: str) -> None:
    text = path(shell).read_text(encoding="utf-8")
    for parser in parsers(whole_parser()):
        for action in parser._actions:
            for name in () if action.help == argparse.SUPPRESS else action.option_strings:
                dashless = name.lstrip("-") if shell == "fish" else name
                assert dashless in text, (parser.prog, name, "python -m tests.cli.test_completion")
    assert [name for name in COMMANDS if name not in text] == []


@pytest.mark.parametrize("shell", SHELLS)
def test_the_command_prints_the_file(shell: str, run: Run) -> None:
    assert run("completion", shell).out == path(shell).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("briefing sea", {"search"}),
        ("briefing feeds ", {"list", "add", "import", "export"}),
        ("briefing schedule in", {"install"}),
        ("briefing print --form", {"--format"}),
        ("briefing print --format ", {"text", "markdown", "html", "json"}),
        ("briefing completion ", set(SHELLS)),
        ("briefing hooks ", {"list", "test"}),
    ],
)
def test_a_real_bash_completes_what_was_typed(typed: str, offered: set[str]) -> None:
    words = typed.split(" ")
    script = (
        f"source '{path('bash')}'\n"
        f"COMP_WORDS=({' '.join(repr(word) for word in words)}); COMP_CWORD={len(words) - 1}\n"
        f"COMP_LINE='{typed}'; COMP_POINT={len(typed)}\n"
        "function=$(complete -p briefing | sed 's/.*-F \\([^ ]*\\).*/\\1/')\n"
        '"$function" briefing "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"\n'
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    found = {word.strip() for word in done.stdout.splitlines()}
    assert offered <= found, done.stderr
    assert "run" not in found
    assert not done.stderr


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in SHELLS:
        path(each).write_text(made(each), encoding="utf-8")
