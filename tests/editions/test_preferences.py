"""What the reader prefers is applied when the edition is read, not when a story was told."""

from datetime import timedelta
from pathlib import Path

import pytest

from briefing.editions import apply_preferences
from briefing.model import Preferences, StoryRow
from briefing.store import Store
from briefing.wording import reason_lines
from tests.fake_web import Newsroom
from tests.feed_builders import MORNING, rss
from tests.refresh.conftest import FERRY_ITEM, Clock, bridge_item, clock, room, run, store

__all__ = ["clock", "room", "store"]  # fixtures

SINCE = MORNING - timedelta(days=3)


@pytest.fixture
def rows(room: Newsroom, store: Store, clock: Clock) -> list[StoryRow]:
    """Two stories as they were told without preferences, best first."""
    store.add_feed(room.feed("/1.xml", rss("Outlet 1", [FERRY_ITEM])), "Outlet 1", category="Isles")
    store.add_feed(room.feed("/2.xml", rss("Outlet 2", [bridge_item(1)])), "Outlet 2")
    run(store, clock)
    return edition(store, clock)


def edition(store: Store, clock: Clock) -> list[StoryRow]:
    return store.edition_rows(store.window(clock()))


def last(rows: list[StoryRow]) -> str:
    """A word of the headline of the story that ranks last."""
    return "ferry" if "ferry" in rows[-1].headline else "bridge"


def test_nothing_is_done_where_nothing_changed(rows: list[StoryRow], store: Store) -> None:
    assert apply_preferences(store, Preferences(), SINCE) == 0


@pytest.mark.parametrize("how", ["topic", "muted", "category"])
def test_a_new_preference_moves_stories_that_were_told_before_and_back(
    rows: list[StoryRow], store: Store, clock: Clock, how: str
) -> None:
    word = last(rows)
    other = "bridge" if word == "ferry" else "ferry"
    preferences = {
        "topic": Preferences(topics=((word, 9.0),)),
        "muted": Preferences(muted=(other,)),
        "category": Preferences(topics=(("Isles", 9.0 if word == "ferry" else 0.1),)),
    }[how]
    assert apply_preferences(store, preferences, SINCE) == 2
    after = edition(store, clock)
    assert word in after[0].headline
    assert any(
        "you " in line for row in after for line in reason_lines(store.story(row.id).reasons)
    )
    assert apply_preferences(store, preferences, SINCE) == 0
    assert apply_preferences(store, Preferences(), SINCE) == 2
    assert edition(store, clock) == rows


def test_the_weight_of_a_feed_moves_its_stories(
    rows: list[StoryRow], store: Store, clock: Clock
) -> None:
    word = last(rows)
    (feed,) = [
        f for f in store.feeds() if f.title == ("Outlet 1" if word == "ferry" else "Outlet 2")
    ]
    store.edit_feed(feed.id, weight=4.0)
    assert apply_preferences(store, Preferences(), SINCE) == 2
    assert word in edition(store, clock)[0].headline


def test_a_store_that_is_only_read_is_brought_up_to_date_beside(
    rows: list[StoryRow], store: Store, clock: Clock
) -> None:
    path: Path = store.path
    with Store.open(path, read_only=True) as reader:
        assert apply_preferences(reader, Preferences(muted=("ferry",)), SINCE) == 2
        assert "ferry" in edition(reader, clock)[-1].headline


def test_a_story_keeps_its_marks_when_it_is_ranked_anew(
    rows: list[StoryRow], store: Store, clock: Clock
) -> None:
    store.mark_read([rows[0].id], clock())
    store.set_starred(rows[1].id, True)
    apply_preferences(store, Preferences(muted=("ferry",)), SINCE)
    marks = {row.id: (row.state, row.starred) for row in edition(store, clock)}
    assert marks == {
        row.id: (row.state, row.starred)
        for row in (store.story_row(rows[0].id), store.story_row(rows[1].id))
    }
    assert marks[rows[1].id][1]


def test_a_story_that_cannot_be_read_keeps_no_other_from_being_ranked(
    rows: list[StoryRow], store: Store, clock: Clock
) -> None:
    for row in rows:
        if row.latest == max(r.latest for r in rows):
            store._run("UPDATE story_detail SET score_parts = x'00' WHERE story_id = ?", (row.id,))
            break
    assert apply_preferences(store, Preferences(muted=("ferry",)), SINCE) == 1
