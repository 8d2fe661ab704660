"""Searching all articles."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static
from textual.worker import Worker

from briefing.model import BriefingError
from briefing.query import Query, QueryError, parse_query
from briefing.store import FoundArticle
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.article_list import ArticleList, ArticleListScreen
from briefing.ui.session import ReadingSession
from briefing.ui.widgets.line import Line
from briefing.ui.widgets.status_bar import StatusBar
from briefing.wording import format_count

if TYPE_CHECKING:
    from briefing.ui.screens.ask import ChooseScreen

MOST = 100
PAUSE = 0.1  # seconds in which no key is pressed: a word is typed on before it is looked for
_HINT = [
    "Type to search titles, texts and bullets:",
    "",
    'vaccin               words, their endings too; "in quotes" as they stand',
    "ferry -toll          without; OR and ( ) for either",
    "title:ferry          also text: feed: category: author: url: language:",
    "is:starred           unread read opinion revised closed",
    "has:caveat           figure disagreement enclosure note tag; caveat:dispute",
    "#later               what has a tag; is:later too",
    "outlets:>=3          minutes:<5 age:<2d after:yesterday before:2026-05-04",
    "/fl(oo)?d/i          a regular expression; sort:best sort:old",
]
_DOES = (
    ("mute", "Mute them: their stories are kept out of the edition"),
    ("read", "Mark them as read"),
    ("star", "Star them"),
    ("tag:later", "Put them on the shelf Later"),
    ("boost:2", "Rank their stories higher"),
    ("notify", "Notify me"),
)
_INSET = 3  # cells before the text of the line: its border and its padding


class QueryLine(Line):
    """The search line: Enter and the arrow go to what was found, Esc leaves."""

    BINDINGS: ClassVar = [
        Binding("down,enter", "screen.to_hits", "To what was found", id="search-hits", show=False),
        Binding("escape", "screen.leave", "Leave the search", id="search-leave", show=False),
    ]


class NameLine(Line):
    """Asks under which name a search is kept: Enter keeps it, Esc does not."""

    BINDINGS: ClassVar = [
        Binding("escape", "screen.keep_nothing", "Do not keep it", id="name-leave", show=False)
    ]


class SearchScreen(ArticleListScreen):
    """A line to type in, and what it finds as it is typed, newest first.

    What is wrong in the line is pointed at under it; what was found before stays meanwhile.
    """

    FOOT = (
        ("drill-in", "to the hits, then read"),
        ("save-search", "keep the search"),
        ("back", "back"),
        ("star", "star"),
        ("make-rule", "make a rule"),
    )

    def __init__(self, session: ReadingSession, query: str = "") -> None:
        """``query``: what is looked for at first."""
        super().__init__(session, "Search")
        self._first = query
        self._suggestion: Query | None = None
        self._fault = ""
        self._caught: Worker[str] | None = None

    def compose(self) -> ComposeResult:
        """The line, what is wrong in it, and the hits."""
        yield QueryLine(self._first, placeholder="words, field:value, -without", id="query")
        yield NameLine(placeholder="a name for the shelf", id="name", disabled=True)
        yield Static(id="fault", markup=False)
        yield ArticleList(self._found_page, self.draw_row, id="articles")
        yield Static("Briefing needs 40 × 12", id="small")
        yield StatusBar(id="foot")

    def on_mount(self) -> None:
        """The cursor stands in the line."""
        self.add_class("on-articles")
        line = self.query_one(QueryLine)
        line.border_title = "Search"
        self.query_one(NameLine).border_title = "Keep this search as"
        hits = self.articles
        hits.border_title = "Found"
        hits.empty = _HINT
        hits.ending = "That is all"
        hits.complete = True
        line.focus()

    # ── Looking for it ───────────────────────────────────────────────────────────────────────

    @on(Input.Changed, "#query")
    @work(exclusive=True, group="search")
    async def _search(self, event: Input.Changed) -> None:
        text = event.value.strip()
        try:
            query = parse_query(event.value)
        except QueryError as error:
            await asyncio.sleep(PAUSE)  # what is half typed is not wrong yet
            self._show_fault("" if self.is_gone else self._pointed(error))
            return
        self._show_fault("")
        if not text:
            self._suggestion = None
            self._show([], _HINT, "Found")
            return
        await asyncio.sleep(PAUSE)
        try:
            found = await asyncio.wrap_future(self._session.search(query, MOST))
            near = None if found else await asyncio.wrap_future(self._session.did_you_mean(query))
        except BriefingError as error:
            self._show_fault(str(error))
            return
        self._suggestion = near
        empty = [f"Nothing found for {text}."]
        if near is not None:
            empty += ["", f"Did you mean: {near}", "enter looks for it"]
        many = f"{MOST}+ articles" if len(found) == MOST else format_count(len(found), "article")
        self._show(found, empty, f"Found {many}")

    def _show(self, found: Sequence[FoundArticle], empty: list[str], title: str) -> None:
        if self.is_gone:
            return
        self.take_found(found)
        self.show_from_top(empty, title)

    def _show_fault(self, words: str) -> None:
        if self.is_gone or words == self._fault:
            return  # each line of another text lays out the screen anew
        self._fault = words
        fault = self.query_one("#fault", Static)
        fault.update(Text(words, style=self.articles.theme_styles.caveat))
        fault.set_class(bool(words), "wrong")

    def _pointed(self, error: QueryError) -> str:
        """Carets under what is wrong in the line, or in a part of it where it is too long; what."""
        room = self.query_one(QueryLine).size.width
        part, carets = error.pointed(max(8, room - 2)).split("\n")
        is_whole = Text(error.query).cell_len < room
        above = [] if is_whole else [" " * _INSET + part]
        return "\n".join([*above, " " * _INSET + carets, f" {error}"])

    # ── Keys ─────────────────────────────────────────────────────────────────────────────────

    def action_to_hits(self) -> None:
        """From the line to what was found; where nothing was, to what may have been meant."""
        if self._hits:
            self.set_focus(self.articles)
        elif self._suggestion is not None:
            line = self.query_one(QueryLine)
            line.value, self._suggestion = str(self._suggestion), None
            line.cursor_position = len(line.value)

    def _typed_query(self) -> str:
        """The query of the line; says so where it is none, and gives an empty one."""
        written = self.query_one(QueryLine).value.strip()
        with suppress(QueryError):
            if written:
                parse_query(written)
                return written
        self.notify("There is no search to keep yet.")
        return ""

    def act_make_rule(self) -> None:
        """Ask what is to be done with what the search finds, and keep that as a rule."""
        from briefing.ui.screens.ask import ChooseScreen

        if not (query := self._typed_query()):
            return
        if why := reader_app(self).why_not_kept:
            self.notify(why, title="The rule is not kept")
            return

        def take(action: str | None) -> None:
            if action is not None:
                self._keep_rule(query, action)

        about = [f"What is done with articles that {query} finds, now and when they arrive?", ""]
        card = ChooseScreen("A rule of this search", about, _DOES)
        self.app.push_screen(card, take)
        self._caught = self._count(card, about[0], query)

    def _keep_rule(self, query: str, action: str) -> None:
        from briefing.config import RuleSettings

        try:
            self._session.keep_in_settings(RuleSettings(query, query, (action,)))
        except BriefingError as error:
            self._show_fault(f" {error}")
            return
        self._apply_rules()
        self.say(f"rule kept{self.way_back}")

    @work(group="rule")
    async def _count(self, card: "ChooseScreen", question: str, query: str) -> str:
        """Say on the card how many articles a rule would catch; gives that in words, or none."""
        from briefing.model.rules import Rule

        try:
            trial = await asyncio.to_thread(self._session.try_rule, Rule(query, query, ()))
        except BriefingError:  # it is told where the rule is kept
            return ""
        caught = f"{format_count(len(trial.caught), 'article')} of the last two weeks"
        card.tell([question, f"Now: {caught}."])
        return caught

    @work(group="marks")
    async def _apply_rules(self) -> None:
        """Do what the rules say; the lists here and below show it as when a change is undone."""
        with self.guarded():
            await asyncio.shield(asyncio.wrap_future(self._session.apply_preferences()))
        self.all_taken_back()
        caught = await self._caught.wait() if self._caught is not None else ""
        if caught and not self.is_gone:
            self.say(f"rule kept: {caught}{self.way_back}")

    def act_save_search(self) -> None:
        """Ask for a name, and keep the search under it."""
        if not self._typed_query():
            return
        name = self.query_one(NameLine)
        name.disabled = False
        name.add_class("asked")
        name.focus()

    @on(Input.Submitted, "#name")
    def _keep(self, event: Input.Submitted) -> None:
        from briefing.config import SearchSettings

        search = SearchSettings(event.value.strip(), self.query_one(QueryLine).value.strip())
        if not search.name:
            return
        if why := reader_app(self).why_not_kept:
            self.notify(why, title="The search is not kept")
        else:
            try:
                self._session.keep_in_settings(search)
            except BriefingError as error:
                self._show_fault(f" {error}")
                return
            self.say(f"kept as {search.name}: a shelf of the Feeds view")
        self.action_keep_nothing()

    def action_keep_nothing(self) -> None:
        """The name is not asked for any more."""
        self._show_fault("")
        name = self.query_one(NameLine)
        name.value = ""
        name.remove_class("asked")
        name.disabled = True
        self.query_one(QueryLine).focus()

    def action_leave(self) -> None:
        """Back to where the search was asked for."""
        self.dismiss()

    def act_back(self) -> None:
        """From the hits to the line, from the line out."""
        if isinstance(self.focused, ArticleList):
            self._to_line()
        else:
            self.dismiss()

    def act_search(self) -> None:
        """Into the line again."""
        self._to_line()

    def _to_line(self) -> None:
        # At once: ``focus`` waits for a turn, and the key would be taken for one that did nothing.
        self.set_focus(self.query_one(QueryLine))

    def act_next_pane(self) -> None:
        """Between the line and the hits."""
        if isinstance(self.focused, ArticleList):
            self._to_line()
        else:
            self.action_to_hits()

    act_previous_pane = act_next_pane
