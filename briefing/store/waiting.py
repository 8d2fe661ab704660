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
            " UNION ALL SELECT 1 FROM entry CROSS JOIN article ON article.id = entry.article_id"
            " WHERE (article.pending = 'extract' AND article.retry_at IS NULL)"
            " OR (coalesce(article.pending, 'extract') = 'extract' AND article.retry_at <= ?)"
            " LIMIT 1"
        )
        return self._value(waits, (seconds(now),)) is not None

    def digest_makers(self) -> list[str]:
        """What has made the digests that are kept, each once."""
        return [row[0] for row in self._rows("SELECT DISTINCT produced_by FROM finding")]
