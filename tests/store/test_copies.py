"""Copies of the store: before a migration, private, the last two kept, checked before use."""

import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from briefing.model import StoreError
from briefing.store import Store
from briefing.store.copies import (
    check_copy,
    copies_beside,
    copy_before,
    copy_before_migration,
    copy_store,
    replace_content,
)
from briefing.store.migrate import bring_up_to_date
from briefing.store.schema import scripts
from tests.store.builders import filled

OLD = 3


def old_store(path: Path, version: int = OLD) -> None:
    """A store of an older version with one starred article."""
    folder = path.parent / "old"
    folder.mkdir(parents=True)
    for script in scripts()[:version]:
        shutil.copy(script, folder)
    connection = sqlite3.connect(path, isolation_level=None)
    bring_up_to_date(connection, path, read_only=False, folder=folder)
    connection.execute("INSERT INTO feed (url, address, title) VALUES ('u', 'u', 'Courier')")
    connection.execute(
        "INSERT INTO article (feed_id, guid, title, source, published, dated, fetched_at, version,"
        " pending, is_starred) VALUES (1, 'g', 'Horn', 'Courier', 1, 1, 1, 'v', NULL, 1)"
    )
    connection.execute("INSERT INTO body (article_id, title, text) VALUES (1, 'Horn', 'It blows')")
    connection.close()


def version_of(path: Path) -> int:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return version


def test_hostile_25_an_older_store_is_copied_before_it_is_migrated(path: Path) -> None:
    old_store(path)
    Store.open(path).close()
    copy = path.with_name(f"{path.name}.before-{len(scripts())}.bak")
    assert copies_beside(path) == [copy]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert (version_of(copy), version_of(path)) == (OLD, len(scripts()))
    check_copy(copy)
    connection = sqlite3.connect(copy)
    assert connection.execute("SELECT title, is_starred FROM article").fetchall() == [("Horn", 1)]
    connection.close()


def test_a_new_store_and_one_of_today_are_not_copied(path: Path) -> None:
    Store.open(path).close()
    Store.open(path).close()
    assert copies_beside(path) == []


def test_hostile_25_where_there_is_no_room_for_the_copy_nothing_is_migrated(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_store(path)

    def full(*_: object) -> None:
        raise StoreError("the store has no room to grow: the disk is full", "x", "Free some space.")

    monkeypatch.setattr("briefing.store.copies.copy_store", full)
    with pytest.raises(StoreError, match="no copy could be made") as caught:
        Store.open(path)
    assert "Nothing was changed" in caught.value.mend
    assert version_of(path) == OLD


def test_the_last_two_copies_of_a_kind_are_kept(path: Path) -> None:
    Store.open(path).close()
    for version in (8, 9, 10, 11):
        copy_before_migration(path, version)
    for _ in range(3):
        copy_before(path, "repair")
    other = path.with_name("recipes.before-7.bak")
    other.write_text("another program's")
    names = [copy.name for copy in copies_beside(path)]
    assert sorted(n for n in names if "repair" not in n) == [
        f"{path.name}.before-10.bak",
        f"{path.name}.before-11.bak",
    ]
    assert len(names) == 4
    assert other.exists()


def test_a_copy_has_what_stands_in_the_journal_only_and_is_one_file(
    store: Store, tmp_path: Path
) -> None:
    filled(store, 3)
    target = tmp_path / "copy.db"
    with store.transaction():  # a writer at work is neither waited for nor copied in part
        store._run("UPDATE article SET title = 'half'")
        copy_store(store.path, target)
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["copy.db"]
    check_copy(target)
    with Store.open(target) as copied:
        assert len(copied.article_rows()) == 3
        assert all(row.title != "half" for row in copied.article_rows())


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.999])
def test_hostile_25_a_copy_that_was_cut_short_is_refused(
    store: Store, tmp_path: Path, keep: float
) -> None:
    filled(store, 20)
    whole = tmp_path / "copy.db"
    copy_store(store.path, whole)
    cut = tmp_path / "cut.db"
    cut.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * keep)])
    with pytest.raises(StoreError):
        check_copy(cut)


def test_a_foreign_database_and_a_newer_one_are_no_copies(path: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "recipes.db"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()
    with pytest.raises(StoreError, match="not a store"):
        check_copy(foreign)
    Store.open(path).close()
    newer = tmp_path / "newer.db"
    copy_store(path, newer)
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="knows"):
        check_copy(newer)


def test_whoever_has_the_store_open_sees_what_took_its_place(store: Store, tmp_path: Path) -> None:
    filled(store, 2)
    copy = tmp_path / "copy.db"
    copy_store(store.path, copy)
    filled(store, 5, feed_url="https://echo.example/feed")
    assert len(store.article_rows()) == 7
    replace_content(store.path, copy)
    assert len(store.article_rows()) == 2
    assert store.check() == ()
    filled(store, 1, feed_url="https://post.example/feed")
    assert store.stats().journal_mode == "wal"
