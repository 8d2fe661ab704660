"""Which lines of a story are new since the reader last looked at it."""

from collections.abc import Iterator

from briefing.model import (
    BulletAdded,
    Disagreement,
    FigureChanged,
    OutletsJoined,
    Place,
    Reported,
    Story,
    StoryBullet,
    StoryFigure,
)

NEW = "+"
DIFFER = "≠"
UPDATED = "↻"


def is_new_bullet(story: Story, line: StoryBullet) -> bool:
    """Whether the bullet was not in the brief that the reader last saw."""
    place = _place(line)
    return any(_place(c.line) == place for c in story.changed if isinstance(c, BulletAdded))


def is_new_figure(story: Story, line: StoryFigure) -> bool:
    """Whether the figure took the place of one that the reader last saw, or stands against it."""
    return any(gives(line, change.after) for change in _figures(story))


def is_new_outlet(story: Story, source: str) -> bool:
    """Whether the outlet tells the story, with a voice of its own, only since."""
    return any(source in c.outlets for c in story.changed if isinstance(c, OutletsJoined))


def is_changed_value(story: Story, value: Reported, disagreement: Disagreement) -> bool:
    """Whether the value is new in what is told of the thing."""
    return any(
        c.after == value and c.disagreement.counts == disagreement.counts for c in _figures(story)
    )


def gives(line: StoryFigure, value: Reported) -> bool:
    """Whether a figure of the story is that value, told at one of its places."""
    figure = line.figure
    if (figure.value, figure.value_to) != (value.value, value.value_to):
        return False
    return not {Place(line.article_id, figure.evidence), *line.also}.isdisjoint(value.places)


def _figures(story: Story) -> Iterator[FigureChanged]:
    return (c for c in story.changed if isinstance(c, FigureChanged))


def _place(line: StoryBullet) -> Place:
    return Place(line.article_id, line.bullet.evidence)
