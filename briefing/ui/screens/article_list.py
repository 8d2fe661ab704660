"""What the screens with a list of articles share: drawing, reading and starring them."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from briefing.model import ArticleRow, BriefingError, StoryRow
from briefing.ui.panes.articles import article_lines, compact_article_line
from briefing.ui.panes.stories import compact_story_line, starred_story_lines
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.article_actions import copy_with_source, show_page
from briefing.ui.screens.density import DenseList, Density
from briefing.ui.screens.list_writing import ListedRow, ListWriting, title_of
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Passage, Spot
from briefing.ui.widgets.styles import plain_title
from briefing.ui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from briefing.store import FoundArticle

__all__ = ["ArticleList", "ArticleListScreen", "ListedRow", "row_key"]


class ArticleList(DenseList[ListedRow]):
    """Articles, and starred stories among them, two lines each, or one."""


class ArticleListScreen(Density, ListWriting):
    """A screen that composes an ``ArticleList`` with the id ``articles``."""

    CSS_PATH = "overlay.tcss"

    def __init__(self, session: ReadingSession, crumb: str) -> None:
        """``crumb``: what the breadcrumb says of the list."""
        super().__init__()
        self._session = session
        self.crumb = crumb
        self.found: Mapping[str, FoundArticle] = {}
        """Of articles that a query found, by identifier, where its words stand."""
        self._hits: list[ArticleRow] = []  # what a query found, all of it

    @property
    def articles(self) -> ArticleList:
        """The list."""
        return self.query_one("#articles", ArticleList)

    @property
    def is_gone(self) -> bool:
        """Whether the screen is being taken down: what is found now has no place any more."""
        return not self.query(ArticleList)

    def draw_row(self, row: ListedRow, _number: int, width: int) -> list[Text]:
        """The lines of a row."""
        now = self._session.clock().astimezone()
        styles = self.articles.theme_styles
        is_compact = self.articles.is_compact
        if isinstance(row, StoryRow):
            if is_compact:
                return compact_story_line(row, None, width, styles)
            return starred_story_lines(row, width, styles, now)
        found = self.found.get(row.id)
        in_title, in_snippet = (found.in_title, found.in_snippet) if found else ((), ())
        if is_compact:
            return compact_article_line(row, width, styles, now, in_title)
        return article_lines(row, width, styles, now, in_title, in_snippet)

    def on_virtual_list_chosen(self, message: VirtualList.Chosen[ListedRow]) -> None:
        """Enter on an article reads it, on a story its brief."""
        row = message.row
        if isinstance(row, StoryRow):
            from briefing.ui.screens.starred import StarredStories

            self.app.push_screen(StarredStories(self._session, row.id))
        elif isinstance(row, ArticleRow):
            from briefing.ui.screens.article import ArticleScreen

            trail = f"{self.crumb} › {row.source}"
            passage = Passage(row.id, row.source, text=row.title)
            self.app.push_screen(ArticleScreen(self._session, passage, trail, marks=True))

    def on_screen_resume(self) -> None:
        """Back from a line: it may be read or starred now."""
        articles = self.articles
        row = articles.current
        if row is None:
            return
        try:
            articles.replace(articles.cursor, self._stored(row))
        except BriefingError:
            articles.reload(keep=row_key)

    def _stored(self, row: ListedRow) -> ListedRow:
        """The row as the store has it now. Raises StoreError where it is gone."""
        if isinstance(row, StoryRow):
            return self._session.story_row(row.id)
        return replace(self._session.article_row(row.id), snippet=row.snippet)

    def all_stored(self, rows: Iterable[ArticleRow]) -> list[ArticleRow]:
        """What a search found, as the store has it now; what is gone is left out."""
        stored = []
        for row in rows:
            with suppress(BriefingError):
                fresh = self._stored(row)
                stored += [fresh] if isinstance(fresh, ArticleRow) else []
        return stored

    def take_found(self, found: "Sequence[FoundArticle]") -> None:
        """What a query found is what the list has a page of."""
        self._hits = [each.row for each in found]
        self.found = {each.row.id: each for each in found}

    def show_from_top(self, empty: list[str], title: str) -> None:
        """Fill the list anew, from its first row. empty: what stands there where nothing is."""
        articles = self.articles
        articles.empty, articles.cursor = empty, 0
        articles.reload()
        articles.scroll_home(animate=False)
        articles.border_title = plain_title(title)

    def _found_page(self, after: ListedRow | None, limit: int) -> Sequence[ListedRow]:
        """A page of what a query found."""
        start = 0 if after is None else [row.id for row in self._hits].index(after.id) + 1
        return self._hits[start : start + limit]

    def listed_row(self) -> ListedRow | None:
        """The line under the cursor, where the list has the focus."""
        return self.articles.current if self.focused is self.articles else None

    @property
    def spot(self) -> Spot | None:
        """The line under the cursor."""
        row = self.articles.current
        if row is None:
            return None
        is_story = isinstance(row, StoryRow)
        return Spot(title_of(row), *((row.id, None) if is_story else (None, row.id)))

    # ── Marks ────────────────────────────────────────────────────────────────────────────────

    def taken_back(self) -> None:
        """A change was taken back: it may have been made to any line."""
        self._hits = self.all_stored(self._hits)
        self.articles.reload(keep=row_key)

    def counted(self, row: ArticleRow, read: bool) -> None:
        """An article was marked."""

    def _here(self, doing: str) -> ListedRow | None:
        """The line under the cursor; says so where the cursor stands on none."""
        articles = self.articles
        if articles.current is None or self.focused is not articles:
            self.refuse(f"go to an article to {doing} it")
            return None
        return articles.current

    def _put(self, row: ListedRow) -> None:
        """Show a line as it is now, where it is shown."""
        articles = self.articles
        for index, shown in enumerate(articles.rows):
            if row_key(shown) == row_key(row):
                articles.replace(index, row)
                return

    def act_star(self) -> None:
        """Star the line under the cursor, or take the star away; it stays until the list is
        loaded anew, so that the key takes itself back."""
        row, session = self._here("star"), self._session
        if row is not None:
            starred = not row.starred
            star = session.star if isinstance(row, StoryRow) else session.star_article
            star(row.id, starred)
            self._put(replace(row, starred=starred))
            if starred:
                is_story = isinstance(row, StoryRow)
                reader_app(self).run_hooks("star", **{"story" if is_story else "article": row.id})
            words = "starred" if starred else "star taken away"
            self.did(words, lambda: [star(row.id, not starred)], title_of(row))

    def act_read(self) -> None:
        """Mark the article as read; a read one as unread."""
        row, session = self._here("mark"), self._session
        if isinstance(row, StoryRow):
            self.refuse("enter opens the story: m marks it there")
        elif row is not None:
            read = not row.read
            session.mark_article_read(row.id, read)
            self._put(replace(row, read=read))
            self.counted(row, read)
            words = "read" if read else "unread again"
            self.did(words, lambda: [session.mark_article_read(row.id, not read)], row.title)

    def act_next_unread(self) -> None:
        """Go to the next unread article of the list."""
        articles = self.articles
        start = articles.cursor + 1 if self.focused is articles else 0
        index = articles.find(lambda row: isinstance(row, ArticleRow) and not row.read, start)
        if index is None:
            self.no_more_unread()
        else:
            articles.focus()
            articles.move_to(index)

    def read_on(self) -> None:
        """The article over this list was read: open the next unread one."""
        row = self.articles.current
        if isinstance(row, ArticleRow):
            self._put(replace(row, read=True))
        self.articles.focus()
        self.act_next_unread()
        found = self.articles.current
        if isinstance(found, ArticleRow) and not found.read:
            self.articles.choose()

    def no_more_unread(self) -> None:
        """No unread article follows."""
        self.say("no unread article follows")

    # ── The page ─────────────────────────────────────────────────────────────────────────────

    def act_open_page(self) -> None:
        """Open the article's page."""
        row = self._here("open")
        if row is not None:
            show_page(self, self._session, row.url if isinstance(row, ArticleRow) else None)

    def act_copy(self) -> None:
        """Copy the title with its source."""
        row = self._here("copy")
        if isinstance(row, StoryRow):
            copy_with_source(self.app, row.headline, None, None)
        elif row is not None:
            copy_with_source(self.app, row.title, row.source, row.url)
        if row is not None:
            self.say("copied with its source")


def row_key(row: ListedRow) -> tuple[bool, str]:
    return isinstance(row, StoryRow), row.id
