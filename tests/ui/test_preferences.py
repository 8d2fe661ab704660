"""The reader's weights hold as soon as the reader is open, without a refresh."""

import asyncio
from pathlib import Path

from briefing.config import EditionSettings, Settings
from briefing.refresh import RefreshOptions, refresh
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import rss
from tests.refresh.conftest import FERRY_ITEM, bridge_item
from tests.ui.driver import at, reader_on
from tests.ui.frozen import now


def fill(path: Path) -> None:
    """Two stories, told without preferences."""
    with Newsroom() as room, Store.open(path) as store:
        store.add_feed(room.feed("/1.xml", rss("Outlet 1", [FERRY_ITEM])), "Outlet 1")
        store.add_feed(room.feed("/2.xml", rss("Outlet 2", [bridge_item(1)])), "Outlet 2")
        refresh(store, Settings(), RefreshOptions(jobs=1), now=now)


async def test_a_muted_word_sinks_a_story_that_was_told_before_it_was_muted(
    store_path: Path,
) -> None:
    await asyncio.to_thread(fill, store_path)
    async with at(reader_on(store_path)) as driver:
        first, last = (row.headline for row in driver.edition.stories.rows)
        word = first.split()[0]
        assert word not in last
    settings = Settings(edition=EditionSettings(muted=(word,)))
    async with at(reader_on(store_path, settings)) as driver:
        await driver.until(
            lambda: [row.headline for row in driver.edition.stories.rows] == [last, first],
            "the new order",
        )
