"""What an article first said: kept when it is changed, let go when it was not, never listed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from briefing.editions import read_story
from briefing.model import ArticleRevised, Basis, Entry, Span
from briefing.store import Store
from tests.store.builders import NOW, article, digest, entry, filled, story_of

LATER = NOW + timedelta(hours=2)
FIRST = "The port closed the bridge to lorries. Buses may still cross the bridge."
SECOND = "The port closed the bridge to all. Buses may still cross the bridge."


def change(
    store: Store, name: str, text: str, *, basis: Basis = Basis.FULL, title: str = ""
) -> None:
    """The feed gives the article another wording, and it is extracted and digested anew."""
    (feed,) = store.feeds()
    heading = title or store.article(name).title or ""
    changed = entry(f"{feed.id}-0", title=heading, content=f"<p>{text} {basis}</p>")
    store.add_entries(feed.id, [changed], LATER)
    (waiting,) = store.entries_to_extract(5)
    made = replace(article(name, text=text, title=heading), basis=basis)
    store.save_article(name, made, waiting.content_hash)
    store.save_digest(name, digest(store.article(name)))


def test_an_article_that_was_not_changed_has_no_first_text_beside_it(store: Store) -> None:
    (name,) = filled(store, 1)
    assert store.first_text(name) is None
    change(store, name, FIRST)
    assert store.first_text(name) is None
    assert store._value("SELECT count(*) FROM first_text") == 0


def test_the_first_text_stays_the_first_however_often_it_is_changed(store: Store) -> None:
    (name,) = filled(store, 1)
    heading = store.article(name).title
    change(store, name, SECOND, title="Bridge closed to all")
    change(store, name, "The bridge is open.", title="Bridge open")
    first = store.first_text(name)
    assert first is not None
    assert (first.text, first.title) == (FIRST, heading)
    assert (first.fetched_at, first.changed_at) == (NOW, LATER)
    assert store.article(name).text == "The bridge is open."


def test_a_whole_text_after_a_summary_is_no_change_and_becomes_the_first(store: Store) -> None:
    (name,) = filled(store, 1)
    store._run("UPDATE article SET basis = 'summary'")
    change(store, name, SECOND)
    assert store.first_text(name) is None
    change(store, name, "The bridge is open.")
    first = store.first_text(name)
    assert first is not None
    assert first.text == SECOND


def test_a_whole_text_is_not_replaced_with_a_summary(store: Store) -> None:
    (name,) = filled(store, 1)
    change(store, name, "The bridge.", basis=Basis.SUMMARY, title="Bridge open")
    kept = store.article(name)
    assert (kept.text, kept.basis, kept.title) == (FIRST, Basis.FULL, "Bridge open")


def test_a_storys_revisions_are_those_since_the_reader_looked(store: Store) -> None:
    (name,) = filled(store, 1)
    story = story_of(store, name)
    change(store, name, SECOND)
    (first,) = store.first_texts(story, NOW)
    assert (first.article_id, first.text) == (name, FIRST)
    assert store.first_texts(story, LATER) == []
    store.mark_looked(story, NOW, "{}")
    (revised,) = [c for c in read_story(store, story).changed if isinstance(c, ArticleRevised)]
    (changed,) = revised.revision.changes
    assert changed.before == "The port closed the bridge to lorries."
    assert changed.after_span == Span(0, 34)
    assert revised.revision.silent


def test_a_first_text_goes_with_its_article(store: Store) -> None:
    (name,) = filled(store, 1)
    change(store, name, SECOND)
    store.remove_feed(store.feeds()[0].id)
    assert store._value("SELECT count(*) FROM first_text") == 0
    assert store.check() == ()


def test_no_table_is_read_whole_to_find_a_first_text(store: Store) -> None:
    (name,) = filled(store, 1)
    story = story_of(store, name)
    plans: list[str] = []
    plain = store._connection

    class Watched:
        def execute(self, sql: str, values: Any = ()) -> Any:
            if sql.startswith("SELECT"):
                plans.extend(
                    row["detail"] for row in plain.execute(f"EXPLAIN QUERY PLAN {sql}", values)
                )
            return plain.execute(sql, values)

    store._connection = Watched()  # type: ignore[assignment]
    store.first_text(name)
    store.first_texts(story, NOW)
    store._connection = plain
    assert plans
    assert not [p for p in plans if p.startswith("SCAN")]


def test_a_page_is_looked_at_again_where_its_feed_says_that_it_was_changed(store: Store) -> None:
    feed = store.add_feed("https://courier.example/feed").id
    plain = replace(entry("a"), updated=NOW)

    def due(minutes: int, *others: Entry) -> int:
        changed = replace(plain, updated=NOW + timedelta(minutes=minutes))
        store.add_entries(feed, [changed, *others], LATER)
        waiting = store.entries_to_extract(9)
        for one in waiting:
            store.save_article(one.article_id, article(one.article_id), one.content_hash)
        return len(waiting)

    assert due(0) == 1  # new
    assert due(0) == 0
    assert due(5) == 1
    assert due(5) == 0
    assert due(3) == 0  # an older copy of the feed
    assert [due(m) for m in (10, 15, 20, 25)] == [1, 1, 0, 0]  # times without end


def test_a_time_of_change_that_all_entries_share_is_the_feeds(store: Store) -> None:
    feed = store.add_feed("https://courier.example/feed").id
    pair = [replace(entry(name), updated=NOW) for name in "ab"]
    store.add_entries(feed, pair, NOW)
    for waiting in store.entries_to_extract(9):
        store.save_article(waiting.article_id, article(waiting.article_id), waiting.content_hash)
    later = [replace(e, updated=NOW + timedelta(hours=1)) for e in pair]
    store.add_entries(feed, later, LATER)
    assert store.entries_to_extract(9) == []
