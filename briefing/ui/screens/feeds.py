"""Every feed and every article: nothing that was fetched is out of reach."""

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from briefing.model import ArticleRow, BriefingError, FeedRow
from briefing.ui.library import Library
from briefing.ui.panes.articles import article_lines
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.screens.reading import Reading
from briefing.ui.targets import Passage
from briefing.ui.widgets.bar import Bar
from briefing.ui.widgets.ink import ink, plain_title
from briefing.ui.widgets.items import Item, ItemsView
from briefing.ui.widgets.paged import PagedList


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which articles the list shows: all, a category's, a feed's, or the starred ones."""

    title: str
    feed_id: str | None = None
    category: str | None = None
    starred: bool = False


class ArticleList(PagedList[ArticleRow]):
    """Articles, two lines each."""

    row_height: ClassVar[int] = 2


class Feeds(ReaderScreen):
    """Feeds by category at the left, the articles of the one under the cursor at the right."""

    CSS_PATH = "beside.tcss"

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._shelf = Shelf("All articles")

    def compose(self) -> ComposeResult:
        """Two lists."""
        with Horizontal(id="body"):
            yield ItemsView(id="feedlist")
            yield ArticleList(self._load, self._draw, id="articles")
        yield Static("Briefing needs 40 × 12", id="small")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """Fill the lists."""
        feeds = self.query_one("#feedlist", ItemsView)
        feeds.border_title = "Feeds"
        feeds.show(feed_items(self._library.feed_rows(), feeds))
        articles = self.query_one(ArticleList)
        articles.empty = ["No articles here yet."]
        articles.ending = "That is all"
        articles.border_title = plain_title(self._shelf.title)
        articles.reload()
        self.query_one("#foot", Bar).say("enter read · tab pane · esc back · / search")
        feeds.focus()

    def _load(self, after: ArticleRow | None, limit: int) -> list[ArticleRow]:
        shelf = self._shelf
        return self._library.store.article_rows(
            shelf.feed_id, shelf.category, after, limit, starred=shelf.starred
        )

    def _draw(self, row: ArticleRow, _number: int, width: int) -> list[Text]:
        now = self._library.clock().astimezone()
        return article_lines(row, width, self.query_one(ArticleList).inks, now)

    def on_items_view_moved(self, message: ItemsView.Moved) -> None:
        """The articles of the feed under the cursor."""
        if isinstance(message.target, Shelf):
            self._shelf = message.target
            articles = self.query_one(ArticleList)
            articles.cursor = 0
            articles.reload()
            articles.scroll_home(animate=False)
            articles.border_title = plain_title(self._shelf.title)

    def on_items_view_chosen(self, _message: ItemsView.Chosen) -> None:
        """Enter on a feed goes to its articles."""
        self._go("articles")

    def on_paged_list_chosen(self, message: PagedList.Chosen) -> None:
        """Enter on an article reads it."""
        if isinstance(message.row, ArticleRow):
            trail = f"Feeds › {self._shelf.title} › {message.row.source}"
            passage = Passage(message.row.id, (), message.row.source, message.row.title)
            self.app.push_screen(Reading(self._library, passage, trail, marks=True))

    def on_screen_resume(self) -> None:
        """Back from an article: it is read now."""
        articles = self.query_one(ArticleList)
        row = articles.current
        if row is not None:
            try:
                articles.replace(articles.cursor, self._library.article_row(row.id))
            except BriefingError:
                articles.reload(keep=lambda r: r.id)

    def restyle(self) -> None:
        """The theme changed."""
        feeds = self.query_one("#feedlist", ItemsView)
        feeds.show(feed_items(self._library.feed_rows(), feeds), keep=True)
        self.query_one(ArticleList).refresh()

    def _go(self, name: str) -> None:
        self.set_class(name == "articles", "on-articles")
        self.query_one(f"#{name}", Widget).focus()

    def act_next_pane(self) -> None:
        """The other list."""
        focused = self.focused.id if self.focused is not None else ""
        self._go("feedlist" if focused == "articles" else "articles")

    act_previous_pane = act_next_pane

    def act_back(self) -> None:
        """From the articles to the feeds, from there to the edition."""
        if self.focused is not None and self.focused.id == "articles":
            self._go("feedlist")
        else:
            self.dismiss()

    def act_search(self) -> None:
        """Search all articles."""
        from briefing.ui.screens.search import Search

        self.app.push_screen(Search(self._library))

    def act_feeds(self) -> None:
        """The key that came here leads back."""
        self.dismiss()


def feed_items(rows: list[FeedRow], view: ItemsView) -> list[Item]:
    """All articles, the starred ones, then each category with its feeds."""
    inks = view.inks
    total = sum(r.articles for r in rows)
    items = [
        Item(
            ink("All articles", style=inks.strong),
            Shelf("All articles"),
            right=ink(str(total), style=inks.muted),
        ),
        Item(ink("★ Starred", style=inks.strong), Shelf("Starred", starred=True)),
    ]
    category: str | None = None
    for row in sorted(rows, key=lambda r: (r.feed.category.lower(), r.feed.display_name.lower())):
        if row.feed.category != category:
            category = row.feed.category
            items.append(Item(Text()))
            name = category or "Without a category"
            items.append(Item(ink(name, style=inks.strong), Shelf(name, category=category)))
        text = Text(f"  {row.feed.display_name}")
        if row.feed.error:
            text.append("  ⚠ ", style=inks.heavy)
            text.append(row.feed.error, style=inks.muted)
        right = ink(
            f"{row.unread}/{row.articles}" if row.unread else str(row.articles), style=inks.muted
        )
        items.append(
            Item(text, Shelf(row.feed.display_name, feed_id=row.feed.id), hang=4, right=right)
        )
    return items
