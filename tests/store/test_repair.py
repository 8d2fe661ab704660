"""What is wrong with a store is found, mended, and never said to be well."""

import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from briefing.model import StoreError
from briefing.store import Store
from briefing.store.copies import copies_beside, copy_before_migration
from briefing.store.repair import file_faults, repair_store
from tests.store.builders import NOW, entry, filled, story_of

BROKEN = {
    "a row that points to nothing": (
        "UPDATE article SET story_id = 999 WHERE id = 1",
        "point to nothing in story",
    ),
    "a mark of no article": (
        "INSERT INTO mark_log (article_id, mark, value, made_at) VALUES (999, 'read', 1, 1)",
        "point to nothing in article",
    ),
    "an entry that is not there": (
        "UPDATE article SET pending = 'extract' WHERE id = 2",
        "wait for an entry that is not there",
    ),
    "an article whose feed is gone": (
        "UPDATE article SET pending = 'extract', feed_id = NULL WHERE id = 2",
        "wait for an entry that is not there",
    ),
    "a time far away": (
        "UPDATE article SET pending = 'extract', retry_at = unixepoch() + 1e9 WHERE id = 3",
        "a time that is far away",
    ),
    "a text that is gone": (
        "DELETE FROM body WHERE article_id = 3",
        "without the row of their text",
    ),
    "a story of nothing": (
        "INSERT INTO story (headline, outlets, articles, latest, score) VALUES ('x', 1, 1, 1, 1)",
        "stories without an article",
    ),
    "a story without a brief": ("DELETE FROM story_detail", "stories without their brief"),
    "a search index out of step": (
        (
            "INSERT INTO search (search, rowid, title, text, bullets)"
            " VALUES ('delete', 1, 'Q', 'R', '')"
        ),
        "search index differs",
    ),
}


@pytest.fixture
def lively(store: Store) -> Store:
    """A store with a starred article, a read story and an entry that waits."""
    names = filled(store, 5)
    story = story_of(store, *names[:2])
    store.mark_read([story], NOW)
    store.set_article_starred(names[4], True)
    feed = store.feeds()[0]
    store.add_entries(feed.id, [entry("waiting")], NOW)
    assert store.check() == ()
    return store


def marks(path: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    found = connection.execute(
        "SELECT guid, article.title, is_read, article.is_starred FROM article ORDER BY guid"
    ).fetchall()
    connection.close()
    return found


@pytest.mark.parametrize("name", BROKEN)
def test_hostile_25_what_is_wrong_inside_is_named_and_mended(lively: Store, name: str) -> None:
    statement, said = BROKEN[name]
    before = marks(lively.path)
    lively._run("PRAGMA foreign_keys = OFF")
    lively._run(statement)
    faults = lively.check()
    assert any(said in fault for fault in faults), faults
    done = repair_store(lively.path)
    assert any(said in sentence for sentence in done)
    assert lively.check() == ()
    assert marks(lively.path) == before
    assert len(copies_beside(lively.path)) == 1
    assert repair_store(lively.path) == ()


def test_hostile_25_a_store_emptied_to_nothing_is_found_and_its_copy_put_back(
    lively: Store,
) -> None:
    path = lively.path
    copy_before_migration(path, 11)
    before = marks(path)
    lively.close()
    path.write_bytes(b"")
    assert any("0 bytes" in fault.what for fault in file_faults(path))
    with pytest.raises(StoreError, match="0 bytes"):
        Store.open(path)
    assert path.stat().st_size == 0
    repair_store(path)
    assert file_faults(path) == []
    assert marks(path) == before
    with Store.open(path) as store:
        assert store.check() == ()


def test_hostile_25_an_emptied_store_without_a_copy_is_not_begun_anew_in_silence(
    path: Path,
) -> None:
    Store.open(path).close()
    path.with_name(path.name + ".refresh-lock").touch()
    path.write_bytes(b"")
    with pytest.raises(StoreError, match="0 bytes"):
        Store.open(path)
    with pytest.raises(StoreError, match="no whole copy"):
        repair_store(path)


def test_an_empty_file_where_no_store_has_been_becomes_one(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    Store.open(path).close()
    path.write_bytes(b"")
    repair_store(path)
    assert not path.exists()


@pytest.mark.parametrize("pages", [range(8, 20), range(20, 60, 3), range(3, 9)])
def test_hostile_25_what_can_be_read_of_a_damaged_store_is_kept(store: Store, pages: range) -> None:
    path = store.path
    filled(store, 60)
    store._run("PRAGMA wal_checkpoint(TRUNCATE)")
    before = {guid for guid, *_ in marks(path)}
    copy_before_migration(path, 11)
    store.close()
    content = bytearray(path.read_bytes())
    for page in pages:
        if (page + 1) * 4096 <= len(content):
            content[page * 4096 : page * 4096 + 300] = b"\xff" * 300
    path.write_bytes(content)
    repair_store(path)
    with Store.open(path) as mended:
        assert mended.check() == ()
        assert len(mended.feeds()) == 1
        assert {row.title for row in mended.article_rows(limit=99)}
        assert len(mended.article_rows(limit=99)) >= len(before) / 2
    damaged = [c for c in copies_beside(path) if "repair" in c.name]
    # The first page says which journal a file has.
    assert [c.read_bytes()[4096:] for c in damaged] == [bytes(content[4096:])]


def test_hostile_25_a_truncated_store_is_put_back_from_its_copy_where_nothing_can_be_read(
    store: Store,
) -> None:
    path = store.path
    filled(store, 30)
    copy_before_migration(path, 11)
    before = marks(path)
    store.close()
    path.write_bytes(path.read_bytes()[:5000])
    repair_store(path)
    assert marks(path) == before


def test_a_store_that_another_program_keeps_locked_is_not_taken_for_a_damaged_one(
    lively: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    lively._run("PRAGMA foreign_keys = OFF")
    lively._run("UPDATE article SET story_id = 999 WHERE id = 1")
    monkeypatch.setattr("briefing.store.reading_store.BUSY_SECONDS", 0.05)
    before = lively.path.stat().st_ino
    other = sqlite3.connect(lively.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="in use"):
        repair_store(lively.path)
    other.execute("ROLLBACK")
    other.close()
    assert lively.path.stat().st_ino == before
    assert repair_store(lively.path) != ()


def test_another_programs_file_and_a_newer_store_are_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"Dear diary, today the bridge was closed. " * 200)
    with pytest.raises(StoreError, match="not a store"):
        repair_store(path)
    assert path.read_bytes().startswith(b"Dear diary")
    path.unlink()
    with Store.open(path) as store:
        store._run("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="knows"):
        repair_store(path)


def test_files_that_others_may_read_are_found_and_made_private(lively: Store) -> None:
    path = lively.path
    copy = copy_before_migration(path, 11)
    assert file_faults(path) == []  # all made private to begin with
    for place in (path, copy, path.with_name(path.name + "-wal")):
        place.chmod(0o644)
    assert len(file_faults(path)) == 3
    repair_store(path)
    assert file_faults(path) == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_disk_that_is_full_or_nearly_so_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(path).close()
    usage = shutil.disk_usage(path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
    assert [fault.what for fault in file_faults(path)] == ["the disk is nearly full: 1 MB free"]

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    (fault,) = file_faults(path)
    assert "No space left" in fault.what
    assert list(path.parent.glob("*.trial")) == list(path.parent.glob(".*.trial")) == []
