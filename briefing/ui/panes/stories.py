"""A story as the lines of the story list."""

from datetime import datetime

from rich.text import Text

from briefing.model import ReadState, StoryRow
from briefing.ui.widgets.ink import Inks, ink
from briefing.ui.words import clock

_MARKS = {ReadState.UNREAD: "●", ReadState.UPDATED: "↻", ReadState.SEEN: " ", ReadState.READ: " "}


def story_lines(row: StoryRow, number: int, width: int, inks: Inks, now: datetime) -> list[Text]:
    """Two lines: the headline with its outlets; the weightiest caveat, or when and where."""
    new = row.state in (ReadState.UNREAD, ReadState.UPDATED)
    head = Text(no_wrap=True, end="")
    head.append(_MARKS[row.state], style=inks.unread)
    head.append(f"{number + 1:>2} ", style=inks.muted)
    if row.starred:
        head.append("★ ", style=inks.accent)
    title = ink(row.headline, style=inks.strong if new else inks.muted, no_wrap=True, end="")
    outlets = (
        ink(f" {row.outlets}", style=inks.muted, end="") if row.outlets > 1 else Text(" ", end="")
    )
    room = max(1, width - head.cell_len - outlets.cell_len)
    title.truncate(room, overflow="ellipsis", pad=True)
    head.append_text(title).append_text(outlets)
    second = Text("    ", no_wrap=True, end="")
    if row.caveat and row.caveat_kind is not None:
        second.append("! ", style=inks.caveat)
        second.append(f"{row.caveat_kind.value} ", style=inks.caveat)
        if row.opinion:
            second.append("opinion · ", style=inks.muted)
        second.append(row.caveat, style=inks.muted)
    else:
        about = " · ".join(
            p
            for p in (
                clock(row.latest, now),
                row.category,
                "opinion" if row.opinion else "",
                "summary" if row.summary_only else "",
            )
            if p
        )
        second.append(about, style=inks.muted)
    second.truncate(width, overflow="ellipsis")
    return [head, second]
