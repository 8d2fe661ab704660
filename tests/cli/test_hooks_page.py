"""docs/hooks.md is true: its hooks are read, its commands print what stands there."""

import re
import shlex
from pathlib import Path

import pytest

from briefing.config import folders, load_settings
from briefing.config.hooks import PLACEHOLDERS
from briefing.hooks.subjects import Subject
from briefing.store import Store
from tests.cli.conftest import Run
from tests.cli.test_commands import configure
from tests.local_programs import script
from tests.store.builders import filled, story_of

PAGE = (Path(__file__).parents[2] / "docs" / "hooks.md").read_text(encoding="utf-8")
_VARIES = re.compile(r"(?<=after )\d+\.\d(?= s)|(?<=given: )[\d,]+(?= bytes)")


def block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_commands_of_the_page_print_what_stands_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    script(tmp_path / "bin" / "keep-note", 'echo "kept: $2"')
    script(tmp_path / "bin" / "wall-display", "echo the display is off >&2; exit 3")
    configure(block("toml"))
    assert [hook.known_as for hook in load_settings().hooks] == ["notes", "wall"]
    with Store.open(folders().data / "briefing.sqlite3") as store:
        story_of(store, *filled(store, 2))
    shown = ""
    for line in block("console").splitlines():
        if line.startswith("$ briefing "):
            ran = run(*shlex.split(line.removeprefix("$ briefing ")))
            said = ran.err.splitlines(keepends=True)
            shown += f"{line}\n{''.join(said[:2])}{ran.out}{''.join(said[2:])}"
    assert _VARIES.sub("N", shown) == _VARIES.sub("N", block("console"))


def test_the_page_names_every_placeholder_and_every_variable() -> None:
    subject = Subject("story", {})
    assert {name for name in PLACEHOLDERS if f"`{{{name}}}`" not in PAGE} == set()
    assert set(subject.words("new")) == set(PLACEHOLDERS)
    variables = subject.environment("a", "new")
    assert {name for name in variables if f"`{name}`" not in PAGE} == set()
