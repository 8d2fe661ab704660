"""Where outlets give different numbers: the values side by side, each with its sentences."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from briefing.model import Article, Digest
from briefing.text.clean import clean_line
from briefing.ui.panes.comparison import column, stacked, values_of, verdicts
from briefing.ui.screens.story_detail import StoryDetail
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Comparison, Passage
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.styles import plain_title, styled
from briefing.ui.widgets.wrapped_list import WrappedList

LEAST_COLUMN = 30  # columns of the terminal that a value needs beside another


class ComparisonScreen(StoryDetail):
    """A column for each value, or one below the other where that is too narrow.

    Enter on a sentence goes to it in its source; ``{`` ``}`` and tab go between the values.
    """

    FOOT = (
        *StoryDetail.FOOT[:2],
        ("previous-outlet", ""),
        ("next-outlet", "value"),
        *StoryDetail.FOOT[2:],
    )

    def __init__(self, session: ReadingSession, comparison: Comparison, trail: str) -> None:
        super().__init__(session, trail)
        self._comparison = comparison
        self._values = values_of(comparison.disagreements)
        begin = comparison.begin
        self._at = self._values.index(begin) if begin in self._values else 0
        self._below = False  # the values stand one below the other
        self._articles: dict[str, tuple[Article, Digest | None]] = {}

    def compose(self) -> ComposeResult:
        """The verdict, the values, the foot."""
        yield StatusBar(id="head")
        yield Static(id="verdict")
        with Container(id="values"):
            for number in range(len(self._values)):
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
        self._below = self.size.width < LEAST_COLUMN * len(self._values)
        self.set_class(self._below, "below")
        self.crumbs(self._comparison.counts)
        self._go(self._at)
        if target is not None:
            self._view.move_where(lambda t: t == target)

    @property
    def _stacked(self) -> WrappedList:
        return self.query_one("#stacked", WrappedList)

    @property
    def _view(self) -> WrappedList:
        """The view that has the value the reader is at."""
        return self._stacked if self._below else self.query_one(f"#value-{self._at}", WrappedList)

    def restyle(self) -> None:
        """Draw the values, the cursors where they were."""
        now = self.session.clock().astimezone()
        counts, view = self._comparison.counts, self._stacked
        styles = view.theme_styles
        verdict = styled(clean_line(counts), style=styles.strong)
        for sentence in verdicts(self._comparison.disagreements):
            verdict.append(f"\n{clean_line(sentence)}")
        self.query_one("#verdict", Static).update(verdict)
        view.show(stacked(self._values, counts, self._read, styles, now), keep=True)
        for number, value in enumerate(self._values):
            beside = self.query_one(f"#value-{number}", WrappedList)
            beside.border_title = plain_title(value.surface)
            beside.show(column(value, counts, self._read, styles, now), keep=True)

    def _read(self, article_id: str) -> tuple[Article, Digest | None]:
        if article_id not in self._articles:
            session = self.session
            self._articles[article_id] = session.article(article_id), session.digest(article_id)
        return self._articles[article_id]

    # ── Going about ──────────────────────────────────────────────────────────────────────────

    def _go(self, number: int) -> None:
        """To a value, round and round."""
        self._at = number % len(self._values)
        if self._below:
            places = self._values[self._at].places
            self._stacked.move_where(lambda t: isinstance(t, Passage) and t.places == places)
        self._view.focus()

    def on_descendant_focus(self, event: object) -> None:
        """A click into a column is as good as the key."""
        name = getattr(getattr(event, "widget", None), "id", None) or ""
        if name.startswith("value-"):
            self._at = int(name.removeprefix("value-"))

    def on_wrapped_list_moved(self, message: WrappedList.Moved) -> None:
        """In the one view, the cursor says at which value the reader is."""
        target = message.target
        if message.view is self._stacked and self._below and isinstance(target, Passage):
            places = target.places
            self._at = next(i for i, v in enumerate(self._values) if v.places == places)

    def act_next_outlet(self) -> None:
        """The next value."""
        self._go(self._at + 1)

    def act_previous_outlet(self) -> None:
        """The value before."""
        self._go(self._at - 1)

    act_next_pane = act_next_outlet
    act_previous_pane = act_previous_outlet
