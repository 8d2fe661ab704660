"""Feeds are fetched and their entries kept."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Literal, Self

from briefing.config import Settings
from briefing.ingest.results import ParsedFeed, Response
from briefing.model import (
    BriefingError,
    Feed,
    FetchError,
    RowError,
    StoreError,
    as_failure,
)
from briefing.refresh import tasks
from briefing.refresh.events import FeedDone, OnEvent
from briefing.refresh.limits import FEED
from briefing.refresh.options import RefreshOptions
from briefing.refresh.schedule import after_failure, after_success
from briefing.refresh.stages import StageSignal, cancel_tasks
from briefing.refresh.workers import FEW, Urgency, Workers
from briefing.store import Store
from briefing.text.urls import host_and_port, same_address

if TYPE_CHECKING:
    from briefing.ingest import Fetcher

_log = logging.getLogger(__name__)

JUST_NOW = timedelta(minutes=1)
"""A feed asked for by name that was fetched so recently is left in peace."""
_PAUSE = 0.01  # seconds between a server's answer and the next request to it
_ASKS_TO_WAIT = frozenset({429, 503})


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
        typed_url: str | None = None,
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
            typed_url=typed_url,
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
        self._held: dict[str, FetchError] = {}  # hosts that ask to be left alone
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
        host = host_and_port(feed.url)
        places = self._hosts.setdefault(host, asyncio.Semaphore(self._settings.fetch.per_host))
        try:
            async with places:
                response = await self._response(feed, host, force)
            await self._keep(feed, response, signal)
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
        if (held := self._held.get(host)) is not None:
            raise FetchError(
                "its server asks to be left alone for a while",
                feed.url,
                status=held.status,
                retry_after=held.retry_after,
            )
        if result.no_network and result.offline >= self._settings.fetch.concurrency:
            raise FetchError("there is no network", feed.url, offline=True)
        response = await self._network.get(
            feed.url,
            "feed",
            etag=None if force else feed.etag,
            last_modified=None if force else feed.last_modified,
            validated_url=feed.validated_url,
        )
        if self._hosts[host].locked():
            await asyncio.sleep(_PAUSE)
        return response

    async def _keep(self, feed: Feed, response: Response, signal: StageSignal) -> None:
        """Keep what a feed says, and its new address where it has moved. Raises ParseError."""
        etag, last_modified = response.etag, response.last_modified
        new = 0
        if response.not_modified:
            etag, last_modified = etag or feed.etag, last_modified or feed.last_modified
        else:
            self.result.changed += 1
            parsed = await self._workers.run(
                partial(tasks.parse_response, response),
                many=self.result.changed > FEW,
                limits=FEED,
                size=len(response.content),
                urgency=Urgency.FEED,
            )
            for note in parsed.notes:
                _log.info("%s: %s", feed.display_name, note)
            with self._store.transaction():
                feed = self._introduced(feed, parsed)
                new = self._store.add_entries(feed.id, parsed.entries, self._now())
        feed = self._moved(feed, response)
        at = self._now()
        self._store.record_fetch(
            feed.id,
            fetched_at=at,
            next_fetch_at=after_success(at, self._interval, response.max_age),
            etag=etag,
            last_modified=last_modified,
            validated_url=_elsewhere(response.final_url, feed),
            moved_to=_elsewhere(response.moved_to, feed),
        )
        self.result.answered += 1
        self.result.new += new
        self._on_event(FeedDone(feed.display_name, feed.url, new, None, response.not_modified))
        signal.notify(new)

    def _moved(self, feed: Feed, response: Response) -> Feed:
        """The feed at its new address, once two fetches in a row were redirected there for good.

        A single redirect may be a mistake (RFC 9110, 15.4.2, has no word on that; feed readers
        learned to wait). Where another feed has the address, both stay as they are.
        """
        address = response.moved_to
        if address is None or address != feed.moved_to:
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
            self._on_event(FeedDone(feed.display_name, feed.url, 0))
            return
        if isinstance(error, FetchError) and wait and status in _ASKS_TO_WAIT:
            self._held.setdefault(host, error)
        at = self._now()
        failures = feed.failures + 1
        self._store.record_fetch(
            feed.id,
            fetched_at=at,
            next_fetch_at=after_failure(
                at,
                self._interval,
                failures,
                status=status,
                retry_after=wait,
                key=feed.id,
            ),
            error=f"{error.what}. {error.mend}" if error.mend else error.what,
            failures=failures,
        )
        self._on_event(FeedDone(feed.display_name, feed.url, 0, error.what))

    @property
    def _interval(self) -> timedelta:
        return timedelta(minutes=self._settings.fetch.interval_minutes)


def _waits(feed: Feed, now: datetime) -> bool:
    """Whether a feed that failed is not to be asked yet."""
    return bool(feed.failures) and feed.next_fetch_at is not None and feed.next_fetch_at > now


def due(store: Store, options: RefreshOptions, now: datetime) -> list[Feed]:
    """The feeds that a refresh with these options fetches now.

    What was known of the named ones is read again: another refresh may have come between.
    """
    if options.feeds is not None:
        known = {feed.id: feed for feed in store.feeds()}
        fresh = [known[f.id] for f in options.feeds if f.id in known]
        return [f for f in fresh if options.force or not _just_fetched(f, now)]
    if options.force:
        return store.feeds()
    if options.manual:
        return [f for f in store.feeds() if not _just_fetched(f, now) and not _waits(f, now)]
    due_now = {feed.id: feed for feed in store.due_feeds(now)}
    # A clock that was ahead must not keep a feed silent until then.
    ahead = [f for f in store.feeds() if f.fetched_at and f.fetched_at > now + JUST_NOW]
    return [*due_now.values(), *(f for f in ahead if f.id not in due_now)]


def _just_fetched(feed: Feed, now: datetime) -> bool:
    return feed.fetched_at is not None and timedelta() <= now - feed.fetched_at < JUST_NOW


def _elsewhere(url: str | None, feed: Feed) -> str | None:
    """``url`` where it is not the feed's own address."""
    return None if url is None or same_address(url, feed.url) else url
