"""The schema's versions: numbered SQL scripts, each run once, in one transaction.

``PRAGMA user_version`` is the number of scripts that a file has been through. A script that has
been released is never edited; a change of schema is one more script.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from briefing.model import StoreError

SCRIPTS = Path(__file__).parent / "migrations"
APPLICATION_ID = 0x42524647  # "BRFG": which program the file belongs to


def scripts(folder: Path = SCRIPTS) -> list[Path]:
    """The scripts of ``folder``, oldest first; the n-th leads to version n."""
    return sorted(folder.glob("[0-9][0-9][0-9]_*.sql"))


def bring_up_to_date(
    connection: sqlite3.Connection,
    path: Path,
    *,
    read_only: bool,
    folder: Path = SCRIPTS,
    copied: bool = False,
) -> None:
    """Run the scripts that the file lacks; one read where it lacks none.

    A copy is made beside the file first, but of one that is a copy itself (``copied``). Raises
    StoreError for a file of a newer version of the program or of another program, for an old one
    that may only be read, and where there is no room for the copy. Two processes may do this at
    once: the second finds it done.
    """
    todo = scripts(folder)
    version = _version(connection, path)
    if version == len(todo):
        return
    _refuse_newer(version, len(todo), path)
    if read_only:
        raise StoreError(
            "the store was made by an older version", str(path), "Run `briefing refresh` once."
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection, path)  # another process may have been faster
        _refuse_newer(version, len(todo), path)
        if 0 < version < len(todo) and not copied:
            from briefing.store.copies import copy_before_migration

            copy_before_migration(path, len(todo))
        from briefing.store.packing import packed

        connection.create_function("packed", 1, packed, deterministic=True)
        for script in todo[version:]:
            for statement in statements(script.read_text(encoding="utf-8")):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(todo)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def bring_copy_up_to_date(path: Path) -> None:
    """Bring a copy that nobody uses up to date, without a copy of its own. Raises StoreError."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        bring_up_to_date(connection, path, read_only=False, copied=True)
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise StoreError(f"it cannot be brought up to date ({error})", str(path)) from error
    finally:
        connection.close()


def refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    """Raises StoreError where the file is another program's, holds nothing, or is a newer one's."""
    version, application = _stamp(connection)
    if application != APPLICATION_ID or version == 0:
        raise StoreError("the file is not a store of this program", str(path), "Name another file.")
    _refuse_newer(version, len(scripts()), path)


def is_older(connection: sqlite3.Connection, folder: Path = SCRIPTS) -> bool:
    """Whether the file is a store that has not been through all scripts of ``folder``."""
    version, application = _stamp(connection)
    return application == APPLICATION_ID and version < len(scripts(folder))


def statements(script: str) -> Iterator[str]:
    """The statements of a script; triggers stay whole. (``executescript`` would commit early.)"""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version, application = _stamp(connection)
    ours = application == APPLICATION_ID
    if not ours and (version or connection.execute("SELECT 1 FROM sqlite_schema").fetchone()):
        raise StoreError(
            "the file is another program's database", str(path), "Name another file for the store."
        )
    return int(version)


def _stamp(connection: sqlite3.Connection) -> tuple[int, int]:
    """The file's schema version and the program it belongs to; one read of its header."""
    version, application = connection.execute(
        "SELECT user_version, application_id FROM pragma_user_version, pragma_application_id"
    ).fetchone()
    return version, application


def _refuse_newer(version: int, known: int, path: Path) -> None:
    if version > known:
        raise StoreError(
            f"the store has schema version {version}, and this program knows {known}",
            str(path),
            "Update the program.",
        )
