"""Copies of the store's file: made while others use it, found beside it, checked, put in its place.

Copies beside a store are called ``NAME.before-….bak``: before a migration (its version), a repair
or a restore (their times). They hold what the store holds, and are private like it.
"""

import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from briefing.config import opened_private
from briefing.model import StoreError
from briefing.store.access import connect_to_unwritable, unwritable
from briefing.store.database import BUSY_SECONDS, store_error
from briefing.store.schema import refuse_foreign

KEPT = 2
"""Copies of a kind that are kept, the latest; older ones go when one more is made."""

_KIND = re.compile(r"\.before-(?:(?P<kind>repair|restore)-)?(?P<order>[0-9TZ.-]+)\.bak$")
_PAGES = 2048  # copied before another look at whether anybody waits
JOURNALS = ("-wal", "-shm", "-journal")
"""What SQLite may keep beside a store's file, by the ends of their names."""


def lock_path(path: Path) -> Path:
    """The file that a refresh of the store at ``path`` locks; it stays behind."""
    return path.with_name(path.name + ".refresh-lock")


def was_refreshed(path: Path) -> bool:
    """Whether there has been a refresh of a store at ``path``."""
    return lock_path(path).exists()


def remove_store(path: Path) -> None:
    """Remove a store's file with its journals, as far as they are there. Raises OSError."""
    for suffix in ("", *JOURNALS):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def copy_before_migration(path: Path, version: int) -> Path:
    """A copy of the store at ``path`` beside it, before it is brought to ``version``.

    Others read it meanwhile; the caller keeps them from writing. Raises StoreError where there is
    no room for it: then nothing has been changed.
    """
    target = path.with_name(f"{path.name}.before-{version}.bak")
    try:
        copy_store(path, target)
    except StoreError as error:
        raise StoreError(
            f"no copy could be made before the store is brought up to date: {error.what}",
            error.where,
            f"Nothing was changed. {error.mend or 'Free some space and try again.'}",
        ) from error
    _drop_older(path, target)
    return target


def copy_before(path: Path, kind: str, now: datetime | None = None) -> Path:
    """A copy beside the store before a ``repair`` or a ``restore``; of one that cannot be read the
    bytes, its journals too. Raises StoreError.
    """
    moment = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%S.%fZ")
    target = path.with_name(f"{path.name}.before-{kind}-{moment}.bak")
    try:
        copy_store(path, target)
    except StoreError:
        with _translated(target):
            for suffix in ("", *JOURNALS):
                beside = path.with_name(path.name + suffix)
                if beside.exists():
                    copied = target.with_name(target.name + suffix)
                    with private_file(copied).open("wb") as file, beside.open("rb") as given:
                        while part := given.read(1 << 20):
                            file.write(part)
    _drop_older(path, target)
    return target


def copy_store(path: Path, target: Path) -> None:
    """A consistent copy of the store at ``path`` while others read and write it.

    One private file without a journal; it appears whole, in the place of what was there, or not at
    all. Raises StoreError.
    """
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    with _translated(target), _translated_database(path):
        try:
            private_file(partial)
            with (
                closing(_connected_for_reading(path)) as source,
                closing(sqlite3.connect(partial)) as copy,
            ):
                source.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
                copy.execute("PRAGMA synchronous = OFF")  # the whole file is synced below
                source.backup(copy, pages=-1)
                copy.execute("PRAGMA journal_mode = DELETE")
            put_in_place(partial, target)
        finally:
            remove_store(partial)


def _connected_for_reading(path: Path) -> sqlite3.Connection:
    if unwritable(path) is not None:
        return connect_to_unwritable(path)
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def copies_beside(path: Path) -> list[Path]:
    """The copies beside the store, the latest made first. They may be damaged too."""
    found = [p for p in path.parent.glob("*.bak") if _kind_of(path, p) is not None]
    return sorted(found, key=lambda p: (p.stat().st_mtime_ns, p.name), reverse=True)


def check_copy(path: Path) -> None:
    """Read all of a store that nobody uses. Raises StoreError where it is none of this program, of
    a newer version of it, cut short or damaged; the file is not changed.
    """
    with _translated(path), path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(b"SQLite format 3\x00"):
        raise StoreError("the file is not a store of this program", str(path))
    # What is missing of the last page alone SQLite takes for zeros.
    pages, size = (int.from_bytes(head[at:end], "big") for at, end in ((28, 32), (16, 18)))
    if path.stat().st_size < pages * (65_536 if size == 1 else size):
        raise StoreError("the copy is cut short", str(path), "Name another copy.")
    with _translated_database(path):
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            refuse_foreign(connection, path)
            faults = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if faults != [("ok",)]:
        raise StoreError(f"the copy is damaged ({faults[0][0]})", str(path), "Name another copy.")


def replace_content(path: Path, source: Path) -> None:
    """Write the store ``source`` into the one at ``path``, in one transaction: whoever has it open
    sees the new content whole. Raises StoreError; then it is as it was.
    """
    deadline, last = time.monotonic() + BUSY_SECONDS, -1

    def waited(_status: int, remaining: int, _total: int) -> None:
        nonlocal deadline, last
        now = time.monotonic()
        if remaining != last:
            deadline, last = now + BUSY_SECONDS, remaining
        elif now > deadline:
            raise TimeoutError("it is in use by another program")

    uri = f"{source.absolute().as_uri()}?mode=ro"
    with (
        _translated(path),
        _translated_database(path),
        closing(sqlite3.connect(uri, uri=True)) as given,
        closing(sqlite3.connect(path, isolation_level=None)) as store,
    ):
        given.backup(store, pages=_PAGES, progress=waited, sleep=0.05)
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA wal_checkpoint(PASSIVE)")


def replace_file(path: Path, source: Path) -> None:
    """Put the file ``source`` in the place of a store that cannot be opened, with its journals.
    Raises StoreError.
    """
    with _translated(path):
        for suffix in JOURNALS:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        put_in_place(source, path)


def put_in_place(partial: Path, target: Path) -> None:
    """Name a finished file ``target``, on the disk too. Raises OSError."""
    _sync(partial)
    partial.replace(target)
    _sync(target.parent)


def private_file(path: Path) -> Path:
    """``path``, made anew, for its owner alone. Raises OSError."""
    path.unlink(missing_ok=True)
    os.close(opened_private(str(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    return path


def _drop_older(path: Path, made: Path) -> None:
    """Keep the last ``KEPT`` of the copies of one kind."""
    kind, _ = _kind_of(path, made) or ("", "")
    same = [
        (found[1], beside)
        for beside in path.parent.glob("*.bak")
        if (found := _kind_of(path, beside)) is not None and found[0] == kind
    ]
    for _, old in sorted(same)[:-KEPT]:
        remove_store(old)


def _kind_of(path: Path, copy: Path) -> tuple[str, str] | None:
    """The kind of a copy of the store at ``path``, and what orders those of its kind."""
    found = _KIND.fullmatch(copy.name.removeprefix(path.name))
    if found is None or not copy.name.startswith(path.name):
        return None
    return found["kind"] or "migration", found["order"].zfill(30)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"cannot be written ({error.strerror or error})"
        raise StoreError(what, str(path), "Check its folder, and the room on the disk.") from error


@contextmanager
def _translated_database(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise store_error(error, path) from error
