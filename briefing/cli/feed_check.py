"""Fetching feeds only to see how they are."""

import argparse
import asyncio
from dataclasses import dataclass

from briefing.cli.context import NO_FEEDS, Context, feed_named
from briefing.config import FetchSettings
from briefing.ingest import Fetcher
from briefing.model import BriefingError, Feed, FetchError, LimitError, ParseError
from briefing.refresh.bounded import parse_bounded
from briefing.refresh.workers import Workers
from briefing.wording import format_count


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """How a feed was when it was fetched: ``entries`` it has, ``notes`` of its parser."""

    feed: Feed
    entries: int = 0
    notes: tuple[str, ...] = ()
    moved_to: str | None = None
    error: BriefingError | None = None

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to mend."""
        return self.error is None and self.entries > 0 and self.moved_to is None


def check_feeds(args: argparse.Namespace, context: Context) -> int:
    """Report on each; 1 with findings. Raises FetchError where there is no network at all."""
    with context.store() as store:
        feeds = [feed_named(store, name) for name in args.names] or store.feeds()
    if not feeds:
        context.out.say(NO_FEEDS)
    healths = asyncio.run(_check_all(feeds, context.settings.fetch))
    if healths and all(_is_offline(h.error) for h in healths):
        raise FetchError("there is no network", "feeds check", offline=True)
    if args.format == "json":
        context.out.json({"version": 1, "feeds": [_to_json(h) for h in healths]})
    else:
        for health in healths:
            context.out.text(f"{'ok ' if health.is_well else '!  '} {_line(health)}")
    return 0 if all(h.is_well for h in healths) else 1


async def _check_all(feeds: list[Feed], settings: FetchSettings) -> list[FeedHealth]:
    async with Workers() as workers, Fetcher(settings) as fetcher:
        return await asyncio.gather(*(_check(feed, fetcher, workers) for feed in feeds))


async def _check(feed: Feed, fetcher: Fetcher, workers: Workers) -> FeedHealth:
    try:
        answer = await fetcher.get(feed.url, "feed")
        parsed = await parse_bounded(answer, workers)
    except (FetchError, ParseError, LimitError) as error:
        return FeedHealth(feed, error=error)
    return FeedHealth(feed, len(parsed.entries), parsed.notes, answer.moved_to)


def _is_offline(error: BriefingError | None) -> bool:
    return isinstance(error, FetchError) and error.offline


def _line(health: FeedHealth) -> str:
    feed = health.feed
    if health.error is not None:
        mend = f". {health.error.mend}" if health.error.mend else ""
        return f"{feed.display_name} ({feed.url}): {health.error.what}{mend}"
    count = format_count(health.entries, "entry", "entries")
    parts = [count if health.entries else "it has no entries"]
    if health.moved_to:
        parts.append(f"it has moved to {health.moved_to}")
    return f"{feed.display_name}: {'; '.join([*parts, *health.notes])}"


def _to_json(health: FeedHealth) -> dict[str, object]:
    return {
        "title": health.feed.display_name,
        "url": health.feed.url,
        "ok": health.is_well,
        "entries": health.entries,
        "notes": list(health.notes),
        "moved_to": health.moved_to,
        "error": health.error and health.error.what,
        "mend": health.error and health.error.mend,
    }
