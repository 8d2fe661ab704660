"""Choosing a theme, shown live."""

from collections.abc import Mapping
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.widgets.pick_list import step

LOW = 22  # lines under which the card shows the names alone


class ThemeScreen(ModalScreen[None]):
    """A menu of themes: each is tried as the cursor passes; Enter keeps it, Esc does not.

    The card stands in a corner: the screen behind it stays in sight and shows the theme.
    """

    CSS_PATH = "themes.tcss"

    BINDINGS: ClassVar = [
        Binding("escape,q,t", "leave", "Keep the old theme", id="theme-leave"),
        Binding("down,j", "step(1)", "The next theme", id="theme-down"),
        Binding("up,k", "step(-1)", "The one before", id="theme-up"),
    ]

    def __init__(self, themes: Mapping[str, str]) -> None:
        """``themes``: what each is for, by its name, in the order of the menu."""
        super().__init__()
        self._themes = themes
        self._before = ""
        self._tried = ""  # the theme under the cursor

    def compose(self) -> ComposeResult:
        """The menu, and under it what the theme is for."""
        with Vertical(id="themes"):
            yield OptionList(*(Option(name, id=name) for name in self._themes))
            yield Static(id="purpose", markup=False)

    def on_mount(self) -> None:
        """The cursor stands on the theme in force."""
        self._before = self.app.theme
        card = self.query_one("#themes")
        card.border_title = "Theme"
        card.border_subtitle = "enter keeps · esc"
        menu = self.query_one(OptionList)
        if self._before in self._themes:
            menu.highlighted = list(self._themes).index(self._before)
        menu.focus()

    def on_resize(self, event: events.Resize) -> None:
        """A low terminal has no room for more than the names."""
        self.set_class(event.size.height < LOW, "-low")

    @on(OptionList.OptionHighlighted)
    def _try(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id:
            self._tried = event.option_id
            self.query_one("#purpose", Static).update(self._themes[event.option_id])
            # The menu is painted first: a theme colours everything anew, which takes longer.
            self.call_after_refresh(self._show_tried)

    def _show_tried(self) -> None:
        if self._tried and self.is_current:
            self.app.theme = self._tried

    @on(OptionList.OptionSelected)
    def _keep(self) -> None:
        self._show_tried()
        self.dismiss()
        reader_app(self).keep_theme(self.app.theme, self._before)

    def action_leave(self) -> None:
        """Back to the theme before."""
        self._tried = ""
        self.app.theme = self._before
        self.dismiss()

    def action_step(self, steps: int) -> None:
        """Move the cursor."""
        step(self.query_one(OptionList), steps)
