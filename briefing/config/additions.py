"""What the program writes into the configuration file: all else there stays as it was."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from briefing.config.described import toml_value
from briefing.config.load import checked
from briefing.config.private import opened_private, private_folder
from briefing.config.settings import RuleSettings, SearchSettings, Settings, SyncSettings
from briefing.model import ConfigError
from briefing.model.writing import is_read_only

_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_THEME = re.compile(
    r"""^(?P<key>[ \t]*(?:theme|"theme"|'theme')[ \t]*=[ \t]*)(?:"[^"\n]*"|'[^'\n]*')""",
    re.MULTILINE,
)
# The line of the documented defaults that shows the theme's; what is set stands below it.
_SHOWN_THEME = re.compile(r"^#[ \t]*theme[ \t]*=.*\n?", re.MULTILINE)
_SYNC = re.compile(r"\s*\[\s*sync\s*\]")

Addition = SearchSettings | RuleSettings
"""An entry of ``[[searches]]`` or of ``[[rules]]``."""

_KINDS = {"searches": "search", "rules": "rule"}  # what an entry is called when told


def add_entry(path: Path, entry: Addition) -> Settings:
    """Add a saved search or a rule to the file ``path``, which is made where it is not there; the
    settings as they are then. Raises ConfigError where the entry is wrong, its name is taken, the
    file is wrong, or it cannot be written: it stays as it was then.
    """

    def with_entry(before: str) -> str:
        return f"{before.rstrip()}\n\n{_written(entry)}".lstrip()

    return _edit(path, with_entry, _KINDS[_table(entry)])


def remove_entry(path: Path, entry: Addition) -> Settings:
    """Take out what ``add_entry`` wrote; the settings as they are then. Raises ConfigError where it
    does not stand there any more as it was written, with nothing added to it, or the file cannot be
    written: it stays as it was then.
    """

    def without(before: str) -> str:
        head, found, tail = before.rpartition(_written(entry))
        text = f"{head.rstrip()}\n{tail}".lstrip()
        # A line that was added below the entry would fall to the table above it.
        if not found or not _reads_as(text, path, _without(checked(before, path), entry)):
            what = f"“{entry.name}” does not stand there as it was written"
            raise ConfigError(what, str(path), "Take it out by hand")
        return text

    return _edit(path, without, _KINDS[_table(entry)])


def set_theme(path: Path, name: str) -> Settings:
    """Set the theme in the file ``path``, which is made where it is not there; comments and all
    else stay as they are. The settings as they are then. Raises ConfigError, with the line to write
    oneself, where the file is wrong or cannot be written: it stays as it was then.
    """
    line = f"theme = {toml_value(name)}"
    mend = f"To keep it, write this line above all tables: {line}"

    def with_theme(before: str) -> str:
        settings = checked(before, path)
        if settings.theme == name:
            return before
        text = _with_theme(before, line)
        if not _reads_as(text, path, replace(settings, theme=name)):
            raise ConfigError("the theme could not be set in this file", str(path), mend)
        return text

    return _edit(path, with_theme, "theme", mend)


def set_sync(path: Path, sync: SyncSettings) -> Settings:
    """Write the table ``[sync]`` of the file ``path``, in the place of the one that is there; its
    comments stay. The settings as they are then. Raises ConfigError, with the lines to write
    oneself, where the file is wrong or cannot be written: it stays as it was then.
    """
    default = SyncSettings()
    given = {f.name: getattr(sync, f.name) for f in fields(sync)}
    lines = [f"{k} = {toml_value(v)}" for k, v in given.items() if v != getattr(default, k)]
    mend = f"To keep it, write this table: [sync], {', '.join(lines)}"

    def with_sync(before: str) -> str:
        settings = checked(before, path)
        if settings.sync == sync:
            return before
        text = _with_sync(before, lines)
        if not _reads_as(text, path, replace(settings, sync=sync)):
            raise ConfigError("the sync server could not be set in this file", str(path), mend)
        return text

    return _edit(path, with_sync, "sync server", mend)


def _table(entry: Addition) -> str:
    """The array of tables that it stands in."""
    return "searches" if isinstance(entry, SearchSettings) else "rules"


def _without(settings: Settings, entry: Addition) -> Settings:
    """The settings as they are without the entry of that name."""
    table = _table(entry)
    left = tuple(each for each in getattr(settings, table) if each.name != entry.name)
    changes: dict[str, Any] = {table: left}
    return replace(settings, **changes)


def _written(entry: Addition) -> str:
    """The lines of an entry."""
    lines = [f"name = {toml_value(entry.name)}"]
    if isinstance(entry, SearchSettings):
        lines.append(f"query = {toml_value(entry.query)}")
    else:
        lines += [f"when = {toml_value(entry.when)}", f"do = {toml_value(entry.do)}"]
    return "\n".join([f"[[{_table(entry)}]]", *lines, ""])


def _with_theme(text: str, line: str) -> str:
    """The file's text with the line in the place of the one that sets the theme; else below the
    one that shows the default; else at the top."""
    table = _TABLE.search(text)
    end = table.start() if table else len(text)
    top, rest = text[:end], text[end:]
    if found := _THEME.search(top):
        value = line.partition(" = ")[2]
        return f"{top[: found.start()]}{found['key']}{value}{top[found.end() :]}{rest}"
    if shown := _SHOWN_THEME.search(top):
        above = top[: shown.end()]
        gap = "" if above.endswith("\n") else "\n"
        return f"{above}{gap}{line}\n{top[shown.end() :]}{rest}"
    return f"{line}\n{text}"


def _with_sync(text: str, lines: list[str]) -> str:
    """The file's text with the lines as its table ``[sync]``, whose comments stay."""
    rows = text.rstrip().splitlines()
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


def _reads_as(text: str, path: Path, settings: Settings) -> bool:
    """Whether a file's text gives exactly these settings: what looks like a key may stand inside a
    string of several lines."""
    try:
        return checked(text, path) == settings
    except ConfigError:
        return False


def _edit(
    path: Path,
    change: Callable[[str], str],
    what: str,
    mend: str = "Check that you may write there",
) -> Settings:
    """Change the file's text in one step; ``what`` is kept in it. Raises ConfigError."""
    if is_read_only():
        raise ConfigError(f"the {what} is not kept", str(path), "Start without --read-only")
    beside = path.resolve().with_name(f"{path.name}.new")
    try:
        before = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        text = change(before)
        settings = checked(text, path)
        if text == before:
            return settings
        content = text.encode()
        private_folder(path.parent)
        with open(beside, "wb", opener=opened_private) as file:
            file.write(content)
        beside.replace(path.resolve())
    except (OSError, UnicodeError) as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        why = getattr(error, "strerror", None) or error
        raise ConfigError(f"the {what} cannot be kept ({why})", str(path), mend) from error
    return settings
