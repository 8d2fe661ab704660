"""The schema's versions: numbered SQL scripts, each run once, in one transaction.

``PRAGMA user_version`` is the number of scripts that a file has been through. A script that has
been released is never edited; a change of schema is one more script.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from briefing.model import StoreError
from briefing.store.functions import add_functions, add_migration_functions
from briefing.store.schema import APPLICATION_ID, SCRIPTS, refuse_newer, scripts, version_of


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
    version = version_of(connection, path)
    if version == len(todo):
        return
    refuse_newer(version, len(todo), path)
    if read_only:
        raise StoreError(
            "the store was made by an older version", str(path), "Run `briefing refresh` once."
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = version_of(connection, path)  # another process may have been faster
        refuse_newer(version, len(todo), path)
        if 0 < version < len(todo) and not copied:
            from briefing.store.copies import copy_before_migration

            copy_before_migration(path, len(todo))
        add_migration_functions(connection)
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
    add_functions(connection)
    try:
        bring_up_to_date(connection, path, read_only=False, copied=True)
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise StoreError(f"it cannot be brought up to date ({error})", str(path)) from error
    finally:
        connection.close()


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
