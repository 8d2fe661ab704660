"""One line with something at its left end and something at its right."""

from rich.text import Text
from textual.widget import Widget

from briefing.text.clean import clean_line


class StatusBar(Widget):
    """The status line and the line of keys."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._left = Text()
        self._right = Text()

    def say(self, left: Text | str | None = None, right: Text | str | None = None) -> None:
        """Show other words at either end; None leaves an end as it is."""
        before = self._left, self._right
        if left is not None:
            self._left = Text(clean_line(left)) if isinstance(left, str) else left
        if right is not None:
            self._right = Text(clean_line(right)) if isinstance(right, str) else right
        if (self._left, self._right) != before:
            self.refresh()

    @property
    def words(self) -> tuple[str, str]:
        """What stands at both ends."""
        return self._left.plain, self._right.plain

    def render(self) -> Text:
        """The line, the left end cut where both do not fit."""
        width = self.size.width
        right = self._right.copy()
        right.truncate(max(0, width - 12), overflow="ellipsis")
        left = self._left.copy()
        left.no_wrap = True
        left.truncate(max(0, width - right.cell_len - 1), overflow="ellipsis", pad=True)
        return left.append(" ").append_text(right)
