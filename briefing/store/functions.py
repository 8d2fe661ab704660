"""What the schema's views, triggers and scripts call: functions of SQL that are ours.

Every connection that writes texts or searches them has them.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ARE_BULLETS_READ = ContextVar("are_bullets_read", default=True)


def add_functions(connection: sqlite3.Connection) -> None:
    """Those that views and triggers call."""
    connection.create_function("bullets_of", 2, _bullets_of)
    connection.create_function("packed_alone", 2, _packed_alone, deterministic=True)


def add_migration_functions(connection: sqlite3.Connection) -> None:
    """Those that only scripts call: see ``migrations``."""
    from briefing.store.packing import packed

    connection.create_function("packed", 1, packed, deterministic=True)
    connection.create_function("packed_beside", 2, _packed_beside, deterministic=True)
    connection.create_function("compact_digest", 1, _compact_digest, deterministic=True)
    connection.create_function("compact_brief", 1, _compact_brief, deterministic=True)
    connection.create_function("lead_of", 1, _lead_of, deterministic=True)
    connection.create_function("caveat_kinds_of", 2, _caveat_kinds_of, deterministic=True)


@contextmanager
def without_bullets() -> Iterator[None]:
    """Meanwhile statements of this thread find no bullets in ``searched``: snippets need none."""
    before = _ARE_BULLETS_READ.set(False)
    try:
        yield
    finally:
        _ARE_BULLETS_READ.reset(before)


def _bullets_of(bullets: bytes | str | None, text: str | None) -> str:
    """The bullets of a row of ``body``; empty where they cannot be read."""
    if not bullets or not _ARE_BULLETS_READ.get():
        return ""
    if isinstance(bullets, str):
        return bullets
    from briefing.store.packing import unpacked

    try:
        return unpacked(bullets, text or "")
    except ValueError:
        return ""


def _packed_alone(value: bytes | str, text: str) -> bytes | str:
    """A value that is packed beside a text, without it."""
    from briefing.store.packing import repacked

    return repacked(value, text, "")


def _packed_beside(text: str | None, beside: str | None) -> bytes | None:
    from briefing.store.packing import packed

    return None if text is None else packed(text, beside or "")


def _compact_digest(value: bytes | str) -> str | None:
    """The JSON that is kept now of a digest; None where it cannot be read."""
    from briefing.model import Article
    from briefing.model.codec import findings_from_json, findings_to_json
    from briefing.store.packing import unpacked
    from briefing.store.rows import ROW_FAULTS, dumps

    try:
        digest = findings_from_json(Article("", ""), json.loads(unpacked(value)))
        return dumps(findings_to_json(digest, compact=True))
    except ROW_FAULTS:
        return None


def _compact_brief(value: bytes | str) -> str | None:
    """The JSON that is kept now of a brief; None where it cannot be read."""
    from briefing.model.codec import brief_from_json, brief_to_json
    from briefing.store.packing import unpacked
    from briefing.store.rows import ROW_FAULTS, dumps

    try:
        return dumps(brief_to_json(brief_from_json(json.loads(unpacked(value))), compact=True))
    except ROW_FAULTS:
        return None


def _lead_of(brief: bytes | str) -> int | None:
    """The number of a brief's leading article; None where it cannot be read."""
    from briefing.store.packing import unpacked

    try:
        return int(json.loads(unpacked(brief))["lead"])
    except (ValueError, LookupError, TypeError):
        return None


def _caveat_kinds_of(brief: bytes | str, beside: str | None) -> str | None:
    """What is kept of a brief's caveats in a row of ``story``; None where it cannot be read."""
    from briefing.model.codec import brief_from_json
    from briefing.store.caveat_kinds import kinds_to_text, marked_bullets
    from briefing.store.packing import unpacked
    from briefing.store.rows import ROW_FAULTS

    try:
        read = brief_from_json(json.loads(unpacked(brief, beside or "")))
        return kinds_to_text(marked_bullets(read))
    except ROW_FAULTS:
        return None
