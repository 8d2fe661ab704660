"""The documentation is true of the code: names, files and links."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "benchmarks" / "README.md"])
_ROW = re.compile(r"^\| [^|]+ \| [^|]+ \| `(?P<name>\w+)` \| `(?P<file>[\w/.]+)` \|$", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
_FILE = re.compile(r"`((?:briefing|tests|tools|benchmarks|docs|themes)/[\w/.-]+\.\w+)`")


def test_each_word_of_the_glossary_lives_where_it_says() -> None:
    rows = list(_ROW.finditer((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")))
    assert len(rows) > 40
    for row in rows:
        name, file = row["name"], ROOT / "briefing" / row["file"]
        defined = rf"^(?:class|def|async def) {name}\b|^{name}\b(?::[^=]+)? = "
        assert re.search(defined, file.read_text(encoding="utf-8"), re.MULTILINE), row.group()


def test_no_word_of_the_glossary_stands_there_twice() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"^\| ([^|]+) \| [^|]+ \| `", text, re.MULTILINE)
    assert len(words) == len(set(words))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_links_to_and_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [page.parent / link.strip() for link in _LINK.findall(text)]
    files = [ROOT / file for file in _FILE.findall(text)]
    assert [path for path in (*links, *files) if not path.exists()] == []
