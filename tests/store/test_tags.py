"""Tags and notes stay with what they were written of; hidden outlets with their story."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.model import Ranking, StoreError
from briefing.model.tags import LONGEST_TAG, Tag, TagCount, note_text, tag_name
from briefing.store import Store, tags
from tests.store.builders import NOW, ago, brief, filled, story_of


def test_a_tag_given_to_a_story_is_that_of_its_articles_and_is_taken_back(store: Store) -> None:
    first, second, other = filled(store, 3)
    story = story_of(store, first, second)

    assert store.set_story_tag(story, "#Harbour", True) == "Harbour"
    assert store.story_tags(story) == (Tag("Harbour"),)
    assert store.article_tags(first) == store.article_tags(second) == (Tag("Harbour"),)
    assert store.article_tags(other) == ()
    assert store.tags() == [TagCount("Harbour", 2)]

    store.set_story_tag(story, "harbour", False)
    assert store.story_tags(story) == ()
    assert store.tags() == []


def test_tags_that_differ_only_in_case_are_one(store: Store) -> None:
    (name,) = filled(store, 1)
    store.set_article_tag(name, "Übersee", True)
    assert store.set_article_tag(name, "übersee", True) == "Übersee"
    assert store.tags() == [TagCount("Übersee", 1)]
    assert [row.id for row in store.tagged_rows("ÜBERSEE")] == [name]


@pytest.mark.parametrize("many", [2000, 3])
def test_tagged_articles_come_in_pages_newest_first(
    store: Store, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tags, "_MANY", many)
    names = filled(store, 5)
    for name in names[1:]:
        store.set_article_tag(name, "later", True)
    page = store.tagged_rows("later", limit=2)
    rest = store.tagged_rows("later", page[-1], 9)
    assert [row.id for row in (*page, *rest)] == names[1:]
    assert store.tagged_rows("nothing") == []


def test_tags_notes_and_hidden_outlets_survive_a_merge_and_new_articles(store: Store) -> None:
    first, second, third = filled(store, 3)
    one, other = story_of(store, first), story_of(store, second)
    store.set_story_tag(one, "later", True)
    store.add_note(first, "Ask Ada.", ago(2))
    store.add_note(second, "And Bo.", ago(1))
    store.hide_outlet(one, "Coast Courier", True)

    store.merge_stories(one, other)
    store.save_story(other, brief(first, second, third), Ranking(1.0))

    for name in (one, other):  # the identifier of old leads there too
        assert store.story_tags(name) == (Tag("later"),)
        assert [note.text for note in store.story_notes(name)] == ["Ask Ada.", "And Bo."]
        assert store.hidden_outlets(name) == {"Coast Courier"}


def test_what_is_tagged_by_hand_or_noted_on_keeps_its_text_and_outlives_its_feed(
    store: Store,
) -> None:
    tagged, noted, plain = filled(store, 3)
    for name in (tagged, noted, plain):
        story_of(store, name, hours=48)
    store.set_article_tag(tagged, "later", True)
    store.add_note(noted, "Ask Ada.", NOW)
    feed = store.article_row(plain).feed_id
    assert feed is not None

    assert store.drop_texts(feed, ago(0), NOW).done == 1
    assert store.article(tagged).text
    assert store.article(noted).text
    assert not store.article(plain).text

    store.remove_feed(feed)
    assert {row.id for row in store.article_rows()} == {tagged, noted}
    assert store.article_tags(tagged) == (Tag("later"),)


def test_queries_find_what_is_tagged_noted_on_and_read_later(store: Store) -> None:
    tagged, noted, beside, plain = filled(store, 4)
    story_of(store, noted, beside)
    store.set_article_tag(tagged, "Later", True)
    store.add_note(noted, "Ask Ada.", NOW)

    def found(query: str) -> set[str]:
        return {row.id for row in store.search(query)}

    assert found("is:later") == found("#later") == found("has:tag") == {tagged}
    assert found("has:note") == {noted, beside}  # a note is on the story
    assert found("-has:note -has:tag") == {plain}


def test_a_backup_has_tags_notes_and_hidden_outlets(store: Store, tmp_path: Path) -> None:
    (name,) = filled(store, 1)
    story = story_of(store, name)
    store.set_article_tag(name, "later", True)
    note = store.add_note(name, "Ask Ada.", NOW)
    store.hide_outlet(story, "Courier", True)
    store.backup(tmp_path / "copy.sqlite3")
    with Store.open(tmp_path / "copy.sqlite3") as copy:
        assert copy.story_tags(story) == (Tag("later"),)
        assert copy.story_notes(story) == (note,)
        assert copy.hidden_outlets(story) == {"Courier"}


def test_notes_are_changed_dropped_and_put_back(store: Store) -> None:
    (name,) = filled(store, 1)
    story = story_of(store, name)
    note = store.add_note(name, "  Ask Ada.\r\n\x1b[31mSoon. ", NOW)
    assert note is not None
    assert note.text == "Ask Ada.\n [31mSoon."
    store.remove_note(note.id)
    assert store.story_notes(story) == ()
    store.put_note(note)
    assert store.story_notes(story) == (note,)
    assert store.add_note(name, " \n\x00 ", NOW) is None


def test_hiding_an_outlet_is_taken_back(store: Store) -> None:
    story = story_of(store, *filled(store, 1))
    store.hide_outlet(story, "Courier", True)
    store.hide_outlet(story, "Courier", True)
    assert store.hidden_outlets(story) == {"Courier"}
    store.hide_outlet(story, "Courier", False)
    assert store.hidden_outlets(story) == frozenset()


@pytest.mark.parametrize("name", ["", "  ", "#", "##", '"', ",,", "\x1b", "\u202e"])
def test_a_tag_without_a_name_is_refused(store: Store, name: str) -> None:
    (article,) = filled(store, 1)
    with pytest.raises(StoreError, match="needs a name"):
        store.set_article_tag(article, name, True)
    assert store.tags() == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(st.characters(), max_size=200))
def test_whatever_a_tag_is_called_it_is_one_harmless_line(tmp_path: Path, written: str) -> None:
    name = tag_name(written)
    assert name.isprintable()
    assert len(name) <= LONGEST_TAG
    assert not set(name) & set(',"')
    assert tag_name(name) == name
    assert all(c.isprintable() or c == "\n" for c in note_text(written))
    if name:
        with Store.open(tmp_path / "store.sqlite3") as store:
            known = store.article_rows()
            article = known[0].id if known else filled(store, 1)[0]
            kept = store.set_article_tag(article, written, True)
            assert Tag(kept) in store.article_tags(article)
            store.set_article_tag(article, kept, False)
            assert store.article_tags(article) == ()
