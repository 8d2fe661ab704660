"""How the sync server does, for whoever only reads the store."""

from briefing.model import SyncHealth
from briefing.store.database import Database
from briefing.store.rows import maybe_moment


class SyncHealthReading(Database):
    """What waits for the sync server, and what went wrong last."""

    def sync_health(self) -> SyncHealth:
        """How the sync server does; as one that is well where there has been no sync yet."""
        row = self._row("SELECT problem, synced_at FROM sync_server")
        waiting = self.outbox_counts()[0]
        if row is None:
            return SyncHealth(waiting=waiting)
        return SyncHealth(row["problem"], waiting, maybe_moment(row["synced_at"]))

    def outbox_counts(self) -> tuple[int, int]:
        """How many marks wait for the server; and how many of articles that it does not have."""
        row = self._row(
            "SELECT count(*) AS every, coalesce(sum(EXISTS (SELECT 1 FROM sync_entry WHERE"
            " sync_entry.article_id = mark_log.article_id)), 0) AS known"
            " FROM mark_log INDEXED BY mark_log_unsent WHERE is_sent = 0"
        )
        return (0, 0) if row is None else (row["known"], row["every"] - row["known"])
