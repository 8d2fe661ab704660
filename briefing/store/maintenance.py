"""Looking after the file: what it holds, whether it is whole, a copy of it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefing.model import RowError
from briefing.store.consistency import Consistency
from briefing.store.edition import EditionReading
from briefing.store.rows import maybe_moment
from briefing.store.stories import Stories


@dataclass(frozen=True, slots=True)
class StoreStats:
    """What ``doctor`` tells of the store. Sizes in bytes."""

    path: Path
    size: int
    wal_size: int  # written, and not yet moved into the file
    schema: int
    journal_mode: str
    feeds: int
    articles: int
    stories: int
    to_extract: int
    to_digest: int
    to_link: int
    oldest: datetime | None
    newest: datetime | None


class Maintenance(Consistency, Stories, EditionReading):
    """For ``doctor`` and backups."""

    def stats(self) -> StoreStats:
        """What the store holds. Counts whole tables: not for the way to the first paint."""
        waiting = self._rows(
            "SELECT pending, count(*) FROM article WHERE pending IS NOT NULL GROUP BY pending"
        )
        pending: dict[str, int] = {row[0]: row[1] for row in waiting}
        return StoreStats(
            path=self._path,
            size=_size(self._path),
            wal_size=_size(self._path.with_name(self._path.name + "-wal")),
            schema=self._value("PRAGMA user_version"),
            journal_mode=self._value("PRAGMA journal_mode"),
            feeds=self._value("SELECT count(*) FROM feed"),
            articles=self._value("SELECT count(*) FROM article"),
            stories=self._value("SELECT count(*) FROM story"),
            to_extract=pending.get("extract", 0),
            to_digest=pending.get("digest", 0),
            to_link=pending.get("link", 0),
            oldest=maybe_moment(self._value("SELECT min(published) FROM article")),
            newest=maybe_moment(self._value("SELECT max(published) FROM article")),
        )

    def set_unreadable_aside(self) -> None:
        """Read every digest and brief, and set aside what cannot be read: it is then made anew.

        Reads all of them: seconds on a large store.
        """
        for (number,) in self._rows("SELECT DISTINCT story_id FROM article WHERE story_id > 0"):
            self.story_articles(str(number))
            try:
                self.brief(str(number))
            except RowError as error:
                self._set_brief_aside(number, error)

    def backup(self, path: Path) -> None:
        """A whole copy at ``path`` while others read and write; it replaces what was there.

        The copy is one private file without a journal beside it. Raises StoreError where it cannot
        be made.
        """
        from briefing.store.copies import copy_store

        copy_store(self._path, path)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
