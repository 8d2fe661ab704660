"""An application as its terminal takes it: colours, themes, keys, plain words."""

from typing import TYPE_CHECKING

from rich.console import Console
from textual.app import App
from textual.filter import NoColor
from textual.notifications import SeverityLevel

from briefing.model import BriefingError
from briefing.text.clean import clean_line
from briefing.ui.depth import OWN_COLORS, Depth, indexed
from briefing.ui.keymap import Keymap
from briefing.ui.themes import DEFAULT, ThemeFile, load_theme, to_textual

if TYPE_CHECKING:
    from textual.driver import Driver


class _Console(Console):
    """Rich takes every terminal that says "dumb" for one of 80 x 25: of another size, its layout
    and Textual's would call each other without end.
    """

    @property
    def is_dumb_terminal(self) -> bool:
        """What it can do is in the reader's own hands."""
        return False


class TerminalApp(App[None]):
    """An application in a terminal of so many colours."""

    def __init__(self, depth: Depth) -> None:
        """``depth``: how many colours the terminal has."""
        super().__init__(ansi_color=True if depth is Depth.NONE else None)
        self.depth = depth
        if depth is Depth.NONE and not self.no_color:
            self._filters.append(NoColor())
        if self.console.color_system is None:  # bold and reversed text needs no colours
            self.console = _Console(
                color_system="standard", file=self.console.file, force_terminal=True
            )

    def get_driver_class(self) -> "type[Driver]":
        """Textual's own for the platform; on a terminal of POSIX one that withstands its end."""
        found = super().get_driver_class()
        if found.__module__ != "textual.drivers.linux_driver":
            return found
        from briefing.ui.terminal_driver import TerminalDriver

        return TerminalDriver

    def use_theme(self, name: str) -> str | None:
        """Take a theme; the default one where it is not or is wrong, saying so."""
        problem = None
        try:
            theme = load_theme(OWN_COLORS if self.depth.is_shallow else name)
        except BriefingError as error:
            problem = str(error)
            theme = load_theme(DEFAULT)
        self.offer_theme(theme)
        self.theme = theme.id
        self.stylesheet.set_variables(self.get_css_variables())
        return problem

    def offer_theme(self, theme: ThemeFile) -> None:
        """Make a theme one to choose from, in the colours that the terminal has."""
        self.register_theme(to_textual(indexed(theme) if self.depth is Depth.INDEXED else theme))

    def tell_conflicts(self, keys: Keymap) -> None:
        """Say which keys of the settings lead nowhere, and how that is mended."""
        for conflict in keys.conflicts:
            self.notify(f"{conflict}. {conflict.mend}", title="Keys", severity="warning")

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """A message is plain words, wherever they come from: no markup, no control characters."""
        del markup
        super().notify(
            clean_line(message),
            title=clean_line(title),
            severity=severity,
            timeout=timeout,
            markup=False,
        )
