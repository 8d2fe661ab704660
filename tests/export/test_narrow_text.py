"""Text for ears and fingers: words in place of signs, short lines, nothing drawn, no columns."""

from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.export import ExportOptions, exporter_named
from briefing.export.wrap import cells
from tests.export.samples import edition, story

DRAWN = {*map(chr, range(0x2500, 0x2600))}  # box drawing, blocks, geometric shapes
SIGNS = set("≠→↻▶↓·•²³¹")


def narrow(title: str = "Harbour bridge closed to lorries", width: int = 40) -> list[str]:
    sheet = edition(story(1, title), story(2, "Dairy price cap passed"), above=1, all_stories=5)
    options = ExportOptions(width=width, zone=UTC, narrow=True)
    return exporter_named("text").render_edition(sheet, options).decode().splitlines()


def test_a_story_is_told_line_by_line() -> None:
    assert narrow() == [
        "Briefing, Tue 5 May 2026, 07:02",
        "5 stories, 4 articles, 2 sources, since",
        "Mon 4 May 2026, 07:02",
        "",
        "Story 1 of 1: Harbour bridge closed to",
        "lorries",
        "2 sources; first in your feeds: Coast",
        "Courier, Mon 4 May 2026, 16:02",
        "- The port authority closed the bridge",
        "  to lorries.",
        "- [The port authority] said 44 t is the",
        "  limit.",
        "- Limitation: Buses may still cross.",
        "  (Harbour Post)",
        "Figures:",
        "- 44 t (outlets differ) weight limit",
        "People:",
        "- Ada Brun, port director",
        "Outlets differ:",
        "- weight limit: 44 t (Coast Courier) but",
        "  40 t (Harbour Post)",
        "Since you last looked:",
        "- 1 more source: Harbour Post",
        "Earlier:",
        "- Cracks found, Sun 26 Apr 2026",
        "See also:",
        "- Report",
        "  https://port.example/report",
        "Sources:",
        "- Harbour bridge closed to lorries",
        "  (Coast Courier; Mon 4 May 2026, 16:02)",
        "  https://coast.example/bridge",
        "- Lorries out (Harbour Post; Tue 5 May",
        "  2026, 07:02; summary only)",
        "  https://harbour.example/1",
        "",
        "Below the line:",
        "",
        "- Dairy price cap passed (2 sources)",
        "",
        "3 more stories are not shown here. You",
        "are up to date.",
    ]


@given(st.text(st.characters(exclude_categories=["C"]), max_size=80), st.integers(20, 80))
def test_hostile_28_no_line_is_longer_than_asked_nor_deeper_than_two(
    title: str, width: int
) -> None:
    for line in narrow(title, width):
        assert cells(line) <= width
        assert len(line) - len(line.lstrip(" ")) <= 2


def test_an_address_longer_than_a_line_is_told_whole() -> None:
    told = story()
    first, *others = told.brief.articles
    url = "https://coast.example/2026/05/04/the-harbour-bridge-is-closed-to-lorries"
    articles = (replace(first, url=url), *others)
    sheet = edition(replace(told, brief=replace(told.brief, articles=articles)))
    options = ExportOptions(width=20, zone=UTC, narrow=True)
    lines = exporter_named("text").render_edition(sheet, options).decode().splitlines()
    assert url in "".join(line.strip() for line in lines)


@pytest.mark.parametrize("is_narrow", [False, True])
def test_no_line_of_text_is_drawn_and_none_ends_in_blanks(is_narrow: bool) -> None:
    sheet = edition(story(1), story(2, "Dairy price cap passed"), above=1)
    options = ExportOptions(80, UTC, sections=True, narrow=is_narrow)
    printed = exporter_named("text").render_edition(sheet, options).decode()
    assert not set(printed) & DRAWN
    assert not set(printed) & (SIGNS if is_narrow else set("≠→↻"))
    assert all(line == line.rstrip() for line in printed.split("\n"))
    assert printed.endswith("\n")
    assert not printed.endswith("\n\n")
    assert "\r" not in printed
