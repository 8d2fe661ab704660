"""Searching all articles."""

import asyncio
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static

from briefing.model import ArticleRow
from briefing.ui.library import Library
from briefing.ui.panes.articles import article_lines
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.screens.reading import Reading
from briefing.ui.targets import Passage
from briefing.ui.widgets.bar import Bar
from briefing.ui.widgets.paged import PagedList
from briefing.ui.words import counted

MOST = 200


class Hits(PagedList[ArticleRow]):
    """What was found."""

    row_height: ClassVar[int] = 2


class Query(Input):
    """The search line: Enter and the arrow go to what was found, Esc leaves."""

    BINDINGS: ClassVar = [
        Binding("down,enter", "screen.to_hits", "To what was found", id="search-hits", show=False),
        Binding("escape", "screen.leave", "Leave the search", id="search-leave", show=False),
    ]


class Search(ReaderScreen):
    """A line to type in, and what it finds as it is typed, newest first."""

    CSS_PATH = "beside.tcss"

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._found: list[ArticleRow] = []

    def compose(self) -> ComposeResult:
        """The line and the hits."""
        yield Query(placeholder='words, "a phrase", begin*, -without', id="query")
        yield Hits(self._load, self._draw, id="articles")
        yield Static("Briefing needs 40 × 12", id="small")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """The cursor stands in the line."""
        self.add_class("on-articles")
        self.query_one(Query).border_title = "Search"
        hits = self.query_one(Hits)
        hits.border_title = "Found"
        hits.empty = ["Type to search titles, texts and bullets."]
        hits.ending = "That is all"
        hits.complete = True
        self.query_one("#foot", Bar).say("enter to what was found, then to the article · esc back")
        self.query_one(Query).focus()

    def _load(self, after: ArticleRow | None, limit: int) -> list[ArticleRow]:
        return self._found[:limit] if after is None else []

    def _draw(self, row: ArticleRow, _number: int, width: int) -> list[Text]:
        now = self._library.clock().astimezone()
        return article_lines(row, width, self.query_one(Hits).inks, now)

    @on(Input.Changed)
    @work(exclusive=True, group="search")
    async def _search(self, event: Input.Changed) -> None:
        await asyncio.sleep(0.12)  # a word is typed on before it is looked for
        query = event.value.strip()
        self._found = []
        if query:
            with self.guarded():
                self._found = await asyncio.wrap_future(self._library.search(query, MOST))
        hits = self.query_one(Hits)
        hits.empty = (
            [f"Nothing found for {query}."]
            if query
            else ["Type to search titles, texts and bullets."]
        )
        hits.cursor = 0
        hits.reload()
        hits.complete = True
        more = "+" if len(self._found) == MOST else ""
        hits.border_title = (
            f"Found {counted(len(self._found), 'article')}{more}" if query else "Found"
        )

    def action_to_hits(self) -> None:
        """From the line to what was found."""
        if self._found:
            self.query_one(Hits).focus()

    def action_leave(self) -> None:
        """Back to where the search was asked for."""
        self.dismiss()

    def act_back(self) -> None:
        """From the hits to the line, from the line out."""
        if isinstance(self.focused, Hits):
            self.query_one(Query).focus()
        else:
            self.dismiss()

    def act_search(self) -> None:
        """Into the line again."""
        self.query_one(Query).focus()

    def act_next_pane(self) -> None:
        """Between the line and the hits."""
        if isinstance(self.focused, Hits):
            self.query_one(Query).focus()
        else:
            self.action_to_hits()

    act_previous_pane = act_next_pane

    def on_paged_list_chosen(self, message: PagedList.Chosen) -> None:
        """Enter on a hit reads the article."""
        if isinstance(message.row, ArticleRow):
            trail = f"Search › {message.row.source}"
            passage = Passage(message.row.id, (), message.row.source, message.row.title)
            self.app.push_screen(Reading(self._library, passage, trail, marks=True))
