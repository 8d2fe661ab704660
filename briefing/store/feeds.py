"""Subscriptions: what is followed, and what the last fetch of each left behind."""

# ruff: noqa: S608 - statements are put together from constants; values are always bound

from datetime import datetime
from typing import Any, TypedDict, Unpack

from briefing.model import (
    Feed,
    FeedRhythm,
    FeedRow,
    FeedSettings,
    FetchHealth,
    StoreError,
    without_credentials,
)
from briefing.store.hosts import Hosts
from briefing.store.rows import (
    WRITTEN_ON,
    dumps,
    feed_of,
    maybe_moment,
    maybe_seconds,
    moment,
    seconds,
    storable,
)


class FeedChanges(TypedDict, total=False):
    """What a user may change of a feed."""

    url: str
    title: str
    site_url: str | None
    category: str
    weight: float
    full_text: bool
    language: str | None
    keep_days: int | None
    settings: FeedSettings


_COLUMNS = frozenset(FeedChanges.__annotations__)


class Feeds(Hosts):
    """The feeds of the store."""

    def add_feed(
        self,
        url: str,
        title: str = "",
        site_url: str | None = None,
        category: str = "",
        *,
        weight: float = 1.0,
        full_text: bool = True,
        language: str | None = None,
        added_at: datetime | None = None,
    ) -> Feed:
        """Subscribe to ``url``; a feed that is there already comes back as it is.

        Addresses that differ in scheme or last slash only are one feed.
        """
        with self.transaction():
            self._run(
                "INSERT INTO feed (url, address, title, site_url, category, weight, full_text,"
                " language, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (
                    url,
                    _address(url),
                    title,
                    site_url,
                    category,
                    weight,
                    full_text,
                    language,
                    maybe_seconds(added_at),
                ),
            )
            row = self._row(
                "SELECT * FROM feed WHERE url = :url"
                " UNION ALL SELECT * FROM feed WHERE address = :address",
                {"url": url, "address": _address(url)},
            )
        if row is None:
            raise self._missing("feed", url)
        return feed_of(row)

    def feeds(self) -> list[Feed]:
        """Every feed, by category and title."""
        return sorted(
            (feed_of(row) for row in self._rows("SELECT * FROM feed")),
            key=lambda feed: (
                feed.category.casefold(),
                feed.display_name.casefold(),
                int(feed.id),
            ),
        )

    def has_feeds(self) -> bool:
        """Whether there is any subscription."""
        return self._row("SELECT 1 FROM feed LIMIT 1") is not None

    def feed(self, feed_id: str) -> Feed:
        """One feed. Raises StoreError where there is none."""
        row = self._row("SELECT * FROM feed WHERE id = ?", (self._number("feed", feed_id),))
        if row is None:
            raise self._missing("feed", feed_id)
        return feed_of(row)

    def find_feed(self, name_or_url: str) -> Feed | None:
        """The feed with this address or title; else the only one whose title has these words."""
        wanted, address = name_or_url.strip().casefold(), _address(name_or_url.strip())
        feeds = self.feeds()
        for feed in feeds:
            addresses = (_address(feed.url), _address(without_credentials(feed.url)))
            if address in addresses or feed.display_name.casefold() == wanted:
                return feed
        near = [feed for feed in feeds if wanted and wanted in feed.display_name.casefold()]
        return near[0] if len(near) == 1 else None

    def edit_feed(self, feed_id: str, **changes: Unpack[FeedChanges]) -> Feed:
        """Change what is named; a new title or category goes to the feed's articles too.

        At a new address the feed is due, and what is known of the old one (its validators, unless
        they are the new one's already, its failures and its redirects) is forgotten.
        Raises StoreError for a feed that is not there, and for an address that another has.
        """
        values: dict[str, Any] = {k: v for k, v in changes.items() if k in _COLUMNS}
        if "settings" in changes:
            values["settings"] = dumps(changes["settings"].to_json())
        with self.transaction():
            before = self.feed(feed_id)
            if "url" in changes:
                address = _address(changes["url"])
                values["address"] = address
                if changes["url"] != before.url:
                    values |= _forgotten(before, changes["url"])
                taken = (
                    "SELECT coalesce(nullif(title, ''), url) FROM feed"
                    " WHERE address = ? AND id <> ?"
                )
                if other := self._value(taken, (address, before.id)):
                    raise StoreError(
                        f"the address is that of the feed {without_credentials(other)!r}",
                        without_credentials(changes["url"]),
                        "Remove one of the two.",
                    )
            if values:
                sets = ", ".join(f"{name} = :{name}" for name in values)  # names of _COLUMNS only
                self._run(f"UPDATE feed SET {sets} WHERE id = :id", {**values, "id": before.id})
            after = self.feed(feed_id)
            if after.display_name != before.display_name:
                self._run(
                    "UPDATE article SET source = ? WHERE feed_id = ? AND source IN (?, ?)",
                    (after.display_name, before.id, before.display_name, before.url),
                )
            return after

    def feed_preferences(self) -> list[tuple[str, float, str]]:
        """Id, weight and category of each feed: what a reader says of it that ranks its stories."""
        rows = self._rows("SELECT id, weight, category FROM feed ORDER BY id")
        return [(str(row["id"]), row["weight"], row["category"]) for row in rows]

    def remove_feed(self, feed_id: str) -> None:
        """Unsubscribe. Its articles go too, except starred ones, those of starred stories, those
        tagged by hand and those noted on.

        Stories that have no article left go; those that lose some wait to be told anew
        (``articles_to_link``). What is not there does no harm.
        """
        number = self._number("feed", feed_id)
        doomed = (
            "SELECT article.id FROM article LEFT JOIN story ON story.id = article.story_id"
            " WHERE article.feed_id = ? AND article.is_starred = 0"
            f" AND coalesce(story.is_starred, 0) = 0 AND NOT {WRITTEN_ON}"
        )
        with self.transaction():
            touched = self._rows(
                "SELECT DISTINCT story_id FROM article"
                f" WHERE id IN ({doomed}) AND story_id IS NOT NULL",
                (number,),
            )
            self._run(f"DELETE FROM article WHERE id IN ({doomed})", (number,))
            self._run("UPDATE article SET feed_id = NULL WHERE feed_id = ?", (number,))
            self._run("DELETE FROM feed WHERE id = ?", (number,))
            for (story,) in touched:
                self._run(
                    "UPDATE article SET pending = coalesce(pending, 'link') WHERE story_id = ?",
                    (story,),
                )
                self._run(
                    "DELETE FROM story WHERE id = :id"
                    " AND NOT EXISTS (SELECT 1 FROM article WHERE story_id = :id)",
                    {"id": story},
                )

    def record_fetch(
        self,
        feed_id: str,
        *,
        fetched_at: datetime,
        next_fetch_at: datetime | None,
        etag: str | None = None,
        last_modified: str | None = None,
        validated_url: str | None = None,
        moved_to: str | None = None,
        rhythm: FeedRhythm | None = None,
        error: str | None = None,
        failures: int = 0,
        due_reason: str = "",
    ) -> None:
        """Keep what a fetch left behind, as ``Feed`` has it.

        After a failure (``error``) the old validators and the address moved to stay; without a
        ``rhythm`` the old one does.
        """
        self._run(
            "UPDATE feed SET fetched_at = :at, next_fetch_at = :next, error = :error,"
            " failures = :failures, due_reason = :reason WHERE id = :id",
            {
                "reason": storable(due_reason),
                "id": self._number("feed", feed_id),
                "at": seconds(fetched_at),
                "next": maybe_seconds(next_fetch_at),
                "error": error and storable(error),
                "failures": failures,
            },
        )
        if error is not None:
            return
        self._run(
            "UPDATE feed SET etag = :etag, last_modified = :modified,"
            " validated_url = :validated, moved_to = :moved, rhythm = coalesce(:rhythm, rhythm),"
            " moved_at = CASE WHEN :moved IS NULL THEN NULL"
            " WHEN moved_to IS :moved AND moved_at IS NOT NULL THEN min(moved_at, :at)"
            " ELSE :at END WHERE id = :id",
            {
                "id": self._number("feed", feed_id),
                "at": seconds(fetched_at),
                "rhythm": None if rhythm is None else dumps(rhythm.to_json()),
                "etag": etag,
                "modified": last_modified,
                "validated": validated_url,
                "moved": moved_to,
            },
        )

    def postpone_feed(self, feed_id: str, until: datetime, reason: str) -> None:
        """Let a feed that was not asked wait; it keeps its record, and no failure is counted."""
        self._run(
            "UPDATE feed SET next_fetch_at = ?, due_reason = ? WHERE id = ?",
            (seconds(until), storable(reason), self._number("feed", feed_id)),
        )

    def entry_times(self, feed_id: str, most: int = 20) -> list[datetime]:
        """When the feed's last entries were published, newest first; those that said so only."""
        rows = self._rows(
            "SELECT published FROM article WHERE feed_id = ? AND dated = 1"
            " ORDER BY published DESC, id DESC LIMIT ?",
            (self._number("feed", feed_id), most),
        )
        return [moment(row["published"]) for row in rows]

    def due_feeds(self, now: datetime) -> list[Feed]:
        """The feeds to fetch now: never fetched ones first, then by how long they have waited."""
        rows = self._rows(
            "SELECT * FROM feed WHERE next_fetch_at IS NULL OR next_fetch_at <= ?"
            " ORDER BY next_fetch_at, id",
            (seconds(now),),
        )
        return [feed_of(row) for row in rows]

    def feed_rows(self) -> list[FeedRow]:
        """Every feed with how many articles it has and how many are unread, as ``feeds``."""
        rows = self._rows(
            "SELECT id,"
            " (SELECT count(*) FROM article WHERE feed_id = feed.id) AS articles,"
            " (SELECT count(*) FROM article WHERE feed_id = feed.id AND is_read = 0) AS unread"
            " FROM feed"
        )
        counts = {str(row["id"]): row for row in rows}
        return [
            FeedRow(feed, counts[feed.id]["articles"], counts[feed.id]["unread"])
            for feed in self.feeds()
            if feed.id in counts
        ]

    def fetch_health(self) -> FetchHealth:
        """How the subscriptions do."""
        row = self._row(
            "SELECT count(*) AS feeds, coalesce(sum(failures > 0), 0) AS failing,"
            " max(CASE WHEN failures = 0 THEN fetched_at END) AS fetched_at FROM feed"
        )
        if row is None:
            return FetchHealth(0, 0, None)
        return FetchHealth(row["feeds"], row["failing"], maybe_moment(row["fetched_at"]))


def _address(url: str) -> str:
    """``url`` for comparing feeds."""
    from briefing.text.urls import feed_key  # not needed by a reader that starts

    return feed_key(url)


def _forgotten(feed: Feed, url: str) -> dict[str, Any]:
    """The columns of a feed that goes to ``url``: validators stay only where they are its own."""
    columns: dict[str, Any] = dict.fromkeys(("next_fetch_at", "error", "moved_to", "moved_at"))
    columns |= {"failures": 0, "due_reason": "", "validated_url": None}
    if feed.validated_url != url:
        columns |= {"etag": None, "last_modified": None}
    return columns
