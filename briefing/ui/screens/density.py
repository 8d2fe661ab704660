"""How many lines a row of a list takes: two, or in a compact list one."""

from dataclasses import replace
from typing import TypeVar

from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.widgets.virtual_list import VirtualList

Row = TypeVar("Row")


class DenseList(VirtualList[Row]):
    """A list of rows of two lines; of one where the session's lists are compact."""

    row_height = 2

    def on_mount(self) -> None:
        """The list is as dense as all others."""
        self.take_density()

    @property
    def is_compact(self) -> bool:
        """Whether its rows have one line."""
        return self.row_height == 1

    def take_density(self) -> None:
        """Draw the rows as densely as the session wants them now."""
        is_compact = reader_app(self.screen).session.screen.density == "compact"
        self.set_row_height(1 if is_compact else 2)


class Density(ReaderScreen):
    """The action that makes lists compact, and comfortable again."""

    def settings_changed(self) -> None:
        """The lists are as dense as the settings say now."""
        super().settings_changed()
        for rows in self.query(DenseList):
            rows.take_density()

    def act_density(self) -> None:
        """One line a row in every list instead of two, or two again, until the reader is left."""
        session = reader_app(self).session
        density = "comfortable" if session.screen.density == "compact" else "compact"
        session.screen = replace(session.screen, density=density)
        for screen in self.app.screen_stack:
            for rows in screen.query(DenseList):
                rows.take_density()
        self.say_for_now(f"{density} lists", f'density = "{density}"')
