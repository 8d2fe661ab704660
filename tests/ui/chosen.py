"""Stories of the packaged sample, chosen by what they show: the sample may be built anew."""

from briefing.model import Story
from briefing.sample import sample_now, sample_path
from briefing.store import Store


def sample_stories() -> list[Story]:
    """The stories of the sample, in their order."""
    with Store.open(sample_path(), read_only=True) as store:
        return [store.story(r.id) for r in store.edition_rows(store.window(sample_now()))]


def said_twice(story: Story) -> int | None:
    """Which bullet of a story two articles have."""
    for number, line in enumerate(story.brief.bullets):
        if {place.article_id for place in line.also} - {line.article_id}:
            return number
    return None


STORIES = sample_stories()
FIRST, THIRD = STORIES[0].id, STORIES[2].id
SHORTEST = min(STORIES, key=lambda story: len(story.brief.bullets)).id
CHAPTERED = next(story.id for story in STORIES if story.earlier)
SHARED = next(story for story in STORIES if said_twice(story) is not None)
