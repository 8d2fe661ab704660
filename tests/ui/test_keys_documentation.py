"""docs/keys.md has the keys of the table in ``keymap.py``, and those of its presets.

Where a key has changed, run this file (``python -m tests.ui.test_keys_documentation``): it writes
the tables anew.
"""

from collections.abc import Mapping
from pathlib import Path

from briefing.ui.keymap import ACTIONS, PRESET, Action, keymap, preset_names, where_it_works
from briefing.ui.keynames import shown

PAGE = Path(__file__).resolve().parents[2] / "docs" / "keys.md"
BEGIN, END = "<!-- keys -->\n", "<!-- /keys -->"
_ANYWHERE = "elsewhere"


def _tables() -> str:
    presets = {name: keymap({PRESET: name}).keys for name in preset_names()}
    lines: list[str] = []
    for group in dict.fromkeys(action.group for action in ACTIONS):
        lines += [f"### {group}", ""]
        lines += [f"| keys | {' | '.join(presets)} | what they do | where | action |"]
        lines += [f"|{'---|' * (4 + len(presets))}"]
        lines += [_row(action, presets) for action in ACTIONS if action.group == group]
        lines.append("")
    return "\n".join(lines)


def _row(action: Action, presets: Mapping[str, Mapping[str, tuple[str, ...]]]) -> str:
    default = tuple(action.keys.split(","))
    others = [
        "" if {*keys[action.id]} == {*default} else _keys(keys[action.id])
        for keys in presets.values()
    ]
    where = where_it_works(action)
    where = "everywhere" if where == _ANYWHERE else where
    cells = [_keys(default), *others, action.help, where, f"`{action.id}`"]
    return f"| {' | '.join(cells)} |"


def _keys(keys: tuple[str, ...]) -> str:
    return ", ".join(f"`{shown(key)}`" for key in keys) or "none"


def _with_tables(text: str) -> str:
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{_tables()}\n{END}{rest.partition(END)[2]}"


def test_the_keys_of_the_page_are_those_of_the_reader() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == _with_tables(text), "python -m tests.ui.test_keys_documentation"


def test_the_page_names_every_action_and_each_key_of_each() -> None:
    _, _, listed = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    rows = [line for line in listed.splitlines() if line.startswith("| `")]
    assert len(rows) == len(ACTIONS)
    for action in ACTIONS:
        (row,) = (row for row in rows if row.endswith(f"| `{action.id}` |"))
        assert all(f"`{shown(key)}`" in row for key in action.keys.split(","))


if __name__ == "__main__":
    PAGE.write_text(_with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
