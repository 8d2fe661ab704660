"""Digests and briefs are packed in the file; what was kept as text before can still be read."""

import json
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.codec import brief_to_json, findings_to_json
from briefing.store import Store, packing
from briefing.store.functions import add_migration_functions
from briefing.store.migrate import statements
from briefing.store.packing import as_read, packed, unpacked
from briefing.store.rows import BRIEF, brief_kept
from briefing.store.schema import APPLICATION_ID, scripts
from tests.store.builders import NOW, ago, article, digest, filled, story_of


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


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(min_size=1, max_size=40_000))
def test_what_is_packed_beside_a_text_needs_that_text(text: str, beside: str) -> None:
    beside = beside.encode("utf-8", "replace").decode()
    kept = packed(text, beside)
    assert unpacked(kept, beside) == text
    with pytest.raises(ValueError, match="cannot be unpacked"):
        unpacked(kept)


def test_a_value_that_is_cut_short_is_a_value_error() -> None:
    kept = packed("The ferry to Norhaven runs again. " * 20)
    for end in range(1, len(kept)):
        with pytest.raises(ValueError, match="cannot be unpacked"):
            unpacked(kept[:end])


def test_digests_bullets_and_briefs_are_small(store: Store) -> None:
    names = filled(store, 3)
    story = story_of(store, *names)
    row = store._row("SELECT findings, bullets, text FROM finding JOIN body USING (article_id)")
    beside, brief, reasons = store._rows("SELECT beside, brief, reasons FROM story_detail")[0]
    assert row is not None
    plain = json.dumps(findings_to_json(digest(store.article(names[0]))))
    assert 2 * len(row["findings"]) < len(plain)
    assert len(row["bullets"]) < len("The port closed the bridge to lorries.")
    assert 2 * len(brief) < len(json.dumps(brief_to_json(store.brief(story))))
    assert isinstance(reasons, bytes)
    assert str(beside) == names[0]


@pytest.mark.parametrize("change", ["said anew", "dropped", "gone"])
def test_a_brief_stays_as_it_is_when_the_text_that_it_is_packed_beside_goes(
    store: Store, change: str
) -> None:
    names = filled(store, 2)
    story = story_of(store, *names, hours=40)
    before, row = store.brief(story), store.stories_to_rank("other", ago(48), 9)
    if change == "said anew":
        store.save_article(names[0], article(names[0], text="The bridge is open again."))
    elif change == "dropped":
        store._run("UPDATE story SET latest = 0")
        store._run("UPDATE article SET published = 0")
        assert store.drop_texts("1", ago(24), NOW).done == 2
        store._run("UPDATE story SET latest = ?", (int(ago(40).timestamp()),))
    else:
        store._run("DELETE FROM article WHERE id = ?", (names[0],))
    assert store._value("SELECT beside FROM story_detail") is None
    assert store.brief(story) == before
    assert store.stories_to_rank("other", ago(48), 9) == row
    assert store.check() == ()


def test_a_text_that_is_changed_keeps_its_digest_and_bullets_until_they_are_made_anew(
    store: Store,
) -> None:
    (name,) = filled(store, 1)
    other = article(name, text="The bridge is open again for all, says the port of Norhaven.")
    store.save_article(name, other)
    store.mark_digest_failed(name, "it was too long")
    kept = store.digest(name)
    assert kept is not None
    assert [bullet.text for bullet in kept.bullets] == ["The port closed the bridge to lorries."]
    assert [row.id for row in store.search("lorries")] == [name]
    assert store.check() == ()
    store.save_digest(name, digest(other))
    assert store.search("lorries") == []
    assert store.check() == ()


def test_a_store_of_the_schema_before_is_packed_and_says_what_it_said(
    store: Store, tmp_path: Path
) -> None:
    names = filled(store, 3)
    story = story_of(store, *names)
    path = tmp_path / "former" / "former.sqlite3"
    path.parent.mkdir()
    _as_before(store, path)
    with Store.open(path) as now:
        assert now.check() == ()
        assert [now.digest(name) for name in names] == [store.digest(name) for name in names]
        assert now.story(story) == store.story(story)
        assert [row.id for row in now.search("lorries")] == [
            row.id for row in store.search("lorries")
        ]
        assert now.stories_to_rank("other", ago(48), 9) == store.stories_to_rank(
            "other", ago(48), 9
        )
        kept = now._rows("SELECT findings FROM finding UNION ALL SELECT brief FROM story_detail")
        assert {value[:1] for (value,) in kept} == {packed("")[:1]}


def test_rows_of_the_schema_before_that_are_damaged_do_not_stop_the_update(
    store: Store, tmp_path: Path
) -> None:
    names = filled(store, 2)
    story_of(store, *names)
    path = tmp_path / "former" / "former.sqlite3"
    path.parent.mkdir()
    _as_before(store, path)
    with closing(sqlite3.connect(path)) as former, former:
        former.execute("UPDATE finding SET findings = x'01ffff' WHERE article_id = ?", names[:1])
        former.execute("UPDATE story_detail SET brief = '{'")
        former.execute("DELETE FROM body WHERE article_id = ?", names[1:])
    with Store.open(path) as now:
        now.set_unreadable_aside()
        assert {row.kind for row in now.set_aside_rows()} >= {"digest", "brief"}


def _as_before(store: Store, path: Path) -> None:
    """Write what a store holds into one of the schema before digests were packed beside texts."""
    with closing(sqlite3.connect(path, isolation_level=None)) as former:
        add_migration_functions(former)
        before = [script for script in scripts() if script.name < "017"]
        for script in before:
            for statement in statements(script.read_text(encoding="utf-8")):
                former.execute(statement)
        former.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        former.execute(f"PRAGMA user_version = {len(before)}")
        former.execute("ATTACH ? AS now", (str(store.path),))
        for table in ("feed", "story", "article"):
            names = former.execute("SELECT name FROM pragma_table_info(?, 'main')", (table,))
            columns = ", ".join(name for (name,) in names)
            former.execute(
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM now.{table}"  # noqa: S608
            )
        for name, title, text in former.execute("SELECT article_id, title, text FROM now.body"):
            found = store.digest(str(name))
            assert found is not None
            bullets = "\n".join(bullet.text for bullet in found.bullets)
            row = (name, title, text, bullets)
            former.execute(
                "INSERT INTO body (article_id, title, text, bullets) VALUES (?, ?, ?, ?)", row
            )
            former.execute(
                "INSERT INTO finding VALUES (?, ?, '')",
                (name, _packed_before(json.dumps(findings_to_json(found)))),
            )
        details = store._rows(f"SELECT story_id, {BRIEF}, reasons, score_parts FROM story_detail")  # noqa: S608
        for detail in details:
            brief = store.brief(str(detail["story_id"]))
            former.execute(
                "INSERT INTO story_detail (story_id, brief, reasons, score_parts)"
                " VALUES (?, ?, ?, ?)",
                (
                    detail["story_id"],
                    _packed_before(json.dumps(brief_to_json(brief))),
                    unpacked(detail["reasons"]),
                    unpacked(detail["score_parts"], brief_kept(detail)),
                ),
            )


def _packed_before(text: str) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15, 9, zdict=packing._DICTIONARY)
    return b"\x01" + packer.compress(text.encode()) + packer.flush()


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
