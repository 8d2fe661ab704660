"""What a sync with a server did, in words."""

from collections.abc import Mapping

from briefing.wording.counts import format_count


def done_in_sync(counts: Mapping[str, int]) -> str:
    """What a sync did: "1 feed added, 2 new articles, 1 mark sent"; "" where it did nothing.

    counts: as in the JSON of a report.
    """
    parts = [
        f"{format_count(number, what)} {done}".rstrip()
        for name, what, done in _DONE
        if (number := counts.get(name, 0))
    ]
    return ", ".join(parts)


def marks_wait(number: int) -> str:
    """How many marks wait for the server: "1 mark waits"."""
    return f"{format_count(number, 'mark')} wait{'s' if number == 1 else ''}"


_DONE = (
    ("feeds_added", "feed", "added"),
    ("feeds_sent", "feed", "changed there"),
    ("new_articles", "new article", ""),
    ("marks_applied", "mark", "taken"),
    ("marks_sent", "mark", "sent"),
    ("marks_kept", "mark", "of yours won"),
)
