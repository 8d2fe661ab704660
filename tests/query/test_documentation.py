"""docs/query-language.md says what the language is: its tables are those of ``fields.py``.

Where a field has changed, run this file (``python -m tests.query.test_documentation``): it writes
the tables anew.
"""

import re
from pathlib import Path

import pytest

from briefing.config import Settings, load_settings
from briefing.query import ALIASES, FIELDS, explained, parse_query
from briefing.query.fields import VALUE_ALIASES
from briefing.query.parse import DEEPEST, MOST_CHARACTERS, MOST_TERMS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "query-language.md"


def _tables() -> dict[str, str]:
    fields = ["| field | takes | compares | e.g. |", "|---|---|---|---|"]
    for field in FIELDS.values():
        example = field.example if ":" in field.example else f"{field.name}:{field.example}"
        compares = "yes" if field.compared else ""
        fields.append(f"| `{field.name}:` | {field.takes} | {compares} | `{example}` |")
    aliases = ["| written | read as |", "|---|---|"]
    for name in FIELDS:
        own = [f"`{alias}:`" for alias, field in ALIASES.items() if field == name]
        aliases += [f"| {', '.join(own)} | `{name}:` |"] if own else []
    for (name, value), read in VALUE_ALIASES.items():
        aliases.append(f"| `{name}:{value}` | `{name}:{read}` |")
    return {"fields": "\n".join(fields), "aliases": "\n".join(aliases)}


def _with_tables(text: str) -> str:
    for name, table in _tables().items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}{table}\n{end}{rest.partition(end)[2]}"
    return text


def _blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


QUERIES = [
    re.split(r"\s{2,}# ", line)[0].strip()
    for block in _blocks("query")
    for line in block.splitlines()
]


def test_the_tables_are_those_of_the_language() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == _with_tables(text)


@pytest.mark.parametrize("query", QUERIES)
def test_each_example_is_a_query(query: str) -> None:
    assert explained(parse_query(query))


def test_there_are_examples() -> None:
    assert len(QUERIES) > 8


def test_what_a_command_is_said_to_print_it_prints(capfd: pytest.CaptureFixture[str]) -> None:
    from briefing.__main__ import main

    shown = [block.splitlines() for block in _blocks("console")]
    assert len(shown) == 2
    for command, *lines in shown:
        words = re.findall(r"'([^']*)'|(\S+)", command.removeprefix("$ briefing "))
        main([quoted or plain for quoted, plain in words])
        out, err = capfd.readouterr()
        assert (out + err).splitlines() == lines


def test_the_snippet_pastes_into_the_configuration(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("".join(_blocks("toml")), encoding="utf-8")
    assert load_settings(path).searches != Settings().searches


def test_the_bounds_are_those_that_are_held() -> None:
    words = f"{MOST_CHARACTERS:,} characters, {MOST_TERMS} parts and {DEEPEST} brackets"
    assert words in PAGE.read_text(encoding="utf-8")


if __name__ == "__main__":
    PAGE.write_text(_with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
