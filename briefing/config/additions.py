"""What the reader writes into the configuration file: all else that stands there as it was."""

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from briefing.config.document import toml_value
from briefing.config.load import checked
from briefing.config.private import opened_private, private_folder
from briefing.config.settings import SearchSettings, Settings
from briefing.model import ConfigError

_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_THEME = re.compile(
    r"""^(?P<key>[ \t]*(?:theme|"theme"|'theme')[ \t]*=[ \t]*)(?:"[^"\n]*"|'[^'\n]*')""",
    re.MULTILINE,
)
# The line of the documented defaults that shows the theme's; what is set stands below it.
_SHOWN_THEME = re.compile(r"^#[ \t]*theme[ \t]*=.*\n?", re.MULTILINE)


def add_search(path: Path, search: SearchSettings) -> Settings:
    """Add a saved search at the end of the file ``path``, which is made where it is not there; the
    settings as they are then. Raises ConfigError where the search is wrong, its name is taken, the
    file is wrong, or it cannot be written: it stays as it was then.
    """
    try:
        values = f"name = {toml_value(search.name)}\nquery = {toml_value(search.query)}"
        text = f"{_text(path).rstrip()}\n\n[[searches]]\n{values}\n".lstrip()
        settings = checked(text, path)
        _write(path, text)
    except (OSError, UnicodeError) as error:
        what = f"the search cannot be kept ({getattr(error, 'strerror', None) or error})"
        raise ConfigError(what, str(path), "Check that you may write there") from error
    return settings


def set_theme(path: Path, name: str) -> Settings:
    """Set the theme in the file ``path``, which is made where it is not there; comments and all
    else stay as they are. The settings as they are then. Raises ConfigError, with the line to write
    oneself, where the file is wrong or cannot be written: it stays as it was then.
    """
    line = f"theme = {toml_value(name)}"
    mend = f"To keep it, write this line above all tables: {line}"
    try:
        before = _text(path)
        settings = checked(before, path)
        if settings.theme == name:
            return settings
        text = _with_theme(before, line)
        settings = replace(settings, theme=name)
        if not _reads_as(text, path, settings):
            raise ConfigError("the theme could not be set in this file", str(path), mend)
        _write(path, text)
    except (OSError, UnicodeError) as error:
        what = f"the theme cannot be kept ({getattr(error, 'strerror', None) or error})"
        raise ConfigError(what, str(path), mend) from error
    return settings


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


def _reads_as(text: str, path: Path, settings: Settings) -> bool:
    """Whether a file's text gives exactly these settings: what looks like a key may stand inside a
    string of several lines."""
    try:
        return checked(text, path) == settings
    except ConfigError:
        return False


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig") if path.exists() else ""


def _write(path: Path, text: str) -> None:
    """The file's text in place of the one before, in one step. Raises OSError, UnicodeError."""
    content = text.encode()
    beside = path.resolve().with_name(f"{path.name}.new")
    try:
        private_folder(path.parent)
        with open(beside, "wb", opener=opened_private) as file:
            file.write(content)
        beside.replace(path.resolve())
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
