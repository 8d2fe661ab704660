"""Every feed and every article: nothing that was fetched is out of reach."""

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from briefing.model import ArticleRow, FeedRow
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.article_list import ArticleList, ArticleListScreen, ListedRow
from briefing.ui.session import ReadingSession
from briefing.ui.targets import ArticleSource
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.styles import plain_title, styled
from briefing.ui.widgets.wrapped_list import Item, WrappedList

ALL_ARTICLES = ArticleSource("All articles")


class FeedsScreen(ArticleListScreen):
    """Feeds by category at the left, the articles of the one under the cursor at the right."""

    FOOT = (
        ("drill-in", "read"),
        ("back", "back"),
        ("next-pane", "pane"),
        ("star", "star"),
        ("search", "search"),
    )

    def __init__(self, session: ReadingSession) -> None:
        super().__init__(session, f"Feeds › {ALL_ARTICLES.title}")
        self._article_source = ALL_ARTICLES

    def compose(self) -> ComposeResult:
        """Two lists."""
        with Horizontal(id="body"):
            yield WrappedList(id="feedlist")
            yield ArticleList(self._load, self.draw_row, id="articles")
        yield Static("Briefing needs 40 × 12", id="small")
        yield StatusBar(id="foot")

    def on_mount(self) -> None:
        """Fill the lists."""
        feeds = self.query_one("#feedlist", WrappedList)
        feeds.border_title = "Feeds"
        feeds.show(feed_items(self._session.feed_rows(), feeds))
        articles = self.articles
        articles.empty = self._empty_words()
        articles.ending = "That is all"
        articles.border_title = plain_title(self._article_source.title)
        articles.reload()
        feeds.focus()

    def _load(self, after: ListedRow | None, limit: int) -> Sequence[ListedRow]:
        if self._article_source.starred:
            return self._session.starred(after, limit)
        last = after if isinstance(after, ArticleRow) else None
        return self._session.articles(
            self._article_source.feed_id, self._article_source.category, last, limit
        )

    def _empty_words(self) -> list[str]:
        if self._article_source.starred:
            return ["Nothing is starred yet.", "", "s stars a story or an article."]
        return ["No articles here yet."]

    def on_wrapped_list_moved(self, message: WrappedList.Moved) -> None:
        """The articles of the feed under the cursor."""
        if isinstance(message.target, ArticleSource):
            self._article_source = message.target
            self.crumb = f"Feeds › {self._article_source.title}"
            articles = self.articles
            articles.empty = self._empty_words()
            articles.cursor = 0
            articles.reload()
            articles.scroll_home(animate=False)
            articles.border_title = plain_title(self._article_source.title)

    def on_wrapped_list_chosen(self, _message: WrappedList.Chosen) -> None:
        """Enter on a feed goes to its articles."""
        self._go("articles")

    def restyle(self) -> None:
        """The theme changed."""
        feeds = self.query_one("#feedlist", WrappedList)
        feeds.show(feed_items(self._session.feed_rows(), feeds), keep=True)
        self.articles.refresh()

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
        reader_app(self).show_search()

    def act_feeds(self) -> None:
        """The key that came here leads back."""
        self.dismiss()


def feed_items(rows: list[FeedRow], view: WrappedList) -> list[Item]:
    """All articles, the starred ones, then each category with its feeds."""
    styles = view.theme_styles
    total = sum(r.articles for r in rows)
    items = [
        Item(
            styled("All articles", style=styles.strong),
            ALL_ARTICLES,
            right=styled(str(total), style=styles.muted),
        ),
        Item(styled("★ Starred", style=styles.strong), ArticleSource("Starred", starred=True)),
    ]
    category: str | None = None
    for row in sorted(rows, key=lambda r: (r.feed.category.lower(), r.feed.display_name.lower())):
        if row.feed.category != category:
            category = row.feed.category
            items.append(Item(Text()))
            name = category or "Without a category"
            items.append(
                Item(styled(name, style=styles.strong), ArticleSource(name, category=category))
            )
        text = Text(f"  {row.feed.display_name}")
        if row.feed.error:
            text.append("  ⚠ ", style=styles.heavy)
            text.append(row.feed.error, style=styles.muted)
        right = styled(
            f"{row.unread}/{row.articles}" if row.unread else str(row.articles), style=styles.muted
        )
        items.append(
            Item(
                text, ArticleSource(row.feed.display_name, feed_id=row.feed.id), hang=4, right=right
            )
        )
    return items
