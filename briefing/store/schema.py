"""Which schema a file has: the program it belongs to, and how many scripts it has been through."""

import sqlite3
from pathlib import Path

from briefing.model import StoreError

SCRIPTS = Path(__file__).parent / "migrations"
UPDATE = "Update the program."
APPLICATION_ID = 0x42524647  # "BRFG": which program the file belongs to


def scripts(folder: Path = SCRIPTS) -> list[Path]:
    """The scripts of ``folder``, oldest first; the n-th leads to version n."""
    return sorted(folder.glob("[0-9][0-9][0-9]_*.sql"))


def refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    """Raises StoreError where the file is another program's, holds nothing, or is a newer one's."""
    version, application = _stamp(connection)
    if application != APPLICATION_ID or version == 0:
        raise StoreError("the file is not a store of this program", str(path), "Name another file.")
    refuse_newer(version, len(scripts()), path)


def is_older(connection: sqlite3.Connection, folder: Path = SCRIPTS) -> bool:
    """Whether the file is a store that has not been through all scripts of ``folder``."""
    version, application = _stamp(connection)
    return application == APPLICATION_ID and version < len(scripts(folder))


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """How many scripts it has been through. Raises StoreError for another program's database."""
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


def refuse_newer(version: int, known: int, path: Path) -> None:
    """Raises StoreError where the file has been through more scripts than are known."""
    if version > known:
        raise StoreError(
            f"the store has schema version {version}, and this program knows {known}",
            str(path),
            UPDATE,
        )
