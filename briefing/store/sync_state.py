"""What is known of the sync server: which it is, its subscriptions, where the last pull ended."""

from dataclasses import dataclass
from datetime import datetime

from briefing.store.database import Database
from briefing.store.rows import maybe_moment, maybe_seconds, seconds, storable


@dataclass(frozen=True, slots=True)
class SyncServer:
    """The server that this store is in step with.

    account: whose data it gives, as it says itself. version: of its program. cursor: the client's
    own word on what has been pulled. problem: of the last try, in words; empty where that was
    well. retry_at: it asked not to be asked before.
    """

    kind: str
    url: str
    account: str
    version: str = ""
    cursor: str = ""
    tried_at: datetime | None = None
    synced_at: datetime | None = None
    problem: str = ""
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SyncFeed:
    """A subscription of the server, as it had it last.

    feed_id: ours; None: removed here. is_served: its entries come from the server. is_gone: the
    server has it no more, and it is not to be given back to it.
    """

    remote_id: str
    feed_id: str | None
    url: str
    title: str
    folder: str
    is_served: bool = False
    is_gone: bool = False


class SyncState(Database):
    """The sync server of a store, and its subscriptions."""

    def sync_server(self) -> SyncServer | None:
        """The server that the store is bound to; None where there has been no sync yet."""
        row = self._row("SELECT * FROM sync_server")
        if row is None:
            return None
        return SyncServer(
            row["kind"],
            row["url"],
            row["account"],
            row["version"],
            row["cursor"],
            maybe_moment(row["tried_at"]),
            maybe_moment(row["synced_at"]),
            row["problem"],
            maybe_moment(row["retry_at"]),
        )

    def save_sync_server(self, server: SyncServer) -> None:
        """Keep what is known of the server."""
        self._run(
            "INSERT OR REPLACE INTO sync_server (id, kind, url, account, version, cursor, tried_at,"
            " synced_at, problem, retry_at) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                server.kind,
                server.url,
                storable(server.account),
                storable(server.version),
                server.cursor,
                maybe_seconds(server.tried_at),
                maybe_seconds(server.synced_at),
                storable(server.problem),
                maybe_seconds(server.retry_at),
            ),
        )

    def save_sync_cursor(self, cursor: str) -> None:
        """Keep how far has been pulled, beside what was pulled, in one transaction with it."""
        self._run("UPDATE sync_server SET cursor = ?", (cursor,))

    def forget_sync(self) -> None:
        """Forget the server and all that it calls things; feeds, articles and marks stay, and what
        the reader ever marked waits to be sent to the next server.
        """
        with self.transaction():
            for table in ("sync_server", "sync_feed", "sync_entry"):
                self._run(f"DELETE FROM {table}")  # noqa: S608 - of this list
            self._run("UPDATE mark_log SET is_sent = 0")

    def sync_feeds(self) -> list[SyncFeed]:
        """The subscriptions of the server, as it had them last."""
        return [
            SyncFeed(
                row["remote_id"],
                None if row["feed_id"] is None else str(row["feed_id"]),
                row["url"],
                row["title"],
                row["folder"],
                bool(row["is_served"]),
                bool(row["is_gone"]),
            )
            for row in self._rows("SELECT * FROM sync_feed ORDER BY remote_id")
        ]

    def save_sync_feed(self, feed: SyncFeed) -> None:
        """Keep a subscription of the server as it has it now."""
        self._run(
            "INSERT INTO sync_feed (remote_id, feed_id, url, title, folder, is_served,"
            " is_gone) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " feed_id = excluded.feed_id, url = excluded.url, title = excluded.title,"
            " folder = excluded.folder,"
            " is_served = excluded.is_served, is_gone = excluded.is_gone",
            (
                storable(feed.remote_id),
                None if feed.feed_id is None else self._number("feed", feed.feed_id),
                storable(feed.url),
                storable(feed.title),
                storable(feed.folder),
                feed.is_served,
                feed.is_gone,
            ),
        )

    def forget_sync_feed(self, remote_id: str) -> None:
        """The server has the subscription no more; ours, and its articles, stay."""
        with self.transaction():
            self._run("DELETE FROM sync_feed WHERE remote_id = ?", (storable(remote_id),))
            self._run("DELETE FROM sync_entry WHERE remote_feed = ?", (storable(remote_id),))

    def note_served_feeds(self, now: datetime) -> None:
        """The feeds whose entries come from the server are up to date: it was asked ``now``."""
        self._run(
            "UPDATE feed SET fetched_at = ?, error = NULL, failures = 0,"
            " due_reason = 'its entries come from the sync server' WHERE id IN"
            " (SELECT feed_id FROM sync_feed WHERE is_served = 1)",
            (seconds(now),),
        )

    def served_feeds(self) -> frozenset[str]:
        """The feeds whose entries come from the server: a refresh does not fetch them."""
        rows = self._rows(
            "SELECT feed_id FROM sync_feed WHERE is_served = 1 AND feed_id IS NOT NULL"
        )
        return frozenset(str(row["feed_id"]) for row in rows)
