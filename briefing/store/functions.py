"""What the schema's views, triggers and scripts call: functions of SQL that are ours.

Every connection that writes texts or searches them has them.
"""

import json
import sqlite3


def add_functions(connection: sqlite3.Connection) -> None:
    """Those that views and triggers call."""
    connection.create_function("bullets_of", 2, _bullets_of, deterministic=True)


def add_migration_functions(connection: sqlite3.Connection) -> None:
    """Those that only scripts call: see ``migrations``."""
    from briefing.store.packing import packed

    connection.create_function("packed", 1, packed, deterministic=True)
    connection.create_function("packed_beside", 2, _packed_beside, deterministic=True)
    connection.create_function("compacted", 2, _compacted, deterministic=True)


def _bullets_of(bullets: bytes | str | None, text: str | None) -> str:
    """The bullets of a row of ``body``; empty where they cannot be read."""
    if not bullets or isinstance(bullets, str):
        return bullets or ""
    from briefing.store.packing import unpacked

    try:
        return unpacked(bullets, text or "")
    except ValueError:
        return ""


def _packed_beside(text: str, beside: bytes | str) -> bytes:
    """A text packed beside another, which may be packed itself."""
    from briefing.store.packing import as_read, packed

    return packed(text, as_read(beside))


def _compacted(value: bytes | str, beside: str | None) -> bytes | str:
    """A packed digest or brief as it is kept now; as it is where it cannot be read."""
    from briefing.store.compact_json import compact_dumps
    from briefing.store.packing import packed, unpacked

    try:
        return packed(compact_dumps(json.loads(unpacked(value))), beside or "")
    except ValueError:
        return value
