"""One line with something at its left end and something at its right."""

from rich.text import Text
from textual.widget import Widget

from briefing.text.clean import clean_line

_PADDING = 2
_LEFT = 12  # columns that the left end keeps


class StatusBar(Widget):
    """The status line and the line of keys."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._left = Text()
        self._right = Text()
        self._folded: Text | None = None

    def say(self, left: Text | str | None = None, right: Text | str | None = None) -> None:
        """Show other words at either end; None leaves an end as it is."""
        before = self._left, self._right
        if left is not None:
            self._left = Text(clean_line(left)) if isinstance(left, str) else left
        if right is not None:
            self._right = Text(clean_line(right)) if isinstance(right, str) else right
        if (self._left, self._right) != before:
            self.refresh()

    def unfold(self, whole: bool, width: int) -> None:
        """Show the words of the right end whole, on as many lines as they take, where one of
        ``width`` columns has no room for them; else, or without ``whole``, the one line."""
        room = max(1, width - _PADDING)
        lines = self._right.wrap(self.app.console, room) if whole else ()
        is_folded = whole and self._right.cell_len > room - _LEFT
        if not is_folded and self._folded is None:
            return  # a height that is set, also to what it is, lays out the whole screen
        self.styles.height = len(lines) if is_folded else None
        if is_folded != (self._folded is not None):
            self.refresh()
        self._folded = Text("\n").join(lines) if is_folded else None

    @property
    def words(self) -> tuple[str, str]:
        """What stands at both ends."""
        return self._left.plain, self._right.plain

    def render(self) -> Text:
        """The line, the left end cut where both do not fit."""
        if self._folded is not None:
            return self._folded
        width = self.size.width
        right = self._right.copy()
        right.truncate(max(0, width - _LEFT), overflow="ellipsis")
        left = self._left.copy()
        left.no_wrap = True
        left.truncate(max(0, width - right.cell_len - 1), overflow="ellipsis", pad=True)
        return left.append(" ").append_text(right)
