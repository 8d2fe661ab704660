"""Marks that another reader kept: what was read and flagged there is read and starred here."""

from collections.abc import Iterable
from dataclasses import dataclass

from briefing.store.feeds import Feeds
from briefing.store.marks import Marks
from briefing.store.newsboat_cache import CachedItem, by_feed


@dataclass(frozen=True, slots=True)
class MarksTaken:
    """What came of it. unknown_feeds: not followed here; unknown_items: of feeds that are."""

    read: int
    starred: int
    unknown_items: int
    unknown_feeds: int


class ForeignMarks(Feeds, Marks):
    """Marks out of another reader."""

    def take_marks(self, items: Iterable[CachedItem]) -> MarksTaken:
        """Mark the articles that ``items`` are: of the same feed, with the same guid or address.

        Nothing becomes unread or loses its star, so that doing it twice changes nothing. Stories
        whose articles are all read are read too.
        """
        from briefing.text.urls import canonical_url, feed_key

        read = starred = unknown_items = unknown_feeds = 0
        with self.transaction():
            feeds = {
                row["address"]: row["id"] for row in self._rows("SELECT id, address FROM feed")
            }
            touched = set()
            for address, of_feed in by_feed(items).items():
                feed = feeds.get(feed_key(address))
                if feed is None:
                    unknown_feeds += 1
                    continue
                rows = self._rows(
                    "SELECT id, guid, url, is_read, is_starred, story_id FROM article"
                    " WHERE feed_id = ?",
                    (feed,),
                )
                known = {canonical_url(row["url"]): row for row in rows if row["url"]}
                known |= {row["guid"]: row for row in rows}
                for item in of_feed:
                    row = known.get(item.guid) or known.get(canonical_url(item.url) or item.guid)
                    if row is None:
                        unknown_items += 1
                        continue
                    if item.read and not row["is_read"]:
                        self.mark_article_read(str(row["id"]))
                        touched.add(row["story_id"])
                        read += 1
                    if item.starred and not row["is_starred"]:
                        self.set_article_starred(str(row["id"]), True)
                        starred += 1
            self._read_stories(touched)
        return MarksTaken(read, starred, unknown_items, unknown_feeds)

    def _read_stories(self, stories: Iterable[int | None]) -> None:
        """Mark those of the stories as read that have no unread article left."""
        for story in stories:
            self._run(
                "UPDATE story SET state = 'read',"
                " read_at = CAST(strftime('%s', 'now') AS INTEGER)"
                " WHERE id = :id AND state <> 'read' AND NOT EXISTS"
                " (SELECT 1 FROM article WHERE story_id = :id AND is_read = 0)",
                {"id": story},
            )
