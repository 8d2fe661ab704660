"""One connection to the file: statements, transactions, and errors in our own words."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from briefing.model import RowError, StoreError
from briefing.store.rows import ROW_FAULTS

BUSY_SECONDS = 10.0

Values = Sequence[Any] | Mapping[str, Any]

_LOCKED = ("is in use by another program", "Try again in a moment, or close the other program.")
_READ_ONLY = ("cannot be written to", "Check the rights of the file and of its folder.")
_DAMAGED = ("is damaged", "Put a backup in its place, or move it away to start anew.")
_REASONS = {
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_CANTOPEN": (
        "cannot be opened",
        "Check that its folder exists and that you may read and write there.",
    ),
    "SQLITE_NOTADB": (
        "is not a store of this program",
        "Name another file, or move this one away.",
    ),
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_FULL": ("has no room to grow: the disk is full", "Free some space and try again."),
    "SQLITE_IOERR": ("could not be read or written", "Check the disk."),
}


def store_error(error: Exception, path: Path) -> StoreError:
    """The StoreError for what SQLite or the system reports about the store at ``path``."""
    if isinstance(error, OSError):
        what, mend = "cannot be opened", "Check that you may read and write there."
        return StoreError(f"{what} ({error.strerror or error})", str(path), mend)
    name = getattr(error, "sqlite_errorname", None) or ""
    for prefix, (what, mend) in _REASONS.items():
        if name.startswith(prefix):
            return StoreError(f"the store {what}", str(path), mend)
    kind = RowError if isinstance(error, _OF_ONE_ROW) else StoreError
    return kind(f"the store could not do this ({error})", str(path))


def is_busy(error: StoreError) -> bool:
    """Whether it is that another program kept the store locked for too long."""
    name = getattr(error.__cause__, "sqlite_errorname", None) or ""
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


_OF_ONE_ROW = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    OverflowError,
    UnicodeEncodeError,
)
"""What SQLite raises over a value that it cannot keep, not over its file."""


class Database:
    """A connection, for one thread at a time; the parts of ``Store`` are built on it.

    Every error of SQLite leaves as ``StoreError``.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def close(self) -> None:
        """Let go of the file; closing twice does no harm."""
        with self._translating_errors():
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and one commit for many writes.

        One within another is all or nothing by itself, and is kept with the outer one. Other
        writers wait meanwhile (at most ``BUSY_SECONDS``), so nothing slow belongs inside.
        Raises StoreError where the store stays locked, is read-only or the disk is full.
        """
        inner = self._in_transaction()
        self._run("SAVEPOINT inner_one" if inner else "BEGIN IMMEDIATE")
        try:
            yield
            self._run("RELEASE inner_one" if inner else "COMMIT")
        except BaseException:
            if self._in_transaction():  # SQLite may have rolled back already (disk full)
                self._run("ROLLBACK TO inner_one" if inner else "ROLLBACK")
            if inner and self._in_transaction():
                self._run("RELEASE inner_one")
            raise

    def _in_transaction(self) -> bool:
        return self._connection.in_transaction

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OverflowError, UnicodeEncodeError) as error:
            raise store_error(error, self._path) from error

    @contextmanager
    def _reading(self, what: str) -> Iterator[None]:
        """What was kept is read: what cannot be is that row's fault, not the store's."""
        try:
            yield
        except ROW_FAULTS as error:
            raise RowError(
                f"{what} cannot be read ({type(error).__name__}: {error})",
                str(self._path),
                "`briefing doctor` sets it aside, and `briefing refresh` then makes it anew",
            ) from error

    def _run(self, sql: str, values: Values = ()) -> sqlite3.Cursor:
        with self._translating_errors():
            return self._connection.execute(sql, values)

    def data_version(self) -> int:
        """Another number than before whenever another connection has written (SQLite's own)."""
        return int(self._value("PRAGMA data_version"))

    def _rows(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        with self._translating_errors():
            rows: list[sqlite3.Row] = self._connection.execute(sql, values).fetchall()
            return rows

    def _row(self, sql: str, values: Values = ()) -> sqlite3.Row | None:
        with self._translating_errors():
            row: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
            return row

    def _value(self, sql: str, values: Values = ()) -> Any:
        row = self._row(sql, values)
        return None if row is None else row[0]

    # ── Identifiers: strings outside, numbers here ───────────────────────────────────────────

    def _missing(self, what: str, name: str) -> StoreError:
        return StoreError(f"there is no {what} {name!r}", str(self._path))

    def _number(self, what: str, name: str) -> int:
        """The number of an identifier. Raises StoreError where it can be none."""
        if name.isascii() and name.isdigit() and len(name) < 19:
            return int(name)
        raise self._missing(what, name)

    def _story_number(self, name: str) -> int:
        """The number of a story, through the redirects of merged ones; StoreError if none."""
        number = self._number("story", name)
        found = self._value(
            "SELECT id FROM story WHERE id = :n"
            " UNION ALL SELECT story_id FROM redirect WHERE old_id = :n",
            {"n": number},
        )
        if found is None:
            raise self._missing("story", name)
        return int(found)
