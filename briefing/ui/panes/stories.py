"""A story as the lines of a list: its headline before anything else, its signs beside it."""

from datetime import datetime

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text

from briefing.model import ReadState, StoryRow
from briefing.text.clean import clean_line
from briefing.ui.formatting import format_time
from briefing.ui.widgets.line_breaks import line_breaks
from briefing.ui.widgets.styles import ThemeStyles
from briefing.wording import OPINION_SIGN, caveat_name, format_count, kind_sign

_MARKS = {ReadState.UNREAD: "●", ReadState.UPDATED: "↻", ReadState.SEEN: " ", ReadState.READ: " "}
_NEW = (ReadState.UNREAD, ReadState.UPDATED)
_INDENT = 4  # columns before a headline: the mark, the number
_MOST_KINDS = 4
_WORTH_IT = 20  # columns under which a caveat's words say nothing


def story_lines(
    row: StoryRow, number: int, width: int, styles: ThemeStyles, now: datetime
) -> list[Text]:
    """Two lines. The headline stands on both where it is long, with the outlets at the end of the
    first and the signs of what is to be known before the second; where one line holds it, the words
    of the weightiest caveat stand below, or when and where.
    """
    wider = len(str(number + 1)) - 2  # from the hundredth on the headline begins later
    indent = _INDENT + max(0, wider)
    return _two_lines(row, _before(row, number, styles), width, styles, now, indent)


def starred_story_lines(
    row: StoryRow, width: int, styles: ThemeStyles, now: datetime
) -> list[Text]:
    """The same for a story among articles, which has no number there."""
    return _two_lines(row, _before(row, None, styles), width, styles, now, 2)


def _two_lines(
    row: StoryRow,
    head: Text,
    width: int,
    styles: ThemeStyles,
    now: datetime,
    indent: int,
) -> list[Text]:
    outlets, headline = _outlets(row), _headline(row)
    first, later = max(2, width - head.cell_len - len(outlets)), max(2, width - indent)
    breaks = line_breaks(headline, first, later)
    title = _cut(headline[slice(*breaks[0])], first)
    head.append(title, style=_title_style(row, styles))
    if outlets:
        head.append(" " * (first - cell_len(title)) + outlets, style=styles.muted)
    if len(breaks) == 1:
        second = _about(row, indent, later, styles, now)
    else:
        second = _rest(row, indent, headline[breaks[1][0] :], later, styles)
    for line in (head, second):
        line.truncate(width, overflow="ellipsis")
    return [head, second]


def compact_story_line(
    row: StoryRow, number: int | None, width: int, styles: ThemeStyles
) -> list[Text]:
    """One line: the headline, cut where it is long, then its signs and its outlets. number: None
    among articles."""
    head, outlets = _before(row, number, styles), f"{_outlets(row):>3}"
    signs = _signs(row) + _flag_signs(row)
    tail = f" {signs}" if signs else ""
    room = max(2, width - head.cell_len - len(tail) - len(outlets))
    title = _cut(_headline(row), room)
    head.append(title + " " * (room - cell_len(title)), style=_title_style(row, styles))
    _append_signs(head, row, tail, styles).append(outlets, style=styles.muted)
    head.truncate(width, overflow="ellipsis")
    return [head]


def _before(row: StoryRow, number: int | None, styles: ThemeStyles) -> Text:
    """What stands before a headline; without a number among articles."""
    text = Text(no_wrap=True, end="")
    text.append(_MARKS[row.state], style=styles.unread)
    text.append(" " if number is None else f"{number + 1:>2} ", style=styles.muted)
    if row.starred:
        text.append("★ ", style=styles.accent)
    return text


def _headline(row: StoryRow) -> str:
    return clean_line(row.headline) or "Untitled"


def _cut(words: str, room: int) -> str:
    """Words in so many columns, at least 2, an ellipsis at the end where some are left out."""
    return words if cell_len(words) <= room else f"{set_cell_size(words, room - 1)}…"


def _title_style(row: StoryRow, styles: ThemeStyles) -> Style:
    return styles.strong if row.state in _NEW else styles.muted


def _outlets(row: StoryRow) -> str:
    return f" {row.outlets}" if row.outlets > 1 else ""


# ── Signs ────────────────────────────────────────────────────────────────────────────────────


def _signs(row: StoryRow) -> str:
    """A sign for each kind of caveat, weightiest first."""
    return "".join(kind_sign(kind) for kind in row.caveat_kinds[:_MOST_KINDS])


def _flags(row: StoryRow) -> list[str]:
    return ["opinion"] * row.opinion + ["summary"] * row.summary_only


def _flag_signs(row: StoryRow) -> str:
    return OPINION_SIGN * row.opinion


def _append_signs(line: Text, row: StoryRow, tail: str, styles: ThemeStyles) -> Text:
    """Signs and the words beside them: what is read already is as quiet as its headline."""
    return line.append(tail, style=styles.sign if row.state in _NEW else styles.muted)


# ── The second line ──────────────────────────────────────────────────────────────────────────


def _gutter(row: StoryRow, indent: int, styles: ThemeStyles, flags: str = "") -> Text:
    """The columns before the second line: as many signs as they hold, below the number."""
    signs = f"{flags}{_signs(row)}"[: indent - 1]
    return _append_signs(Text(no_wrap=True, end=""), row, f"{signs:>{indent - 1}} ", styles)


def _rest(row: StoryRow, indent: int, words: str, room: int, styles: ThemeStyles) -> Text:
    """The end of a headline, and in a word that it is opinion or a summary; where there is no room
    for the word, opinion is a sign."""
    told = " ".join(_flags(row))
    if told and cell_len(words) + len(told) + 2 > room:
        line = _gutter(row, indent, styles, _flag_signs(row))
        return line.append(_cut(words, room), style=_title_style(row, styles))
    line = _gutter(row, indent, styles).append(_cut(words, room), style=_title_style(row, styles))
    return line.append(f"  {told}" if told else "", style=styles.muted)


def _about(row: StoryRow, indent: int, room: int, styles: ThemeStyles, now: datetime) -> Text:
    """What is told under a headline that one line holds."""
    line, flags = _gutter(row, indent, styles), _flags(row)
    is_numbered = indent >= _INDENT  # none is among articles
    label = " · ".join([*flags, f"{caveat_name(row.caveat_kind)}: "])
    if is_numbered and row.caveat and room - len(label) >= _WORTH_IT:
        return line.append(f"{label}{clean_line(row.caveat)}", style=styles.muted)
    when, where = format_time(row.latest, now), clean_line(row.category)
    outlets = format_count(row.outlets, "outlet")
    about = (when, where) if is_numbered else ("Story", when, outlets, where)
    return line.append(" · ".join(p for p in (*flags, *about) if p), style=styles.muted)
