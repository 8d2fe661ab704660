"""The table of docs/hostile-input.md: each line of the checklist has tests where it says."""

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES = range(1, 33)
OPEN = {31}  # ``serve`` is not there yet
_TEST = re.compile(r"def test_hostile_(\d\d)_")
_ROW = re.compile(r"^\| (\d+) \| .* \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)


def test_each_line_of_the_checklist_names_the_files_of_its_tests() -> None:
    files: dict[int, set[str]] = defaultdict(set)
    for file in ROOT.glob("tests/**/test_*.py"):
        for number in _TEST.findall(file.read_text(encoding="utf-8")):
            files[int(number)].add(str(file.relative_to(ROOT)))
    table = (ROOT / "docs" / "hostile-input.md").read_text(encoding="utf-8")
    named = {int(n): set(re.findall(r"`(tests/[^`]+)`", cell)) for n, cell in _ROW.findall(table)}
    assert set(named) == set(LINES)
    assert {n: found for n, found in named.items() if found} == files
    assert set(files) == set(LINES) - OPEN
