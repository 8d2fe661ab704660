"""A short list of wrapped texts with a cursor: briefs, figures, links, sources."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.console import Console
from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from briefing.ui.targets import Target
from briefing.ui.widgets.styles import StyledView, cursor_sign, safe


@dataclass(frozen=True, slots=True)
class Item:
    """A text that is wrapped to the width. With a ``target`` the cursor can stand on it.

    hang: columns that the second and later lines are indented. right: stands at the end of the
    first line. tail: goes on after the text on its last line, where all of it fits, else on one of
    its own. below: one line more, cut to the width.
    """

    text: Text
    target: Target | None = None
    hang: int = 0
    right: Text | None = None
    below: Text | None = None
    tail: Text | None = None


@dataclass(frozen=True, slots=True)
class WrappedItem:
    """Where an item is shown: its first line, and how many it is on."""

    first: int
    height: int
    strips: tuple[Strip, ...] = ()


class WrappedList(StyledView):
    """Items one under the other. The cursor moves over those with a target; the rest is read."""

    fills_cursor: ClassVar[bool] = True  # whether the line under the cursor has a ground of its own
    keeps_cursor: ClassVar[bool] = False  # whether it shows, fainter, while another has the focus

    class Moved(Message):
        """The cursor stands on another item."""

        def __init__(self, view: "WrappedList", target: Target | None) -> None:
            super().__init__()
            self.view = view
            self.target = target

        @property
        def control(self) -> "WrappedList":
            """The view whose cursor moved."""
            return self.view

    class Chosen(Moved):
        """An item was entered."""

    class Shown(Message):
        """The view came onto the terminal."""

        def __init__(self, view: "WrappedList") -> None:
            super().__init__()
            self.view = view

        @property
        def control(self) -> "WrappedList":
            """The view that came."""
            return self.view

    class PastEnd(Message):
        """The cursor was moved on from the last item."""

        def __init__(self, view: "WrappedList") -> None:
            super().__init__()
            self.view = view

        @property
        def control(self) -> "WrappedList":
            """The view whose end was passed."""
            return self.view

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.items: list[Item] = []
        self.cursor: int | None = None
        self._wrapped_items: list[WrappedItem] = []
        self._lines: list[tuple[int, int]] = []
        self._wrapped_width = -1
        self._line_strips: dict[tuple[int, bool, bool], Strip] = {}

    # ── Items ────────────────────────────────────────────────────────────────────────────────

    def show(self, items: list[Item], *, cursor: int | None = None, keep: bool = False) -> None:
        """Show other items. The cursor goes to item ``cursor``, or with ``keep`` stays at its
        place, or goes to the first that can hold it.
        """
        place = self.cursor if keep else cursor
        self.items = items
        stops = self._stops
        if place is not None and stops:
            self.cursor = min(stops, key=lambda i: abs(i - place))
        else:
            self.cursor = stops[0] if stops else None
        self._wrapped_width = -1
        self.measure()
        if not keep:
            self.scroll_to(y=0, animate=False, immediate=True)
        self._show_cursor()
        self.refresh()

    def replace(self, index: int, item: Item) -> None:
        """Show another item in the place of one; the others are wrapped anew only where it takes
        more lines than that did, or fewer."""
        self.items[index] = item
        if self._wrapped_width <= 0:
            return
        before = self._wrapped_items[index]
        strips = tuple(self._wrapped(item, max(1, self._wrapped_width - 1)))
        if len(strips) != before.height:
            self._wrapped_width = -1
            self.measure()
            self.refresh()
            return
        self._wrapped_items[index] = WrappedItem(before.first, before.height, strips)
        for key in [k for k in self._line_strips if self._lines[k[0]][0] == index]:
            del self._line_strips[key]
        self._refresh_item(index)

    def show_under(self, items: list[Item], but: list[Item]) -> None:
        """Show other items under the one with the cursor, and no more those of ``but``."""
        gone = {id(item) for item in but}
        here = self.items[self.cursor] if self.cursor is not None else None
        kept: list[Item] = []
        for item in self.items:
            if id(item) not in gone:
                kept.append(item)
            if item is here:
                self.cursor = len(kept) - 1
                kept += items
        self.show(kept, keep=True)
        last = (self.cursor or 0) + len(items)
        if items and self.cursor is not None and last < len(self._wrapped_items):
            wrapped, first = self._wrapped_items[last], self._wrapped_items[self.cursor].first
            bottom = wrapped.first + wrapped.height
            if bottom > self.scroll_offset.y + self.size.height:
                y = min(first, bottom - self.size.height)
                self.scroll_to(y=y, animate=False, immediate=True)

    @property
    def _stops(self) -> list[int]:
        return [i for i, item in enumerate(self.items) if item.target is not None]

    @property
    def current(self) -> Target | None:
        """The target under the cursor."""
        return None if self.cursor is None else self.items[self.cursor].target

    def measure(self) -> None:
        """Wrap the items where the width is another than before."""
        width = self.scrollable_content_region.width
        if width == self._wrapped_width or width <= 0:
            return
        self._wrapped_width = width
        self._line_strips.clear()
        self._wrapped_items, self._lines = [], []
        for index, item in enumerate(self.items):
            strips = self._wrapped(item, max(1, width - 1))
            self._wrapped_items.append(WrappedItem(len(self._lines), len(strips), tuple(strips)))
            self._lines.extend((index, offset) for offset in range(len(strips)))
        self.virtual_size = Size(width, len(self._lines))

    def _wrapped(self, item: Item, width: int) -> list[Strip]:
        console = self.app.console
        right = item.right
        taken = right.cell_len + 1 if right is not None else 0
        room = max(8, width - taken)
        hang = min(item.hang, max(0, room - 8))
        lines = _hanging(item.text, room, width, hang, console)
        if item.tail is not None:
            _add_tail(lines, item.tail, room if len(lines) == 1 else width, width, hang, console)
        strips = []
        for number, line in enumerate(lines):
            line.rstrip()
            segments = safe(s for s in line.render(console) if s.text != "\n")
            if number == 0 and right is not None:
                gap = max(1, width - line.cell_len - right.cell_len)
                segments += [Segment(" " * gap), *safe(right.render(console))]
            strips.append(Strip(segments))
        if item.below is not None:
            below = item.below.copy()
            below.no_wrap, below.end = True, ""
            below.truncate(width, overflow="ellipsis")
            strips.append(Strip(safe(below.render(console))))
        return strips or [Strip([])]

    # ── Drawing ──────────────────────────────────────────────────────────────────────────────

    def on_resize(self, _event: events.Resize) -> None:
        """Another width wraps anew."""
        self.measure()
        self._show_cursor()

    def restyled(self) -> None:
        """The theme changed: whoever made the items makes them anew."""
        self._wrapped_width = -1

    def on_show(self) -> None:
        """Tell that the view can be read now."""
        self.post_message(self.Shown(self))

    def on_focus(self) -> None:
        """The cursor is drawn otherwise while the view has the focus."""
        self.refresh()

    on_blur = on_focus

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines, wrapped to the width of now."""
        self.measure()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        line = y + self.scroll_offset.y
        if line >= len(self._lines):
            return Strip.blank(self._wrapped_width, self.base)
        here = self._lines[line][0] == self.cursor
        key = line, here, here and self.has_focus
        strip = self._line_strips.get(key)
        if strip is None:
            strip = self._line_strips[key] = self._draw_line(line, here)
        return strip

    def _draw_line(self, line: int, here: bool) -> Strip:
        index, offset = self._lines[line]
        width, base = self._wrapped_width, self.base
        styles, over = self.theme_styles, None
        if here and self.has_focus and self.fills_cursor:
            base, over = base + styles.cursor, styles.over_cursor
        elif here and self.keeps_cursor:
            base = base + styles.cursor_blurred
        mark = (
            cursor_sign(self.has_focus) if here and (self.has_focus or self.keeps_cursor) else " "
        )
        segments = [Segment(mark, styles.accent), *self._wrapped_items[index].strips[offset]]
        if over is not None:
            segments = list(Segment.apply_style(segments, post_style=over))
        strip = Strip(segments)
        return strip.apply_style(base).adjust_cell_length(width, base)

    # ── Moving ───────────────────────────────────────────────────────────────────────────────

    def move(self, steps: int) -> None:
        """Move over the items that can hold the cursor; on a long item, scroll through it first."""
        stops = self._stops
        if self.cursor is None or not stops:
            self.scroll_to(y=self.scroll_offset.y + steps, animate=False, immediate=True)
            return
        if self._scroll_within(steps):
            return
        at = stops.index(self.cursor) + steps
        if at >= len(stops):
            self.scroll_end(animate=False)
            self.post_message(self.PastEnd(self))
        if at < 0:
            self.scroll_home(animate=False)
        self.move_to(stops[max(0, min(at, len(stops) - 1))])

    def _scroll_within(self, steps: int) -> bool:
        """Scroll instead of moving where the item under the cursor reaches beyond the screen."""
        wrapped = self._wrapped_items[self.cursor or 0] if self._wrapped_items else None
        if wrapped is None:
            return False
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        last = wrapped.first + wrapped.height
        if steps > 0 and last > bottom:
            self.scroll_to(y=top + min(steps, last - bottom), animate=False, immediate=True)
            return True
        if steps < 0 and wrapped.first < top:
            self.scroll_to(y=top - min(-steps, top - wrapped.first), animate=False, immediate=True)
            return True
        return False

    @property
    def at_end(self) -> bool:
        """Whether the cursor stands on the last item that can hold it, and its end is seen."""
        stops = self._stops
        if self.cursor is None or not self._wrapped_items:
            return True
        wrapped = self._wrapped_items[self.cursor]
        end = wrapped.first + len(wrapped.strips)
        return self.cursor == stops[-1] and end <= self.scroll_offset.y + self.size.height

    def move_to(self, index: int) -> None:
        """Put the cursor on an item."""
        if index == self.cursor:
            return
        before, self.cursor = self.cursor, index
        top = self.scroll_offset.y
        self._show_cursor()
        if self.scroll_offset.y == top:
            self._refresh_item(before)
            self._refresh_item(index)
        self.post_message(self.Moved(self, self.current))

    def _refresh_item(self, index: int | None) -> None:
        """Paint the lines of an item that are on the screen."""
        if index is None or index >= len(self._wrapped_items):
            return
        wrapped, height = self._wrapped_items[index], self.size.height
        top = max(0, wrapped.first - self.scroll_offset.y)
        bottom = min(height, wrapped.first + wrapped.height - self.scroll_offset.y)
        if top < bottom:
            self.refresh(Region(0, top, self._wrapped_width, bottom - top))

    def move_where(self, matches: Callable[[Target], bool]) -> bool:
        """Put the cursor on the first item whose target ``matches``; whether there is one."""
        stops = ((i, self.items[i].target) for i in self._stops)
        index = next((i for i, target in stops if target is not None and matches(target)), None)
        if index is not None:
            self.move_to(index)
        return index is not None

    def page(self, steps: int) -> None:
        """Scroll by screens; the cursor follows, and goes to the end where all is on the screen."""
        height = max(1, self.size.height - 1)
        before = self.scroll_offset.y
        target = max(0, min(self.scroll_offset.y + steps * height, self.max_scroll_y))
        self.scroll_to(y=target, animate=False, immediate=True)
        inside = [
            i
            for i in self._stops
            if target <= self._wrapped_items[i].first < target + self.size.height
        ]
        if inside and self.cursor not in inside:
            self.move_to(inside[0] if steps > 0 else inside[-1])
        elif target == before and self._stops:
            self.move_to(self._stops[-1] if steps > 0 else self._stops[0])

    def top(self) -> None:
        """To the first item."""
        self.scroll_home(animate=False)
        if self._stops:
            self.move_to(self._stops[0])

    def bottom(self) -> None:
        """To the last item."""
        self.scroll_end(animate=False)
        if self._stops:
            self.move_to(self._stops[-1])

    def _show_cursor(self) -> None:
        if self.cursor is None or self.cursor >= len(self._wrapped_items):
            return
        wrapped = self._wrapped_items[self.cursor]
        top, height = self.scroll_offset.y, self.size.height
        # What is read above the first stop and below the last belongs to them.
        stops = self._stops
        first = 0 if self.cursor == stops[0] and wrapped.first < height else wrapped.first
        last = wrapped.first + wrapped.height
        if self.cursor == stops[-1] and len(self._lines) - first <= height:
            last = len(self._lines)
        if 0 < first < top and self.cursor != stops[0]:
            # So do the headings above any other, where both fit.
            above = self._above(stops)
            first = above if last - above <= height else first
        # Forced: of a view that is only just shown, Textual has not said yet that it scrolls.
        if first < top or wrapped.height >= height:
            self.scroll_to(y=first, animate=False, immediate=True, force=True)
        elif last > top + height:
            self.scroll_to(y=last - height, animate=False, immediate=True, force=True)

    def _above(self, stops: list[int]) -> int:
        """The first line of what stands between the stop before the cursor's and the cursor."""
        before = self._wrapped_items[stops[stops.index(self.cursor or 0) - 1]]
        return min(before.first + before.height, self._wrapped_items[self.cursor or 0].first)

    def choose(self) -> None:
        """Enter the item under the cursor."""
        if self.current is not None:
            self.post_message(self.Chosen(self, self.current))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor there; one on the cursor enters."""
        at = event.get_content_offset(self)  # the event's own counts the border
        index = self.index_at(at.x, at.y) if at is not None else None
        if index is None or self.items[index].target is None:
            return
        if index == self.cursor:
            self.choose()
        else:
            self.move_to(index)

    def index_at(self, x: int, y: int) -> int | None:
        """The item that is shown at a place of the widget."""
        del x  # an item has its lines to itself
        line = y + self.scroll_offset.y
        return self._lines[line][0] if line < len(self._lines) else None


def _hanging(text: Text, first: int, width: int, hang: int, console: Console) -> list[Text]:
    """Wrapped lines: the first in ``first`` columns, the others in ``width``, indented."""
    lines = text.wrap(console, first)
    if len(lines) <= 1:
        return list(lines)
    head = lines[0]
    rest = text[len(head.plain) :]
    rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
    return [head, *(Text(" " * hang) + line for line in rest.wrap(console, width - hang))]


def _add_tail(
    lines: list[Text], tail: Text, room: int, width: int, hang: int, console: Console
) -> None:
    """Add to wrapped lines what goes on after them: on the last, of ``room`` columns, or below."""
    last = lines[-1] if lines else Text()
    last.rstrip()
    if lines and last.cell_len + 1 + tail.cell_len <= room:
        last.append(" ").append_text(tail)
    else:
        lines += [Text(" " * hang) + line for line in tail.wrap(console, max(1, width - hang))]
