"""What the screens with a list of articles share: drawing, reading and starring them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text

from briefing.model import ArticleRow, BriefingError, StoryRow
from briefing.ui.panes.articles import article_lines, starred_story_lines
from briefing.ui.screens.list_writing import ListedRow, ListWriting
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Passage
from briefing.ui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from briefing.store import FoundArticle

__all__ = ["ArticleList", "ArticleListScreen", "ListedRow"]


class ArticleList(VirtualList[ListedRow]):
    """Articles, and starred stories among them, two lines each."""

    row_height: ClassVar[int] = 2


class ArticleListScreen(ListWriting):
    """A screen that composes an ``ArticleList`` with the id ``articles``."""

    CSS_PATH = "overlay.tcss"

    def __init__(self, session: ReadingSession, crumb: str) -> None:
        """``crumb``: what the breadcrumb says of the list."""
        super().__init__()
        self._session = session
        self.crumb = crumb
        self.found: Mapping[str, FoundArticle] = {}
        """Of articles that a query found, by identifier, where its words stand."""

    @property
    def articles(self) -> ArticleList:
        """The list."""
        return self.query_one("#articles", ArticleList)

    @property
    def is_gone(self) -> bool:
        """Whether the screen is being taken down: what is found now has no place any more."""
        return not self.query(ArticleList)

    def draw_row(self, row: ListedRow, _number: int, width: int) -> list[Text]:
        """The two lines of a row."""
        now = self._session.clock().astimezone()
        styles = self.articles.theme_styles
        if isinstance(row, StoryRow):
            return starred_story_lines(row, width, styles, now)
        found = self.found.get(row.id)
        if found is None:
            return article_lines(row, width, styles, now)
        return article_lines(row, width, styles, now, found.in_title, found.in_snippet)

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
            fresh = (
                self._session.story_row(row.id)
                if isinstance(row, StoryRow)
                else self._session.article_row(row.id)
            )
        except BriefingError:
            articles.reload(keep=_key)
        else:
            articles.replace(articles.cursor, _with_snippet(fresh, row))

    def listed_row(self) -> ListedRow | None:
        """The line under the cursor, where the list has the focus."""
        return self.articles.current if self.focused is self.articles else None

    def act_star(self) -> None:
        """Star the line under the cursor, or take the star away; it stays until the list is
        loaded anew, so that the key takes itself back."""
        from dataclasses import replace

        articles = self.articles
        row = articles.current
        if row is None or self.focused is not articles:
            self.notify("Go to an article to star it.")
            return
        starred = not row.starred
        if isinstance(row, StoryRow):
            self._session.star(row.id, starred)
        else:
            self._session.star_article(row.id, starred)
        articles.replace(articles.cursor, replace(row, starred=starred))


def _key(row: ListedRow) -> tuple[bool, str]:
    return isinstance(row, StoryRow), row.id


def _with_snippet(fresh: ListedRow, row: ListedRow) -> ListedRow:
    """The row as the store has it now, with the words that a search found."""
    from dataclasses import replace

    if isinstance(fresh, ArticleRow) and isinstance(row, ArticleRow):
        return replace(fresh, snippet=row.snippet)
    return fresh
