"""An article as the lines of a list: feeds view and search."""

from collections.abc import Sequence
from datetime import datetime

from rich.style import Style
from rich.text import Text

from briefing.model import ArticleRow, Span
from briefing.text.clean import clean_line
from briefing.ui.formatting import format_time
from briefing.ui.widgets.styles import ThemeStyles, styled

_WITH_OUTLET = 60  # columns from which on a line of its own has room for the outlet


def article_lines(
    row: ArticleRow,
    width: int,
    styles: ThemeStyles,
    now: datetime,
    in_title: Sequence[Span] = (),
    in_snippet: Sequence[Span] = (),
) -> list[Text]:
    """Two lines: the title; when, where, and the words around a hit.

    in_title, in_snippet: what a search found there.
    """
    head = _title(row, styles, in_title)
    head.truncate(width, overflow="ellipsis")
    parts = [
        format_time(row.published, now),
        clean_line(row.source),
        "opinion" if row.opinion else "",
    ]
    if row.basis != "full":
        parts.append("summary only" if row.basis == "summary" else "behind a wall")
    second = styled(
        f"  {' · '.join(p for p in parts if p)}", style=styles.muted, no_wrap=True, end=""
    )
    if row.snippet:
        snippet = clean_line(row.snippet)
        spans = in_snippet if snippet == row.snippet else ()
        snippet, spans = _from_the_first(snippet, spans, width - second.cell_len - 2)
        second.append("  ").append_text(_marked(snippet, "", spans, styles))
    second.truncate(width, overflow="ellipsis")
    return [head, second]


def _title(row: ArticleRow, styles: ThemeStyles, found: Sequence[Span]) -> Text:
    """The title with its marks; found: what a search found there."""
    head = styled(" " if row.read else "●", style=styles.unread, no_wrap=True, end="")
    head.append(" ")
    if row.starred:
        head.append("★ ", style=styles.accent)
    title = clean_line(row.title) or "Untitled"
    own = styles.muted if row.read else styles.strong
    return head.append_text(_marked(title, own, found if title == row.title else (), styles))


def _marked(words: str, style: Style | str, spans: Sequence[Span], styles: ThemeStyles) -> Text:
    """Words in a style, what was found in them standing out."""
    text = styled(words, style=style)
    for span in spans:
        text.stylize(styles.evidence, span.start, span.end)
    return text


def _from_the_first(words: str, spans: Sequence[Span], room: int) -> tuple[str, Sequence[Span]]:
    """The words from a little before the first that was found, where that would be cut off."""
    if not spans or spans[0].end <= room - 1:
        return words, spans
    begin = words.rfind(" ", 0, max(0, spans[0].start - room // 4)) + 1
    if not begin:
        return words, spans
    by = begin - 1  # an ellipsis stands for what is left out
    return f"…{words[begin:]}", [Span(s.start - by, s.end - by) for s in spans]


def compact_article_line(
    row: ArticleRow,
    width: int,
    styles: ThemeStyles,
    now: datetime,
    in_title: Sequence[Span] = (),
) -> list[Text]:
    """One line: the title, cut where it is long, then where there is room its outlet, and when."""
    head = _title(row, styles, in_title)
    when = f" {format_time(row.published, now):>9}"
    source = Text()
    if width >= _WITH_OUTLET:
        source = styled(clean_line(row.source), style=styles.muted)
        source.truncate(width // 4, overflow="ellipsis")
        source = Text(" ").append_text(source)
    head.truncate(max(2, width - len(when) - source.cell_len), overflow="ellipsis", pad=True)
    head.append_text(source).append(when, style=styles.muted)
    head.truncate(width, overflow="ellipsis")
    return [head]
