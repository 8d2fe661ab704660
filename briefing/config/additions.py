"""What the program writes into the configuration file; all else there stays as it was."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

from briefing.config.document import toml_value
from briefing.config.load import checked
from briefing.config.private import opened_private, private_folder
from briefing.config.settings import SearchSettings, Settings, SyncSettings
from briefing.model import ConfigError


def add_search(path: Path, search: SearchSettings) -> Settings:
    """Add a saved search to the file ``path``, which is made where it is not there; the settings
    as they are then. Raises ConfigError where the search is wrong, its name is taken, the file is
    wrong, or it cannot be written: it stays as it was then.
    """

    def added(before: str) -> str:
        values = f"name = {toml_value(search.name)}\nquery = {toml_value(search.query)}"
        return f"{before.rstrip()}\n\n[[searches]]\n{values}\n".lstrip()

    return _write(path, added, "search")


def set_sync(path: Path, sync: SyncSettings) -> Settings:
    """Write the table ``[sync]`` of the file ``path``, in the place of the one that is there; its
    comments stay. The settings as they are then. Raises ConfigError as ``add_search``.
    """
    default = SyncSettings()
    given = {f.name: getattr(sync, f.name) for f in fields(sync)}
    lines = [f"{k} = {toml_value(v)}" for k, v in given.items() if v != getattr(default, k)]

    def written(before: str) -> str:
        rows = before.rstrip().splitlines()
        start = next((n for n, row in enumerate(rows) if _SYNC.match(row)), None)
        if start is None:
            return "\n".join([*rows, *([""] if rows else []), "[sync]", *lines, ""])
        after = (n for n, row in enumerate(rows) if n > start and row.lstrip().startswith("["))
        end = next(after, len(rows))
        old = rows[start + 1 : end]
        comments = [row for row in old if row.lstrip().startswith("#") or not row.strip()]
        while comments and not comments[0].strip():
            del comments[0]
        return "\n".join([*rows[:start], "[sync]", *lines, "", *comments, *rows[end:], ""])

    return _write(path, written, "sync server")


_SYNC = re.compile(r"\s*\[\s*sync\s*\]")


def _write(path: Path, change: Callable[[str], str], what: str) -> Settings:
    """Write what ``change`` makes of the file's text, once it was checked."""
    beside = path.resolve().with_name(f"{path.name}.new")
    try:
        before = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        text = change(before)
        settings = checked(text, path)
        content = text.encode()
        private_folder(path.parent)
        with open(beside, "wb", opener=opened_private) as file:
            file.write(content)
        beside.replace(path.resolve())
    except (OSError, UnicodeError) as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        why = f"the {what} cannot be kept ({getattr(error, 'strerror', None) or error})"
        raise ConfigError(why, str(path), "Check that you may write there") from error
    return settings
