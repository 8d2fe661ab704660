"""Managing the subscriptions in the Feeds view: each change is one key, and one takes it back."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from briefing.model import Feed, FeedRow, without_credentials
from briefing.ui.feed_settings import BY_ID, SETTINGS, FeedSetting, before, name_of, short
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.article_list import ArticleListScreen
from briefing.ui.screens.ask import AskScreen, ChooseScreen
from briefing.ui.targets import ArticleSource
from briefing.ui.undo import TakeBack
from briefing.wording import health_lines

if TYPE_CHECKING:
    from briefing.store.feeds import FeedChanges


class FeedManager(ArticleListScreen):
    """What keys do to the feed or category under the cursor of the left list."""

    came_back: ArticleSource | None = None  # a feed whose removal was taken back just now

    @property
    def chosen(self) -> ArticleSource:
        """What the cursor of the left list stands on."""
        raise NotImplementedError

    def show_feeds(self) -> None:
        """The feeds as they are now."""
        raise NotImplementedError

    def _feed(self) -> Feed | None:
        """The feed under the cursor; says that one is wanted where it stands on none."""
        feed_id = self.chosen.feed_id
        if feed_id is None:
            self.refuse("go to a feed first")
            return None
        return self._session.feed(feed_id)

    def _rows_of(self, category: str) -> list[FeedRow]:
        return [row for row in self._session.feed_rows() if row.feed.category == category]

    @work(group="feeds")
    async def _edit(
        self,
        words: str,
        of: str,
        changes: Sequence[Future[Feed]],
        back: TakeBack,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        with self.guarded():
            for change in changes:
                await asyncio.shield(asyncio.wrap_future(change))
            self.did(words, back, of)
        self.show_feeds()
        then()

    def _set(
        self, words: str, feed: Feed, changes: "FeedChanges", then: Callable[[], object]
    ) -> None:
        """Change a feed, with what takes it back."""
        old, session = before(feed, changes), self._session
        if all(changes[name] == old[name] for name in changes):  # type: ignore[literal-required]
            then()
            return
        self._edit(
            words,
            feed.display_name,
            [session.edit_feed(feed.id, **changes)],
            lambda: [session.edit_feed(feed.id, **old)],
            then,
        )

    # ── Everything of one feed ───────────────────────────────────────────────────────────────

    def act_feed_settings(self) -> None:
        """How the feed does, and all that can be set for it."""
        feed = self._feed()
        if feed is not None:
            self._show_card(feed.id)

    def _show_card(self, feed_id: str, at: str | None = None) -> None:
        feed = self._session.feed(feed_id)
        zone = self._session.clock().astimezone().tzinfo
        about = [without_credentials(feed.url), *health_lines(feed, zone)]
        choices = [(s.id, f"{s.name}: {s.shown(feed)}") for s in SETTINGS]
        choices += [("fetch", "Fetch it now"), ("remove", "Remove it")]

        def take(name: str | None) -> None:
            if name in BY_ID:
                self._ask(feed, BY_ID[name])
            elif name == "fetch":
                self.act_refresh_feed()
            elif name == "remove":
                self.act_remove_feed()

        self.app.push_screen(ChooseScreen(feed.display_name, about, choices, at=at), take)

    def _ask(self, feed: Feed, setting: FeedSetting) -> None:
        """Ask for one setting, then show the card again."""

        def again() -> None:
            self._show_card(feed.id, setting.id)

        def take(text: str | None) -> None:
            if text is None:
                again()
            else:
                self._set(f"{setting.name} changed", feed, setting.changes(feed, text), again)

        if not setting.about:
            take("")
            return
        known = self._categories() if setting.id == "category" else ()
        self.app.push_screen(
            AskScreen(
                setting.name,
                setting.about,
                setting.typed(feed),
                known=known,
                check=partial(setting.changes, feed),
            ),
            take,
        )

    def _categories(self) -> list[str]:
        return sorted({row.feed.category for row in self._session.feed_rows()} - {""})

    def act_refresh_feed(self) -> object:
        """Fetch the feed under the cursor now."""
        raise NotImplementedError

    # ── The changes ──────────────────────────────────────────────────────────────────────────

    def act_add_feed(self) -> None:
        """Follow another feed, in the category under the cursor."""
        source = self.chosen
        category = source.category or ""
        if source.feed_id is not None:
            category = self._session.feed(source.feed_id).category
        reader_app(self).add_feed(category)

    def act_rename_feed(self) -> None:
        """Another name for the feed, or for the category."""
        source, session = self.chosen, self._session
        if source.feed_id is None:
            self._rename_category(source)
            return
        feed = session.feed(source.feed_id)

        def take(name: str | None) -> None:
            if name is None or name == feed.title:
                return
            before = feed.title or ""
            self._edit(
                "renamed",
                f"{feed.display_name} to {name}",
                [session.edit_feed(feed.id, title=name)],
                lambda: [session.edit_feed(feed.id, title=before)],
            )

        self.app.push_screen(
            AskScreen(
                "Rename",
                f"A name for {without_credentials(feed.url)}",
                feed.display_name,
                check=partial(name_of, feed),
            ),
            take,
        )

    def _rename_category(self, source: ArticleSource) -> None:
        session, before = self._session, source.category
        if not before:
            self.refuse("go to a feed or a category first")
            return

        def take(name: str | None) -> None:
            if name is None or name == before:
                return
            ids = [row.feed.id for row in self._rows_of(before)]
            self._edit(
                "renamed",
                f"{before} to {name}",
                [session.edit_feed(feed, category=name) for feed in ids],
                lambda: [session.edit_feed(feed, category=before) for feed in ids],
            )

        about = f"A name for the category {before}"
        self.app.push_screen(AskScreen("Rename", about, before, check=_filled), take)

    def act_move_feed(self) -> None:
        """Into another category."""
        feed, session = self._feed(), self._session
        if feed is None:
            return

        def take(category: str | None) -> None:
            if category is None or category == feed.category:
                return
            self._edit(
                f"moved to {category}" if category else "in no category now",
                feed.display_name,
                [session.edit_feed(feed.id, category=category)],
                lambda: [session.edit_feed(feed.id, category=feed.category)],
            )

        known = self._categories()
        listed = f" There are: {', '.join(known)}." if known else ""
        about = f"The category for {feed.display_name}; empty for none.{listed}"
        self.app.push_screen(
            AskScreen("Move", about, feed.category, known=known, check=short), take
        )

    def act_mute_feed(self) -> None:
        """A muted feed counts nothing: its stories go to the end of the edition."""
        feed, session = self._feed(), self._session
        if feed is None:
            return
        weight = 0.0 if feed.weight else 1.0
        self._edit(
            "heard again" if weight else "muted",
            feed.display_name,
            [session.edit_feed(feed.id, weight=weight)],
            lambda: [session.edit_feed(feed.id, weight=feed.weight)],
        )

    def act_remove_feed(self) -> None:
        """Unsubscribe; it is gone for good when the feeds are fetched next, or the reader ends."""
        feed, session = self._feed(), self._session
        if feed is None:
            return

        source = self.chosen

        def back() -> Sequence[Future[Feed]]:
            self.came_back = source
            return [session.have_back(feed)]

        session.remove_feed(feed.id)
        self.show_feeds()
        self.did("feed removed", back, feed.display_name)


def _filled(text: str) -> None:
    if not short(text):
        raise ValueError("Type a name, or press esc to keep the old one.")
