"""The words at the head of the screen and on the borders of its panes, cut to fit."""

from datetime import datetime

from rich.text import Text

from briefing.model import EditionCounts, FetchHealth
from briefing.ui.formatting import format_day, format_time, part_of_day, truncate
from briefing.ui.targets import Passage
from briefing.ui.widgets.styles import plain_title, styled
from briefing.wording import format_count

_ROOM = 60  # columns from which on there is room for more than the date and the stories


def edition_head(
    now: datetime, counts: EditionCounts | None, width: int, room: int | None = None
) -> Text:
    """The date and what the edition holds, for a terminal of ``width`` columns; in ``room`` of
    them: the name gives way first, the day and how many are unread never.
    """
    room = width if room is None else room
    for left_out in range(5):
        head = _edition_head(now, counts, width, left_out)
        if head.cell_len <= room:
            break
    return head


def _edition_head(now: datetime, counts: EditionCounts | None, width: int, left_out: int) -> Text:
    """left_out: so many things that can be left out are, from the articles to the stories."""
    day = format_day(now)
    parts = [f"{day} · {part_of_day(now)}" if width >= _ROOM and left_out < 2 else day]
    if counts is not None:
        words = [format_count(counts.stories, "story", "stories")]
        if width >= 100 and not left_out:
            words.append(format_count(counts.articles, "article"))
            words.append(format_count(counts.sources, "source"))
        if counts.unread:
            words = [*(words if left_out < 4 else ()), f"{counts.unread:,} unread"]
        parts.append(" · ".join(words))
    name = " Briefing   " if left_out < 3 else " "
    return styled(name, style="bold").append("   ".join(parts), style="not bold")


def health_words(
    health: FetchHealth,
    now: datetime,
    width: int,
    upcoming: datetime | None = None,
    *,
    read_only: bool = False,
    trouble: str = "",
    behind: str = "",
) -> str:
    """How old the edition is and how well the feeds do: "12 of 97 feeds failed · updated 07:02".

    width: of the terminal; in a narrow one only what is wrong is said. upcoming: when the reader
    itself fetches next. read_only: the store cannot be written. trouble: why the last refresh
    fetched nothing. behind: that the sync server is not in step.
    """
    parts = ["read only"] if read_only else []
    if trouble:
        parts.append(trouble)
    elif health.failing:
        parts.append(f"{health.failing:,} of {format_count(health.feeds, 'feed')} failed")
    if behind:
        parts.append(behind)
    if width < _ROOM:
        return " · ".join(parts)
    if health.fetched_at is not None:
        parts.append(f"updated {format_time(health.fetched_at, now)}")
    if upcoming is not None:
        parts.append(f"next {format_time(upcoming, now)}")
    return " · ".join(parts)


def empty_words(health: FetchHealth | None, trouble: str) -> list[str]:
    """What stands in a list without stories: why there is none, and what to do. health: None while
    it is not known."""
    if trouble:
        return [f"{trouble.capitalize()}:", "nothing new was fetched.", "", *_AGAIN]
    if health is not None and health.failing:
        if health.failing == health.feeds:
            none = ["The feed could", "not be fetched."]
            if health.feeds != 1:
                none = [f"None of {health.feeds:,} feeds", "could be fetched."]
            return [*none, "", "f tells why of each,", "r tries again."]
        failed = f"{health.failing:,} of {format_count(health.feeds, 'feed')} failed:"
        return ["Nothing new.", "", failed, "f tells why of each,", "r tries again."]
    if health is not None and health.fetched_at is None:
        return ["Not fetched yet.", "", "r fetches the feeds now."]
    return ["Nothing new.", "", "You are up to date.", "r fetches the feeds now,", _ALL]


_ALL = "f shows every article."
_AGAIN = ("r tries again,", _ALL)


def brief_title(headline: str, room: int, *, earlier: bool) -> Text:
    """The story's headline in ``room`` columns; ``earlier``: it is a chapter of another story."""
    chapter = "Earlier › " if earlier else ""
    return plain_title(f"{chapter}{truncate(headline, room - len(chapter))}")


def source_title(headline: str, passage: Passage, outlet: str, room: int) -> Text:
    """Edition › Story › Bullet › Outlet in ``room`` columns; the story gives way first."""
    inner = [passage.label] if passage.label == outlet else [passage.label, outlet]
    tail = " › ".join(truncate(part, 24) for part in inner if part)
    left = room - len("Edition › ") - len(f" › {tail}")
    head = f"Edition › {truncate(headline, left)}" if left > 12 else "…"
    return plain_title(f"{head} › {tail}")
