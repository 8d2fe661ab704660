"""Menus: moving in one, and one of which several lines can be picked, told by a sign."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

PICKED, NOT_PICKED = "✓", "·"


def step(menu: OptionList, steps: int) -> None:
    """Move the cursor of a menu down, or up where ``steps`` is negative."""
    if steps > 0:
        menu.action_cursor_down()
    else:
        menu.action_cursor_up()


class PickList(OptionList):
    """Lines with ✓ before those that are picked; Space, Enter and a click pick or leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", "Pick or leave", show=False, id="pick")
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._words: dict[str, str] = {}
        self._picked: set[str] = set()

    @property
    def picked(self) -> list[str]:
        """The ids of what is picked, in the order of the lines."""
        return [name for name in self._words if name in self._picked]

    def offer(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show other lines, each an id and its words; none is picked."""
        self.clear_options()
        self._words, self._picked = dict(lines), set()
        self.add_options(Option(self._line(name), id=name) for name in self._words)

    def _line(self, name: str) -> Content:
        sign = PICKED if name in self._picked else NOT_PICKED
        return Content(f"{sign} {self._words[name]}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Pick the line, or leave it again."""
        event.stop()
        if event.option_id is not None:
            self._picked ^= {event.option_id}
            self.replace_option_prompt(event.option_id, self._line(event.option_id))
