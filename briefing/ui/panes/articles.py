"""An article as the lines of a list: feeds view and search."""

from datetime import datetime

from rich.text import Text

from briefing.model import ArticleRow, StoryRow
from briefing.text.clean import clean_line
from briefing.ui.widgets.ink import Inks, ink
from briefing.ui.words import clock, counted


def article_lines(row: ArticleRow, width: int, inks: Inks, now: datetime) -> list[Text]:
    """Two lines: the title; when, where, and the words around a hit."""
    head = ink(" " if row.read else "●", style=inks.unread, no_wrap=True, end="")
    head.append(" ")
    if row.starred:
        head.append("★ ", style=inks.accent)
    head.append(clean_line(row.title) or "Untitled", style=inks.muted if row.read else inks.strong)
    head.truncate(width, overflow="ellipsis")
    parts = [clock(row.published, now), clean_line(row.source), "opinion" if row.opinion else ""]
    if row.basis != "full":
        parts.append("summary only" if row.basis == "summary" else "behind a wall")
    second = ink(f"  {' · '.join(p for p in parts if p)}", style=inks.muted, no_wrap=True, end="")
    if row.snippet:
        second.append(f"  {clean_line(row.snippet)}")
    second.truncate(width, overflow="ellipsis")
    return [head, second]


def starred_story_lines(row: StoryRow, width: int, inks: Inks, now: datetime) -> list[Text]:
    """Two lines of a story among articles: the headline; when, and by how many outlets."""
    head = ink("  ", style=inks.muted, no_wrap=True, end="")
    if row.starred:
        head.append("★ ", style=inks.accent)
    head.append(clean_line(row.headline) or "Untitled", style=inks.strong)
    head.truncate(width, overflow="ellipsis")
    parts = ("Story", clock(row.latest, now), counted(row.outlets, "outlet"), row.category)
    second = ink(f"  {' · '.join(p for p in parts if p)}", style=inks.muted, no_wrap=True, end="")
    second.truncate(width, overflow="ellipsis")
    return [head, second]
