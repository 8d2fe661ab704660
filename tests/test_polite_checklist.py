"""The table of docs/polite-fetching.md: each line of the checklist has a test, and names it."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES = 34
_TEST = re.compile(r"def (test_polite_((?:\d\d_)+)\w*)\(")
_ROW = re.compile(r"^\| (\d+) \| [^|]+ \| ([^|]+) \| (\w[^|]*) \|$", re.MULTILINE)


def _tests() -> set[tuple[int, str]]:
    """Every test of the checklist with its numbers."""
    found = set()
    for file in ROOT.glob("tests/**/test_*.py"):
        for name, numbers in _TEST.findall(file.read_text(encoding="utf-8")):
            found |= {(int(number), name) for number in numbers.strip("_").split("_")}
    return found


def test_each_line_of_the_checklist_has_its_tests_in_the_table() -> None:
    table = (ROOT / "docs" / "polite-fetching.md").read_text(encoding="utf-8")
    rows = _ROW.findall(table)
    assert [int(number) for number, _, _ in rows] == list(range(1, LINES + 1))
    named = {(int(n), name) for n, cell, _ in rows for name in re.findall(r"`(\w+)`", cell)}
    assert named == _tests()
    assert {number for number, _ in named} == set(range(1, LINES + 1))
