"""Which lines of a story are new since the reader last looked at it."""

from briefing.model import Disagreement, News, Place, Reported, Story, StoryBullet, StoryFigure

NEW = "+"


def is_new_bullet(story: Story, line: StoryBullet) -> bool:
    """Whether the bullet was not in the brief that the reader last saw."""
    place = Place(line.article_id, line.bullet.evidence)
    return any(n.place == place for n in story.changed if n.kind in ("bullet", "caveat"))


def is_new_figure(story: Story, line: StoryFigure) -> bool:
    """Whether the figure took the place of one that the reader last saw, or stands against it."""
    return any(gives(line, value) for n in story.changed for _, value in _moved(story, n))


def is_new_outlet(story: Story, source: str) -> bool:
    """Whether the outlet joined since. Of more than three only the first names are told: the
    others are known by their time."""
    joined = next((n for n in story.changed if n.kind == "outlets"), None)
    if joined is None:
        return False
    names = joined.text.partition(": ")[2]
    if f", {source}, " in f", {names}, ":
        return True
    looked = story.looked_at
    own = [a for a in story.brief.articles if a.source == source]
    if looked is None or any(a.copy_of or a.follows for a in own):
        return False
    return all(a.published > looked for a in own)


def moved_figure(story: Story, news: News) -> tuple[Disagreement, Reported] | None:
    """Of news of a figure: what is said of the counted thing, and the value that is new."""
    return next(iter(_moved(story, news)), None)


def is_moved(story: Story, value: Reported, told: Disagreement) -> bool:
    """Whether the value is new in what is told of the thing."""
    return any((told, value) in _moved(story, n) for n in story.changed)


def _moved(story: Story, news: News) -> list[tuple[Disagreement, Reported]]:
    """A sentence may give many numbers: the news' own words tell which is meant."""
    if news.kind != "figure" or news.place is None:
        return []
    words = news.text.casefold()
    return [
        (told, value)
        for told in story.brief.disagreements
        for value in told.values
        if news.place in value.places
        and words.startswith(told.counts.casefold())
        and words.endswith(value.surface.casefold())
    ]


def gives(line: StoryFigure, value: Reported) -> bool:
    """Whether a figure of the story is that value, told at one of its places."""
    figure = line.figure
    if (figure.value, figure.value_to) != (value.value, value.value_to):
        return False
    return not {Place(line.article_id, figure.evidence), *line.also}.isdisjoint(value.places)
