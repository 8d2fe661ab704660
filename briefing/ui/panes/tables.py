"""Tables of an article: columns where they fit, ``header: value`` lines where they do not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from briefing.model import Block, Span
from briefing.text import clean_line
from briefing.ui.widgets.styles import ThemeStyles

_GAP = 2  # columns between two columns of a table


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. cells: their spans in the article. widths: of the table's columns.

    headers: what heads the columns, empty where nothing does. is_header: the row is that.
    """

    cells: tuple[Span, ...]
    widths: tuple[int, ...]
    headers: tuple[str, ...]
    is_header: bool

    @property
    def width(self) -> int:
        """How wide the table is as columns."""
        return sum(self.widths) + _GAP * (len(self.widths) - 1)

    def as_columns(self, cells: Sequence[Text], styles: ThemeStyles) -> Text:
        """The row with each cell in its column."""
        line = Text()
        for cell, width in zip(cells, self.widths, strict=False):
            if line.plain:
                line.append(" " * _GAP)
            line.append_text(cell)
            line.append(" " * (width - cell.cell_len))
        line.rstrip()
        if self.is_header:
            line.stylize(styles.strong)
        return line

    def as_lines(self, cells: Sequence[Text], styles: ThemeStyles) -> Text:
        """The row as a line for each cell, after what heads its column; of the headers one line."""
        if self.is_header or not self.headers:
            line = Text(" · ").join(cell for cell in cells if cell.plain)
            line.stylize(styles.muted if self.is_header else "")
            return line
        lines = Text()
        for header, cell in zip(self.headers, cells, strict=False):
            if not cell.plain:
                continue
            if lines.plain:
                lines.append("\n")
            if header:
                lines.append(f"{header}: ", styles.muted)
            lines.append_text(cell)
        return lines


def rows_of(text: str, blocks: Sequence[Block]) -> dict[int, Row]:
    """The rows of the tables in ``text`` whose cells are known, by where they begin."""
    cells = [block for block in blocks if block.kind == "cell"]
    found: dict[int, Row] = {}
    at = 0
    for table in _tables(blocks):
        rows: list[tuple[Block, list[Block]]] = []
        for row in table:
            while at < len(cells) and cells[at].span.start < row.span.start:
                at += 1
            first = at
            while at < len(cells) and cells[at].span.end <= row.span.end:
                at += 1
            rows.append((row, cells[first:at]))
        found |= _measured(text, rows)
    return found


def _tables(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The rows that follow one another line by line."""
    table: list[Block] = []
    for block in blocks:
        if block.kind != "table":
            continue
        if table and table[-1].span.end + 1 != block.span.start:
            yield table
            table = []
        table.append(block)
    if table:
        yield table


def _measured(text: str, rows: list[tuple[Block, list[Block]]]) -> Iterator[tuple[int, Row]]:
    number = max((len(cells) for _, cells in rows), default=0)
    if number < 2:
        return
    words = [[clean_line(cell.span.of(text)) for cell in cells] for _, cells in rows]
    widths = tuple(
        max((cell_len(line[n]) for line in words if n < len(line)), default=0)
        for n in range(number)
    )
    is_headed = len(rows[0][1]) == number and all(cell.level for cell in rows[0][1])
    headers = tuple(words[0]) if is_headed else ()
    for at, (row, cells) in enumerate(rows):
        if len(cells) > 1:
            spans = tuple(cell.span for cell in cells)
            yield row.span.start, Row(spans, widths, headers, is_headed and at == 0)
