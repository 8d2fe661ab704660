"""A list of any length that holds only the pages that were looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from briefing.ui.widgets.styles import StyledView, cursor_sign, safe, styled

Row = TypeVar("Row")
SentRow = TypeVar("SentRow")  # the row of a message, whose class stands inside the list's
PAGE = 60
MOST_ABOVE = 1000  # rows that may come above the one under the cursor, which it then follows


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between rows that cannot be chosen."""

    text: str


class VirtualList(StyledView, Generic[Row]):
    """Rows of a fixed height, loaded page by page by key, drawn line by line.

    ``load(after, limit)`` gives the rows that follow ``after`` (None: from the top).
    ``draw(row, number, width)`` gives the lines of a row, at most ``row_height``.
    """

    row_height: int = 1

    class Moved(Message, Generic[SentRow]):
        """The cursor stands on another row; None where the list is empty."""

        def __init__(self, sender: "VirtualList[SentRow]", row: SentRow | None) -> None:
            super().__init__()
            self.list = sender
            self.row = row

        @property
        def control(self) -> "VirtualList[SentRow]":
            """The list whose cursor moved."""
            return self.list

    class Chosen(Moved[SentRow]):
        """A row was entered, by key or by mouse."""

    def __init__(
        self,
        load: Callable[[Row | None, int], Sequence[Row]],
        draw: Callable[[Row, int, int], list[Text]],
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self._load = load
        self._draw = draw
        self.rows: list[Row] = []
        self.complete = False
        self.cursor = 0
        self.dividers: dict[int, Divider] = {}  # before the row of that number
        self.ending: str = ""  # shown after the last row
        self.empty: list[str] = []  # shown where there is none
        self._width = 1
        self._drawn: dict[tuple[int, int], list[Strip]] = {}
        self._others: dict[tuple[str, str, int], Strip] = {}  # dividers, lines where no row is

    # ── Rows ─────────────────────────────────────────────────────────────────────────────────

    def reload(
        self,
        keep: Callable[[Row], object] | None = None,
        words: Callable[[Row], object] | None = None,
    ) -> None:
        """Load the first pages anew; the cursor stays on the row that ``keep`` tells the same, and
        that row on its line of the screen, unless the list stood at its top. words: where that row
        says something else now, the cursor goes to the one that says what it did, if there is one.
        """
        old = self.current
        loaded = len(self.rows)
        top = self.scroll_offset.y
        line = self._line_of(self.cursor) - top
        self.rows, self.complete = [], False
        self._drawn.clear()
        self._more(max(PAGE, loaded))
        if keep is not None and old is not None:
            key = keep(old)
            if all(keep(row) != key for row in self.rows):
                self._more(MOST_ABOVE)  # so many came above it, or it is gone
            self.cursor = self._place_of(old, keep, words)
        self.cursor = max(0, min(self.cursor, len(self.rows) - 1))
        self.measure()
        if keep is not None and top:
            self.scroll_to(y=self._line_of(self.cursor) - line, animate=False, immediate=True)
        if keep is not None:
            self._show_cursor()
        self.refresh()

    def _place_of(
        self, old: Row, keep: Callable[[Row], object], words: Callable[[Row], object] | None
    ) -> int:
        key = keep(old)
        same = next((i for i, row in enumerate(self.rows) if keep(row) == key), self.cursor)
        if words is None or (same < len(self.rows) and words(self.rows[same]) == words(old)):
            return same
        return next((i for i, row in enumerate(self.rows) if words(row) == words(old)), same)

    def _more(self, limit: int = PAGE) -> bool:
        if self.complete:
            return False
        page = self._load(self.rows[-1] if self.rows else None, limit)
        self.rows.extend(page)
        self.complete = len(page) < limit
        return bool(page)

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def find(self, wanted: Callable[[Row], bool], start: int = 0) -> int | None:
        """The number of the first row from ``start`` on that is wanted, loading pages up to it."""
        index = start
        while index < len(self.rows) or self._more(1000):
            if index < len(self.rows) and wanted(self.rows[index]):
                break
            index += 1
        self.measure()
        return index if index < len(self.rows) else None

    def replace(self, index: int, row: Row) -> None:
        """Another value for a row that is loaded."""
        self.rows[index] = row
        for key in [k for k in self._drawn if k[0] == index]:
            del self._drawn[key]
        self._refresh_row(index)

    # ── Lines ────────────────────────────────────────────────────────────────────────────────

    def _line_of(self, index: int) -> int:
        """The first line of a row, dividers above it counted."""
        above = sum(1 for at in self.dividers if at <= index)
        return index * self.row_height + above

    def _row_at(self, line: int) -> tuple[int | None, int]:
        """The row at a line and which of its lines that is; the divider's row and -1 for one; None
        and how many lines after the last row."""
        above = 0
        for at in sorted(self.dividers):
            place = at * self.row_height + above
            if line == place:
                return at, -1
            if line > place:
                above += 1
        index, offset = divmod(line - above, self.row_height)
        beyond = line - above - len(self.rows) * self.row_height
        return (index, offset) if beyond < 0 else (None, beyond)

    def measure(self) -> None:
        """Tell how many lines there are."""
        lines = (
            self._line_of(len(self.rows) - 1) + self.row_height if self.rows else len(self.empty)
        )
        if not self.complete:
            lines += self.row_height
        elif self.ending and self.rows:
            lines += 2
        self.virtual_size = Size(self.scrollable_content_region.width, lines)

    def set_row_height(self, lines: int) -> None:
        """Rows of another height: the row under the cursor stays on its line of the screen, unless
        the list stood at its top."""
        if lines == self.row_height:
            return
        top = self.scroll_offset.y
        line = self._line_of(self.cursor) - top
        self.row_height = lines
        self._drawn.clear()
        self._fill()
        self.measure()
        y = self._line_of(self.cursor) - line if top else 0
        self.scroll_to(y=max(0, y), animate=False, immediate=True)
        self._show_cursor()
        self.refresh()

    def _fill(self) -> None:
        """Load as many rows as the screen has room for, where some are loaded."""
        while self.rows and len(self.rows) * self.row_height < self.size.height and self._more():
            pass

    def on_resize(self, _event: events.Resize) -> None:
        """A new width draws every row anew."""
        self._drawn.clear()
        self._others.clear()
        self._fill()
        self.measure()
        self._show_cursor()

    def restyled(self) -> None:
        """The theme changed."""
        self._drawn.clear()
        self._others.clear()

    def on_focus(self) -> None:
        """The cursor is drawn otherwise while the list has the focus."""
        self._drawn = {key: strips for key, strips in self._drawn.items() if key[0] != self.cursor}
        self.refresh()

    on_blur = on_focus

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines, at the width of now."""
        self._width = self.scrollable_content_region.width
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self._width
        line = y + self.scroll_offset.y
        index, offset = self._row_at(line)
        if index is not None and offset == -1:
            return self._divider(self.dividers[index].text, width)
        if index is None:
            return self._outside(line, offset, width)
        strips = self._strips(index, width)
        return strips[offset] if offset < len(strips) else Strip.blank(width, self.base)

    def _strips(self, index: int, width: int) -> list[Strip]:
        key = (index, width)
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) > 400:
                self._drawn.clear()
            console = self.app.console
            base = self.base
            here = index == self.cursor
            styles = self.theme_styles
            over = styles.over_cursor if here and self.has_focus else None
            if here:
                base = base + (styles.cursor if self.has_focus else styles.cursor_blurred)
            drawn = []
            for text in self._draw(self.rows[index], index, max(1, width - 1)):
                mark = cursor_sign(self.has_focus) if here else " "
                segments = [Segment(mark, styles.accent), *safe(text.render(console))]
                if over is not None:
                    segments = list(Segment.apply_style(segments, post_style=over))
                drawn.append(Strip(segments).apply_style(base).adjust_cell_length(width, base))
            drawn += [Strip.blank(width, base)] * (self.row_height - len(drawn))
            self._drawn[key] = drawn
        return drawn

    def _divider(self, text: str, width: int) -> Strip:
        return self._kept(("divider", text, width), lambda: self._draw_divider(text, width))

    def _draw_divider(self, text: str, width: int) -> Strip:
        label = f" {text} " if text else ""
        line = styled("──", style=self.theme_styles.rule, no_wrap=True)
        line.append(label, style=self.theme_styles.muted)
        line.truncate(width, overflow="ellipsis")
        line.append("─" * (width - line.cell_len), style=self.theme_styles.rule)
        return Strip(line.render(self.app.console)).adjust_cell_length(width)

    def _outside(self, line: int, beyond: int, width: int) -> Strip:
        text = ""
        if not self.rows:
            text = self.empty[line] if line < len(self.empty) else ""
        elif self.complete and beyond == 0 and self.ending:
            return self._divider(self.ending, width)
        return self._kept(("line", text, width), lambda: self._draw_outside(text, width))

    def _draw_outside(self, text: str, width: int) -> Strip:
        shown = styled(text, style=self.theme_styles.muted, no_wrap=True)
        shown.truncate(width - 1, overflow="ellipsis")
        return Strip([Segment(" "), *safe(shown.render(self.app.console))]).adjust_cell_length(
            width
        )

    def _kept(self, key: tuple[str, str, int], draw: Callable[[], Strip]) -> Strip:
        """A line that belongs to no row; the same strip while nothing changes in it."""
        strip = self._others.get(key)
        if strip is None:
            strip = self._others[key] = draw().apply_style(self.base)
        return strip

    # ── Moving ───────────────────────────────────────────────────────────────────────────────

    def move_to(self, index: int, *, quiet: bool = False) -> None:
        """Put the cursor on a row, loading the pages up to it."""
        while index >= len(self.rows) - 1 and self._more():
            self.measure()
        index = max(0, min(index, len(self.rows) - 1))
        if index == self.cursor and not quiet:
            return
        width = self.scrollable_content_region.width
        self._drawn.pop((self.cursor, width), None)
        self._drawn.pop((index, width), None)
        before, self.cursor = self.cursor, index
        if not self._show_cursor():
            for changed in (before, index):
                self._refresh_row(changed)
        self.post_message(self.Moved(self, self.current))

    def _refresh_row(self, index: int) -> None:
        top = self._line_of(index) - self.scroll_offset.y
        if -self.row_height < top < self.size.height:
            width = self.scrollable_content_region.width
            self.refresh(Region(0, top, width, self.row_height))

    def move(self, steps: int) -> None:
        """Move the cursor by so many rows."""
        self.move_to(self.cursor + steps)

    def page(self, steps: int) -> None:
        """Move by screens."""
        self.move(steps * max(1, self.size.height // self.row_height - 1))

    def top(self) -> None:
        """To the first row."""
        self.move_to(0)

    def bottom(self) -> None:
        """To the last row, loading what is between."""
        while self._more(1000):
            pass
        self.measure()
        self.move_to(len(self.rows) - 1)

    def _show_cursor(self) -> bool:
        """Scroll so that the row under the cursor is on the screen; whether that scrolled."""
        top = self._line_of(self.cursor)
        height = self.size.height
        now = self.scroll_offset.y
        if top < now + (1 if now else 0):
            target = max(0, top - 1)
        elif top + self.row_height > now + height:
            target = top + self.row_height - height
            if self.cursor == len(self.rows) - 1 and self.complete and self.ending:
                target += 2
        else:
            return False
        self.scroll_to(y=target, animate=False, immediate=True)
        return True

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Load the next page before its rows come on the screen."""
        super().watch_scroll_y(old_value, new_value)
        if not self.complete and new_value + 2 * self.size.height > self.virtual_size.height:
            self._more()
            self.measure()

    def choose(self) -> None:
        """Enter the row under the cursor."""
        if self.current is not None:
            self.post_message(self.Chosen(self, self.current))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor there; one on the cursor enters."""
        at = event.get_content_offset(self)  # the event's own counts the border
        index, offset = self._row_at(at.y + self.scroll_offset.y) if at is not None else (None, -1)
        if index is None or offset < 0:
            return
        if index == self.cursor:
            self.choose()
        else:
            self.move_to(index)
