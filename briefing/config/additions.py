"""What the reader adds to the configuration file: at its end, all that stands there as it was."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from briefing.config.described import toml_value
from briefing.config.load import checked
from briefing.config.private import opened_private, private_folder
from briefing.config.settings import RuleSettings, SearchSettings, Settings
from briefing.model import ConfigError

Addition = SearchSettings | RuleSettings
"""An entry of ``[[searches]]`` or of ``[[rules]]``."""


def add_entry(path: Path, entry: Addition) -> Settings:
    """Add a saved search or a rule to the file ``path``, which is made where it is not there; the
    settings as they are then. Raises ConfigError where the entry is wrong, its name is taken, the
    file is wrong, or it cannot be written: it stays as it was then.
    """
    return _edit(path, entry, lambda before: f"{before.rstrip()}\n\n{_written(entry)}".lstrip())


def remove_entry(path: Path, entry: Addition) -> Settings:
    """Take out what ``add_entry`` wrote; the settings as they are then. Raises ConfigError where it
    does not stand there any more as it was written, or the file cannot be written.
    """

    def without(before: str) -> str:
        head, found, tail = before.rpartition(_written(entry))
        if not found:
            what = f"“{entry.name}” does not stand there as it was written"
            raise ConfigError(what, str(path), "Take it out by hand")
        return f"{head.rstrip()}\n{tail}".lstrip()

    return _edit(path, entry, without)


def _written(entry: Addition) -> str:
    """The lines of an entry."""
    lines = [f"name = {toml_value(entry.name)}"]
    if isinstance(entry, SearchSettings):
        lines.append(f"query = {toml_value(entry.query)}")
        table = "searches"
    else:
        lines += [f"when = {toml_value(entry.when)}", f"do = {toml_value(entry.do)}"]
        table = "rules"
    return "\n".join([f"[[{table}]]", *lines, ""])


def _edit(path: Path, entry: Addition, change: Callable[[str], str]) -> Settings:
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
        kind = "search" if isinstance(entry, SearchSettings) else "rule"
        what = f"the {kind} cannot be kept ({getattr(error, 'strerror', None) or error})"
        raise ConfigError(what, str(path), "Check that you may write there") from error
    return settings
