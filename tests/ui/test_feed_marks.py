"""Marks in the Feeds view and the search: read, all read, older and newer, undo, next unread."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.strip import Strip

from briefing.model import ArticleFilter
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.panes.feed_lines import ALL_ARTICLES
from briefing.ui.targets import ArticleSource
from briefing.ui.widgets.wrapped_list import Item as WrappedItem
from briefing.ui.widgets.wrapped_list import WrappedList
from tests.fake_web import Item, Newsroom, rss
from tests.store.builders import NOW, entry
from tests.ui.driver import LEAST, WIDE, ReaderDriver, at, reader_on
from tests.ui.test_managing_feeds import on_feed


def unread(driver: ReaderDriver, **chosen: str) -> set[str]:
    """The unread articles as the store has them."""
    with driver.kept() as store:
        found = ArticleFilter(read=False, **chosen)  # type: ignore[arg-type]
        return {row.id for row in store.article_rows(found, None, 10_000)}


def shown_unread(driver: ReaderDriver) -> str:
    """The count of the header."""
    return driver.app.screen.query_one("#head").words[1].split(" ·")[0]  # type: ignore[attr-defined, no-any-return]


async def in_articles(driver: ReaderDriver) -> None:
    await driver.press("f", "tab")
    assert driver.focus == "articles"


async def test_m_marks_an_article_and_takes_it_back_and_so_does_u(reader: Reader) -> None:
    async with at(reader) as driver:
        await in_articles(driver)
        row, before = driver.article, unread(driver)
        assert shown_unread(driver) == f"{len(before)} unread"
        await driver.press("m")
        assert driver.article.read
        assert unread(driver) == before - {row.id}
        assert shown_unread(driver) == f"{len(before) - 1} unread"
        await driver.press("m")
        assert unread(driver) == before
        await driver.press("u")
        await driver.until(lambda: driver.article.read, "the undo of the undo")
        await driver.press("u")
        await driver.until(lambda: not driver.article.read, "the undo")
        assert unread(driver) == before
        assert shown_unread(driver) == f"{len(before)} unread"


async def test_a_marks_the_whole_list_and_nothing_else(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("f")
        feed = next(r for r in driver.app.session.feed_rows() if r.unread > 1).feed
        await on_feed(driver, feed.display_name)
        before, of_feed = unread(driver), unread(driver, feed_id=feed.id)
        await driver.press("A")
        await driver.until(lambda: unread(driver) == before - of_feed, "the marks")
        assert all(row.read for row in driver.rows().rows)
        await driver.press("u")
        await driver.until(lambda: unread(driver) == before, "the undo")
        await driver.until(lambda: shown_unread(driver) == f"{len(before)} unread", "the count")
        assert not any(row.read for row in driver.rows().rows)


@pytest.mark.parametrize(("key", "newer"), [("J", False), ("K", True)])
async def test_what_is_older_or_newer_than_the_cursor_is_marked(
    reader: Reader, key: str, newer: bool
) -> None:
    async with at(reader) as driver:
        await in_articles(driver)
        await driver.press("5", "j")
        rows, here = driver.rows().rows, driver.article
        wanted = {
            row.id
            for row in rows
            if ((row.published, int(row.id)) > (here.published, int(here.id))) == newer
            and row.id != here.id
        }
        before = unread(driver)
        assert wanted & before
        await driver.press(key)
        await driver.until(lambda: unread(driver) == before - wanted, "the marks")
        assert driver.article.id == here.id
        await driver.until(lambda: " read · " in driver.said, "what was done")
        await driver.press(key)
        words = f"nothing unread is {'newer' if newer else 'older'}"
        await driver.until(lambda: driver.said == words, words)
        await driver.press("u")
        await driver.until(lambda: unread(driver) == before, "the undo")


async def test_n_walks_the_unread_articles_feed_after_feed(reader: Reader) -> None:
    async with at(reader) as driver:
        feeds = [r.feed for r in driver.app.session.feed_rows() if r.unread]
        await driver.press("f")
        await on_feed(driver, feeds[0].display_name)
        walked: list[str] = []
        for _ in range(len(unread(driver))):
            await driver.press("n")
            row = driver.article
            assert not row.read
            walked.append(row.id)
            await driver.press("m")
        assert len(set(walked)) == len(walked)
        assert unread(driver) == set()
        await driver.press("n")
        assert "You are up to date" in driver.shown


async def reading(driver: ReaderDriver, title: str) -> None:
    """Wait until an article of that title is on the screen."""
    await driver.until(
        lambda: (
            driver.screen == "ArticleScreen" and driver.view("article").items[0].text.plain == title
        ),
        title,
    )


async def test_n_in_an_article_opens_the_next_unread_one(reader: Reader) -> None:
    async with at(reader) as driver:
        await in_articles(driver)
        rows = [row for row in driver.rows().rows if not row.read]
        await driver.press("n")
        if driver.article.id != rows[0].id:
            rows = rows[1:]
        await driver.press("enter")
        for row in rows[1:4]:
            await driver.press("n")
            await reading(driver, row.title)
        driver.kept().close()
        assert not {row.id for row in rows[:4]} & unread(driver)
        await driver.press("escape")
        assert driver.article.id == rows[3].id


async def test_stars_are_taken_back_too(reader: Reader) -> None:
    async with at(reader) as driver:
        await in_articles(driver)
        row = driver.article
        await driver.press("s")
        assert driver.article.starred
        await driver.press("u")
        await driver.until(lambda: not driver.article.starred, "the undo")
        with driver.kept() as store:
            assert not store.article_row(row.id).starred


async def test_unread_only_hides_what_is_read(reader: Reader) -> None:
    async with at(reader) as driver:
        await in_articles(driver)
        first = driver.article
        await driver.press("m")
        driver.kept().close()
        await driver.press("v")
        assert first.id not in {row.id for row in driver.rows().rows}
        assert "unread only" in str(driver.rows().border_subtitle)
        await driver.press("v")
        assert first.id in {row.id for row in driver.rows().rows}


async def test_nothing_unread_is_said(reader: Reader) -> None:
    async with at(reader, LEAST) as driver:
        await in_articles(driver)
        await driver.press("A")
        await driver.until(lambda: not unread(driver), "the marks")
        await driver.press("v")
        assert "No unread articles here." in driver.shown
        await driver.press("n", "m", "J", "K", "o", "y", "s")
        assert driver.screen == "FeedsScreen"


async def test_the_articles_are_sorted_three_ways(reader: Reader) -> None:
    async with at(reader) as driver:
        await in_articles(driver)
        newest = [row.id for row in driver.rows().rows]
        await driver.press("m", "j", "j", "m")
        driver.kept().close()
        await driver.press("S")
        assert [row.id for row in driver.rows().rows] == newest[::-1]
        assert "oldest first" in str(driver.rows().border_subtitle)
        await driver.press("S")
        rows = driver.rows().rows
        assert [row.read for row in rows] == sorted(row.read for row in rows)
        with driver.kept() as store:
            read = {name: store.article_row(name).read for name in newest}
        assert [row.id for row in rows] == sorted(newest, key=read.__getitem__)
        await driver.press("S")
        assert [row.id for row in driver.rows().rows] == newest


async def test_unread_first_shows_each_article_once_over_many_pages(store_path: Path) -> None:
    with Store.open(store_path) as store:
        feed = store.add_feed("https://courier.example/feed", "Coast Courier")
        store.add_entries(feed.id, [entry(f"{n}", hours=n) for n in range(300)], NOW)
        store._run("UPDATE article SET is_read = id % 2")
    async with at(reader_on(store_path)) as driver:
        await in_articles(driver)
        await driver.press("S", "S", "m", "j", "j", "m", "G")
        rows = driver.rows().rows
        assert len(rows) == len({row.id for row in rows}) == 300


async def test_marks_work_in_a_search(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("slash", *"sepsis")
        await driver.until(lambda: driver.rows().rows, "hits")
        await driver.press("enter", "m")
        row = driver.article
        assert row.read
        assert row.id not in unread(driver)
        await driver.press("n")
        assert driver.rows().cursor == 1
        await driver.press("u")
        await driver.until(lambda: row.id in unread(driver), "the undo")


async def test_o_opens_and_y_copies_the_article_of_a_list(
    reader: Reader, opened: list[str]
) -> None:
    async with at(reader) as driver:
        await in_articles(driver)
        await driver.press("o", "y")
        assert opened == [driver.article.url]
        assert driver.app.clipboard.startswith(driver.article.title)


# ── Feeds that fail, and fetching one ────────────────────────────────────────────────────────


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as room:
        yield room


@pytest.mark.parametrize("size", [LEAST, WIDE])
async def test_an_error_is_one_line_and_the_header_counts_the_feeds_that_fail(
    store_path: Path, size: tuple[int, int]
) -> None:
    error = "the server of courier.example took longer than 20 seconds to answer " * 3
    with Store.open(store_path) as store:
        feed = store.add_feed("https://courier.example/feed", "Coast Courier")
        store._run("UPDATE feed SET error = ?, failures = 1 WHERE id = ?", (error, int(feed.id)))
    async with at(reader_on(store_path), size) as driver:
        await driver.press("f")
        lines = driver.shown.splitlines()
        at_error = next(i for i, line in enumerate(lines) if "⚠ the server" in line)
        assert "Coast Courier" in lines[at_error - 1]
        assert sum("server" in line for line in lines) == 1
        assert "1 feed ⚠" in lines[0]


async def test_one_feed_is_fetched_now(store_path: Path, newsroom: Newsroom) -> None:
    newsroom.feed("/tides.xml", rss("Tides", [Item("Ferry is back", "/ferry", summary="Yes.")]))
    with Store.open(store_path) as store:
        store.add_feed(newsroom.url("/tides.xml"), "Tides")
        store.add_feed(newsroom.url("/other.xml"), "Other")
    async with at(reader_on(store_path)) as driver:
        await driver.until(lambda: not driver.app.is_fetching, "the first refresh")
        asked = len([r for r in newsroom.requests if r.path == "/tides.xml"])
        newsroom.feed("/tides.xml", rss("Tides", [Item("Seal in the lock", "/seal")]))
        await on_feed(driver, "Tides")
        others = len([r for r in newsroom.requests if r.path == "/other.xml"])
        await driver.press("R")
        await driver.until(lambda: "Tides: 1 new" in driver.shown, "the word")
        assert "Seal in the lock" in driver.shown
        assert len([r for r in newsroom.requests if r.path == "/tides.xml"]) > asked
        assert len([r for r in newsroom.requests if r.path == "/other.xml"]) == others


async def test_counts_stand_beside_every_feed_as_unread_and_all(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("f")
        view = driver.view("feedlist")
        assert str(view.border_subtitle) == "unread / all"
        rows = {row.feed.id: row for row in driver.app.session.feed_rows()}
        for item in view.items:
            target = item.target
            if isinstance(target, ArticleSource) and target.feed_id:
                row = rows[target.feed_id]
                assert item.right is not None
                assert item.right.plain == f"{row.unread} / {row.articles}"


async def test_a_mark_draws_the_lines_that_count_it_and_no_other_feed(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapped: list[str] = []
    original = WrappedList._wrapped

    def noted(view: WrappedList, item: WrappedItem, width: int) -> list[Strip]:
        wrapped.append(item.text.plain.strip())
        return original(view, item, width)

    async with at(reader) as driver:
        await in_articles(driver)
        feed_id = driver.article.feed_id
        feed = next(r.feed for r in driver.app.session.feed_rows() if r.feed.id == feed_id)
        monkeypatch.setattr(WrappedList, "_wrapped", noted)
        await driver.press("m")
        assert wrapped == ["All articles", feed.category or "Without a category", feed.display_name]
        lines = [
            item.right for item in driver.view("feedlist").items if item.target == ALL_ARTICLES
        ]
        assert [line.plain.split(" /")[0] for line in lines if line] == [shown_unread(driver)[:-7]]
