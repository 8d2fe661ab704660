"""Who told a story, over time: bars and words in the pane, and the list behind them."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.model import Coverage
from briefing.ui.app import Reader
from briefing.ui.formatting import BARS
from briefing.ui.panes.coverage import voices
from briefing.ui.targets import CoverageList, OtherStory, Passage
from tests.ui.driver import LEAST, MEDIUM, NARROW, WIDE, ReaderDriver, at, reader_on
from tests.ui.edition_stories import CHAPTERED, STORIES
from tests.ui.frozen import NOW
from tests.ui.story_fixture import story_of

ALL = pytest.mark.parametrize("size", [LEAST, NARROW, MEDIUM, WIDE])


def coverage(name: str, hours: float, **repeats: str) -> Coverage:
    """An article so many hours ago."""
    return Coverage(name, name, name, None, NOW - timedelta(hours=hours), **repeats)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("articles", "grouped"),
    [
        ([coverage("a", 3), coverage("b", 1)], {"b": [], "a": []}),
        (
            [coverage("a", 3), coverage("b", 2, copy_of="a"), coverage("c", 1, follows="a")],
            {"a": ["b", "c"]},
        ),
        (  # a copy of a copy
            [coverage("a", 3), coverage("b", 2, copy_of="a"), coverage("c", 1, copy_of="b")],
            {"a": ["b", "c"]},
        ),
        ([coverage("a", 3, follows="gone"), coverage("b", 1)], {"b": [], "a": []}),
        (  # each says that the other was first
            [coverage("a", 3, follows="b"), coverage("b", 1, follows="a")],
            {"b": [], "a": []},
        ),
    ],
)
def test_what_repeats_an_article_is_one_voice_with_it(
    articles: list[Coverage], grouped: Mapping[str, list[str]]
) -> None:
    found = {v.article.article_id: [r.article_id for r in v.repeats] for v in voices(articles)}
    assert list(found.items()) == list(grouped.items())


def row(driver: ReaderDriver) -> str:
    """The row of coverage."""
    view = driver.view("linked")
    return next(i.text.plain for i in view.items if isinstance(i.target, CoverageList))


async def test_the_row_has_bars_and_says_the_same_in_words(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await driver.brief_of(story)
        head, words = row(driver).splitlines()
        assert head.startswith("▸ Coverage 6  ")
        bars = head.split()[-1]
        assert len(bars) == 12
        assert set(bars) <= set(BARS)
        assert (bars[0] > "▁", bars[1:9], bars[-1]) == (True, "▁" * 8, "█")
        assert words == "4 outlets · since Mon 01:02"


async def test_one_article_is_told_of_once(reader: Reader) -> None:
    """Whose it is and when stands over the brief: not as coverage and by bars once more."""
    alone = next(s for s in STORIES if len(s.brief.articles) == 1)
    async with at(reader) as driver:
        await driver.on(alone.id)
        assert row(driver) == "▸ No other coverage"
        origin = driver.view("brief").items[0].text.plain
        assert origin.startswith("1 source · ")
        assert "first" not in origin
        assert alone.brief.first.source in origin


async def entered(driver: ReaderDriver, story: str) -> list[str]:
    """Open the list of coverage; its lines."""
    await driver.brief_of(story)
    driver.edition.go("linked")
    assert driver.view("linked").move_where(lambda t: isinstance(t, CoverageList))
    await driver.press("enter")
    assert driver.screen == "CoverageScreen"
    return [i.text.plain for i in driver.view("coverage").items if i.text.plain]


@ALL
async def test_the_list_says_who_copies_and_who_credits(
    store_path: Path, size: tuple[int, int]
) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path), size) as driver:
        lines = await entered(driver, story)
        assert lines[0] == "6 articles · 4 outlets · since Mon 01:02"
        assert lines[1].startswith("Mon 01:02 ")
        assert lines[1].endswith(" 05:02")
        assert lines[2] == "A copy, or a report that credits another, is one voice with it."
        assert lines[3:] == [
            "▸ Morning Vale\nThe late",
            "▸ Vale Herald\nThe herald",
            "  └ Radio Vale (copy of Vale Herald)\nThe copy",
            "▸ Fell Beacon\nThe beacon",
            "▸ Osterby Gazette (first)\nThe gazette",
            "  └ Evening Post (credits Osterby Gazette)\nThe credit",
        ]
        assert "Coverage" in driver.shown.splitlines()[0]


@ALL
async def test_each_line_leads_to_its_article_and_esc_back(
    store_path: Path, size: tuple[int, int]
) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path), size) as driver:
        await entered(driver, story)
        view = driver.view("coverage")
        for stop in view._stops:
            view.move_to(stop)
            target = view.current
            assert isinstance(target, Passage)
            await driver.press("enter")
            assert driver.screen == "ArticleScreen"
            assert driver.view("article").items[0].text.plain == target.text
            await driver.press("escape")
            assert (driver.screen, view.cursor) == ("CoverageScreen", stop)
        await driver.press("escape")
        assert (driver.screen, driver.focus) == ("EditionScreen", "linked")


async def test_the_mouse_opens_the_list_and_an_article(store_path: Path) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await driver.brief_of(story)
        await driver.pilot.click("#linked", offset=(5, 1))
        await driver.pilot.pause()
        assert driver.screen == "CoverageScreen"
        view = driver.view("coverage")
        line = view._wrapped_items[view._stops[1]].first
        for _ in range(2):
            await driver.pilot.click("#coverage", offset=(5, 1 + line))
            await driver.pilot.pause()
        assert driver.view("article").items[0].text.plain == "The herald"


async def test_the_keys_of_the_list(store_path: Path, opened: list[str]) -> None:
    story = story_of(store_path)
    async with at(reader_on(store_path)) as driver:
        await entered(driver, story)
        assert "enter to the article · esc back · o open page · y copy" in driver.shown
        await driver.press("G", "y", "o")
        url = "https://vale.example/credit"
        assert driver.app.clipboard == f"The credit\n— Evening Post, {url}\n"
        assert opened == [url]


# ── Earlier chapters ─────────────────────────────────────────────────────────────────────────


async def test_the_thread_of_chapters_has_its_dates_and_opens_their_briefs(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.on(CHAPTERED)
        view = driver.view("linked")
        thread = [i for i in view._stops if isinstance(view.items[i].target, OtherStory)]
        lines = [(view.items[i].text.plain, view.items[i].right) for i in thread]
        assert [(line, when.plain if when else "") for line, when in lines] == [
            (f"◂ {c.headline}", f"{c.latest:%-d %b}") for c in driver.story.earlier
        ]
        driver.edition.go("linked")
        for stop, chapter in zip(thread, driver.story.earlier, strict=True):
            view.move_to(stop)
            await driver.press("enter")
            assert driver.story.id == chapter.story_id
            assert str(driver.edition.brief.border_title).startswith("Earlier › ")
            await driver.press("escape")
            assert (driver.story.id, driver.focus) == (CHAPTERED, "linked")
            assert not str(driver.edition.brief.border_title).startswith("Earlier")
            assert view.cursor == stop
