"""Retention: old texts go in small steps; titles, marks, and what is starred or goes on stay."""

import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.editions import read_article, read_story
from briefing.store import Store
from tests.store.builders import NOW, ago, article, filled, story_of

DAY = 24
LONG = 100 * DAY


@pytest.fixture
def old(path: Path) -> Iterator[tuple[Store, list[str]]]:
    """Eight articles, all older than a hundred days."""
    with Store.open(path) as store:
        names = filled(store, 8)
        store._run("UPDATE article SET published = published - ?, pending = NULL", (LONG * 3600,))
        yield store, names


def drop(store: Store, days: int = 90, *, feed: str | None = "1") -> int:
    done = 0
    while some := store.drop_texts(feed, NOW - timedelta(days=days), NOW).done:
        done += some
    return done


def test_texts_and_digests_go_and_titles_and_marks_stay(old: tuple[Store, list[str]]) -> None:
    store, names = old
    story = story_of(store, *names[:2], hours=LONG)
    store.mark_read([story], NOW)
    before = store.article_rows(limit=99)
    store._run("UPDATE body SET blocks = '[[\"heading\", 0, 4, 1]]' WHERE article_id = 1")
    assert store.article("1").blocks
    assert drop(store) == 8
    assert store.article("1").blocks == ()
    assert store.article_rows(limit=99) == before
    assert [store.article(name).text for name in names] == [""] * 8
    assert [store.digest(name) for name in names] == [None] * 8
    assert store.search("lorries") == []
    assert len(store.search("report")) == 8  # of the titles
    assert store._value("SELECT state FROM story WHERE id = ?", (story,)) == "read"
    assert store.check() == ()
    store.set_unreadable_aside()
    assert store.set_aside_rows() == []
    assert drop(store) == 0


def test_what_is_starred_what_goes_on_and_what_waits_keeps_its_text(
    old: tuple[Store, list[str]],
) -> None:
    store, names = old
    starred = story_of(store, names[0], names[1], hours=LONG)
    store.set_starred(starred, True)
    store.set_article_starred(names[2], True)
    story_of(store, names[3], names[4], hours=1)  # it had something new an hour ago
    store._run("UPDATE article SET pending = 'digest' WHERE id = ?", (names[5],))
    assert drop(store) == 2
    assert [bool(store.article(name).text) for name in names] == [True] * 6 + [False] * 2
    store.set_starred(starred, False)
    assert drop(store) == 2


def test_nothing_younger_goes_and_each_feed_has_its_own_time(
    old: tuple[Store, list[str]],
) -> None:
    store, names = old
    others = filled(store, 3, feed_url="https://echo.example/feed")
    assert drop(store, 120) == 0
    assert drop(store, 90, feed="2") == 0
    assert drop(store, 90, feed="1") == 8
    assert [bool(store.article(name).text) for name in (*names, *others)] == [False] * 8 + [
        True
    ] * 3


def test_what_was_kept_of_a_removed_feed_goes_too(old: tuple[Store, list[str]]) -> None:
    store, names = old
    store.set_article_starred(names[0], True)
    store.remove_feed("1")
    assert drop(store, feed=None) == 0
    store.set_article_starred(names[0], False)
    assert drop(store, feed=None) == 1


def test_a_story_without_texts_can_still_be_read(old: tuple[Store, list[str]]) -> None:
    store, names = old
    story = story_of(store, *names[:2], hours=LONG)
    drop(store)
    told = read_story(store, story)
    assert told.brief.headline == "Bridge closed"
    assert read_article(store, names[0]).article.text == ""


def test_an_article_that_its_feed_gives_anew_has_a_text_again(
    old: tuple[Store, list[str]],
) -> None:
    store, names = old
    drop(store)
    store.save_article(names[0], article(names[0]))
    assert store.article(names[0]).text
    store._run("UPDATE article SET pending = NULL")
    assert drop(store) == 1


def test_a_step_drops_no_more_than_it_is_told_the_oldest_first(
    old: tuple[Store, list[str]],
) -> None:
    store, names = old
    assert store.drop_texts("1", ago(DAY), NOW, at_most=3).done == 3
    assert [bool(store.article(name).text) for name in names] == [True] * 5 + [False] * 3
    assert store.drop_texts("1", ago(DAY), NOW, at_most=9).done == 5
    assert store.drop_texts("1", ago(DAY), NOW, at_most=9).done == 0
    assert store.check() == ()


def test_the_search_index_is_merged_a_few_pages_at_a_time(old: tuple[Store, list[str]]) -> None:
    store, _ = old
    store.rebuild_search()  # it is in one part
    assert store.merge_search(1).done == 0
    for _ in range(8):
        assert store.drop_texts("1", ago(DAY), NOW, at_most=1).done == 1
    parts = store._value("SELECT count(DISTINCT segid) FROM search_idx")
    assert store.merge_search(1).done == 1
    for _ in range(100):
        if not store.merge_search(1).done:
            break
    else:
        pytest.fail("it is never merged")
    assert store._value("SELECT count(DISTINCT segid) FROM search_idx") < parts
    assert store.check() == ()
    assert len(store.search("report")) == 8


def test_the_reader_marks_while_texts_are_dropped(path: Path) -> None:
    with Store.open(path) as store:
        names = filled(store, 300)
        store._run("UPDATE article SET published = published - ?, pending = NULL", (LONG * 3600,))
    failures: list[BaseException] = []

    def dropping() -> None:
        try:
            with Store.open(path) as store:
                while store.drop_texts("1", ago(DAY), NOW, at_most=8).done:
                    store.merge_search(16)
                    os.sched_yield()
        except BaseException as error:  # noqa: BLE001 - the thread's failure is the test's
            failures.append(error)

    thread = threading.Thread(target=dropping)
    thread.start()
    with Store.open(path) as reader:
        for name in names[:50]:
            reader.mark_article_read(name, True)
            reader.article_rows(limit=50)
    thread.join()
    assert failures == []
    with Store.open(path) as store:
        assert sum(row.read for row in store.article_rows(limit=400)) == 50
        assert store.check() == ()
