"""Odd surroundings: no home, no locale, a terminal that can do little, none at all."""

import os
import subprocess
import sys

import pytest

from briefing.config import folders
from briefing.store import Store
from tests.cli.ran import Ran
from tests.store.builders import filled

SURROUNDINGS = {
    "a locale without letters": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "an output in ASCII": {"PYTHONIOENCODING": "ascii"},
    "an output in Latin-1": {"PYTHONIOENCODING": "latin-1"},
    "a terminal that can do nothing": {"TERM": "dumb"},
    "no terminal": {"TERM": ""},
    "no columns": {"COLUMNS": "0", "LINES": "0"},
    "columns that are none": {"COLUMNS": "many", "LINES": "-3"},
}


def told(*argv: str, changed: dict[str, str | None]) -> Ran:
    """A command in these surroundings; None: a variable that is not set."""
    given = {**os.environ, **changed}
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *argv],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={name: value for name, value in given.items() if value is not None},
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("latin-1"), done.stderr.decode("latin-1"))


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_hostile_28_odd_surroundings_change_no_answer(name: str) -> None:
    with Store.open(folders().data / "briefing.sqlite3") as store:
        filled(store, 1)
        store.edit_feed(store.feeds()[0].id, title="Курьер “Küste” 海岸 🚢")
    listed = told("feeds", "list", changed=dict(SURROUNDINGS[name]))
    assert (listed.code, listed.err) == (0, "")
    assert "https://courier.example/feed" in listed.out


@pytest.mark.parametrize(
    "changed",
    [
        {"HOME": None},
        {"HOME": ""},
        {"HOME": "no/root"},
        {"XDG_DATA_HOME": "relative", "XDG_CONFIG_HOME": ""},
        {"XDG_DATA_HOME": "/dev/null/x"},
    ],
    ids=str,
)
def test_hostile_28_a_home_that_is_none_is_no_crash(changed: dict[str, str | None]) -> None:
    listed = told("feeds", "list", changed={"BRIEFING_HOME": None, **changed})
    assert listed.code == 0
    assert listed.err.startswith("No feeds yet.")


def test_hostile_28_a_store_that_has_no_place_is_told_in_a_line() -> None:
    changed: dict[str, str | None] = {"BRIEFING_HOME": "/dev/null/x"}
    done = told("refresh", changed=changed)
    (line,) = done.err.splitlines()
    assert line.startswith("briefing: /dev/null/x/")
    assert "Check that you may read and write there" in line
    assert done.code == 3


def test_hostile_28_the_reader_says_that_it_needs_a_terminal() -> None:
    done = told(changed={"TERM": "dumb"})
    (line,) = done.err.splitlines()
    assert "the reader needs a terminal" in line
    assert done.code == 3
