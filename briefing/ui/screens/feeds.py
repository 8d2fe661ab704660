"""Every feed and every article: nothing that was fetched is out of reach."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from briefing.model import ArticleFilter, ArticleRow, BriefingError, FeedRow
from briefing.model.tags import TagCount
from briefing.ui.formatting import format_day
from briefing.ui.panes.feed_lines import ALL_ARTICLES, feed_items, recounted
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.article_list import ArticleList, ListedRow, row_key
from briefing.ui.screens.feed_manager import FeedManager
from briefing.ui.session import ReadingSession
from briefing.ui.targets import ArticleSource, Target
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.styles import styled
from briefing.ui.widgets.wrapped_list import WrappedList
from briefing.wording import format_count

if TYPE_CHECKING:
    from briefing.store import FoundArticle

MOST = 200  # of a saved search


class Order(StrEnum):
    """How the articles of a list are sorted."""

    NEWEST = "newest first"
    OLDEST = "oldest first"
    UNREAD = "unread first"


class FeedList(WrappedList):
    """The feeds; the one whose articles are shown stays marked while these are gone through."""

    keeps_cursor = True


class FeedsScreen(FeedManager):
    """Feeds by category at the left, the articles of the one under the cursor at the right."""

    FOOT = (
        ("drill-in", "read"),
        ("back", "back"),
        ("next-unread", "next unread"),
        ("all-read", "all read"),
        ("add-feed", "add a feed"),
        ("feed-settings", "settings"),
        ("unread-only", "unread only"),
        ("sort", "sort"),
        ("search", "search"),
    )

    def __init__(self, session: ReadingSession) -> None:
        super().__init__(session, f"Feeds › {ALL_ARTICLES.title}")
        self._article_source = ALL_ARTICLES
        self._feed_rows: list[FeedRow] = []
        self._tags: Sequence[TagCount] = ()
        self._was_left = False
        self._unread_only = False
        self._order = Order.NEWEST
        self._unread_shown: set[str] = set()  # of the list that has the unread ones first

    def compose(self) -> ComposeResult:
        """Two lists between the header and the keys."""
        yield StatusBar(id="head")
        with Horizontal(id="body"):
            yield FeedList(id="feedlist")
            yield ArticleList(self._load, self.draw_row, id="articles")
        yield Static("Briefing needs 40 × 12", id="small")
        yield StatusBar(id="foot")

    def on_mount(self) -> None:
        """Fill the lists."""
        feeds = self.query_one("#feedlist", WrappedList)
        feeds.border_title = "Feeds"
        feeds.border_subtitle = "unread / all"
        self.articles.ending = "That is all"
        self.show_feeds()
        self._show_source(ALL_ARTICLES)
        feeds.focus()

    # ── The articles ─────────────────────────────────────────────────────────────────────────

    def _load(self, after: ListedRow | None, limit: int) -> Sequence[ListedRow]:
        if self._article_source.query:
            return self._found_page(after, limit)
        if self._article_source.starred:
            return self._session.starred(after, limit)
        last = after if isinstance(after, ArticleRow) else None
        if self._article_source.tag is not None:
            return self._session.tagged(self._article_source.tag, last, limit)
        if self._order is Order.UNREAD and not self._unread_only:
            return self._unread_first(last, limit)
        chosen = replace(self._filter, read=False if self._unread_only else None)
        return self._session.articles(chosen, last, limit, oldest=self._order is Order.OLDEST)

    def _unread_first(self, last: ArticleRow | None, limit: int) -> list[ArticleRow]:
        """The unread articles, then the read ones. What is marked meanwhile stays where it is."""
        shown = {row.id for row in self.articles.rows}
        rows: list[ArticleRow] = []
        if last is None or last.id in self._unread_shown:
            rows = self._session.articles(replace(self._filter, read=False), last, limit)
            self._unread_shown |= {row.id for row in rows}
            last = None
        while len(rows) < limit:
            page = self._session.articles(replace(self._filter, read=True), last, limit)
            rows += [row for row in page if row.id not in shown]
            if len(page) < limit:
                break
            last = page[-1]
        return rows[:limit]

    @property
    def _filter(self) -> ArticleFilter:
        """What the articles of the list have in common."""
        source = self._article_source
        return ArticleFilter(
            feed_id=source.feed_id, category=source.category, starred=source.starred or None
        )

    def _show_source(self, source: ArticleSource) -> None:
        self._article_source = source
        self.crumb = f"Feeds › {source.title}"
        self.take_found(())
        articles = self.articles
        self._unread_shown = set()
        articles.rows = []
        self.show_from_top(self._empty_words(), source.title)
        only = "unread only · " if self._unread_only else ""
        by_rule = source.starred or source.query or source.tag is not None
        articles.border_subtitle = "" if by_rule else f"{only}{self._order}"
        if source.query:
            self._look_for(source)

    def _empty_words(self) -> list[str]:
        if self._article_source.query:
            return ["Looking …"]
        if self._article_source.starred:
            return ["Nothing is starred yet.", "", "s stars a story or an article."]
        if self._article_source.tag is not None:
            return ["Nothing is here yet.", "", "L puts a story or an article on the shelf."]
        if self._unread_only:
            return ["No unread articles here.", "", "v shows all."]
        return ["No articles here yet."]

    def act_unread_only(self) -> None:
        """Hide what is read, or show it again."""
        self._unread_only = not self._unread_only
        self._show_source(self._article_source)
        self.say("unread articles only" if self._unread_only else "all articles")

    def act_sort(self) -> None:
        """The next order."""
        orders = list(Order)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._show_source(self._article_source)
        self.say(str(self._order))

    # ── The feeds ────────────────────────────────────────────────────────────────────────────

    def on_wrapped_list_moved(self, message: WrappedList.Moved) -> None:
        """The articles of the feed under the cursor."""
        target = message.target
        if isinstance(target, ArticleSource) and target != self._article_source:
            self._show_source(target)
            error = next((r.feed.error for r in self._feed_rows if r.feed.id == target.feed_id), "")
            if error:
                self.say(f"⚠ {error}")

    @work(exclusive=True, group="saved search")
    async def _look_for(self, source: ArticleSource) -> None:
        """Show what a saved search finds."""
        from briefing.query import parse_query

        try:
            query = parse_query(source.query)
            found = await asyncio.wrap_future(self._session.search(query, MOST))
        except BriefingError as error:
            self._show_hits(source, (), [str(error)])
        else:
            self._show_hits(source, found, [f"Nothing found for {source.query}."])

    def _show_hits(
        self, source: ArticleSource, found: "Sequence[FoundArticle]", empty: list[str]
    ) -> None:
        if source is self._article_source and not self.is_gone:  # else the reader went on
            self.take_found(found)
            self.articles.empty = empty
            self.articles.reload()

    def on_wrapped_list_chosen(self, _message: WrappedList.Chosen) -> None:
        """Enter on a feed goes to its articles."""
        self._go("articles")

    def restyle(self) -> None:
        """The theme changed."""
        self._draw_feeds()
        self.articles.refresh()

    def on_screen_resume(self) -> None:
        """Back from a card or an article: the feeds may be others now. What was there is painted
        before they are counted."""
        if self._was_left:
            self.call_after_refresh(self._show_feeds_again)

    def on_screen_suspend(self) -> None:
        """Another screen lies over this one."""
        self._was_left = True

    def _show_feeds_again(self) -> None:
        if self.is_current and self.is_attached:
            self.show_feeds()

    def show_feeds(self) -> None:
        """The feeds as they are now, the cursor on the one it was on."""
        self._feed_rows = self._session.feed_rows()
        self._tags = self._session.tags()
        self._draw_feeds()
        now = self.query_one("#feedlist", WrappedList).current
        if isinstance(now, ArticleSource) and now != self._article_source:
            self._show_source(now)

    def _draw_feeds(self) -> None:
        feeds = self.query_one("#feedlist", WrappedList)
        before = feeds.current
        searches = self._session.settings.searches
        lines = feed_items(self._feed_rows, feeds.theme_styles, searches, self._tags)
        feeds.show(lines, keep=True)
        if isinstance(before, ArticleSource):
            feeds.move_where(partial(_is_same, before))
        self._say_counts()

    def _say_counts(self) -> None:
        unread = sum(row.unread for row in self._feed_rows)
        failing = sum(bool(row.feed.error) for row in self._feed_rows)
        day = format_day(self._session.clock().astimezone())
        self.query_one("#head", StatusBar).say(
            styled(f" Feeds · {day}", style="bold"),
            f"{unread:,} unread" + (f" · {format_count(failing, 'feed')} ⚠" if failing else ""),
        )

    @property
    def chosen(self) -> ArticleSource:
        """What the cursor of the left list stands on."""
        return self._article_source

    # ── Marks ────────────────────────────────────────────────────────────────────────────────

    def counted(self, row: ArticleRow, read: bool) -> None:
        """The counts follow a mark at once; the store is not asked for each, nor are the lines of
        other feeds drawn."""
        step = -1 if read else 1
        self._feed_rows = [
            replace(r, unread=r.unread + step) if r.feed.id == row.feed_id else r
            for r in self._feed_rows
        ]
        feeds = self.query_one("#feedlist", WrappedList)
        styles = feeds.theme_styles
        for place, item in recounted(feeds.items, self._feed_rows, row.feed_id, styles):
            feeds.replace(place, item)
        self._say_counts()

    def taken_back(self) -> None:
        """A change was taken back: names, counts and marks are others. The cursor goes to a feed
        that is there again."""
        self.show_feeds()
        back, self.came_back = self.came_back, None
        feeds = self.query_one("#feedlist", WrappedList)
        if back is not None and feeds.move_where(partial(_is_same, back)):
            self._show_source(back)
        super().taken_back()

    def act_all_read(self) -> None:
        """Mark all articles of the list as read, those that are not loaded too."""
        self._mark_many()

    def act_read_older(self) -> None:
        """Mark what is older than the article under the cursor as read."""
        row = self._here("mark what is older than")
        if isinstance(row, ArticleRow):
            self._mark_many(row)

    def act_read_newer(self) -> None:
        """Mark what is newer than the article under the cursor as read."""
        row = self._here("mark what is newer than")
        if isinstance(row, ArticleRow):
            self._mark_many(row, newer=True)

    @work(group="marks")
    async def _mark_many(self, than: ArticleRow | None = None, newer: bool = False) -> None:
        if self._article_source.query or self._article_source.tag is not None:
            self.say("m marks each of these; whole feeds and categories can be marked at once")
            return
        with self.guarded():
            marking = self._session.mark_articles_read(self._filter, than, newer=newer)
            ids = await asyncio.shield(asyncio.wrap_future(marking))
            self._show_read(frozenset(ids))
            self.show_feeds()
            if not ids:
                self.say(_nothing_unread(than, newer))
                return
            self.did(
                f"{format_count(len(ids), 'article')} read",
                lambda: [self._session.mark_articles_unread(ids)],
                self._article_source.title,
            )

    def _show_read(self, ids: frozenset[str]) -> None:
        """Show loaded articles as read; they stay until the list is loaded anew."""
        articles = self.articles
        for index, row in enumerate(articles.rows):
            if isinstance(row, ArticleRow) and row.id in ids:
                articles.replace(index, replace(row, read=True))

    def no_more_unread(self) -> None:
        """On to the next feed that has an unread article."""
        feeds = self.query_one("#feedlist", WrappedList)
        waiting = {row.feed.id for row in self._feed_rows if row.unread}
        at = feeds.cursor or 0
        order = [*range(at + 1, len(feeds.items)), *range(at)]
        for index in order:
            target = feeds.items[index].target
            if isinstance(target, ArticleSource) and target.feed_id in waiting:
                feeds.move_to(index)
                self._show_source(target)
                self._go("articles")
                found = self.articles.find(lambda r: isinstance(r, ArticleRow) and not r.read)
                self.articles.move_to(found or 0)
                return
        self.say("You are up to date")

    # ── Fetching ─────────────────────────────────────────────────────────────────────────────

    @work(group="refresh-feed", exclusive=True)
    async def act_refresh_feed(self) -> None:
        """Fetch the feed under the cursor now, due or not."""
        feed = self._feed()
        if feed is None:
            return
        before = next((row.articles for row in self._feed_rows if row.feed.id == feed.id), 0)
        self.say(f"fetching {feed.display_name} …")
        if not await reader_app(self).refresh_feed(feed):
            self.say("already fetching: try again in a moment")
            return
        self.show_feeds()
        row = next((row for row in self._feed_rows if row.feed.id == feed.id), None)
        if row is not None and row.feed.error:
            self.say(f"⚠ {row.feed.error}")
        elif row is not None:
            self.articles.reload(keep=row_key)
            self.say(f"{feed.display_name}: {row.articles - before:,} new")

    # ── Ways from here ───────────────────────────────────────────────────────────────────────

    def _go(self, name: str) -> None:
        self.set_class(name == "articles", "on-articles")
        self.query_one(f"#{name}", Widget).focus()

    def act_next_pane(self) -> None:
        """The other list."""
        focused = self.focused.id if self.focused is not None else ""
        self._go("feedlist" if focused == "articles" else "articles")

    act_previous_pane = act_next_pane

    def act_next_unread(self) -> None:
        """Go to the next unread article, of this feed or the next one that has some."""
        if self._has_unread:
            self.set_class(True, "on-articles")
            super().act_next_unread()
        else:
            self.no_more_unread()

    @property
    def _has_unread(self) -> bool:
        """Whether the list can hold an unread article: else none of it is looked through."""
        source = self._article_source
        return any(
            row.unread
            for row in self._feed_rows
            if source.feed_id in (None, row.feed.id)
            and source.category in (None, row.feed.category)
        )

    def act_back(self) -> None:
        """From the articles to the feeds, from there to the edition."""
        if self.focused is not None and self.focused.id == "articles":
            self._go("feedlist")
        else:
            self.dismiss()

    def act_feeds(self) -> None:
        """The key that came here leads back."""
        self.dismiss()


def _nothing_unread(than: ArticleRow | None, newer: bool) -> str:
    """Why no article was marked as read, in words."""
    if than is None:
        return "nothing is unread here"
    return f"nothing unread is {'newer' if newer else 'older'}"


def _is_same(source: ArticleSource, target: Target) -> bool:
    """Whether a line is of the same feed, category or shelf, whatever it is called now."""
    if not isinstance(target, ArticleSource):
        return False
    if source.feed_id is not None:
        return target.feed_id == source.feed_id
    if source.tag is not None or source.query:
        return (target.tag, target.query) == (source.tag, source.query)
    return (target.title, target.category) == (source.title, source.category)
