"""Whether the store may be written, and how one that may not is read (SQLite, "Read-Only WAL-mode
Databases").

SQLite reads a file in WAL mode through two journals beside it, which it makes where they are not
there. Beside a store that may not be written none are made: they would get its rights, and keep its
owner from writing. Without journals the file itself is whole, and is read as one that nobody
changes (``immutable``).
"""

import os
import sqlite3
from pathlib import Path

from briefing.model import StoreError
from briefing.model.writing import is_read_only
from briefing.store.database import BUSY_SECONDS

_WAL, _SHM = "-wal", "-shm"
_EFFECTIVE = os.access in os.supports_effective_ids
_MEND = "Check the rights of the file and of its folder, or set `store.path` to a copy of it."

_LOOKS = 5  # at a file that others may be making

Stamp = tuple[int, int] | None
"""When a file was changed, in nanoseconds, and its size; None where it is not there."""


def unwritable(path: Path) -> StoreError | None:
    """Why the store at ``path`` cannot be written: its rights, its folder's, a read-only file
    system, or that this process is to read only. None where it can, as far as is known before it is
    written, or is not there yet.
    """
    if is_read_only():
        return StoreError("marks are not kept", "", "Start without --read-only to keep them")
    if not path.is_file():
        return None
    folder = path.parent
    if not _may_write(folder):
        return StoreError("the store cannot be written, nor anything beside it", str(path), _MEND)
    journals = (path.with_name(path.name + name) for name in (_WAL, _SHM))
    for place in (path, *journals):
        if _is_kept_from_writing(place):
            what = "the store" if place == path else "the store's journal"
            return StoreError(f"{what} cannot be written", str(place), _MEND)
    return None


def connect_to_unwritable(path: Path) -> sqlite3.Connection:
    """A connection to a store that cannot be written; where its rights forbid it, it makes nothing
    beside it. Raises sqlite3.Error; StoreError where a part of the store is in a journal that
    cannot be read.
    """
    address = path.absolute().as_uri()
    if is_read_only() and _may_write(path.parent):
        return _connected(f"{address}?mode=ro")  # others may write meanwhile: with its journals
    written = _stamp(path.with_name(path.name + _WAL))
    if written is None:
        return _connected(f"{address}?mode=ro&immutable=1")
    try:
        return _connected(f"{address}?mode=ro")
    except sqlite3.OperationalError as error:
        if not (error.sqlite_errorname or "").startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            raise
        if written[1]:
            raise StoreError(
                "the store cannot be written, and what was last written to it cannot be read",
                str(path),
                "Copy it with its `-wal` file to a folder of yours, and set `store.path` to that.",
            ) from error
    return _connected(f"{address}?mode=ro&immutable=1")


def stamps(path: Path) -> tuple[Stamp, Stamp]:
    """Differ whenever somebody has written to the store or opened it for writing."""
    return _stamp(path), _stamp(path.with_name(path.name + _WAL))


def _connected(uri: str) -> sqlite3.Connection:
    """A connection that has read the file's header."""
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _may_write(place: Path) -> bool:
    return os.access(place, os.W_OK, effective_ids=_EFFECTIVE)


def _is_kept_from_writing(place: Path) -> bool:
    """Whether a file is there that may not be written. A journal goes and comes as others close and
    open the store: what went between two looks is looked at again.
    """
    return all(place.exists() and not _may_write(place) for _ in range(_LOOKS))


def _stamp(place: Path) -> Stamp:
    try:
        status = place.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
