"""Digests and briefs are packed in the file; what was kept as text before can still be read."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from briefing.store import Store
from briefing.store.packing import as_read, packed, unpacked
from tests.store.builders import filled, story_of


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_packed_comes_back(text: str) -> None:
    assert unpacked(packed(text)) == text
    assert unpacked(text) == text


@given(st.binary())
def test_bytes_that_were_never_packed_are_a_value_error_at_most(content: bytes) -> None:
    for value in (content, b"\x01" + content):
        try:
            unpacked(value)
        except ValueError:
            assert as_read(value) == repr(value)


def test_digests_and_briefs_are_small_and_those_of_before_are_read(store: Store) -> None:
    names = filled(store, 3)
    story = story_of(store, *names)
    kept = store._value("SELECT findings FROM finding WHERE article_id = ?", (names[0],))
    assert isinstance(kept, bytes)
    assert len(kept) < len(unpacked(kept)) / 2
    before = (store.digest(names[0]), store.brief(story))
    store._run("UPDATE finding SET findings = ?", (unpacked(kept),))
    brief = store._value("SELECT brief FROM story_detail")
    store._run("UPDATE story_detail SET brief = ?", (unpacked(brief),))
    assert (store.digest(names[0]), store.brief(story)) == before
    assert store.check() == ()


def test_a_packed_digest_that_is_damaged_is_set_aside_and_made_anew(path: Path) -> None:
    with Store.open(path) as store:
        names = filled(store, 2)
        story = story_of(store, *names)
        store._run("UPDATE finding SET findings = x'01ffff' WHERE article_id = ?", (names[0],))
        store._run("UPDATE story_detail SET brief = x'0200'")
        store.set_unreadable_aside()
        assert {row.kind for row in store.set_aside_rows()} == {"digest", "brief"}
        assert store.digest(names[1]) is not None
        assert story
