"""Marks that a server is to hear of: the last word on each, until it was sent."""

from briefing.store import Store
from tests.store.builders import NOW, filled, story_of, window


def unsent(store: Store) -> list[tuple[str, str, bool]]:
    return [(mark.article_id, mark.name, mark.value) for mark in store.unsent_marks()]


def test_each_mark_of_an_article_is_noted_once_with_its_last_word(store: Store) -> None:
    one, two = filled(store, 2)
    store.set_article_starred(one, True)
    store.mark_article_read(two)
    store.mark_article_read(two, read=False)
    assert sorted(unsent(store)) == [(one, "starred", True), (two, "read", False)]
    (starred,) = [mark for mark in store.unsent_marks() if mark.name == "starred"]
    assert (starred.feed, starred.guid) == (
        store.feeds()[0].url,
        store._value("SELECT guid FROM article WHERE id = ?", (int(one),)),
    )


def test_a_story_that_is_read_marks_its_articles_and_taking_it_back_does_too(store: Store) -> None:
    one, two, other = filled(store, 3)
    story = story_of(store, one, two)
    story_of(store, other)
    token = store.mark_read([story], NOW)
    assert sorted(unsent(store)) == [(one, "read", True), (two, "read", True)]
    store.undo(token)
    assert sorted(unsent(store)) == [(one, "read", False), (two, "read", False)]
    store.mark_all_read(window(), NOW)
    assert {value for _, _, value in unsent(store)} == {True}
    store.unmark_read([story])
    assert sorted(unsent(store)) == [
        (one, "read", False),
        (two, "read", False),
        (other, "read", True),
    ]


def test_what_was_sent_is_not_sent_again_until_it_changes(store: Store) -> None:
    (one,) = filled(store, 1)
    store.mark_article_read(one)
    marks = store.unsent_marks()
    store.marks_sent(marks)
    assert unsent(store) == []
    store.mark_article_read(one, read=False)
    assert unsent(store) == [(one, "read", False)]
    store.marks_sent(marks)  # the answer to the older word comes late
    assert unsent(store) == [(one, "read", False)]


def test_a_mark_goes_with_its_article(store: Store) -> None:
    (one,) = filled(store, 1)
    store.mark_article_read(one)
    store.remove_feed(store.feeds()[0].id)
    assert unsent(store) == []
    assert store.check() == ()
