"""A line to type or paste into that takes nothing a terminal would obey."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from briefing.text.clean import strip_controls

MOST = 10_000
"""Characters of what is typed or pasted; the longest address that is taken."""


class Line(Input):
    """An input whose value is one line of visible characters, whatever was pasted."""

    # Textual lays out the whole screen for each letter; where that is needed, Input says so itself.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+u", "clear_line", "Empty the line", show=False, id="line-clear")
    ]

    def validate_value(self, value: str) -> str:
        """The value without control characters, at most ``MOST`` characters of it."""
        return strip_controls(value[:MOST]).replace("\n", " ").replace("\t", " ")

    def action_clear_line(self) -> None:
        """Empty the line."""
        self.value = ""
