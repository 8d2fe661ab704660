"""A scrolling view whose lines are kept with the frame around them, while neither changes.

A strip of Textual keeps what was worked out from it: how it is cut, coloured, written to the
terminal. Made anew at each repaint, as Textual does it with all lines of a widget that is
repainted, it costs many times what writing it costs.
"""

from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style as VisualStyle

_MOST_LINES = 1000  # that are kept in one frame: some screens of them
_MOST_FRAMES = 4  # with the focus and without it, in two sizes


class Frame(NamedTuple):
    """What stands around the lines of a view.

    width: of a whole line. left, right: before and after what it says. ground: the style of what
    it leaves empty. filters: what is done to all colours, over ``background``.
    """

    width: int
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]
    ground: Style
    background: Color
    filters: tuple[LineFilter, ...]


class FramedLines:
    """The lines of a view in one frame."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._kept: dict[int, tuple[Strip, Strip]] = {}

    def framed(self, content: Strip) -> Strip:
        """A line in its frame; the same one for the same strip."""
        kept = self._kept.get(id(content))
        if kept is None:
            if len(self._kept) >= _MOST_LINES:
                self._kept.clear()
            # The content is kept too: no other one gets its identity.
            kept = self._kept[id(content)] = content, self._frame(content)
        return kept[1]

    def _frame(self, content: Strip) -> Strip:
        frame = self.frame
        room = frame.width - sum(s.cell_length for s in (*frame.left, *frame.right))
        line = content.adjust_cell_length(room, frame.ground)
        strip = Strip([*frame.left, *line, *frame.right], frame.width)
        for line_filter in frame.filters:
            strip = strip.apply_filter(line_filter, frame.background)
        return strip


class _Drawn(NamedTuple):
    """What is drawn around the lines of a view of that size, under these titles."""

    size: Size
    titles: tuple[object, object]
    lines: FramedLines
    top: Strip
    bottom: Strip


class FramedView(ScrollView):
    """Draws lines (``render_line``) in a border, without padding, tint or outline. It gives the
    same strip for a line that says the same."""

    # Textual lays out the whole screen where this changes.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    _drawn_around: _Drawn | None = None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._frames: dict[Frame, FramedLines] = {}

    def watch_virtual_size(self) -> None:
        """The scrollbar follows; the screen only where the view is as high as it is long."""
        if self.styles.auto_dimensions:
            self.refresh(layout=True)
        else:
            self._scroll_update(self.virtual_size)

    def notify_style_update(self) -> None:
        """The border may be another now."""
        super().notify_style_update()
        self._drawn_around = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the view in its frame."""
        width, height = self.region.size
        gutter = self.styles.gutter
        room = height - gutter.height
        if room <= 0 or width <= gutter.width:
            return super().render_lines(crop)
        around = self._around(Size(width, height))
        lines = []
        for y in crop.line_range:
            if y < gutter.top:
                lines.append(around.top)
            elif y - gutter.top >= room:
                lines.append(around.bottom)
            else:
                lines.append(around.lines.framed(self.render_line(y - gutter.top)))
        if crop.column_span != (0, width):
            return [line.crop(*crop.column_span) for line in lines]
        return lines

    def _around(self, size: Size) -> _Drawn:
        titles = self._border_title, self._border_subtitle
        around = self._drawn_around
        if around is None or around.size != size or around.titles != titles:
            around = self._drawn_around = self._draw_around(size, titles)
        return around

    def _draw_around(self, size: Size, titles: tuple[object, object]) -> _Drawn:
        """Let Textual draw the edges, and of one line what stands beside it."""
        width, height = size
        gutter = self.styles.gutter

        def drawn(y: int) -> Strip:
            return super(FramedView, self).render_lines(Region(0, y, width, 1))[0]

        line = drawn(gutter.top)
        base, background = self.background_colors
        ground = VisualStyle(background=base + background).rich_style
        left = tuple(line.crop(0, gutter.left))
        right = tuple(line.crop(width - gutter.right, width))
        filters = tuple(self.get_line_filters())
        frame = Frame(width, left, right, ground, background, filters)
        if frame not in self._frames and len(self._frames) >= _MOST_FRAMES:
            self._frames.clear()
        lines = self._frames.setdefault(frame, FramedLines(frame))
        return _Drawn(size, titles, lines, drawn(0), drawn(height - 1))
