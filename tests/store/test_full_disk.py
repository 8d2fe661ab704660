"""A disk that is full at any write: one clear error, nothing that was there is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.model import Ranking, StoreError
from briefing.store import Store
from tests.store.builders import NOW, article, brief, digest, entry, filled, story_of

LONG = "The port closed the bridge to lorries, and the ferry goes on. " * 200


def _entries(store: Store, names: list[str]) -> None:
    more = [entry(f"more-{n}", content=f"<p>{LONG}</p>") for n in range(3)]
    store.add_entries(store.feeds()[0].id, more, NOW)


def _text(store: Store, names: list[str]) -> None:
    store.save_article(names[0], article(names[0], text=LONG))


def _digest(store: Store, names: list[str]) -> None:
    store.replace_digest(names[1], digest(store.article(names[1])), "x" * 30_000)


def _story(store: Store, names: list[str]) -> None:
    for name in names[:4]:
        store.save_story(None, brief(name, headline=LONG), Ranking(1.0), category="Coast")


def _feeds(store: Store, names: list[str]) -> None:
    for number in range(200):
        store.add_feed(f"https://outlet-{number}.example/feed", "Outlet")


def _marks(store: Store, names: list[str]) -> None:
    for number in range(2000):
        store.set_article_starred(names[number % len(names)], number % 2 == 0)
        store._run("INSERT OR IGNORE INTO tag (name) VALUES (?)", (f"tag {number}",))


WRITES: dict[str, Callable[[Store, list[str]], None]] = {
    "entries": _entries,
    "text": _text,
    "digest": _digest,
    "story": _story,
    "feeds": _feeds,
    "marks": _marks,
}


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("room", [0, 1, 2, 3])
def test_hostile_25_a_full_disk_is_one_clear_error_and_loses_nothing(
    path: Path, name: str, room: int
) -> None:
    with Store.open(path) as store:
        names = filled(store, 6)
        story = story_of(store, *names[4:])
        store.set_starred(story, True)
        store.mark_article_read(names[3], True)
        pages = store._value("PRAGMA page_count")
        store._run(f"PRAGMA max_page_count = {pages + room}")
        with pytest.raises(StoreError, match="the disk is full") as caught:
            WRITES[name](store, names)
        assert "Free some space" in caught.value.mend
    with Store.open(path) as store:
        assert store.check() == ()
        assert {*names} <= {row.id for row in store.article_rows(limit=99)}
        assert all(store.article(each).text for each in names)
        assert [row.id for row in store.article_rows(limit=99) if row.read] == [names[3]]
        assert store.story(story).row.starred
        WRITES[name](store, names)  # there is room again: the same work is done
        assert store.check() == ()
