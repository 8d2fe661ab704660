"""An article as the lines of a list: feeds view and search."""

from datetime import datetime

from rich.text import Text

from briefing.model import ArticleRow, StoryRow
from briefing.text.clean import clean_line
from briefing.ui.formatting import format_time
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.wording import format_count


def article_lines(row: ArticleRow, width: int, styles: ThemeStyles, now: datetime) -> list[Text]:
    """Two lines: the title; when, where, and the words around a hit."""
    head = styled(" " if row.read else "●", style=styles.unread, no_wrap=True, end="")
    head.append(" ")
    if row.starred:
        head.append("★ ", style=styles.accent)
    head.append(
        clean_line(row.title) or "Untitled", style=styles.muted if row.read else styles.strong
    )
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
        second.append(f"  {clean_line(row.snippet)}")
    second.truncate(width, overflow="ellipsis")
    return [head, second]


def starred_story_lines(
    row: StoryRow, width: int, styles: ThemeStyles, now: datetime
) -> list[Text]:
    """Two lines of a story among articles: the headline; when, and by how many outlets."""
    head = styled("  ", style=styles.muted, no_wrap=True, end="")
    if row.starred:
        head.append("★ ", style=styles.accent)
    head.append(clean_line(row.headline) or "Untitled", style=styles.strong)
    head.truncate(width, overflow="ellipsis")
    parts = (
        "Story",
        format_time(row.latest, now),
        format_count(row.outlets, "outlet"),
        row.category,
    )
    second = styled(
        f"  {' · '.join(p for p in parts if p)}", style=styles.muted, no_wrap=True, end=""
    )
    second.truncate(width, overflow="ellipsis")
    return [head, second]
