"""The way in: each step once, again without harm, and due again after a crash."""

import subprocess
import sys
import textwrap
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.model import Basis, Block, Enclosure, Entry, Link, Span, StoreError
from briefing.store import Store
from tests.store.builders import NOW, ago, article, digest, entry, filled, story_of

URL = "https://courier.example/feed"


def feed_id(store: Store) -> str:
    return store.add_feed(URL, "Coast Courier", category="Coast").id


def test_adding_the_same_entries_twice_adds_nothing(store: Store) -> None:
    feed = feed_id(store)
    entries = [entry(str(n)) for n in range(3)]
    assert store.add_entries(feed, [*entries, entries[0]], NOW) == 3
    before = store._rows("SELECT * FROM article")
    assert store.add_entries(feed, entries, NOW + timedelta(hours=1)) == 0
    assert store._rows("SELECT * FROM article") == before


def test_an_entry_comes_back_as_it_was_given(store: Store) -> None:
    given_entry = replace(
        entry("a"), author="Ada Brun", updated=ago(1), content_html="<p>Ünïcode \ud800</p>"
    )
    store.add_entries(feed_id(store), [given_entry], NOW)
    (waiting,) = store.entries_to_extract(5)
    assert waiting.entry == given_entry
    assert waiting.feed.title == "Coast Courier"


def test_two_feeds_that_carry_one_address_are_two_voices(store: Store) -> None:
    other = store.add_feed("https://gazette.example/feed", "Gazette").id
    assert store.add_entries(feed_id(store), [entry("a")], NOW) == 1
    assert store.add_entries(other, [entry("a")], NOW) == 1


def test_one_article_under_a_new_guid_is_one_article(store: Store) -> None:
    feed = feed_id(store)
    store.add_entries(feed, [entry("a")], NOW)
    again = replace(entry("a"), guid="new", url="https://courier.example/news/a?utm_source=x")
    assert store.add_entries(feed, [again], NOW) == 0
    assert len(store.article_rows()) == 1


@pytest.mark.parametrize("url", ["https://courier.example/", "https://courier.example/live", None])
def test_an_address_that_entries_share_does_not_make_them_one(
    store: Store, url: str | None
) -> None:
    entries = [replace(entry(str(n)), url=url) for n in range(3)]
    assert store.add_entries(feed_id(store), entries, NOW) == 3


def test_a_feeds_entries_on_its_front_page_stay_apart_over_time(store: Store) -> None:
    feed = feed_id(store)
    for n in range(3):
        front = replace(entry(str(n)), url="https://courier.example")
        assert store.add_entries(feed, [front], NOW) == 1


def test_times_are_the_feeds_never_in_the_future_and_the_fetchs_where_there_is_none(
    store: Store,
) -> None:
    entries = [
        entry("past", hours=5),
        entry("future", hours=-5),
        replace(entry("none"), published=None),
    ]
    store.add_entries(feed_id(store), entries, NOW)
    times = {row.title: row.published for row in store.article_rows()}
    assert times["Bridge report past"] == ago(5)
    assert times["Bridge report future"] == NOW
    assert times["Bridge report none"] == NOW


def test_hostile_11_a_time_to_come_counts_as_the_fetchs_and_is_kept_for_showing(
    store: Store,
) -> None:
    entries = [
        replace(entry("soon"), published=NOW + timedelta(minutes=2)),
        replace(entry("later"), published=NOW + timedelta(days=40_000)),
        entry("past"),
    ]
    store.add_entries(feed_id(store), entries, NOW)
    for waiting in store.entries_to_extract(5):
        store.save_article(waiting.article_id, article(waiting.article_id))
    kept = [store.article(row.id) for row in store.article_rows()]
    assert [a.stated for a in kept if a and a.stated] == [NOW + timedelta(days=40_000)]
    assert len(kept) == 3
    assert all(a and a.published and a.published <= NOW for a in kept)
    store.add_entries(feed_id(store), entries, NOW + timedelta(hours=1))
    assert len(store._rows("SELECT * FROM stated_time")) == 1


def test_a_changed_entry_is_done_again_and_keeps_its_place(store: Store) -> None:
    (name,) = filled(store, 1)
    story = story_of(store, name)
    store.set_article_starred(name, True)
    (feed,) = store.feeds()
    changed = entry(f"{feed.id}-0", hours=0, title="Bridge open", content="<p>Open again.</p>")

    assert store.add_entries(feed.id, [changed], NOW) == 0

    (waiting,) = store.entries_to_extract(5)
    assert (waiting.article_id, waiting.entry.title) == (name, "Bridge open")
    (row,) = store.article_rows()
    assert (row.title, row.published, row.story_id) == ("Bridge open", ago(1), story)
    assert row.starred
    made = article(name, text="It is open again.", title="Bridge open")
    store.save_article(name, made, waiting.content_hash)
    assert store.digest(name) is None
    store.save_digest(name, digest(made))
    (item,) = store.articles_to_link(5)
    assert (item.article_id, item.story_id) == (name, story)


def test_a_changed_entry_that_gives_the_same_article_is_not_digested_again(store: Store) -> None:
    (name,) = filled(store, 1)
    story_of(store, name)
    (feed,) = store.feeds()
    store.add_entries(feed.id, [entry(f"{feed.id}-0", content="<p>New teaser</p>")], NOW)
    (waiting,) = store.entries_to_extract(5)
    store.save_article(name, article(name, title=waiting.entry.title), waiting.content_hash)
    stats = store.stats()
    assert (stats.to_extract, stats.to_digest, stats.to_link) == (0, 0, 0)


def test_a_change_while_an_entry_is_being_extracted_is_not_lost(store: Store) -> None:
    feed = feed_id(store)
    store.add_entries(feed, [entry("a")], NOW)
    (taken,) = store.entries_to_extract(5)
    store.add_entries(feed, [entry("a", content="<p>Corrected</p>")], NOW)
    store.save_article(taken.article_id, article(taken.article_id), taken.content_hash)
    (again,) = store.entries_to_extract(5)
    assert again.entry.summary_html == "<p>Corrected</p>"


def test_an_article_comes_back_as_it_was_saved(store: Store) -> None:
    store.add_entries(feed_id(store), [entry("a")], NOW)
    (waiting,) = store.entries_to_extract(1)
    link = Link("source-document", "the report", "https://port.example/report.pdf", Span(4, 8))
    made = replace(
        article(waiting.article_id),
        byline="Ada Brun",
        language="de",
        basis=Basis.CLOSED,
        links=(link,),
        blocks=(Block("heading", Span(0, 3), 2), Block("emphasis", Span(1, 2))),
        url=waiting.entry.url,
        published=waiting.entry.published,
    )
    store.save_article(waiting.article_id, made, waiting.content_hash)
    assert store.articles_to_digest(5) == [made]
    assert store.article(waiting.article_id) == made
    store.save_digest(waiting.article_id, digest(made))
    assert store.digest(waiting.article_id) == digest(made)
    assert store.articles_to_digest(5) == []


def test_an_article_without_a_title_keeps_its_entrys(store: Store) -> None:
    store.add_entries(feed_id(store), [entry("a", title="From the feed")], NOW)
    (waiting,) = store.entries_to_extract(1)
    made = replace(article(waiting.article_id), title=None)
    store.save_article(waiting.article_id, made)
    assert store.article(waiting.article_id).title == "From the feed"


def test_a_page_dates_an_article_that_its_feed_left_undated(store: Store) -> None:
    store.add_entries(feed_id(store), [replace(entry("a"), published=None)], NOW)
    (waiting,) = store.entries_to_extract(1)
    made = replace(article(waiting.article_id), published=ago(30))
    store.save_article(waiting.article_id, made)
    assert store.article_rows()[0].published == ago(30)


def test_a_digest_of_another_text_is_not_kept(store: Store) -> None:
    (name,) = filled(store, 1)
    stale = article(name, text="What stood there before.")
    assert store.save_digest(name, digest(stale)) is False
    kept = store.digest(name)
    assert kept is not None
    assert kept.article.text.startswith("The port")


def test_what_fails_is_tried_again_when_its_time_comes_or_never(store: Store) -> None:
    store.add_entries(feed_id(store), [entry("a"), entry("b", hours=2)], NOW)
    first, second = store.entries_to_extract(5)
    store.mark_extract_failed(first.article_id, "timed out", NOW + timedelta(hours=1))
    store.mark_extract_failed(second.article_id, "gone")
    assert store.entries_to_extract(5, NOW) == []
    (again,) = store.entries_to_extract(5, NOW + timedelta(hours=1))
    assert (again.article_id, again.tries) == (first.article_id, 1)
    made = article(first.article_id)
    store.save_article(first.article_id, made)
    store.mark_digest_failed(first.article_id, "no sentences")
    assert store.articles_to_digest(5) == []
    assert len(store.article_rows()) == 2


def test_work_on_an_article_that_is_gone_changes_nothing(store: Store) -> None:
    feed = feed_id(store)
    store.add_entries(feed, [entry("a")], NOW)
    (waiting,) = store.entries_to_extract(1)
    store.remove_feed(feed)
    made = article(waiting.article_id)
    assert store.save_article(waiting.article_id, made, waiting.content_hash) is False
    assert store.save_digest(waiting.article_id, digest(made)) is False
    with pytest.raises(StoreError, match="feed"):
        store.add_entries(feed, [entry("a")], NOW)


def test_linking_reads_the_head_of_texts_oldest_first(store: Store) -> None:
    names = filled(store, 3)
    assert [item.article_id for item in store.articles_to_link(9)] == names[::-1]
    assert store.linked_items(ago(99), NOW) == []
    story = story_of(store, names[0], names[1])
    assert [item.article_id for item in store.articles_to_link(9)] == [names[2]]
    recent = store.linked_items(ago(1.5), NOW)
    assert [(item.article_id, item.story_id) for item in recent] == [(names[0], story)]
    assert recent[0].text.startswith("The port closed")
    assert recent[0].source == "Coast Courier"
    assert store.linked_items(ago(99), ago(99)) == []
    both = store.linked_items(ago(99), NOW)
    assert [item.article_id for item in both] == [names[1], names[0]]
    assert store.linked_items(both[0].published or NOW, both[0].published or NOW) == both[:1]


def test_a_step_that_was_cut_off_is_due_again(path: Path) -> None:
    with Store.open(path) as store:
        filled(store, 1)
    store = Store.open(path)

    def cut_off() -> None:
        with store.transaction():
            story_of(store, "1")
            store.add_entries("1", [entry("b")], NOW)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        cut_off()
    assert len(store.articles_to_link(5)) == 1
    assert len(store.article_rows()) == 1
    store.close()


def test_killed_in_the_middle_of_a_write_nothing_half_done_is_left(path: Path) -> None:
    code = f"""
        import os, signal
        from pathlib import Path
        from briefing.store import Store
        from tests.store.builders import NOW, entry, filled, story_of
        store = Store.open(Path({str(path)!r}))
        filled(store, 2)
        with store.transaction():
            story_of(store, "1", "2")
            store.add_entries("1", [entry("c")], NOW)
            os.kill(os.getpid(), signal.SIGKILL)
    """
    root = Path(__file__).parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=root, check=False, capture_output=True
    )
    assert killed.returncode < 0, killed.stderr
    with Store.open(path) as store:
        assert len(store.articles_to_link(9)) == 2
        assert store.stats().stories == 0
        assert len(store.article_rows()) == 2
        assert store.check() == ()


def test_a_transaction_within_one_fails_alone(store: Store) -> None:
    def half_way() -> None:
        with store.transaction():
            store.add_feed("https://other.example/feed")
            raise RuntimeError("half way")

    with store.transaction():
        feed_id(store)
        with pytest.raises(RuntimeError):
            half_way()
    assert [feed.url for feed in store.feeds()] == [URL]


def test_two_refreshes_at_once_end_with_each_article_once(path: Path) -> None:
    entries = [entry(str(n), hours=n) for n in range(40)]
    failures: list[BaseException] = []
    start = threading.Barrier(3)

    def refresh() -> None:
        try:
            with Store.open(path) as store:
                start.wait()
                feed = feed_id(store)
                for part in range(0, 40, 10):
                    store.add_entries(feed, entries[part : part + 10], NOW)
                for waiting in store.entries_to_extract(99):
                    store.save_article(
                        waiting.article_id, article(waiting.article_id), waiting.content_hash
                    )
                for made in store.articles_to_digest(99):
                    store.save_digest(made.id, digest(made))
                for item in store.articles_to_link(99):
                    story_of(store, item.article_id)
        except BaseException as error:  # noqa: BLE001 - the thread's failure is the test's
            failures.append(error)

    threads = [threading.Thread(target=refresh) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Store.open(path) as store:
        refresh_rest = store.stats()
        assert refresh_rest.articles == 40
        assert refresh_rest.stories == 40
        assert (refresh_rest.to_extract, refresh_rest.to_digest, refresh_rest.to_link) == (0, 0, 0)
        assert store.check() == ()


text_of_the_world = st.text(max_size=60)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    guid=text_of_the_world,
    url=st.none() | text_of_the_world | st.builds("http://{}".format, text_of_the_world),
    title=text_of_the_world,
    body=text_of_the_world,
)
def test_no_text_of_the_world_stops_the_pipeline(
    store: Store, guid: str, url: str | None, title: str, body: str
) -> None:
    feed = feed_id(store)
    given_entry = Entry(guid, url, title, summary_html=body)
    store.add_entries(feed, [given_entry], NOW)
    assert store.add_entries(feed, [given_entry], NOW) == 0
    for waiting in store.entries_to_extract(9):
        made = article(waiting.article_id, text=body or "x", title=title)
        assert store.save_article(waiting.article_id, made, waiting.content_hash)
        assert store.save_digest(waiting.article_id, digest(made))
        assert store.article(waiting.article_id).text == (body or "x")


def test_an_article_that_turns_out_to_be_opinion_is_told_anew(store: Store) -> None:
    (name,) = filled(store, 1)
    story_of(store, name)
    kept = store.article(name)
    store.save_article(name, kept)
    assert store.articles_to_digest(5) == []
    store.save_article(name, replace(kept, opinion=True))
    assert store.articles_to_digest(5) == [replace(kept, opinion=True)]
    assert store.article_rows()[0].opinion


def test_enclosures_are_kept_with_the_entry_and_follow_new_addresses(store: Store) -> None:
    feed = store.add_feed("https://hour.example/feed")
    audio = Enclosure("https://hour.example/41.mp3?token=1", "audio/mpeg", 2000, 1665)
    first = replace(entry("41"), enclosures=(audio,))
    assert store.add_entries(feed.id, [first], NOW) == 1
    (waiting,) = store.entries_to_extract(9)
    assert waiting.entry.enclosures == (audio,)
    assert store.article(waiting.article_id).enclosures == (audio,)
    store.save_article(waiting.article_id, article(waiting.article_id), waiting.content_hash)
    assert store.article(waiting.article_id).enclosures == (audio,)
    # An address that is signed anew at each fetch makes no new text: the work is not done again.
    moved = replace(audio, url="https://hour.example/41.mp3?token=2")
    assert store.add_entries(feed.id, [replace(first, enclosures=(moved,))], NOW) == 0
    assert not store.entries_to_extract(9)
    assert store.article(waiting.article_id).enclosures == (moved,)
