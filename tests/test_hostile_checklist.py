"""The table of docs/hostile-input.md: each line of the checklist has tests, and names them."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES = range(1, 33)
OPEN = set[int]()
_TEST = re.compile(r"^(?:async )?def (test_hostile_(\d\d)_\w+)\(", re.MULTILINE)
_ROW = re.compile(r"^\| (\d+) \| [^|]+ \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def _tests() -> list[tuple[int, str]]:
    """Every test of the checklist with its number."""
    files = ROOT.glob("tests/**/test_*.py")
    found = (_TEST.findall(file.read_text(encoding="utf-8")) for file in files)
    return [(int(number), name) for tests in found for name, number in tests]


def _rows() -> list[tuple[int, set[str], str]]:
    """Each line of the table: its number, the tests it names, its result."""
    table = (ROOT / "docs" / "hostile-input.md").read_text(encoding="utf-8")
    return [
        (int(n), set(re.findall(r"`(\w+)`", cell)), how) for n, cell, how in _ROW.findall(table)
    ]


def test_each_line_of_the_checklist_names_all_its_tests_and_no_other() -> None:
    assert [number for number, _, _ in _rows()] == list(LINES)
    named = {(number, name) for number, names, _ in _rows() for name in names}
    assert named == set(_tests())
    assert {number for number, _ in named} == set(LINES) - OPEN


def test_a_name_in_the_table_leads_to_one_test() -> None:
    assert [name for (_, name), count in Counter(_tests()).items() if count > 1] == []


def test_what_holds_has_tests_and_what_is_open_none() -> None:
    assert {number for number, names, how in _rows() if how == "open" and not names} == OPEN
    assert {how for number, _, how in _rows() if number not in OPEN} == {"held"}
