"""What the documents tell people to type is understood, and where their links lead there is
something to read."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.cli.parser import COMMANDS, parse
from briefing.model import UsageError

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")))
_BLOCK = re.compile(r"^ *```(?:console|sh|)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"(?<=\n\n)(?: {4}\S.*\n?)+")
_INLINE = re.compile(r"`(briefing [^`\n]+)`")
_GRAMMAR = re.compile(r"[\[\]|…]")  # the spelling of alternatives, not something to type
_LINK = re.compile(r"\]\((?!https?:)([^)#]*)#([^)]+)\)")


def _typed(text: str) -> Iterator[str]:
    """The commands of a page's blocks."""
    for block in (*_BLOCK.findall(text), *_INDENTED.findall(text)):
        for line in block.splitlines():
            for part in re.split(r"&&|\|", line.strip().removeprefix("$ ").partition("  #")[0]):
                found = re.search(r"(?:^|/|\* {2})(briefing(?: .*)?)$", part.strip())
                if found:
                    yield found[1]


def _named(text: str) -> Iterator[str]:
    """The commands that a sentence of a page names, with or without what they are asked."""
    yield from (line for line in _INLINE.findall(text) if not _GRAMMAR.search(line))


LINES = [
    pytest.param(line, find is _typed, id=f"{page.name}: {line}")
    for page in PAGES
    for find in (_typed, _named)
    for line in dict.fromkeys(find(page.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize(("line", "whole"), LINES)
def test_what_a_page_tells_to_type_is_understood(line: str, whole: bool) -> None:
    wrong = ""
    try:
        parse(shlex.split(line)[1:])
    except SystemExit as end:  # --help and --version
        wrong = f"exit code {end.code}" if end.code else ""
    except UsageError as error:
        wrong = error.what
    lacks = re.search("required: |expected (one|at least one) argument", wrong)
    assert not wrong or (lacks and not whole), wrong


def test_the_pages_show_every_command() -> None:
    shown = {
        word
        for page in PAGES
        for word in re.findall(r"`?briefing ([a-z]+)", page.read_text("utf-8"))
    }
    assert {*COMMANDS} <= shown


def _anchors(page: Path) -> set[str]:
    """The names of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_into_a_page_leads_to_a_heading(page: Path) -> None:
    for name, anchor in _LINK.findall(page.read_text(encoding="utf-8")):
        there = page.parent / name if name else page
        assert anchor in _anchors(there), f"{name}#{anchor}"
