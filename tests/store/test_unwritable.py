"""A store that cannot be written is read, leaves nothing beside it, and says so when written."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from briefing.model import StoreError
from briefing.store import ReadingStore, Store, stamps
from briefing.store import unwritable as refusal
from briefing.store.archive import write_archive
from briefing.store.copies import check_copy
from tests.store.builders import NOW, entry, filled
from tests.unwritable import HOW, unwritable

OTHER = "https://port-post.example/feed"

each_way = pytest.mark.parametrize("how", HOW)


@pytest.fixture
def kept(path: Path) -> Path:
    """A store with three articles that nobody has open: the file is alone."""
    with Store.open(path) as store:
        filled(store, 3)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    return path


def listed(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


@each_way
def test_hostile_28_a_store_that_cannot_be_written_is_read_and_stays_as_it_is(
    kept: Path, how: str
) -> None:
    before = listed(kept)
    with unwritable(kept, how):
        assert refusal(kept) is not None
        with ReadingStore.open(kept, read_only=True) as store:
            assert len(store.article_rows()) == 3
            assert len(store.search("lorries")) == 3
            with pytest.raises(StoreError, match="cannot be written"):
                store.mark_article_read(store.article_rows()[0].id)
    assert listed(kept) == before  # no journal with its rights, which would stop its owner
    assert refusal(kept) is None


@each_way
def test_hostile_28_who_wants_to_write_it_is_told_at_once(kept: Path, how: str) -> None:
    with unwritable(kept, how):
        with pytest.raises(StoreError, match="cannot be written") as caught:
            Store.open(kept)
        assert caught.value.where == str(kept)
        assert "`store.path`" in caught.value.mend


@each_way
def test_hostile_28_what_another_writes_meanwhile_is_read_too(kept: Path, how: str) -> None:
    with Store.open(kept) as owner:
        filled(
            owner, 2, feed_url=OTHER
        )  # in the journal, which is there while the owner has it open
        with unwritable(kept, how), ReadingStore.open(kept, read_only=True) as store:
            assert len(store.article_rows()) == 5


def test_hostile_28_a_change_by_its_owner_shows_in_the_stamps(kept: Path) -> None:
    before = stamps(kept)
    with Store.open(kept) as owner:
        owner.mark_article_read(owner.article_rows()[0].id)
        assert stamps(kept) != before
    assert stamps(kept) != before
    assert stamps(kept) == stamps(kept)


def copied_with_its_journal(path: Path, to: Path, *, index: bool) -> Path:
    """A copy as it is taken of a store in use: its last writes are in the journal."""
    to.mkdir()
    with Store.open(path) as owner:
        filled(owner, 2, feed_url=OTHER)
        for file in path.parent.iterdir():
            if index or not file.name.endswith("-shm"):
                shutil.copy(file, to)
    return to / path.name


def test_hostile_28_a_copy_with_its_journal_is_read_with_it(kept: Path, tmp_path: Path) -> None:
    copy = copied_with_its_journal(kept, tmp_path / "copy", index=True)
    with unwritable(copy, "folder"), ReadingStore.open(copy, read_only=True) as store:
        assert len(store.article_rows()) == 5


def test_hostile_28_a_journal_that_cannot_be_read_is_told_not_passed_over(
    kept: Path, tmp_path: Path
) -> None:
    copy = copied_with_its_journal(kept, tmp_path / "copy", index=False)
    with unwritable(copy, "folder"), pytest.raises(StoreError, match="last written") as caught:
        ReadingStore.open(copy, read_only=True)
    assert "`-wal`" in caught.value.mend


def test_hostile_28_an_empty_journal_that_is_left_over_does_no_harm(kept: Path) -> None:
    kept.with_name(f"{kept.name}-wal").touch()
    with unwritable(kept, "folder"), ReadingStore.open(kept, read_only=True) as store:
        assert len(store.article_rows()) == 3


@each_way
def test_hostile_28_an_older_store_that_cannot_be_migrated_says_so_with_the_mend(
    kept: Path, how: str
) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute("PRAGMA user_version = 3")
    before = listed(kept)
    with unwritable(kept, how), pytest.raises(StoreError, match="older version") as caught:
        ReadingStore.open(kept, read_only=True)
    assert "cannot be brought up to date: the store cannot be written" in caught.value.what
    assert "Check the rights" in caught.value.mend
    assert listed(kept) == before


@each_way
def test_hostile_28_a_store_that_cannot_be_written_is_backed_up(
    kept: Path, tmp_path: Path, how: str
) -> None:
    with unwritable(kept, how):
        write_archive(kept, {}, tmp_path / "backup.zip")
        with Store.open(kept, read_only=True) as store:
            store.backup(tmp_path / "copy.db")
    check_copy(tmp_path / "copy.db")
    assert (tmp_path / "backup.zip").stat().st_size


def test_hostile_28_a_journal_of_anothers_is_named(kept: Path) -> None:
    journal = kept.with_name(f"{kept.name}-wal")
    journal.touch()
    with unwritable(journal, "file"):
        told = refusal(kept)
    assert told is not None
    assert (told.what, told.where) == ("the store's journal cannot be written", str(journal))


def test_nothing_keeps_a_store_that_is_not_there_from_being_made(path: Path) -> None:
    assert refusal(path) is None
    with Store.open(path) as store:
        store.add_entries(store.add_feed("https://courier.example/feed").id, [entry("a")], NOW)
        assert refusal(path) is None
    assert os.access(path, os.W_OK)
