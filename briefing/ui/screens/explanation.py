"""Why a sentence is or is not a bullet of its article, or why a story ranks where it does."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical

from briefing.ui.screens.base import ReaderScreen
from briefing.ui.widgets.styles import ThemeStyles
from briefing.ui.widgets.wrapped_list import Item, WrappedList


class ExplanationScreen(ReaderScreen):
    """An explanation on a card."""

    CSS_PATH = "explanation.tcss"

    def __init__(self, title: str, draw: Callable[[ThemeStyles], list[Item]]) -> None:
        """``draw``: its lines, in the styles of the theme in force."""
        super().__init__()
        self._title, self._draw = title, draw

    def compose(self) -> ComposeResult:
        """One card."""
        with Vertical(id="card"):
            yield WrappedList(id="why")

    def on_mount(self) -> None:
        """Fill it in."""
        card = self.query_one("#card")
        card.border_title = self._title
        card.border_subtitle = "esc closes"
        self.restyle()
        self.query_one(WrappedList).focus()

    def restyle(self) -> None:
        """The theme changed: draw anew."""
        view = self.query_one(WrappedList)
        view.show(self._draw(view.theme_styles))

    def act_back(self) -> None:
        """Close."""
        self.dismiss()

    act_explain = act_back
    act_leave = act_back
