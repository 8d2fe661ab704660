"""When the reader was open, and the window of time that follows from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.model import Window
from briefing.store.database import Database
from briefing.store.rows import maybe_moment, seconds


@dataclass(frozen=True, slots=True)
class Visit:
    """A time that the reader was open. ``last``: when it was open before, None the first time."""

    id: str
    begun_at: datetime
    last: datetime | None


class Visits(Database):
    """Visits of the reader."""

    def begin_visit(self, now: datetime) -> Visit:
        """The reader opens. The visit knows when the one before it was."""
        with self.transaction():
            last = self.last_visit()
            number = self._run("INSERT INTO visit (begun_at) VALUES (?)", (seconds(now),)).lastrowid
        return Visit(str(number), now, last)

    def end_visit(self, visit: Visit, now: datetime) -> None:
        """The reader closes. May be called now and then, so that a crash loses little."""
        self._run(
            "UPDATE visit SET ended_at = ? WHERE id = ?",
            (seconds(now), self._number("visit", visit.id)),
        )

    def last_visit(self) -> datetime | None:
        """When the reader was last open: the end of the latest visit, as far as it is known."""
        return maybe_moment(
            self._value("SELECT coalesce(ended_at, begun_at) FROM visit ORDER BY id DESC LIMIT 1")
        )

    def window(
        self, now: datetime, hours: int = 24, max_days: int = 3, *, visit: Visit | None = None
    ) -> Window:
        """The time an edition covers: the last ``hours``, or since the last visit where that is
        longer ago, at most ``max_days``. During a visit the one before it counts: pass ``visit``.
        """
        last = self.last_visit() if visit is None else visit.last
        since = now - timedelta(hours=hours)
        if last is not None:
            since = min(since, last)
        return Window(max(since, now - timedelta(days=max_days)), now)
