"""One article on a screen of its own, from the feeds view or a search."""

from textual.app import ComposeResult
from textual.widgets import Static

from briefing.model import ArticleRow
from briefing.ui.library import Library
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.targets import Passage
from briefing.ui.widgets.bar import Bar
from briefing.ui.widgets.ink import plain_title
from briefing.ui.widgets.items import ItemsView
from briefing.ui.widgets.source import SourceView


class Reading(ReaderScreen):
    """The article's text with what feeds its bullets marked in the margin."""

    def __init__(self, library: Library, row: ArticleRow, trail: str) -> None:
        super().__init__()
        self._library = library
        self._row = row
        self._trail = trail

    def compose(self) -> ComposeResult:
        """The text and the foot."""
        yield SourceView(self._library, id="article")
        yield Static("Briefing needs 40 × 12", id="small")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """Show the article and mark it as read."""
        source = self.query_one(SourceView)
        source.border_title = plain_title(self._trail)
        with self.guarded():
            source.open(Passage(self._row.id, (), self._row.source, self._row.title))
        self._library.mark_article_read(self._row.id)
        self.query_one("#foot", Bar).say(
            "enter, o open page · esc back · ] [ sentences of bullets · y copy"
        )
        source.focus()

    def restyle(self) -> None:
        """The theme changed."""
        self.query_one(SourceView).redraw()

    def act_next_sentence(self) -> None:
        """The next sentence that feeds a bullet."""
        self.query_one(SourceView).jump(1)

    def act_previous_sentence(self) -> None:
        """The one before."""
        self.query_one(SourceView).jump(-1)

    def on_items_view_chosen(self, message: ItemsView.Chosen) -> None:
        """Enter goes on to the page."""
        message.stop()
        with self.guarded():
            self.act_open_page()

    def act_open_page(self) -> None:
        """Open the page."""
        from briefing.ui.browser import open_page

        url = self.query_one(SourceView).url
        problem = open_page(url, self._library.settings.browser) if url else "It has no page."
        if problem:
            self.notify(problem, severity="warning", markup=False)

    def act_copy(self) -> None:
        """Copy the sentence with its source."""
        source = self.query_one(SourceView)
        text = getattr(source.current, "text", self._row.title)
        parts = [p for p in (source.outlet, source.url) if p]
        self.app.copy_to_clipboard(f"{text}\n— {', '.join(parts)}\n")
        self.notify("Copied with its source.")
