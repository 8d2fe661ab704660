"""Fetching runs ahead of parsing by so much only that memory stays flat."""

import asyncio
from dataclasses import replace
from typing import Any, cast

from briefing.config import Settings
from briefing.ingest.results import Response
from briefing.refresh.events import FeedDone
from briefing.refresh.fetching import FeedFetching, Network
from briefing.refresh.stages import StageSignal
from briefing.refresh.workers import Workers
from briefing.store import Store
from tests.feed_builders import rss
from tests.refresh.conftest import Clock, bridge_item

CONCURRENCY = 2


class SlowWorkers:
    """Does nothing until it may."""

    def __init__(self) -> None:
        self.may = asyncio.Event()

    async def run(self, task: Any, **_: object) -> Any:
        await self.may.wait()
        return task()


class QuickNetwork:
    """Answers at once."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def get(self, url: str, *_: object, **__: object) -> Response:
        self.asked.append(url)
        return Response(url, url, 200, rss("Outlet", [bridge_item(1)]))


async def test_bodies_that_wait_to_be_parsed_hold_up_further_requests(
    store: Store, clock: Clock
) -> None:
    for number in range(5 * CONCURRENCY):
        store.add_feed(f"https://outlet-{number}.example/feed")
    settings = Settings()
    settings = replace(settings, fetch=replace(settings.fetch, concurrency=CONCURRENCY))
    workers, network, done = SlowWorkers(), QuickNetwork(), list[object]()
    fetching = FeedFetching(
        store, settings, cast("Network", network), cast("Workers", workers), clock, done.append
    )
    running = asyncio.ensure_future(fetching.run(store.feeds(), StageSignal(), force=False))
    for _ in range(100):  # all that can go on does
        await asyncio.sleep(0)
    assert len(network.asked) == 2 * CONCURRENCY
    workers.may.set()
    await running
    assert len(set(network.asked)) == 5 * CONCURRENCY
    assert [event.error for event in done if isinstance(event, FeedDone)] == [None] * 10
