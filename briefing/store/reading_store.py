"""The store as whoever reads it needs it: pages, one thing at a time, marks, visits, search.

What a refresh and ``doctor`` need besides is in ``store.py``; the way to the first paint loads none
of it.
"""

import os
import sqlite3
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from briefing.model import StoreError
from briefing.store.access import connect_to_unwritable, unwritable
from briefing.store.articles import Articles
from briefing.store.database import BUSY_SECONDS, store_error
from briefing.store.edition import EditionReading
from briefing.store.feeds import Feeds
from briefing.store.functions import add_functions
from briefing.store.hook_calls import HookCalls
from briefing.store.marks import Marks
from briefing.store.migrate import bring_up_to_date
from briefing.store.outlines import Outlines
from briefing.store.revisions import Revisions
from briefing.store.rule_effects import RuleEffects
from briefing.store.schema import is_older
from briefing.store.search import Search
from briefing.store.starred import Starred
from briefing.store.sync_health import SyncHealthReading
from briefing.store.tags import Tags
from briefing.store.visits import Visits


class ReadingStore(
    Feeds,
    Outlines,
    Revisions,
    Search,
    EditionReading,
    Articles,
    Starred,
    Marks,
    Tags,
    RuleEffects,
    HookCalls,
    Visits,
    SyncHealthReading,
):
    """What is kept, for reading and marking. One part a noun; see their modules.

    A store is used by one thread at a time; another thread or process opens its own. It is a
    context manager that closes itself.
    """

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """The store at ``path``, made or brought up to date where need be.

        With ``read_only`` nothing is made, and nothing written but the migration of an older
        schema; a store that cannot be written is then read all the same. Raises StoreError where
        the file is no store, is a newer version's, or cannot be opened; without ``read_only`` also
        where it cannot be written, with it where it is not there, or is older and cannot be
        migrated.
        """
        refusal = unwritable(path)
        if refusal is not None and not read_only:
            raise refusal
        try:
            connection = _connect(path, read_only, writable=refusal is None)
        except (sqlite3.Error, OSError) as error:
            raise store_error(error, path) from error
        try:
            if read_only and is_older(connection):
                if refusal is not None:
                    raise _not_migrated(path, refusal)
                cls.open(path).close()
            connection.row_factory = sqlite3.Row
            add_functions(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            if not read_only:
                _use_wal(connection)
            bring_up_to_date(connection, path, read_only=read_only)
        except sqlite3.Error as error:
            connection.close()
            raise store_error(error, path) from error
        except BaseException:
            connection.close()
            raise
        return cls(connection, path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _not_migrated(path: Path, refusal: StoreError) -> StoreError:
    return StoreError(
        "the store was made by an older version of the program, and cannot be brought up to date:"
        f" {refusal.what}",
        str(path),
        refusal.mend,
    )


def _connect(path: Path, read_only: bool, *, writable: bool) -> sqlite3.Connection:
    if read_only and not path.exists():
        raise StoreError("there is no store yet", str(path), "Run `briefing refresh`.")
    _refuse_emptied(path)
    if not read_only:
        from briefing.config import opened_private, private_folder

        private_folder(path.parent)
        if not path.exists():  # SQLite gives its journals the rights of the file
            os.close(opened_private(str(path), os.O_CREAT | os.O_WRONLY))
    _make_private(path)
    if not writable:
        return connect_to_unwritable(path)
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def _refuse_emptied(path: Path) -> None:
    """A file without a byte is a new store, but not where one has been: that was emptied."""
    if not path.is_file() or path.stat().st_size:
        return
    from briefing.store.copies import copies_beside, was_refreshed

    if was_refreshed(path) or copies_beside(path):
        raise StoreError(
            "the store is empty: the file has 0 bytes",
            str(path),
            "`briefing doctor --repair` puts a copy of it back, `briefing restore FILE` a backup.",
        )


def _make_private(path: Path) -> None:
    """Stores of before were readable by all; so was their folder, where it is the program's own."""
    from briefing.config import folders, make_private

    for name in ("", "-wal", "-shm"):
        make_private(path.with_name(path.name + name))
    if path.parent == folders().data:
        make_private(path.parent)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Readers and one writer at once. One look at the header where the file has it already.

    SQLite does not wait here for a second process that does the same: it is asked again.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = (error.sqlite_errorname or "").startswith("SQLITE_BUSY")
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
