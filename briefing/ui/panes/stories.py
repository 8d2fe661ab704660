"""A story as the lines of the story list."""

from datetime import datetime

from rich.text import Text

from briefing.model import ReadState, StoryRow
from briefing.ui.formatting import format_time
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.wording import caveat_name, caveat_sign

_MARKS = {ReadState.UNREAD: "●", ReadState.UPDATED: "↻", ReadState.SEEN: " ", ReadState.READ: " "}


def story_lines(
    row: StoryRow, number: int, width: int, styles: ThemeStyles, now: datetime
) -> list[Text]:
    """Two lines: the headline with its outlets; the weightiest caveat, or when and where."""
    new = row.state in (ReadState.UNREAD, ReadState.UPDATED)
    head = Text(no_wrap=True, end="")
    head.append(_MARKS[row.state], style=styles.unread)
    head.append(f"{number + 1:>2} ", style=styles.muted)
    if row.starred:
        head.append("★ ", style=styles.accent)
    title = styled(row.headline, style=styles.strong if new else styles.muted, no_wrap=True, end="")
    outlets = (
        styled(f" {row.outlets}", style=styles.muted, end="")
        if row.outlets > 1
        else Text(" ", end="")
    )
    room = max(1, width - head.cell_len - outlets.cell_len)
    title.truncate(room, overflow="ellipsis", pad=True)
    head.append_text(title).append_text(outlets)
    second = Text("    ", no_wrap=True, end="")
    if row.caveat:
        words = f"{caveat_sign(row.caveat_kind)} {caveat_name(row.caveat_kind)} "
        second.append(words, style=styles.of_caveat(row.caveat_kind))
        if row.opinion:
            second.append("opinion · ", style=styles.muted)
        second.append(row.caveat, style=styles.muted)
    else:
        about = " · ".join(
            p
            for p in (
                format_time(row.latest, now),
                row.category,
                "opinion" if row.opinion else "",
                "summary" if row.summary_only else "",
            )
            if p
        )
        second.append(about, style=styles.muted)
    second.truncate(width, overflow="ellipsis")
    return [head, second]
