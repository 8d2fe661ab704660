"""Choosing a theme, shown live."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.widgets.pick_list import step


class ThemeScreen(ModalScreen[None]):
    """A menu of themes: each is tried as the cursor passes; Enter keeps it, Esc does not."""

    CSS_PATH = "overlay.tcss"

    BINDINGS: ClassVar = [
        Binding("escape,q,t", "leave", "Keep the old theme", id="theme-leave"),
        Binding("down,j", "step(1)", "The next theme", id="theme-down"),
        Binding("up,k", "step(-1)", "The one before", id="theme-up"),
    ]
    DEFAULT_CSS = """
    ThemeScreen { align: right bottom; background: transparent; }
    ThemeScreen #card { width: 40; height: auto; max-height: 100%; }
    ThemeScreen OptionList { height: auto; border: none; background: $surface; }
    """

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self._names = names
        self._before = ""

    def compose(self) -> ComposeResult:
        """The menu."""
        with Vertical(id="card"):
            yield OptionList(*(Option(name, id=name) for name in self._names))

    def on_mount(self) -> None:
        """The cursor stands on the theme in force."""
        self._before = self.app.theme
        card = self.query_one("#card")
        card.border_title = "Theme"
        card.border_subtitle = "enter keeps · esc leaves"
        menu = self.query_one(OptionList)
        if self._before in self._names:
            menu.highlighted = self._names.index(self._before)
        menu.focus()

    @on(OptionList.OptionHighlighted)
    def _try(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_id:
            self.app.theme = event.option_id

    @on(OptionList.OptionSelected)
    def _keep(self) -> None:
        self.dismiss()
        app, reader, before, now = self.app, reader_app(self), self._before, self.app.theme

        def back() -> tuple[()]:
            app.theme = before
            return ()

        if now != before:
            reader.session.changes.did(f"theme: {now}", back)
        reader.tell(f"theme: {now} (config.toml keeps it)")

    def action_leave(self) -> None:
        """Back to the theme before."""
        self.app.theme = self._before
        self.dismiss()

    def action_step(self, steps: int) -> None:
        """Move the cursor."""
        step(self.query_one(OptionList), steps)
