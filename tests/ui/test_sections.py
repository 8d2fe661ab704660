"""Saved searches are sections of the list of stories, below its line."""

from pathlib import Path

import pytest

from briefing.config import SearchSettings, Settings
from briefing.model import ReadState
from briefing.store import Store
from tests.ui.driver import LEAST, WIDE, ReaderDriver, at, reader_on

OPINION = SearchSettings("Views", "is:opinion", section=True)
SEPSIS = SearchSettings("Blood", "sepsis", section=True)  # stands above the line
PIPE = SearchSettings("Pipes", "pipe OR is:opinion", section=True)
EXPLODES = SearchSettings("Slow", r"/(a|aa)+$/", section=True)


def dividers(driver: ReaderDriver) -> list[str]:
    return [divider.text for _, divider in sorted(driver.edition.stories.dividers.items())]


@pytest.mark.parametrize("size", [LEAST, WIDE])
async def test_the_stories_of_a_search_stand_under_its_name_below_the_line(
    sample: Path, size: tuple[int, int]
) -> None:
    settings = Settings(searches=(OPINION, SEPSIS, PIPE))
    async with at(reader_on(sample), size) as driver:
        plain = [row.id for row in driver.edition.stories.rows]
        (line,) = dividers(driver)
    async with at(reader_on(sample, settings), size) as driver:
        stories = driver.edition.stories
        await driver.until(lambda: len(stories.dividers) == 3, "the sections")
        assert dividers(driver)[0].endswith(" minutes end · Views · 1")
        assert dividers(driver)[1] == "Pipes · 1"
        assert dividers(driver)[2].endswith(" more")
        above = driver.edition.counts.above  # type: ignore[union-attr]
        rows = [row.id for row in stories.rows]
        assert rows[:above] == plain[:above]
        assert sorted(rows) == sorted(plain)
        assert stories.rows[above].opinion
        assert "pipe" in stories.rows[above + 1].headline
        assert line.startswith(dividers(driver)[0].split(" · ")[0])


async def test_n_walks_the_sections_in_the_order_of_the_list(sample: Path) -> None:
    async with at(reader_on(sample, Settings(searches=(OPINION,)))) as driver:
        stories = driver.edition.stories
        await driver.until(lambda: len(stories.dividers) == 2, "the section")
        walked: list[str] = []
        for _ in range(2 * len(stories.rows)):
            if not walked or walked[-1] != driver.row.id:
                walked.append(driver.row.id)
                with Store.open(sample) as store:
                    store.mark_read([driver.row.id], driver.app.session.clock())
                driver.edition.change_row(driver.row.id, state=ReadState.READ)
            await driver.press("n")
        assert walked == [row.id for row in stories.rows]


async def test_a_story_that_is_marked_keeps_its_place_and_shows_its_mark(sample: Path) -> None:
    async with at(reader_on(sample, Settings(searches=(OPINION,)))) as driver:
        stories = driver.edition.stories
        await driver.until(lambda: len(stories.dividers) == 2, "the section")
        above = driver.edition.counts.above  # type: ignore[union-attr]
        stories.move_to(above)
        await driver.press("m", "u")
        await driver.until(lambda: "taken back" in driver.status, "the undo")
        await driver.press("s", "A")
        await driver.until(lambda: "read" in driver.status, "the marks")
        row = stories.rows[above]
        assert row.opinion
        assert row.starred
        assert row.state is ReadState.READ


async def test_no_story_is_left_out_where_sections_fill_the_first_page(sample: Path) -> None:
    async with at(reader_on(sample)) as driver:
        plain = [row.id for row in driver.edition.stories.rows]
    async with at(reader_on(sample, Settings(searches=(OPINION,)))) as driver:
        await driver.until(lambda: len(driver.edition.stories.dividers) == 2, "the section")
        limit = driver.edition.counts.above + 1  # type: ignore[union-attr]
        pages = [driver.edition.load_rows(None, limit)]
        while page := driver.edition.load_rows(pages[-1][-1], limit):
            pages.append(page)
        assert pages[0][limit - 1].opinion
        assert sorted(row.id for page in pages for row in page) == sorted(plain)


async def test_a_search_that_takes_too_long_is_no_section_and_hides_nothing(sample: Path) -> None:
    with Store.open(sample) as store:
        rows = len(store.edition_rows(reader_on(sample).session.window, limit=100))
    async with at(reader_on(sample, Settings(searches=(EXPLODES, OPINION)))) as driver:
        stories = driver.edition.stories
        await driver.until(lambda: len(stories.dividers) == 2, "the section")
        assert len(stories.rows) == rows


async def test_without_sections_the_list_is_as_it_was(sample: Path) -> None:
    shelf = SearchSettings("Views", "is:opinion")
    async with at(reader_on(sample, Settings(searches=(shelf,)))) as driver:
        (line,) = dividers(driver)
        assert line.endswith(" more")
        assert driver.edition._sections == ()
