"""Stories of the frozen edition, chosen by what they show: it may be frozen anew."""

from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.model import Story
from briefing.store import Store
from tests.ui.frozen import NOW, copy_edition


def stories() -> list[Story]:
    """The stories of the edition, in their order."""
    with (
        TemporaryDirectory() as folder,
        Store.open(copy_edition(Path(folder) / "edition.sqlite3")) as store,
    ):
        return [store.story(r.id) for r in store.edition_rows(store.window(NOW))]


def said_twice(story: Story) -> int | None:
    """Which bullet of a story two articles have."""
    for number, line in enumerate(story.brief.bullets):
        if {place.article_id for place in line.also} - {line.article_id}:
            return number
    return None


STORIES = stories()
FIRST, THIRD = STORIES[0].id, STORIES[2].id
SHORTEST = min(STORIES, key=lambda story: len(story.brief.bullets)).id
CHAPTERED = next(story.id for story in STORIES if story.earlier)
SHARED = next(story for story in STORIES if said_twice(story) is not None)
