"""Fetching feeds only to see how they are."""

import argparse
import asyncio
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial

from briefing.cli.context import NO_FEEDS, Context, feed_named
from briefing.config import FetchSettings
from briefing.ingest import Fetcher
from briefing.ingest.local_feeds import LocalRead, get_feed, is_local, web_address
from briefing.ingest.results import Exchange
from briefing.model import (
    NO_RHYTHM,
    BriefingError,
    Feed,
    FeedRhythm,
    FetchError,
    LimitError,
    ParseError,
)
from briefing.model.codec import time_to_json
from briefing.refresh.bounded import parse_bounded
from briefing.refresh.host_rests import HostRests
from briefing.refresh.stopping import run_to_end
from briefing.refresh.workers import Workers
from briefing.text import clean_line
from briefing.text.urls import host_and_port
from briefing.wording import described, format_count


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """How a feed was when it was fetched: ``entries`` it has, ``notes`` of its parser.

    exchanges: what was sent and what came back. reads: what was run or read on this machine.
    rests_until: its server is left alone until then.
    """

    feed: Feed
    entries: int = 0
    notes: tuple[str, ...] = ()
    moved_to: str | None = None
    error: BriefingError | None = None
    rhythm: FeedRhythm = NO_RHYTHM
    exchanges: tuple[Exchange, ...] = ()
    reads: tuple[LocalRead, ...] = ()
    rests_until: datetime | None = None

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to mend."""
        return self.error is None and self.entries > 0 and self.moved_to is None


def check_feeds(args: argparse.Namespace, context: Context) -> int:
    """Report on each; 1 with findings. Raises FetchError where there is no network at all."""
    with context.store_to_read() as store:
        feeds = [feed_named(store, name) for name in args.names] or store.feeds()
        host_rests = HostRests(store, lambda: context.now)
        rests = {feed.id: host_rests.rest(host_and_port(web_address(feed.url))) for feed in feeds}
    if not feeds:
        context.out.say(NO_FEEDS)
    healths = run_to_end(_check_all(feeds, context.settings.fetch))
    healths = [
        replace(health, rests_until=rest.until)
        if (rest := rests[health.feed.id]) is not None
        else health
        for health in healths
    ]
    if healths and all(_is_offline(h.error) for h in healths):
        raise FetchError("there is no network", "feeds check", offline=True)
    if args.format != "text":
        checked = [_to_json(health) for health in healths]
        context.out.listed("feeds", checked, lines=args.format == "jsonl")
    else:
        for health in healths:
            context.out.text(f"{'ok ' if health.is_well else '!  '} {_line(health)}")
            for line in _details(health) if args.names else ():
                context.out.text(f"      {line}")
    return 0 if all(h.is_well for h in healths) else 1


async def _check_all(feeds: list[Feed], settings: FetchSettings) -> list[FeedHealth]:
    async with Workers() as workers, Fetcher(settings) as fetcher:
        programs = asyncio.Semaphore(settings.per_host)  # the fetcher bounds what is of the web

        async def checked(feed: Feed) -> FeedHealth:
            async with programs if is_local(feed.url) else nullcontext():
                return await _check(feed, fetcher, workers, settings)

        return await asyncio.gather(*map(checked, feeds))


async def _check(
    feed: Feed, fetcher: Fetcher, workers: Workers, settings: FetchSettings
) -> FeedHealth:
    told: list[Exchange] = []
    reads: list[LocalRead] = []
    try:
        answer = await get_feed(
            partial(fetcher.get, on_exchange=told.append),
            feed.url,
            settings.max_feed_mb * 1_000_000,
            own=feed.settings,
            on_read=reads.append,
        )
        parsed = await parse_bounded(answer, workers)
    except (FetchError, ParseError, LimitError) as error:
        return FeedHealth(feed, error=error, exchanges=tuple(told), reads=tuple(reads))
    return FeedHealth(
        feed,
        len(parsed.entries),
        parsed.notes,
        answer.moved_to,
        rhythm=parsed.rhythm,
        exchanges=tuple(told),
        reads=tuple(reads),
    )


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


_TELLING = frozenset(
    {"content-type", "content-encoding", "content-length", "etag", "last-modified", "date", "age"}
    | {"cache-control", "expires", "retry-after", "location", "server"}
)
"""The fields of an answer that say something about fetching."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _details(health: FeedHealth) -> list[str]:
    """What was sent, what came back, what the feed says of itself, and when it is due and why."""
    lines = []
    for exchange in health.exchanges:
        lines.append(f"sent: GET {exchange.url}")
        lines += [f"    {name}: {value}" for name, value in exchange.sent]
        lines.append(f"came back: {exchange.http_version} {exchange.status}")
        known = [pair for pair in exchange.received if pair[0].lower() in _TELLING]
        lines += [f"    {name}: {value}" for name, value in known]
    lines += [line for read in health.reads for line in _read_lines(read)]
    rhythm = health.rhythm
    lines += [f"hub: {hub}" for hub in rhythm.hubs]
    if rhythm.self_url:
        lines.append(f"self: {rhythm.self_url}")
    if rhythm.ttl_minutes:
        lines.append(f"ttl: {format_count(rhythm.ttl_minutes, 'minute')}")
    if rhythm.period_minutes:
        lines.append(f"sy:updatePeriod: {format_count(rhythm.period_minutes, 'minute')}")
    if rhythm.skip_hours:
        lines.append(f"skipHours: {', '.join(map(str, rhythm.skip_hours))} (GMT)")
    if rhythm.skip_days:
        lines.append(f"skipDays: {', '.join(_DAYS[day] for day in rhythm.skip_days)}")
    own = described(health.feed)
    if own:
        lines.append(f"set for it alone: {'; '.join(own)}")
    lines.append(_due(health))
    return [clean_line(line) if line[0] != " " else f"    {clean_line(line)}" for line in lines]


def _read_lines(read: LocalRead) -> list[str]:
    """What was run or read on this machine, and what came of it."""
    size = format_count(read.size, "byte")
    if read.code is None:
        return [f"read: {read.what}", f"came back: {size}"]
    came = f"came back: exit code {read.code}, {size}, after {read.seconds:.1f} s"
    complaint = [f"    standard error: {read.complaint}"] if read.complaint else []
    return [f"ran: {read.what}", came, *complaint]


def _due(health: FeedHealth) -> str:
    feed = health.feed
    if feed.next_fetch_at is None:
        line = "next fetch: at the next refresh, since it was not fetched yet"
    else:
        why = feed.due_reason or "the usual interval"
        line = f"next fetch: {feed.next_fetch_at:%Y-%m-%d %H:%M} UTC ({why})"
    if health.rests_until is not None:
        line += f"; its server is left alone until {health.rests_until:%Y-%m-%d %H:%M} UTC"
    return line


def _to_json(health: FeedHealth) -> dict[str, object]:
    return {
        "id": health.feed.id,
        "title": health.feed.display_name,
        "url": health.feed.url,
        "ok": health.is_well,
        "entries": health.entries,
        "notes": list(health.notes),
        "moved_to": health.moved_to,
        "error": health.error and health.error.what,
        "mend": health.error and health.error.mend,
        "rhythm": health.rhythm.to_json(),
        "exchanges": [
            {
                "url": exchange.url,
                "sent": dict(exchange.sent),
                "status": exchange.status,
                "http_version": exchange.http_version,
                "received": dict(exchange.received),
            }
            for exchange in health.exchanges
        ],
        "reads": [asdict(read) for read in health.reads],
        "next_fetch_at": time_to_json(health.feed.next_fetch_at),
        "next_fetch_why": health.feed.due_reason,
        "server_rests_until": time_to_json(health.rests_until),
    }
