"""Feeds are fetched and their entries kept."""

import asyncio
import logging
import shlex
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Literal, Self, TypeVar

from briefing.config import Settings
from briefing.ingest.local_feeds import get_feed, runs_program, web_address
from briefing.ingest.results import ParsedFeed, Response
from briefing.model import (
    AS_USUAL,
    BriefingError,
    Entry,
    Feed,
    FeedSettings,
    FetchError,
    NotAFeedError,
    RowError,
    StoreError,
    as_failure,
)
from briefing.refresh import tasks
from briefing.refresh.events import FeedDone, OnEvent
from briefing.refresh.host_rests import HostRests, ServerRestsError
from briefing.refresh.limits import FEED
from briefing.refresh.options import RefreshOptions
from briefing.refresh.schedule import after_failure, after_success, own_interval, spread_after
from briefing.refresh.stages import StageSignal, cancel_tasks
from briefing.refresh.workers import FEW, Urgency, Workers
from briefing.store import Store
from briefing.text.urls import host_and_port, same_address

if TYPE_CHECKING:
    from briefing.ingest import Fetcher

R = TypeVar("R")

_log = logging.getLogger(__name__)

JUST_NOW = timedelta(minutes=1)
"""A feed asked for by name that was fetched so recently is left in peace."""
SEEN_APART = timedelta(days=1)
"""A feed moves when its permanent redirect still stands after so long."""


class Network:
    """A fetcher that is made at the first request: its library is slow to import."""

    def __init__(self, settings: Settings, make: "Callable[[], Fetcher] | None" = None) -> None:
        self._settings = settings
        self._make = make
        self._fetcher: Fetcher | None = None
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def get(
        self,
        url: str,
        kind: Literal["feed", "page"],
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        validated_url: str | None = None,
        own: FeedSettings = AS_USUAL,
        home: str | None = None,
    ) -> Response:
        """As ``Fetcher.get``. Raises FetchError."""
        async with self._opening:
            if self._fetcher is None:
                made = self._make() if self._make else _fetcher(self._settings)
                self._fetcher = await self._stack.enter_async_context(made)
        return await self._fetcher.get(
            url,
            kind,
            etag=etag,
            last_modified=last_modified,
            validated_url=validated_url,
            own=own,
            home=home,
        )


def _fetcher(settings: Settings) -> "Fetcher":
    from briefing.ingest import Fetcher

    return Fetcher(settings.fetch)


@dataclass(slots=True)
class Fetched:
    """What came of fetching, counted as it comes."""

    answered: int = 0
    changed: int = 0  # answers with a whole feed
    new: int = 0
    failures: list[tuple[str, str, BriefingError]] = field(default_factory=list)
    offline: int = 0  # failures that say there is no network

    @property
    def no_network(self) -> bool:
        """Whether every fetch says so."""
        return self.offline > 0 and self.answered == 0 and self.offline == len(self.failures)


class FeedFetching:
    """Fetches feeds and keeps their entries; one that fails does not stop the others."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        network: Network,
        workers: Workers,
        now: Callable[[], datetime],
        on_event: OnEvent,
    ) -> None:
        self._store = store
        self._settings = settings
        self._network = network
        self._workers = workers
        self._now = now
        self._on_event = on_event
        self._hosts: dict[str, asyncio.Semaphore] = {}
        # Asked for or waiting to be parsed: so many bodies at most are held.
        self._answers = asyncio.Semaphore(2 * settings.fetch.concurrency)
        self._rests = HostRests(store, now)
        self.result = Fetched()

    async def run(self, feeds: Sequence[Feed], signal: StageSignal, *, force: bool) -> Fetched:
        """Fetch ``feeds``; ``signal`` tells of new entries. With ``force``, all of it anew."""
        fetches = [asyncio.ensure_future(self._one(feed, signal, force)) for feed in feeds]
        try:
            with signal.until_done():
                await asyncio.gather(*fetches)
        finally:
            await cancel_tasks(fetches)
        return self.result

    async def _one(self, feed: Feed, signal: StageSignal, force: bool) -> None:
        host = host_and_port(web_address(feed.url))  # none: programs and files, few at once too
        places = self._hosts.setdefault(host, asyncio.Semaphore(self._settings.fetch.per_host))
        try:
            async with AsyncExitStack() as answer:
                async with places:
                    await answer.enter_async_context(self._answers)
                    response = await self._response(feed, host, force)
                self._rests.note_success(host, force=force)
                await self._keep(feed, response, signal)
        except ServerRestsError as rest:
            # The feed is not at fault: it waits, and no failure is counted.
            _log.info("%s was not asked: %s", feed.display_name, rest.what)
            until = spread_after(rest.until, feed.id)
            self._store.postpone_feed(feed.id, until, rest.what)
            self._on_event(FeedDone(feed.display_name, feed.url, 0, waits_for="server"))
        except Exception as error:
            if not any(f.id == feed.id for f in self._store.feeds()):
                _log.info("%s was removed meanwhile", feed.display_name)
            elif isinstance(error, StoreError) and not isinstance(error, RowError):
                raise
            else:
                # Whatever it is: one feed's failure never ends the refresh of the others.
                _log.info("%s failed", feed.display_name, exc_info=error)
                self._failed(feed, host, as_failure(error, "the feed cannot be read", feed.url))

    async def _response(self, feed: Feed, host: str, force: bool) -> Response:
        result = self.result
        if not force:
            self._rests.check(host, feed.url)
        waits = result.no_network and result.offline >= self._settings.fetch.concurrency
        if waits and web_address(feed.url):
            raise FetchError("there is no network", feed.url, offline=True)
        return await get_feed(
            self._network.get,
            feed.url,
            self._settings.fetch.max_feed_mb * 1_000_000,
            etag=None if force else feed.etag,
            last_modified=None if force else feed.last_modified,
            validated_url=feed.validated_url,
            own=feed.settings,
        )

    async def _keep(self, feed: Feed, response: Response, signal: StageSignal) -> None:
        """Keep what a feed says, and its new address where it has moved. Raises ParseError."""
        etag, last_modified = response.etag, response.last_modified
        new, rhythm = 0, feed.rhythm
        if response.not_modified:
            etag, last_modified = etag or feed.etag, last_modified or feed.last_modified
        else:
            self.result.changed += 1
            parsed = await self._parsed(feed, response)
            rhythm = parsed.rhythm
            for note in parsed.notes:
                _log.info("%s: %s", feed.display_name, note)
            with self._store.transaction():
                feed = self._introduced(feed, parsed)
                new = self._store.add_entries(feed.id, _wanted(parsed, feed), self._now())
        feed = self._moved(feed, response)
        at = self._now()
        interval, why = self._interval(feed)
        due = after_success(
            at,
            interval,
            response.max_age,
            why=why,
            own=feed.settings,
            rhythm=rhythm,
            retry_after=response.retry_after,
            key=feed.id,
        )
        self._store.record_fetch(
            feed.id,
            fetched_at=at,
            next_fetch_at=due.at,
            due_reason=due.why,
            rhythm=rhythm,
            etag=etag,
            last_modified=last_modified,
            validated_url=_elsewhere(response.final_url, feed),
            moved_to=_elsewhere(response.moved_to, feed),
        )
        self.result.answered += 1
        self.result.new += new
        self._on_event(FeedDone(feed.display_name, feed.url, new, None, response.not_modified))
        if not response.not_modified:
            signal.notify(new)

    async def _parsed(self, feed: Feed, response: Response) -> ParsedFeed:
        """What the feed says. Raises ParseError; where a page stands there now, with its feed."""
        try:
            return await self._in_worker(partial(tasks.parse_response, response), response)
        except NotAFeedError as error:
            found = await self._in_worker(partial(tasks.feeds_named_by, response), response)
            known = bool(self._store.entry_times(feed.id, 1))
            what = f"it is no longer a feed: {error.what}" if known else error.what
            mend = error.mend
            if found:
                name, url = shlex.quote(feed.display_name), shlex.quote(found[0])
                mend = f"The page names one: briefing feeds edit {name} --url {url}"
            raise NotAFeedError(what, error.where, mend) from error

    async def _in_worker(self, task: Callable[[], R], response: Response) -> R:
        """What is read out of an answer, within the limits of a feed."""
        return await self._workers.run(
            task,
            many=self.result.changed > FEW,
            limits=FEED,
            size=len(response.content),
            urgency=Urgency.FEED,
        )

    def _moved(self, feed: Feed, response: Response) -> Feed:
        """The feed at its new address, where fetches at least a day apart were all sent there for
        good.

        A single redirect may be a mistake (RFC 9110, 15.4.2, has no word on that; feed readers
        learned to wait). Where another feed has the address, both stay as they are.
        """
        address = response.moved_to
        if address is None or address != feed.moved_to or feed.moved_at is None:
            return feed
        if self._now() - feed.moved_at < SEEN_APART:
            return feed
        try:
            moved = self._store.edit_feed(feed.id, url=address)
        except StoreError as error:
            _log.info("%s stays at %s: %s", feed.display_name, feed.url, error.what)
            return feed
        _log.info("%s has moved from %s to %s", feed.display_name, feed.url, address)
        return moved

    def _introduced(self, feed: Feed, parsed: ParsedFeed) -> Feed:
        """The feed with the name it gives itself, where the user gave it none."""
        if feed.title is not None or not parsed.title:
            return feed
        return self._store.edit_feed(
            feed.id,
            title=parsed.title,
            site_url=feed.site_url or parsed.site_url,
            language=feed.language or parsed.language,
        )

    def _failed(self, feed: Feed, host: str, error: BriefingError) -> None:
        result = self.result
        result.failures.append((feed.display_name, feed.url, error))
        status = error.status if isinstance(error, FetchError) else None
        wait = error.retry_after if isinstance(error, FetchError) else None
        if isinstance(error, FetchError) and error.offline:
            # Not the feed's fault: it stays due, and is said once for all.
            result.offline += 1
            self._on_event(FeedDone(feed.display_name, feed.url, 0, waits_for="network"))
            return
        if status is not None:
            self._rests.note_failure(host, status, wait)
        at = self._now()
        failures = feed.failures + 1
        self._store.record_fetch(
            feed.id,
            fetched_at=at,
            next_fetch_at=after_failure(
                at,
                self._interval(feed)[0],
                failures,
                status=status,
                retry_after=wait,
                key=feed.id,
            ),
            error=f"{error.what}. {error.mend}" if error.mend else error.what,
            failures=failures,
            due_reason="it failed" if failures == 1 else f"it failed {failures} times in a row",
        )
        self._on_event(FeedDone(feed.display_name, feed.url, 0, error.what))

    def _interval(self, feed: Feed) -> tuple[timedelta, str]:
        learns = feed.settings.auto_interval
        times = self._store.entry_times(feed.id) if learns else ()
        usual = timedelta(minutes=self._settings.fetch.interval_minutes)
        return own_interval(usual, feed.settings, times)


def _wanted(parsed: ParsedFeed, feed: Feed) -> tuple[Entry, ...]:
    """The entries that are taken: the newest, where the feed's settings set a number."""
    most = feed.settings.max_new
    if not most or len(parsed.entries) <= most:
        return parsed.entries
    oldest = datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(parsed.entries, key=lambda e: e.published or oldest, reverse=True)[:most])


def _waits(feed: Feed, now: datetime) -> bool:
    """Whether a feed is not to be asked yet: one that failed, or whose program has run lately."""
    is_early = feed.next_fetch_at is not None and feed.next_fetch_at > now
    return is_early and (bool(feed.failures) or runs_program(feed.url))


def due(store: Store, options: RefreshOptions, now: datetime) -> list[Feed]:
    """The feeds that a refresh with these options fetches now.

    What was known of the named ones is read again: another refresh may have come between.
    """
    if options.feeds is not None:
        known = {feed.id: feed for feed in store.feeds()}
        fresh = [known[f.id] for f in options.feeds if f.id in known]
        return [f for f in fresh if options.force or not _just_fetched(f, now)]
    served = store.served_feeds()  # a sync brings their entries
    if options.force:
        return [f for f in store.feeds() if f.id not in served]
    if options.manual:
        return [
            f
            for f in store.feeds()
            if f.id not in served and not _just_fetched(f, now) and not _waits(f, now)
        ]
    due_now = {feed.id: feed for feed in store.due_feeds(now) if feed.id not in served}
    # A clock that was ahead must not keep a feed silent until then.
    ahead = [
        f
        for f in store.feeds()
        if f.fetched_at and f.fetched_at > now + JUST_NOW and f.id not in served
    ]
    return [*due_now.values(), *(f for f in ahead if f.id not in due_now)]


def _just_fetched(feed: Feed, now: datetime) -> bool:
    return feed.fetched_at is not None and timedelta() <= now - feed.fetched_at < JUST_NOW


def _elsewhere(url: str | None, feed: Feed) -> str | None:
    """``url`` where it is not the feed's own address."""
    return None if url is None or same_address(url, feed.url) else url
