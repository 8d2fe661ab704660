"""Fetching feeds only to see how they are."""

import argparse
import asyncio
from dataclasses import dataclass

from briefing.cli.context import Context, feed_named
from briefing.config import FetchSettings
from briefing.ingest import Fetcher, parse_feed
from briefing.model import BriefingError, Feed, FetchError, ParseError


@dataclass(frozen=True, slots=True)
class Checked:
    """How a feed was found."""

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
        context.out.say("No feeds yet. Add one with `briefing feeds add ADDRESS`.")
    found = asyncio.run(_check_all(feeds, context.settings.fetch))
    if found and all(_is_offline(c.error) for c in found):
        raise FetchError("there is no network", "feeds check", offline=True)
    if args.format == "json":
        context.out.json({"version": 1, "feeds": [_to_json(c) for c in found]})
    else:
        for checked in found:
            context.out.text(f"{'ok ' if checked.is_well else '!  '} {_said(checked)}")
    return 0 if all(c.is_well for c in found) else 1


async def _check_all(feeds: list[Feed], settings: FetchSettings) -> list[Checked]:
    async with Fetcher(settings) as fetcher:
        return await asyncio.gather(*(_check(feed, fetcher) for feed in feeds))


async def _check(feed: Feed, fetcher: Fetcher) -> Checked:
    try:
        answer = await fetcher.get(feed.url, "feed")
        parsed = parse_feed(answer.content, answer.final_url, answer.content_type)
    except (FetchError, ParseError) as error:
        return Checked(feed, error=error)
    return Checked(feed, len(parsed.entries), parsed.notes, answer.moved_to)


def _is_offline(error: BriefingError | None) -> bool:
    return isinstance(error, FetchError) and error.offline


def _said(checked: Checked) -> str:
    feed = checked.feed
    if checked.error is not None:
        mend = f". {checked.error.mend}" if checked.error.mend else ""
        return f"{feed.display_name} ({feed.url}): {checked.error.what}{mend}"
    count = "1 entry" if checked.entries == 1 else f"{checked.entries} entries"
    parts = [count if checked.entries else "it has no entries"]
    if checked.moved_to:
        parts.append(f"it has moved to {checked.moved_to}")
    return f"{feed.display_name}: {'; '.join([*parts, *checked.notes])}"


def _to_json(checked: Checked) -> dict[str, object]:
    return {
        "title": checked.feed.display_name,
        "url": checked.feed.url,
        "ok": checked.is_well,
        "entries": checked.entries,
        "notes": list(checked.notes),
        "moved_to": checked.moved_to,
        "error": checked.error and checked.error.what,
        "mend": checked.error and checked.error.mend,
    }
