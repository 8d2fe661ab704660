"""The settings written out as TOML: as a documented file of defaults, or as they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import Field, fields, is_dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

from briefing.config.described import takes, toml_value
from briefing.config.private import opened_private, private_folder
from briefing.config.settings import Settings
from briefing.model import ConfigError
from briefing.model.writing import is_read_only

_HEAD = """\
# Briefing's configuration. Every line that begins with "# " and a key shows its default:
# take the "# " away to change it. Tables such as [edition] may be added at the end, each once.
# An open reader takes what is changed here within seconds, and says what is wrong with it.
# `briefing config check` says whether all is well.
"""


def documented_defaults() -> str:
    """A configuration file that sets nothing and explains everything.

    No table is begun: what is copied from elsewhere brings its own header, which may not stand
    twice (TOML 1.0, "Table"). Keys of tables are dotted, so that each line holds by itself.
    """
    return "\n".join([_HEAD, *_documented(Settings())]).rstrip("\n") + "\n"


def settings_to_toml(settings: Settings) -> str:
    """The settings as they stand, as TOML that reads back to the same settings."""
    return "\n".join(_lines(settings)).strip() + "\n"


def write_defaults(path: Path) -> None:
    """Write the documented defaults to ``path``, which must not exist. Raises ConfigError."""
    if is_read_only():
        raise ConfigError("nothing is written", str(path), "Start without --read-only")
    try:
        private_folder(path.parent)
        with open(path, "x", encoding="utf-8", opener=opened_private) as file:
            file.write(documented_defaults())
    except FileExistsError:
        what = "the file is there already, and was left alone"
        raise ConfigError(what, str(path), "Edit it, or move it away first.") from None
    except OSError as error:
        what = f"the file cannot be written ({error.strerror or error})"
        raise ConfigError(what, str(path)) from error


# ── Documented ───────────────────────────────────────────────────────────────────────────────


def _documented(settings: Settings) -> Iterator[str]:
    """Plain values, then those of tables, then what needs a header of its own: below one, a dotted
    key would be a part of that table."""
    tables: list[Field[Any]] = []
    headed: list[Field[Any]] = []
    for setting in fields(settings):
        value = getattr(settings, setting.name)
        if is_dataclass(value):
            tables.append(setting)
        elif isinstance(value, Mapping) or "example" in setting.metadata:
            headed.append(setting)
        else:
            yield from _documented_value(setting, value, "")
    for table in tables:
        yield f"# ---- [{table.name}] {table.metadata['doc']}"
        yield ""
        values = getattr(settings, table.name)
        for setting in fields(values):
            yield from _documented_value(setting, getattr(values, setting.name), f"{table.name}.")
    for setting in headed:
        yield from _documented_table(setting)


def _documented_value(setting: Field[Any], value: Any, above: str) -> Iterator[str]:
    yield from _comment(setting.metadata["doc"])
    yield f"# It takes {takes(setting)}."
    yield f"# {above}{setting.name} = {toml_value(value)}"
    yield ""


def _documented_table(setting: Field[Any]) -> Iterator[str]:
    """A table of names of the user's own, or an array of tables, by an example: every line of it
    is a comment."""
    about = setting.metadata
    example = about.get("example") or f"[{setting.name}]\n{about['entries']}"
    yield from _comment(about["doc"])
    yield "#"
    yield from (f"#{line}" for line in example.splitlines())
    yield ""


def _comment(text: str) -> Iterator[str]:
    yield from wrap(text, 98, initial_indent="# ", subsequent_indent="# ")


# ── As they stand ────────────────────────────────────────────────────────────────────────────


def _lines(settings: Any) -> Iterator[str]:
    """Plain values first, then the tables, as TOML wants it."""
    tables: list[tuple[str, Any]] = []
    lists: list[tuple[str, Sequence[Any]]] = []
    for setting in fields(settings):
        value = getattr(settings, setting.name)
        if "example" in setting.metadata:
            lists.append((setting.name, value))
        elif is_dataclass(value) or isinstance(value, Mapping):
            tables.append((setting.name, value))
        else:
            yield f"{setting.name} = {toml_value(value)}"
    for name, value in tables:
        yield ""
        yield f"[{name}]"
        if isinstance(value, Mapping):
            yield from (f"{toml_value(k)} = {toml_value(v)}" for k, v in value.items())
        else:
            yield from _lines(value)
    for name, entries in lists:
        yield from _list(name, entries)


def _list(name: str, entries: Sequence[Any]) -> Iterator[str]:
    for entry in entries:
        yield ""
        yield f"[[{name}]]"
        yield from _lines(entry)
