"""The settings written out as TOML: as a documented file of defaults, or as they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import Field, fields, is_dataclass
from pathlib import Path
from typing import Any

from briefing.config.private import opened_private, private_folder
from briefing.config.settings import Settings, range_words
from briefing.model import ConfigError

_HEAD = """\
# Briefing's configuration. Every line that begins with "# " and a key shows its default:
# take the "# " away to change it. `briefing config check` says whether all is well.
"""


def documented_defaults() -> str:
    """A configuration file that sets nothing and explains everything."""
    return _HEAD + "\n" + "\n".join(_lines(Settings(), documented=True)) + "\n"


def settings_to_toml(settings: Settings) -> str:
    """The settings as they stand, as TOML that reads back to the same settings."""
    return "\n".join(_lines(settings, documented=False)).strip() + "\n"


def write_defaults(path: Path) -> None:
    """Write the documented defaults to ``path``, which must not exist. Raises ConfigError."""
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


def _lines(settings: Any, *, documented: bool) -> Iterator[str]:
    """Plain values first, then the tables, as TOML wants it."""
    tables: list[tuple[str, str, Any]] = []
    lists: list[tuple[Field[Any], Any]] = []
    for setting in fields(settings):
        value = getattr(settings, setting.name)
        if "example" in setting.metadata:
            lists.append((setting, value))
            continue
        if is_dataclass(value) or isinstance(value, Mapping):
            tables.append((setting.name, setting.metadata["doc"], value))
            continue
        if documented:
            yield f"# {_limits(setting)}"
        yield f"{'# ' if documented else ''}{setting.name} = {toml_value(value)}"
        if documented:
            yield ""
    for name, doc, value in tables:
        if documented and isinstance(value, Mapping):
            # No live header: what is copied from elsewhere brings its own, and may not stand twice.
            yield from _documented_mapping(type(settings).__dataclass_fields__[name])
            continue
        if not documented:
            yield ""
        yield f"[{name}]"
        if documented:
            yield f"# {doc}"
            yield ""
        if isinstance(value, Mapping):
            yield from (f"{toml_value(k)} = {toml_value(v)}" for k, v in value.items())
        else:
            yield from _lines(value, documented=documented)
    for setting, entries in lists:
        yield from _documented_list(setting) if documented else _list(setting.name, entries)


def _documented_mapping(setting: Field[Any]) -> Iterator[str]:
    """A table of names of the user's own: every line of it is a comment."""
    yield f"# {setting.metadata['doc']}"
    yield f"#[{setting.name}]"
    yield from (f"#{line}" for line in setting.metadata["entries"].splitlines())
    yield ""


def _documented_list(setting: Field[Any]) -> Iterator[str]:
    """An array of tables, shown by an example: every line of it is a comment."""
    yield f"# {setting.metadata['doc']}"
    yield "#"
    yield from (f"#{line}" for line in setting.metadata["example"].splitlines())


def _list(name: str, entries: Sequence[Any]) -> Iterator[str]:
    for entry in entries:
        yield ""
        yield f"[[{name}]]"
        yield from _lines(entry, documented=False)


def _limits(setting: Field[Any]) -> str:
    doc: str = setting.metadata["doc"]
    if setting.metadata["low"] is None:
        return doc
    words = range_words(setting)
    return f"{doc} {words[0].upper()}{words[1:]}."


def toml_value(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(toml_value(v) for v in value)}]"
    if isinstance(value, str):
        # JSON's string is a TOML basic string, but for DEL, which TOML wants escaped.
        import json

        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
