"""docs/rules.md is true: its rules are read, its commands print what stands there."""

import re
from pathlib import Path

import pytest

from briefing.config import load_settings
from briefing.editions.rules import try_rule
from briefing.model.rules import ACTIONS_TAKEN
from briefing.store import Store
from briefing.ui.keymap import ACTIONS
from tests.cli.conftest import Run
from tests.cli.test_commands import configure
from tests.cli.test_rules import path
from tests.store.builders import NOW, ago

__all__ = ["path"]
PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def test_the_rules_of_the_page_are_read_and_do_what_they_say(path: Path) -> None:
    (text,) = blocks("toml")
    configure(text)
    rules = load_settings().reading_rules
    assert [rule.name for rule in rules] == re.findall(r'^name = "(.*)"$', text, re.MULTILINE)
    assert [rule.keep for rule in rules] == [False, False, False, True]
    with Store.open(path) as store:
        found = {rule.name: try_rule(store, rule, ago(99), NOW).caught for rule in rules}
    assert found["no horoscopes"]
    assert not found["the harbour"]


def test_the_page_names_every_action_and_every_key() -> None:
    named = set(re.findall(r"`(\w+)(?::\w+)?`", PAGE.split("| in `do`")[1].split("\n\n")[0]))
    assert named == {each.partition(":")[0].strip() for each in ACTIONS_TAKEN.split(",")}
    table = PAGE.split("| key |")[1].split("\n\n")[0]
    keys = {a.keys for a in ACTIONS if a.id in ("tags", "later", "note", "hide-outlet", "undo")}
    assert set(re.findall(r"^\| `(.)` \|", table, re.MULTILINE)) == keys


@pytest.mark.parametrize("block", blocks("console"), ids=lambda b: b.split("\n", 1)[0][2:30])
def test_the_commands_of_the_page_print_what_stands_there(block: str, path: Path, run: Run) -> None:
    assert path
    configure('[[rules]]\nname = "a"\nwhen = "titel:horoscope"\ndo = ["mute"]\n')
    command, _, said = block.partition("\n")
    words = re.findall(r"'([^']*)'|(\S+)", command.removeprefix("$ briefing "))
    argv = [quoted or plain for quoted, plain in words]
    if argv[0] == "rules":
        configure("")
    ran = run(*argv)
    shown = re.sub(r"\S*/config\.toml", "config.toml", ran.out + ran.err)
    assert shown == said
