"""Whether anything waits: a refresh that brings nothing new asks this and ends."""

from datetime import datetime

from briefing.store.database import Database
from briefing.store.rows import seconds


class Waiting(Database):
    """Looks at indexes only. Nothing here writes."""

    def has_work(self, now: datetime) -> bool:
        """Whether something waits that may be tried now: an entry for its article or its page, an
        article for its digest or its story.
        """
        waits = (
            "SELECT 1 FROM article WHERE pending IN ('digest', 'link')"
            " UNION ALL SELECT 1 FROM article JOIN entry ON entry.article_id = article.id"
            " WHERE pending = 'extract' AND (retry_at IS NULL OR retry_at <= :now)"
            " UNION ALL SELECT 1 FROM article JOIN entry ON entry.article_id = article.id"
            " WHERE pending IS NULL AND retry_at <= :now LIMIT 1"
        )
        return self._value(waits, {"now": seconds(now)}) is not None

    def digest_makers(self) -> list[str]:
        """What has made the digests that are kept, each once."""
        return [row[0] for row in self._rows("SELECT DISTINCT produced_by FROM finding")]
