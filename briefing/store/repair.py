"""What is wrong with the store's file, and mending it: nothing is overwritten before it is copied.

``doctor`` looks with ``file_faults`` before it opens the store, and mends with ``repair_store``.
"""

import errno
import logging
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from briefing.config.private import FILE
from briefing.model import StoreError
from briefing.store.copies import (
    JOURNALS,
    check_copy,
    copies_beside,
    copy_before,
    private_file,
    remove_store,
    replace_file,
    was_refreshed,
)
from briefing.store.database import is_busy, store_error
from briefing.store.schema import APPLICATION_ID, scripts
from briefing.store.store import Store

_log = logging.getLogger(__name__)

REPAIR = "`briefing doctor --repair` mends it"
LITTLE_ROOM = 50_000_000
"""Bytes free under which ``doctor`` says that the disk is nearly full."""
_MOST_LOST = 500
"""Rows one after the other that cannot be read, after which no more are looked for."""
_TRIAL = 65_536


def file_faults(path: Path) -> list[StoreError]:
    """What is wrong with the file at ``path`` and its place, without opening it as a store."""
    found = []
    if path.exists() and path.stat().st_size == 0:
        found.append(StoreError("the store is empty: the file has 0 bytes", str(path), REPAIR))
    found += [
        StoreError(f"others may read it (its mode is {mode:o})", str(place), REPAIR)
        for place, mode in _open_to_others(path)
    ]
    found += _room_faults(path)
    return found


def repair_store(path: Path) -> tuple[str, ...]:
    """Mend what is wrong with the store at ``path``; what was done, in sentences.

    A copy is made beside it first. Where pages are damaged, what can be read of each table is put
    into a new file; where nothing can, the last whole copy takes its place. Raises StoreError where
    it is another program's file or a newer version's, where another program keeps it locked, and
    where there is nothing to mend it with.
    """
    done = []
    for place, mode in list(_open_to_others(path)):
        place.chmod(FILE)
        done.append(f"{place} is private now; its mode was {mode:o}.")
    if _is_lost(path):
        lost = copy_before(path, "repair") if path.stat().st_size else None
        return (*done, *_from_copy(path, lost))
    kept: Path | None = None
    try:
        with Store.open(path) as store:
            faults = store.check()
            if not faults:
                return tuple(done)
            kept = copy_before(path, "repair")
            store.mend()
            left = store.check()
    except StoreError as error:
        if is_busy(error):
            raise  # whoever uses it keeps it: it is not known to be damaged
        left = (error.what,)
    kept = kept or copy_before(path, "repair")
    if left:
        _log.info("the store is put together anew: %s", left)
        return (*done, *_salvaged(path, kept))
    return (*done, *(f"Mended: {fault}." for fault in faults), f"As it was: {kept}")


def _open_to_others(path: Path) -> Iterator[tuple[Path, int]]:
    """Files of the store that others than the owner may read or write, with their modes."""
    journals = (path.with_name(path.name + suffix) for suffix in JOURNALS)
    for place in (path, *journals, *copies_beside(path)):
        if place.is_file():
            mode = stat.S_IMODE(place.stat().st_mode)
            if mode & 0o077:
                yield place, mode


def _room_faults(path: Path) -> Iterator[StoreError]:
    """A disk that is full or nearly so; a quota shows only when something is written."""
    folder = next(p for p in path.parents if p.exists())
    mend = "Free some space: a refresh stops where it cannot write"
    trial = folder / f".{path.name}.{os.getpid()}.trial"
    try:
        with private_file(trial).open("wb") as file:
            file.write(os.urandom(_TRIAL))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        what = f"nothing can be written beside the store ({error.strerror or error})"
        rights = error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)
        yield StoreError(what, str(folder), "Check the folder's rights" if rights else mend)
        return
    finally:
        with suppress(OSError):
            trial.unlink(missing_ok=True)
    free = shutil.disk_usage(folder).free
    if free < LITTLE_ROOM:
        yield StoreError(f"the disk is nearly full: {free / 1e6:.0f} MB free", str(folder), mend)


def _is_lost(path: Path) -> bool:
    """Whether the file has nothing that SQLite could read, and is or was ours.

    Raises StoreError for a file that never was: it is left alone.
    """
    with path.open("rb") as file:
        head = file.read(100)
    version, application = (int.from_bytes(head[at : at + 4], "big") for at in (60, 68))
    if head.startswith(b"SQLite format 3\x00"):
        if application != APPLICATION_ID or version > len(scripts()):
            Store.open(path).close()  # says which, in its own words
        return False
    if head and not copies_beside(path) and not was_refreshed(path):
        mend = "It was left alone. Name another file, or move this one away"
        raise StoreError("the file is not a store of this program", str(path), mend)
    return True


def _from_copy(path: Path, kept: Path | None) -> Iterator[str]:
    """Put the last whole copy in the place of a store of which nothing can be read."""
    for copy in copies_beside(path):
        with suppress(StoreError):
            check_copy(copy)
            made = path.with_name(f".{path.name}.{os.getpid()}.copied")
            try:
                shutil.copyfile(copy, private_file(made))
                replace_file(path, made)
            finally:
                made.unlink(missing_ok=True)
            yield f"The copy {copy} was put in its place. What came after it is missing."
            if kept:
                yield f"As it was: {kept}"
            return
    if path.stat().st_size == 0 and not was_refreshed(path):
        path.unlink()
        yield f"The empty file {path} was removed: the next refresh makes a store."
        return
    mend = "`briefing restore FILE` puts a backup in its place; without one, move the file away"
    raise StoreError("there is no whole copy beside the store", str(path), mend)


def _salvaged(path: Path, kept: Path) -> Iterator[str]:
    """Put a new store of all rows that can be read in the place of a damaged one."""
    made = path.with_name(f".{path.name}.{os.getpid()}.salvaged")
    try:
        made.unlink(missing_ok=True)
        articles, stories = salvage(path, made)
        replace_file(path, made)
    except StoreError as error:
        _log.info("nothing could be salvaged: %s", error)
        yield from _from_copy(path, kept)
        return
    finally:
        remove_store(made)
    yield f"The store was damaged: {articles:,} articles and {stories:,} stories were read from it."
    yield f"As it was: {kept}"


def salvage(path: Path, target: Path) -> tuple[int, int]:
    """A new store at ``target`` of all rows of a damaged one that can be read; how many articles
    and stories. Raises StoreError where it has no feed left, or is of an older version.
    """
    try:
        with Store.open(target) as new:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as old:
                old.text_factory = lambda content: content.decode("utf-8", "replace")
                if old.execute("PRAGMA user_version").fetchone()[0] != len(scripts()):
                    raise StoreError("it is of an older version", str(path))
                new.take_rows(lambda table, columns: _readable(old, table, columns))
            new.mend()
            stats = new.stats()
            if not stats.feeds or new.check():
                raise StoreError("too little of it can be read", str(path))
            new._run("PRAGMA wal_checkpoint(TRUNCATE)")  # noqa: SLF001 - one file, to be renamed
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    return stats.articles, stats.stories


def _readable(old: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[object, ...]]:
    """The rows of a table that can be read: from both its ends, and one by one between."""
    first, last = -1, 1 << 62
    ordered = f"SELECT rowid, {columns} FROM {table} WHERE rowid > ? ORDER BY rowid"  # noqa: S608
    try:
        for row in old.execute(ordered, (first,)):
            first = row[0]
            yield row[1:]
    except sqlite3.OperationalError:  # it has no rowid
        with suppress(sqlite3.DatabaseError):
            yield from old.execute(f"SELECT {columns} FROM {table}")  # noqa: S608
    except sqlite3.DatabaseError:
        try:
            for row in old.execute(f"{ordered} DESC", (first,)):
                last = row[0]
                yield row[1:]
        except sqlite3.DatabaseError:
            _log.info("%s is damaged after row %d and before row %d", table, first, last)
        one = f"SELECT {columns} FROM {table} WHERE rowid = ?"  # noqa: S608
        number, lost = first + 1, 0
        while number < last and lost < _MOST_LOST:
            try:
                rows = old.execute(one, (number,)).fetchall()
            except sqlite3.DatabaseError:
                rows = []
            lost = 0 if rows else lost + 1
            yield from rows
            number += 1
