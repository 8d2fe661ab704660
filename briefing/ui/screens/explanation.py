"""Why a sentence is or is not a bullet of its article."""

from textual.app import ComposeResult
from textual.containers import Vertical

from briefing.digest.explain import Explained
from briefing.ui.panes.explanation import explanation_items
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.widgets.wrapped_list import WrappedList


class ExplanationScreen(ReaderScreen):
    """One sentence's scores, reasons, cues and verdict, on a card."""

    CSS_PATH = "explanation.tcss"

    def __init__(self, explanation: Explained, of: int, source: str) -> None:
        """``of``: how many sentences the article has; ``source``: whose it is."""
        super().__init__()
        self._explanation, self._of, self._source = explanation, of, source

    def compose(self) -> ComposeResult:
        """One card."""
        with Vertical(id="card"):
            yield WrappedList(id="why")

    def on_mount(self) -> None:
        """Fill it in."""
        card = self.query_one("#card")
        card.border_title = "Why this sentence"
        card.border_subtitle = "esc closes"
        self.restyle()
        self.query_one(WrappedList).focus()

    def restyle(self) -> None:
        """The theme changed: draw anew."""
        view = self.query_one(WrappedList)
        view.show(explanation_items(self._explanation, self._of, self._source, view.theme_styles))

    def act_back(self) -> None:
        """Close."""
        self.dismiss()

    act_explain = act_back
    act_leave = act_back
