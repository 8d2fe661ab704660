"""Subscriptions and folders brought in step, by what each side had at the last sync.

Nothing that stands here is removed because the server says so: what it has no more stays, as a feed
of ours alone. What was removed here is unsubscribed there, where that is wanted and can be.
"""

from collections.abc import Awaitable, Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from briefing.config import SyncSettings
from briefing.ingest.addresses import AddressPolicy, is_private_name
from briefing.ingest.local_feeds import is_local
from briefing.model import AddressError, Feed, StoreError, SyncError, without_credentials
from briefing.store import Store, SyncFeed
from briefing.sync.model import RemoteFeed, Server
from briefing.sync.report import Tally, listed
from briefing.text.urls import feed_key

_OF_ONE_FEED = frozenset({400, 403, 404, 405, 409, 413, 422, 500})
"""Answers that are a feed's fault, not the connection's: the sync goes on without it."""


class Subscriptions:
    """Brings subscriptions in step."""

    def __init__(
        self,
        store: Store,
        settings: SyncSettings,
        tally: Tally,
        now: datetime,
        policy: AddressPolicy,
    ) -> None:
        """``policy``: which addresses of private networks a server elsewhere may name."""
        self._store = store
        self._settings = settings
        self._policy = policy
        self._tally = tally
        self._now = now
        self.needs_all = False  # subscriptions came whose entries may have been passed over

    async def run(self, server: Server, remote: Iterable[RemoteFeed]) -> None:
        """Take what the server has, ``remote``, and send it what it lacks. Raises SyncError."""
        moves = self._take(tuple(remote))
        if self._settings.feeds != "both" or not server.capabilities.edits_feeds:
            self._tell_removed()
            return
        if server.capabilities.edits_folders:
            for feed, folder in moves:
                if await self._sent(server.move(feed, folder), feed.title or feed.url, "move"):
                    known = {row.remote_id: row for row in self._store.sync_feeds()}
                    self._store.save_sync_feed(replace(known[feed.id], folder=folder))
        await self._unsubscribe(server)
        await self._subscribe(server)

    # ── From the server ──────────────────────────────────────────────────────────────────────

    def _take(self, remote: tuple[RemoteFeed, ...]) -> list[tuple[RemoteFeed, str]]:
        """Take the server's subscriptions; which of them are in another folder here since."""
        store, moves = self._store, []
        with store.transaction():
            for gone in store.sync_feeds():
                if gone.is_gone and gone.feed_id is None:  # removed on both sides
                    store.forget_sync_feed(gone.remote_id)
            known = {row.remote_id: row for row in store.sync_feeds() if not row.is_gone}
            ours = {feed.id: feed for feed in store.feeds()}
            by_address = {feed_key(feed.url): feed for feed in ours.values()}
            for feed in remote:
                row = known.pop(feed.id, None)
                if row is not None and _is_another(row, feed):
                    store.forget_sync_feed(feed.id)
                    row = None
                here = by_address.get(feed_key(feed.url))
                if row is None or (row.feed_id is None and here is not None):
                    folder = self._link(feed, here)
                elif row.feed_id is None:
                    store.save_sync_feed(replace(row, url=feed.url, title=feed.title))
                    continue
                else:
                    folder = self._update(row, feed, ours[row.feed_id])
                if folder:
                    moves.append((feed, folder))
            self._keep_gone(known.values(), ours)
        self._tally.feeds = len(remote)
        return moves

    def _link(self, feed: RemoteFeed, ours: Feed | None) -> str:
        """A subscription that was not known: that of a feed here, or a new one. The folder that it
        is to get there: of two that differ ours stays.
        """
        store, folder = self._store, ""
        if ours is not None and self._is_ours_alone(ours):
            return ""
        if ours is None:
            if self._settings.feeds == "local" or is_local(feed.url) or self._is_inside(feed):
                return ""
            ours = store.add_feed(
                feed.url, feed.title, feed.site_url, feed.folder, added_at=self._now
            )
            self._tally.feeds_added += 1
        elif feed.folder and not ours.category:
            store.edit_feed(ours.id, category=feed.folder)
        elif ours.category != feed.folder:
            folder = ours.category
        for row in store.sync_feeds():
            if row.is_gone and row.feed_id == ours.id:
                store.forget_sync_feed(row.remote_id)
        self._save(feed, ours.id, None)
        return folder

    def _is_inside(self, feed: RemoteFeed) -> bool:
        """Whether a server elsewhere names an address of this machine or of its network, which
        nobody but the user may have asked (``ingest.addresses``).
        """
        server = urlsplit(self._settings.url).hostname or ""
        if is_private_name(server):
            return False
        try:
            self._policy.check(feed.url, urlsplit(feed.url).hostname or "", server)
        except AddressError:
            self._tally.note(
                f"Not followed here: {feed.title or feed.url}, as it leads to this machine or to a"
                " private network; `briefing feeds add` follows it all the same."
            )
            return True
        return False

    def _update(self, row: SyncFeed, feed: RemoteFeed, ours: Feed) -> str:
        """A subscription that was known; the folder that it is to get there, empty for none."""
        store, folder = self._store, ""
        if feed.folder != row.folder and ours.category == row.folder:
            store.edit_feed(ours.id, category=feed.folder)
        elif ours.category not in (row.folder, feed.folder) and ours.category:
            folder = ours.category
        if feed.title and feed.title != row.title and ours.title == row.title:
            store.edit_feed(ours.id, title=feed.title)
        is_moved = feed_key(feed.url) != feed_key(row.url)
        if is_moved and feed_key(ours.url) == feed_key(row.url) and not self._is_inside(feed):
            try:
                store.edit_feed(ours.id, url=feed.url)
            except StoreError as error:  # another feed has the address
                self._tally.note(f"{ours.display_name}: {error.what}.")
        # What was sent becomes the base when the server has said yes.
        self._save(replace(feed, folder=row.folder) if folder else feed, ours.id, row)
        return folder

    def _save(self, feed: RemoteFeed, feed_id: str, before: SyncFeed | None) -> None:
        served = self._settings.entries == "server"
        if before is None or served > before.is_served:
            self._store.forget_waiting_entries(feed.id)
            self.needs_all = True
        self._store.save_sync_feed(
            SyncFeed(feed.id, feed_id, feed.url, feed.title, feed.folder, served)
        )

    def _keep_gone(self, rows: Iterable[SyncFeed], ours: dict[str, Feed]) -> None:
        """What the server has no more stays here, as ours alone."""
        names = []
        for row in rows:
            self._store.forget_sync_feed(row.remote_id)
            if row.feed_id is not None:
                self._store.save_sync_feed(replace(row, is_served=False, is_gone=True))
                names.append(ours[row.feed_id].display_name)
        if names:
            self._tally.note(
                f"No longer at the server: {listed(sorted(names))}. Kept here, as feeds of your"
                " own; `briefing feeds remove` removes them."
            )

    # ── To the server ────────────────────────────────────────────────────────────────────────

    def _tell_removed(self) -> None:
        rows = [row for row in self._store.sync_feeds() if row.feed_id is None]
        if rows and self._settings.feeds == "both":
            names = listed(sorted(row.title or row.url for row in rows))
            self._tally.note(
                f"Removed here, and still at the server, which cannot be told so: {names}."
            )

    async def _unsubscribe(self, server: Server) -> None:
        for row in self._store.sync_feeds():
            if row.feed_id is None:
                name = row.title or row.url
                if await self._sent(server.unsubscribe(row.remote_id), name, "unsubscribe from"):
                    self._store.forget_sync_feed(row.remote_id)

    async def _subscribe(self, server: Server) -> None:
        store = self._store
        linked = {row.feed_id for row in store.sync_feeds()}
        subscribed = False
        for feed in store.feeds():
            if feed.id in linked or self._is_ours_alone(feed):
                continue
            work = server.subscribe(feed.url, feed.title or "", feed.category)
            subscribed = await self._sent(work, feed.display_name, "follow") or subscribed
        if subscribed:
            self._take(await server.feeds())

    def _is_ours_alone(self, feed: Feed) -> bool:
        """Whether the server is never to hear of a feed: by the configuration, or as it is a
        program's, a file's, or needs a password or fields that are nobody else's business.
        """
        own = feed.settings
        if is_local(feed.url) or without_credentials(feed.url) != feed.url:
            return True
        if own.username or own.headers or own.password_command:
            return True
        names = (feed.display_name.casefold(), feed.url.casefold())
        return any(
            part.strip() and part.strip().casefold() in name
            for part in self._settings.local
            for name in names
        )

    async def _sent(self, work: Awaitable[None], name: str, what: str) -> bool:
        """Whether the server did it. One that refuses is noted; a lost connection is raised."""
        try:
            await work
        except SyncError as error:
            if error.status not in _OF_ONE_FEED:
                raise
            self._tally.feeds_refused += 1
            self._tally.note(f"The server would not {what} {name}: {error.what}.")
            return False
        self._tally.feeds_sent += 1
        self._tally.on_progress("feeds", self._tally.feeds_sent)
        return True


def _is_another(row: SyncFeed, feed: RemoteFeed) -> bool:
    """Whether an id stands for another feed than before: a server that was set up anew."""
    return feed_key(row.url) != feed_key(feed.url) and row.title != feed.title
