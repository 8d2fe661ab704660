"""The pane of key figures and people, where the first people are seen too."""

from collections.abc import Sequence

from rich.text import Text
from textual.strip import Strip

from briefing.ui.targets import MoreFigures
from briefing.ui.widgets.styles import styled
from briefing.ui.widgets.wrapped_list import Item, WrappedList

_FIRST = 2  # figures that are shown at least, and people that are to be seen under them


class FiguresView(WrappedList):
    """Shows as many figures as leave room for the heading of the people and the first of them;
    the others come on Enter."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._figures: Sequence[Item] = ()
        self._people: Sequence[Item] = ()
        self._is_whole = False
        self._shown = 0  # figures that are shown now
        self._fitted = (-1, -1)  # the size that they fit
        self._strips: dict[tuple[int, int], list[Strip]] = {}
        self._lasting: set[int] = set()  # ids of items that live as long as the story is shown

    def show_story(self, figures: Sequence[Item], people: Sequence[Item], *, keep: bool) -> None:
        """Show those of a story: lines of figures, and lines of people under their heading. With
        ``keep`` the cursor stays, and so do figures that were asked for."""
        # Where there is nothing else, the title of the pane says what they are.
        self._figures, self._people = figures, people if figures else people[1:]
        self._is_whole = keep and self._is_whole
        self._strips.clear()
        self._lasting = {id(item) for item in (*figures, *people)}
        self.show(self._fitting(), keep=keep)

    @property
    def has_only_people(self) -> bool:
        """Whether the story has people and no figures."""
        return bool(self._people) and not self._figures

    def measure(self) -> None:
        """Take as many figures as fit now, and wrap them where the width is another."""
        size = self.scrollable_content_region.width, self.size.height
        if size != self._fitted and min(size) > 0:
            before, items = self._shown, self._fitting()
            if self._shown != before:
                self._change_items(items)
        super().measure()

    def _change_items(self, items: list[Item]) -> None:
        """Others, the cursor on the same line where that is among them."""
        here = self.items[self.cursor] if self.cursor is not None else None
        self.items = items
        self._wrapped_width = -1
        at = next((i for i, item in enumerate(items) if item is here), None)
        stops = self._stops
        if at is None and stops and self.cursor is not None:
            at = min(stops, key=lambda i: abs(i - (self.cursor or 0)))
        self.cursor = at

    def _fitting(self) -> list[Item]:
        figures, people = self._figures, self._people
        shown = len(figures) if self._is_whole or not people else self._room_for()
        self._shown, items = shown, list(figures[:shown])
        self._fitted = self.scrollable_content_region.width, self.size.height
        if shown < len(figures):
            words = styled(f"+ {len(figures) - shown} more", style=self.theme_styles.muted)
            items.append(Item(words, MoreFigures(shown)))
        if items and people:
            items.append(Item(Text()))
        return [*items, *people]

    def _room_for(self) -> int:
        """How many figures there is room for; all where the size is not known."""
        width, height = self.scrollable_content_region.width, self.size.height
        if width <= 0:
            return len(self._figures)
        lines = [len(self._wrapped(item, max(1, width - 1))) for item in self._figures]
        people = [len(self._wrapped(item, max(1, width - 1))) for item in self._people]
        if sum(lines) + 1 + sum(people) <= height:
            return len(lines)
        room = height - 1 - sum(people[: 1 + _FIRST])  # the heading is the first
        if sum(lines) <= room:
            return len(lines)
        room -= 1  # what tells how many more there are
        fitting = sum(sum(lines[: n + 1]) <= room for n in range(len(lines)))
        return max(min(_FIRST, len(lines)), fitting)

    def _wrapped(self, item: Item, width: int) -> list[Strip]:
        """Wrapped once for the measuring and the drawing."""
        key = id(item), width
        if id(item) not in self._lasting:
            return super()._wrapped(item, width)
        if key not in self._strips:
            self._strips[key] = super()._wrapped(item, width)
        return self._strips[key]

    def restyled(self) -> None:
        """The theme changed: what was drawn in the old colours goes."""
        super().restyled()
        self._strips.clear()

    def choose(self) -> None:
        """Enter the line under the cursor; the line of more figures shows them."""
        if isinstance(self.current, MoreFigures):
            self._is_whole = True
            self.show(self._fitting(), cursor=self.current.first)
        else:
            super().choose()
