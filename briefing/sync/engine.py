"""One sync: log in, subscriptions, own marks there, changed entries and marks here, the rest there.

Each step is kept as it is done. A sync that breaks off, at whatever point, is taken up by the next
one: the outbox holds what was not acknowledged, the cursor stands where the last kept page ends.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

from briefing.config import Settings
from briefing.ingest.addresses import AddressPolicy
from briefing.ingest.failures import shown
from briefing.model import FetchError, SyncError
from briefing.store import OutgoingMark, Store, SyncServer
from briefing.sync.connect import connected
from briefing.sync.lock import sync_lock
from briefing.sync.model import Identity, RemoteFeed, Server
from briefing.sync.pulling import Pulling
from briefing.sync.report import OnProgress, SyncReport, Tally, ignore_progress
from briefing.sync.subscriptions import Subscriptions
from briefing.text.urls import feed_key

_log = logging.getLogger(__name__)

MOST_ENTRIES = 50_000
"""Entries that one sync takes; it says so, and the next one goes on there."""
_OUTBOX = 1_000  # marks that are looked at together
_STORIES = timedelta(days=14)  # how far back stories are looked at for having been read elsewhere
_ANEW = "`briefing sync setup --anew` starts over: feeds, articles and marks stay"
_PROBES = 2  # of the latest entries: one alone may have been removed, both were lost


def clock() -> datetime:
    """The time of day."""
    return datetime.now(UTC)


async def sync_async(
    store: Store,
    settings: Settings,
    *,
    now: Callable[[], datetime] = clock,
    on_progress: OnProgress = ignore_progress,
    force: bool = False,
) -> SyncReport:
    """Bring the store and its server in step; running it twice changes nothing.

    May be cancelled at any time. What ends it early is in the report, with what was done before
    that; where nothing was, it is raised. force: also where the server asked to be left alone.

    Raises StoreError; ConfigError and UsageError where no server is set up; FetchError.
    """
    started = now()
    tally = Tally(on_progress)
    before = store.sync_server()
    if before is not None and before.retry_at and before.retry_at > started and not force:
        wait = (before.retry_at - started).total_seconds()
        raise SyncError(
            f"it asked to be left alone for {wait:.0f} s more",
            shown(before.url),
            "--force asks all the same",
        )
    with sync_lock(store.path):
        try:
            async with connected(settings.sync, settings.fetch) as server:
                await _Sync(store, settings, tally, started).run(server)
        except FetchError as error:
            _note_problem(store, error, now())
            report = tally.report(shown(settings.sync.url), store.outbox_counts(), error)
            if not report.did_something:
                raise
            return report
    return tally.report(shown(settings.sync.url), store.outbox_counts())


class _Sync:
    """The steps of one sync."""

    def __init__(self, store: Store, settings: Settings, tally: Tally, now: datetime) -> None:
        self._store = store
        self._settings = settings.sync
        self._policy = AddressPolicy(settings.fetch.allow_networks)
        self._tally = tally
        self._now = now
        self._pulling = Pulling(store, tally, now)

    async def run(self, server: Server) -> None:
        store, settings = self._store, self._settings
        identity = await server.identify()
        feeds = await server.feeds()
        self._bind(identity, feeds)
        subscriptions = Subscriptions(store, settings, self._tally, self._now, self._policy)
        try:
            await subscriptions.run(server, feeds)
        finally:
            if subscriptions.needs_all:
                store.save_sync_cursor("")
        await self._notice_loss(server)
        self._pulling.begin()
        await self._push(server, told=False)
        is_whole = await self._pull(server)
        lists = await server.marks() if is_whole else None
        if lists is not None:
            await self._pulling.compare(server, lists)
        await self._push(server, told=is_whole)
        store.settle_stories(self._now, self._now - _STORIES)
        if is_whole:
            store.note_served_feeds(self._now)
        bound = store.sync_server()
        if bound is not None:
            store.save_sync_server(
                replace(bound, tried_at=self._now, synced_at=self._now, problem="", retry_at=None)
            )

    def _bind(self, identity: Identity, feeds: Sequence[RemoteFeed]) -> None:
        """See that it is the server of before. Raises SyncError where its data is another's."""
        store, settings = self._store, self._settings
        where, bound = shown(settings.url), store.sync_server()
        if bound is None:
            store.save_sync_server(
                SyncServer(settings.kind, settings.url, identity.account, identity.version)
            )
            return
        if (bound.kind, bound.account) != (settings.kind, identity.account):
            raise SyncError(
                "the server answers with the data of another account than before, so that nothing"
                " was changed",
                where,
                f"Check sync.kind, sync.url and sync.user; {_ANEW}",
            )
        known = [row for row in store.sync_feeds() if not row.is_gone]
        here = {(feed.id, feed_key(feed.url)) for feed in feeds}
        names = {(feed.id, feed.title) for feed in feeds}
        if known and not any(
            (row.remote_id, feed_key(row.url)) in here or (row.remote_id, row.title) in names
            for row in known
        ):
            raise SyncError(
                f"the server has none of the {len(known)} feeds that it had, so that nothing was"
                " changed",
                where,
                f"It has lost its data, or gives another user's; {_ANEW}",
            )
        if bound.version and identity.version not in ("", bound.version):
            self._tally.note(f"The server is {identity.version} now; it was {bound.version}.")
        if (bound.url, bound.version) != (settings.url, identity.version):
            store.save_sync_server(replace(bound, url=settings.url, version=identity.version))

    async def _notice_loss(self, server: Server) -> None:
        """Where the latest entries are gone the server was restored from a backup: what it has is
        taken anew, and what it was told is told again.
        """
        store = self._store
        latest = store.newest_sync_entries(_PROBES)
        if not latest or await server.entries(latest):
            return
        self._tally.note(
            "The server has lost its latest entries, as after a backup was put back: all is taken"
            " anew, and your marks are sent again."
        )
        with store.transaction():
            store.send_marks_again()
            store.forget_sync_entries(store.sync_marks())
            store.save_sync_cursor("")

    async def _pull(self, server: Server) -> bool:
        """Take what is new; False where there is more than one sync takes."""
        bound = self._store.sync_server()
        cursor = bound.cursor if bound is not None else ""
        since = self._now - timedelta(days=self._settings.days)
        async for page in server.changes(cursor, since, _Known(self._store)):
            self._pulling.keep(page.entries, page.cursor)
            if self._tally.entries >= MOST_ENTRIES:
                self._tally.note(
                    f"The server has more than {MOST_ENTRIES:,} entries for a sync: the next one"
                    " goes on there."
                )
                return False
        return True

    async def _push(self, server: Server, *, told: bool) -> None:
        """Send what waits, the oldest first; each batch is done when the server has said yes.

        told: also what the server had already when it was last asked, such as a mark that was set
        and taken back here. Whether it has that still, only a pull tells.
        """
        store, tally = self._store, self._tally
        most = server.capabilities.mark_batch
        while waiting := store.outgoing_marks(_OUTBOX, told=told):
            groups = defaultdict(list)
            for outgoing in waiting:
                groups[outgoing.mark.name, outgoing.mark.value].append(outgoing)
            for (name, value), group in groups.items():
                for batch in _batches(group, most):
                    ids = [known for each in batch if not each.told for known in each.remote_ids]
                    for start in range(0, len(ids), most):
                        await server.set_marks(name, value, ids[start : start + most])
                    with store.transaction():
                        store.remote_marks_set(name, value, ids)
                        store.marks_sent(each.mark for each in batch)
                    tally.sent += sum(not each.told for each in batch)
                    tally.on_progress("marks", tally.sent)


class _Known:
    """Which entries are known here; read when the first is asked for: not every protocol does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self._store.sync_marks())

    def __contains__(self, entry_id: object, /) -> bool:
        return entry_id in self._ids


def _batches(group: list[OutgoingMark], most: int) -> "list[list[OutgoingMark]]":
    return [group[start : start + most] for start in range(0, len(group), most)]


def _note_problem(store: Store, error: FetchError, now: datetime) -> None:
    bound = store.sync_server()
    _log.info("sync failed", exc_info=error)
    if bound is not None:
        wait = timedelta(seconds=error.retry_after) if error.retry_after else None
        store.save_sync_server(
            replace(
                bound,
                tried_at=now,
                problem=f"{error.what}. {error.mend}" if error.mend else error.what,
                retry_at=now + wait if wait else None,
            )
        )
