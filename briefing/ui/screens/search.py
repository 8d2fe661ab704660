"""Searching all articles."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static

from briefing.model import ArticleRow
from briefing.ui.screens.article_list import ArticleList, ArticleListScreen, ListedRow
from briefing.ui.session import ReadingSession
from briefing.ui.widgets.status_bar import StatusBar
from briefing.wording import format_count

MOST = 200


class Query(Input):
    """The search line: Enter and the arrow go to what was found, Esc leaves."""

    BINDINGS: ClassVar = [
        Binding("down,enter", "screen.to_hits", "To what was found", id="search-hits", show=False),
        Binding("escape", "screen.leave", "Leave the search", id="search-leave", show=False),
    ]


class SearchScreen(ArticleListScreen):
    """A line to type in, and what it finds as it is typed, newest first."""

    FOOT = (("drill-in", "to what was found, then read"), ("back", "back"), ("star", "star"))

    def __init__(self, session: ReadingSession) -> None:
        super().__init__(session, "Search")
        self._hits: list[ArticleRow] = []

    def compose(self) -> ComposeResult:
        """The line and the hits."""
        yield Query(placeholder='words, "a phrase", begin*, -without', id="query")
        yield ArticleList(self._load, self.draw_row, id="articles")
        yield Static("Briefing needs 40 × 12", id="small")
        yield StatusBar(id="foot")

    def on_mount(self) -> None:
        """The cursor stands in the line."""
        self.add_class("on-articles")
        self.query_one(Query).border_title = "Search"
        hits = self.articles
        hits.border_title = "Found"
        hits.empty = ["Type to search titles, texts and bullets."]
        hits.ending = "That is all"
        hits.complete = True
        self.query_one(Query).focus()

    def _load(self, after: ListedRow | None, limit: int) -> Sequence[ListedRow]:
        return self._hits[:limit] if after is None else []

    @on(Input.Changed)
    @work(exclusive=True, group="search")
    async def _search(self, event: Input.Changed) -> None:
        await asyncio.sleep(0.12)  # a word is typed on before it is looked for
        query = event.value.strip()
        self._hits = []
        if query:
            with self.guarded():
                self._hits = await asyncio.wrap_future(self._session.search(query, MOST))
        hits = self.articles
        hits.empty = (
            [f"Nothing found for {query}."]
            if query
            else ["Type to search titles, texts and bullets."]
        )
        hits.cursor = 0
        hits.reload()
        hits.complete = True
        more = "+" if len(self._hits) == MOST else ""
        hits.border_title = (
            f"Found {format_count(len(self._hits), 'article')}{more}" if query else "Found"
        )

    def action_to_hits(self) -> None:
        """From the line to what was found."""
        if self._hits:
            self.articles.focus()

    def action_leave(self) -> None:
        """Back to where the search was asked for."""
        self.dismiss()

    def act_back(self) -> None:
        """From the hits to the line, from the line out."""
        if isinstance(self.focused, ArticleList):
            self.query_one(Query).focus()
        else:
            self.dismiss()

    def act_search(self) -> None:
        """Into the line again."""
        self.query_one(Query).focus()

    def act_next_pane(self) -> None:
        """Between the line and the hits."""
        if isinstance(self.focused, ArticleList):
            self.query_one(Query).focus()
        else:
            self.action_to_hits()

    act_previous_pane = act_next_pane
