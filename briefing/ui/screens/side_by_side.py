"""Columns of sentences, side by side where there is room, else one below the other."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from briefing.text.clean import clean_line
from briefing.ui.screens.story_detail import StoryDetail
from briefing.ui.session import ReadingSession
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.styles import ThemeStyles, plain_title, styled
from briefing.ui.widgets.wrapped_list import Item, WrappedList

MOST_COLUMNS = 8  # more of them stand one below the other everywhere
LEAST_COLUMN = 30  # columns of the terminal that one of ours needs beside another


@dataclass(frozen=True, slots=True)
class Column:
    """What is compared with others, under its title."""

    title: str
    items: list[Item]


class SideBySide(StoryDetail):
    """A column for each thing, or one below the other where that is too narrow. Subclasses say
    what stands in them.

    Enter on a sentence goes to it in its source; ``{`` ``}`` and tab go between the columns.
    """

    def __init__(
        self, session: ReadingSession, trail: str, subject: str, columns: int, begin: int
    ) -> None:
        """``subject``: what is compared; ``columns``: how many; ``begin``: where the cursor is."""
        super().__init__(session, trail)
        self.subject = subject
        self._count = columns
        self._beside = columns if columns <= MOST_COLUMNS else 0  # those that can stand so
        self._at = begin
        self._below = False  # they stand one below the other
        self._firsts = [0] * columns  # where each begins then, among the items

    # ── What subclasses say ──────────────────────────────────────────────────────────────────

    def verdict(self, styles: ThemeStyles) -> Text:
        """What stands above the columns."""
        raise NotImplementedError

    def columns(self, styles: ThemeStyles, now: datetime) -> list[Column]:
        """The columns. Raises StoreError where an article has gone."""
        raise NotImplementedError

    def has_room(self, width: int) -> bool:
        """Whether the columns stand side by side in a terminal of that width."""
        return width >= LEAST_COLUMN * self._count

    # ── Drawing ──────────────────────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        """The verdict, the columns, the foot."""
        yield StatusBar(id="head")
        yield Static(id="verdict")
        with Container(id="values"):
            for number in range(self._beside):
                yield WrappedList(id=f"value-{number}")
        yield WrappedList(id="stacked")
        yield Static("Briefing needs 40 × 12", id="small")
        yield StatusBar(id="foot")

    def on_mount(self) -> None:
        """Fill it in."""
        with self.guarded():
            self.restyle()

    def on_resize(self, _event: events.Resize) -> None:
        """Side by side where there is room."""
        target = self.target
        self._below = not self._beside or not self.has_room(self.size.width)
        self.set_class(self._below, "below")
        self.crumbs(self.subject)
        self._go(self._at)
        if target is not None:
            self._view.move_where(lambda t: t == target)

    @property
    def _stacked(self) -> WrappedList:
        return self.query_one("#stacked", WrappedList)

    @property
    def _view(self) -> WrappedList:
        """The view that has the column the reader is at."""
        return self._stacked if self._below else self.query_one(f"#value-{self._at}", WrappedList)

    def restyle(self) -> None:
        """Draw the columns, the cursors where they were."""
        now = self.session.clock().astimezone()
        styles = self._stacked.theme_styles
        self.query_one("#verdict", Static).update(self.verdict(styles))
        columns = self.columns(styles, now)
        below: list[Item] = []
        for number, column in enumerate(columns):
            if number < self._beside:
                beside = self.query_one(f"#value-{number}", WrappedList)
                beside.border_title = plain_title(column.title)
                beside.show(column.items, keep=True)
            if below:
                below.append(Item(Text()))
            self._firsts[number] = len(below)
            below.append(Item(styled(clean_line(column.title), style=styles.strong)))
            below += column.items
        self._stacked.show(below, keep=True)

    # ── Going about ──────────────────────────────────────────────────────────────────────────

    def _go(self, number: int) -> None:
        """To a column, round and round."""
        self._at = number % self._count
        if self._below:
            first, items = self._firsts[self._at], self._stacked.items
            stops = (i for i in range(first, len(items)) if items[i].target is not None)
            if (stop := next(stops, None)) is not None:
                self._stacked.move_to(stop)
        self._view.focus()

    def on_descendant_focus(self, event: object) -> None:
        """A click into a column is as good as the key."""
        name = getattr(getattr(event, "widget", None), "id", None) or ""
        if name.startswith("value-"):
            self._at = int(name.removeprefix("value-"))

    def on_wrapped_list_moved(self, message: WrappedList.Moved) -> None:
        """In the one view, the cursor says at which column the reader is."""
        cursor = message.view.cursor
        if message.view is self._stacked and self._below and cursor is not None:
            self._at = max(0, bisect_right(self._firsts, cursor) - 1)

    def act_next_outlet(self) -> None:
        """The next column."""
        self._go(self._at + 1)

    def act_previous_outlet(self) -> None:
        """The column before."""
        self._go(self._at - 1)

    act_next_pane = act_next_outlet
    act_previous_pane = act_previous_outlet
