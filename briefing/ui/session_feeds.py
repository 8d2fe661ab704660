"""What the screens read and change of the subscriptions, and keep in the configuration."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from briefing.config import Settings
from briefing.editions import apply_preferences
from briefing.model import BriefingError, Feed, FeedRow, Window
from briefing.store import ReadingStore
from briefing.ui.undo import Changes

if TYPE_CHECKING:
    from typing import Unpack

    from briefing.config import RuleSettings, SearchSettings
    from briefing.store.feeds import FeedChanges

Result = TypeVar("Result")


class FeedSession:
    """A part of ``ReadingSession``: reads from its store, writes in its thread of marks."""

    _store: ReadingStore
    _leaving: set[str]
    changes: Changes
    settings: Settings
    clock: Callable[[], datetime]
    window: Window

    def _mark(self, work: Callable[[ReadingStore], Result]) -> Future[Result]:
        raise NotImplementedError

    def feed_rows(self) -> list[FeedRow]:
        """All feeds with their counts, without those that were removed."""
        return [row for row in self._store.feed_rows() if row.feed.id not in self._leaving]

    def feed(self, feed_id: str) -> Feed:
        """One feed. Raises StoreError where there is none."""
        return self._store.feed(feed_id)

    def has_feeds(self) -> bool:
        """Whether anything is subscribed to."""
        return self._store.has_feeds()

    def add_feeds(self, feeds: Sequence[Mapping[str, str]], category: str) -> Future[int]:
        """Subscribe to feeds (``url``, ``title``, maybe ``site``); how many."""

        def work(store: ReadingStore) -> int:
            for feed in feeds:
                store.add_feed(feed["url"], feed["title"], feed.get("site"), category=category)
            return len(feeds)

        return self._mark(work)

    def add_feed(
        self, url: str, title: str, site_url: str | None, category: str, language: str | None
    ) -> Future[Feed]:
        """Subscribe to a feed; one that is followed already comes back as it is."""
        now = self.clock()
        return self._mark(
            lambda store: store.add_feed(
                url, title, site_url, category, language=language, added_at=now
            )
        )

    def edit_feed(self, feed_id: str, **changes: "Unpack[FeedChanges]") -> Future[Feed]:
        """Change what is named of a feed; the edition's scores follow a new weight or category."""
        preferences, since = self.settings.preferences, self.window.since

        def work(store: ReadingStore) -> Feed:
            feed = store.edit_feed(feed_id, **changes)
            if "weight" in changes or "category" in changes:
                apply_preferences(store, preferences, since)
            return feed

        return self._mark(work)

    def remove_feed(self, feed_id: str) -> None:
        """Show a feed no more; it goes with ``let_go``."""
        self._leaving.add(feed_id)

    def stay(self, feed_id: str) -> None:
        """A removed feed does not go."""
        self._leaving.discard(feed_id)

    def have_back(self, feed: Feed) -> Future[Feed]:
        """Have a removed feed back with all its settings; where it has gone already, its articles
        come with the next refresh."""
        self._leaving.discard(feed.id)
        now = self.clock()

        def work(store: ReadingStore) -> Feed:
            kept = store.add_feed(
                feed.url,
                feed.title or "",
                feed.site_url,
                feed.category,
                weight=feed.weight,
                full_text=feed.full_text,
                language=feed.language,
                added_at=now,
            )
            return store.edit_feed(kept.id, keep_days=feed.keep_days, settings=feed.settings)

        return self._mark(work)

    def feeds_were_added(self, before: Collection[str]) -> None:
        """Feeds were added, maybe by a command: it can be taken back. before: the identifiers of
        those that were followed."""
        added = [row.feed for row in self.feed_rows() if row.feed.id not in before]
        if not added:
            return

        def back() -> Sequence[Future[Feed]]:
            self._leaving |= {feed.id for feed in added}
            return ()

        first = f"feed added: {added[0].display_name}"
        self.changes.did(first if len(added) == 1 else f"{len(added)} feeds added", back)

    def let_go(self) -> Future[None] | None:
        """Unsubscribe from the feeds that were removed, for good; None where there are none."""
        if not self._leaving:
            return None
        leaving, self._leaving = sorted(self._leaving), set()

        def work(store: ReadingStore) -> None:
            for feed_id in leaving:
                store.remove_feed(feed_id)

        return self._mark(work)

    async def have_let_go(self) -> None:
        """A command that reads the feeds is to be run: what was removed goes before."""
        if (going := self.let_go()) is None:
            return
        with suppress(BriefingError):  # it has been told
            await asyncio.shield(asyncio.wrap_future(going))

    def apply_preferences(self) -> Future[int]:
        """Bring the edition to the rules as they are now."""
        raise NotImplementedError

    # ── The configuration ────────────────────────────────────────────────────────────────────

    def keep_in_settings(self, entry: "SearchSettings | RuleSettings") -> None:
        """Add a saved search or a rule to the configuration. Raises ConfigError."""
        from briefing.config import SearchSettings, add_entry, config_path, remove_entry

        def use(settings: Settings) -> None:
            self.settings = replace(self.settings, searches=settings.searches, rules=settings.rules)

        def back() -> Sequence[Future[int]]:
            use(remove_entry(config_path(), entry))
            return [] if isinstance(entry, SearchSettings) else [self.apply_preferences()]

        use(add_entry(config_path(), entry))
        self.changes.did(f"kept: {entry.name}", back)
