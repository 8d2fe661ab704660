"""Every list, as one JSON object and as an object a line: the same items, each with its id."""

from pathlib import Path

import pytest

from briefing.cli.options import LIST_FORMATS
from briefing.cli.parser import whole_parser
from briefing.config import folders
from briefing.store import Store
from tests.cli.conftest import Run
from tests.cli.test_commands import configure
from tests.cli.test_completion import parsers
from tests.store.builders import NOW, filled, story_of

LISTS = {
    "feeds list": "feeds",
    "search": "results",
    "rules list": "rules",
    "rules test": "rules",
    "hooks list": "hooks",
    "themes list": "themes",
    "keys": "keys",
    "feeds check": "feeds",
}
"""Every command that gives a list, with the name that it has in JSON."""
ASKED = {"search": ("bridge",), "rules test": ("--since", "2026-05-01")}


@pytest.fixture(autouse=True)
def users_things() -> Path:
    """Two feeds with articles, rules, hooks."""
    path = folders().data / "briefing.sqlite3"
    with Store.open(path) as store:
        story_of(store, *filled(store, 3))
        filled(store, 1, feed_url="https://other.example/feed")
        store.begin_visit(NOW)
    configure(
        '[[rules]]\nname = "a"\nwhen = "bridge"\ndo = ["star"]\n'
        '[[rules]]\nname = "b"\nwhen = "port"\ndo = ["hook:tee"]\n'
        '[[hooks]]\nrun = ["tee"]\n[[hooks]]\nrun = ["cat"]\non = "star"\n'
    )
    return path


@pytest.mark.parametrize("command", [name for name in LISTS if name != "feeds check"])
def test_a_list_gives_the_same_items_in_both_forms_each_with_its_id(command: str, run: Run) -> None:
    asked = (*command.split(), *ASKED.get(command, ()))
    whole = run(*asked, "--format", "json")
    lines = run(*asked, "--format", "jsonl")
    assert (whole.code, lines.code) == (0, 0)
    items = whole.json[LISTS[command]]
    assert whole.json["version"] == 1
    assert len(items) > 1
    assert lines.lines == items
    ids = [item["id"] for item in items]
    assert all(isinstance(each, str) and each for each in ids)
    assert len(set(ids)) == len(ids)
    assert [each["id"] for each in run(*asked, "--format", "jsonl").lines] == ids


def test_an_empty_list_has_no_line(run: Run) -> None:
    configure("")
    for command in ("hooks list", "rules list"):
        assert run(*command.split(), "--format", "jsonl").out == ""


def test_every_list_takes_the_same_formats_and_no_list_is_forgotten() -> None:
    found = set()
    for parser in parsers(whole_parser()):
        for action in parser._actions:
            if action.dest == "format" and tuple(action.choices or ()) == LIST_FORMATS:
                found.add(parser.prog.removeprefix("briefing "))
    assert found == set(LISTS)
