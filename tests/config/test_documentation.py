"""docs/configuration.md has the settings as they are checked; what the docs show can be pasted.

Where a setting has changed, run this file (``python -m tests.config.test_documentation``): it
writes the table anew.
"""

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import get_origin

import pytest

from briefing.config import (
    Settings,
    config_faults,
    documented_defaults,
    load_settings,
    write_defaults,
)
from briefing.config.described import listed, takes, toml_value
from briefing.model import ConfigError

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "configuration.md"
BEGIN, END = "<!-- settings -->\n", "<!-- /settings -->"
_TOML = re.compile(r"^```toml\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _rows(cls: type = Settings, above: str = "") -> Iterator[tuple[str, str, str, str]]:
    """All settings in the order of the schema: the key as errors name it, what it takes, its
    default as TOML writes it, what it is for. Those of a list's tables: ``rules[].name``."""
    later: list[tuple[type, str]] = []
    for setting in fields(cls):
        key, doc = above + setting.name, setting.metadata["doc"]
        if isinstance(setting.type, type) and is_dataclass(setting.type):
            later.append((setting.type, key + "."))
        elif (each := listed(setting)) is not None:
            yield f"[[{key}]]", "tables", "", doc
            later.append((each, key + "[]."))
        elif get_origin(setting.type) is not None and get_origin(setting.type) is not tuple:
            yield f"[{key}]", takes(setting), "", doc
        else:
            given = setting.default is not MISSING
            yield key, takes(setting), toml_value(setting.default) if given else "needed", doc
    for kind, name in later:
        yield from _rows(kind, name)


def _table() -> str:
    lines = ["| setting | takes | default | what it is for |", "|---|---|---|---|"]
    for key, taken, default, doc in _rows():
        cells = (f"`{key}`", taken, f"`{default}`" if default else "", doc)
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(lines)


def _with_table(text: str) -> str:
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}{_table()}\n{END}{rest.partition(END)[2]}"


SNIPPETS = [
    pytest.param(snippet, id=f"{page.name}-{number}")
    for page in (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")))
    if page.name != "themes.md"  # these are themes
    for number, snippet in enumerate(_TOML.findall(page.read_text(encoding="utf-8")), 1)
]


def test_the_table_of_settings_is_that_of_the_schema() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == _with_table(text), "python -m tests.config.test_documentation"


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_a_snippet_of_the_docs_can_be_pasted_below_what_init_writes(
    snippet: str, tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    write_defaults(path)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{snippet}")
    assert config_faults(path) == ()
    assert load_settings(path) != Settings()


def test_each_line_of_the_documented_file_holds_by_itself(tmp_path: Path) -> None:
    text, path = documented_defaults(), tmp_path / "config.toml"
    keys = [key for key, *_ in _rows() if not key.startswith("[") and "[]" not in key]
    for key in keys:
        live = re.sub(rf"^# (?={re.escape(key)} = )", "", text, count=1, flags=re.MULTILINE)
        assert live != text, key
        path.write_text(live, encoding="utf-8")
        assert load_settings(path) == Settings(), key


def test_a_table_pasted_below_a_line_that_was_taken_up_is_told_how_to_be_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "config.toml"
    live = documented_defaults().replace("# edition.hours = 24", "edition.hours = 48")
    path.write_text(f"{live}\n[edition]\nminutes = 9\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"\[edition\] stands here") as caught:
        load_settings(path)
    assert caught.value.mend.startswith("It is set by edition.hours already")


if __name__ == "__main__":
    PAGE.write_text(_with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
