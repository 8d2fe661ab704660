"""The pipeline from feeds to stories: incremental, resumable, with progress events.

``refresh`` and ``refresh_async`` do it all. Each stage takes its work from the store and keeps each
result as it is done, so that a stop at any moment loses nothing and a second run changes nothing.

fetching → extracting → digesting → linking; ``tasks`` holds what runs in worker processes.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from briefing.refresh.events import (
    Event,
    FeedDone,
    Finished,
    OnEvent,
    RefreshReport,
    StageProgress,
    Started,
    ignore,
)

if TYPE_CHECKING:
    from briefing.config import Settings
    from briefing.ingest import Fetcher
    from briefing.model import Feed
    from briefing.store import Store

__all__ = [
    "Event",
    "FeedDone",
    "Finished",
    "OnEvent",
    "RefreshReport",
    "StageProgress",
    "Started",
    "refresh",
    "refresh_async",
]


def refresh(
    store: "Store",
    settings: "Settings",
    *,
    feeds: "Sequence[Feed] | None" = None,
    force: bool = False,
    asked: bool = False,
    on_event: OnEvent | None = None,
    now: Callable[[], datetime] | None = None,
    jobs: int | None = None,
    polite: bool = False,
    fetcher: "Callable[[], Fetcher] | None" = None,
) -> RefreshReport:
    """Fetch the due feeds (or ``feeds``; all with ``force``) and bring the store up to date.

    force: not due ones too, and without validators. asked: a person asks now, so not due ones too,
    but a failing feed keeps its wait. jobs: worker processes, all cores by default.
    polite: beside a program that somebody uses; one core fewer, at low priority. now: the clock.
    Raises StoreError, and KeyboardInterrupt on SIGINT and SIGTERM; what is complete is then kept.
    See ``pipeline.refresh_async``.
    """
    from briefing.refresh.pipeline import refresh as run

    return run(
        store,
        settings,
        feeds=feeds,
        force=force,
        asked=asked,
        on_event=on_event,
        now=now,
        jobs=jobs,
        polite=polite,
        fetcher=fetcher,
    )


async def refresh_async(
    store: "Store",
    settings: "Settings",
    *,
    now: Callable[[], datetime],
    feeds: "Sequence[Feed] | None" = None,
    force: bool = False,
    asked: bool = False,
    on_event: OnEvent = ignore,
    jobs: int | None = None,
    polite: bool = False,
    fetcher: "Callable[[], Fetcher] | None" = None,
) -> RefreshReport:
    """``refresh`` within a running event loop; cancelling the task stops it."""
    from briefing.refresh.pipeline import refresh_async as run

    return await run(
        store,
        settings,
        feeds=feeds,
        force=force,
        asked=asked,
        on_event=on_event,
        now=now,
        jobs=jobs,
        polite=polite,
        fetcher=fetcher,
    )
