"""Reading ``config.toml`` and checking it against the settings' own dataclasses.

``tomllib`` is imported only when there is a file to read. It keeps no line numbers, so that
``_line_of`` looks for a key's line again when a fault has to be shown.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from typing import Any, cast, get_args, get_origin

from briefing.config.described import listed, takes
from briefing.config.hooks import (
    command_setting_faults,
    hook_faults,
    missing_hooks,
    notify_faults,
    schedule_faults,
)
from briefing.config.rules import rule_faults
from briefing.config.searches import Fault, search_faults
from briefing.config.settings import (
    HookSettings,
    RuleSettings,
    SearchSettings,
    Settings,
    range_words,
    span_in_days,
)
from briefing.model import ConfigError

_MAX_BYTES = 1_000_000
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")
_TWICE = re.compile(r"Cannot declare \((.+)\) twice")
_QUOTED = re.compile(r"'([^']*)'")
_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]")
_KEY = re.compile(
    r"""^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*="""
)
_HOST = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)*\.?")
_INDEX = re.compile(r"\[\d+\]")
_SELECTOR_MEND = (
    "Use names of elements, .class, #id, [attribute] and :not(…), with a space, >, + or ~ between."
)
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")


def load_settings(path: Path) -> Settings:
    """The settings of the file ``path``. Raises ConfigError at its first fault."""
    return checked(_read(path), path)


def checked(text: str, path: Path) -> Settings:
    """The settings of a file's text. Raises ConfigError at its first fault."""
    values = _parse(text, path)
    for fault in _faults(values, path, text):
        raise fault
    return cast("Settings", _build(Settings, values))


def config_faults(path: Path) -> tuple[ConfigError, ...]:
    """Everything that is wrong with the configuration file ``path``, in the file's order."""
    try:
        text = _read(path)
        values = _parse(text, path)
    except ConfigError as error:
        return (error,)
    return tuple(_faults(values, path, text))


def sound_settings(path: Path) -> Settings:
    """The settings of the file ``path`` without the tables and keys of the top that have faults;
    the defaults where it cannot be read at all."""
    try:
        values = _parse(_read(path), path)
    except ConfigError:
        return Settings()
    for name in {keys[0] for keys, _, _ in _all_faults(values)}:
        values.pop(name, None)
    return cast("Settings", _build(Settings, values))


def setting_line(path: Path, key: str) -> int:
    """The line of the file ``path`` that sets ``key``, else that of the table above it, else 1.
    Raises ConfigError where the file cannot be read."""
    return _line_of(_read(path), tuple(key.split(".")))


def _read(path: Path) -> str:
    where = str(path)
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe may never end
            mend = "Put a TOML file in its place."
            raise ConfigError("it is no file that can be read", where, mend)
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        raise ConfigError("there is no such file", where) from None
    except OSError as error:
        what = f"the file cannot be read ({error.strerror or error})"
        raise ConfigError(what, where, "Mend its permissions, or use --ignore-config.") from error
    if len(content) > _MAX_BYTES:
        raise ConfigError("the file is larger than a megabyte", where)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"the byte 0x{content[error.start]:02x} is not UTF-8"
        raise ConfigError(what, f"{where}, line {line}", "Save the file as UTF-8.") from error


def _parse(text: str, path: Path) -> dict[str, Any]:
    import tomllib

    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        message = str(error) if isinstance(error, ValueError) else "nested too deeply"
        at = _AT_LINE.search(message)
        line = int(at[1]) if at and at[1] else text.count("\n") + 1
        reason = _AT_LINE.sub("", message)
        if twice := _TWICE.search(reason):
            table = ".".join(_QUOTED.findall(twice[1]))
            what = f"the table [{table}] stands here for the second time"
            raise ConfigError(what, f"{path}, line {line}", _twice_mend(text, table)) from error
        shown = reason[:1].lower() + reason[1:]
        raise ConfigError(f"not valid TOML: {shown}", f"{path}, line {line}") from error
    if isinstance(values.get("store"), str):  # how the store's path was set before it had a table
        values["store"] = {"path": values["store"]}
    return values


def _twice_mend(text: str, table: str) -> str:
    """Where the lines of a table belong that stands twice: dotted keys are a first time too."""
    name = re.escape(table)
    dotted = re.search(rf"^\s*({name}\s*\.\s*[\w-]+)\s*=", text, re.MULTILINE)
    header = re.search(rf"^\s*\[\s*{name}\s*\]", text, re.MULTILINE)
    if dotted and header and dotted.start() < header.start():
        return f"It is set by {dotted[1]} already: write these keys so too, without the header."
    return f"Put these lines under the first [{table}]."


# ── Checking ─────────────────────────────────────────────────────────────────────────────────


def _faults(values: Mapping[str, Any], path: Path, text: str) -> list[ConfigError]:
    """The faults with the lines they stand on, by line."""
    found: list[tuple[int, ConfigError]] = []
    for keys, what, mend in _all_faults(values):
        line = _line_of(text, keys)
        what, _, shown = what.partition("\n")
        found.append((line, ConfigError(what, f"{path}, line {line}", mend, shown=shown)))
    return [fault for _, fault in sorted(found, key=lambda pair: pair[0])]


def _all_faults(values: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _check(Settings, values, ())
    yield from command_setting_faults(values)
    yield from notify_faults(values)
    yield from schedule_faults(values)
    yield from missing_hooks(values)


def _check(cls: type, values: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[Fault]:
    known = {f.name: f for f in fields(cls)}
    for name, value in values.items():
        keys = (*above, name)
        if name not in known:
            yield keys, f"unknown key '{_dotted(keys)}'", _nearest(keys, isinstance(value, dict))
            continue
        kind = known[name].type
        if isinstance(kind, type) and is_dataclass(kind):
            if isinstance(value, dict):
                yield from _check(kind, value, keys)
            else:
                yield keys, f"'{name}' is a table, not {_said(value)}", f"Write [{name}] above it."
        else:
            yield from _check_value(known[name], value, keys)


def _check_value(setting: Field[Any], value: Any, keys: tuple[str, ...]) -> Iterator[Fault]:
    key = _dotted(keys)
    origin = get_origin(setting.type)
    if (each := listed(setting)) is not None:
        yield from _check_list(each, value, keys)
    elif origin is tuple:
        if not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
            yield keys, f"'{key}' must be a list of strings, not {_said(value)}", ""
    elif origin is not None:
        if not isinstance(value, dict):
            yield keys, f"'{key}' is a table, not {_said(value)}", f"Write [{key}] above it."
            return
        for name, entry in value.items():
            if get_args(setting.type)[1] is float:
                yield from _check_weight(setting, entry, (*keys, name))
            elif not isinstance(entry, str):
                inner = (*keys, name)
                what = f"'{'.'.join(inner)}' must be a string, not {_said(entry)}"
                yield inner, what, 'A key is written as "j" or "ctrl+n", several as "j,down".'
    elif not _fits(setting.type, value):
        yield keys, f"'{key}' must be {takes(setting)}, not {_said(value)}", _example(setting)
    else:
        yield from _check_limits(setting, value, keys)


def _check_list(each: type, value: Any, keys: tuple[str, ...]) -> Iterator[Fault]:
    """An array of tables. Of the n-th, the path of keys has the index "[n]" behind its name."""
    key = _dotted(keys)
    if not (isinstance(value, list) and all(isinstance(entry, dict) for entry in value)):
        what = f"'{key}' is a list of tables, not {_said(value)}"
        yield keys, what, f"Write [[{key}]] above each of them."
        return
    names: set[str] = set()
    checks = {RuleSettings: rule_faults, SearchSettings: search_faults, HookSettings: hook_faults}
    check = checks.get(each, _check_site)
    for number, entry in enumerate(value):
        inner = (*keys, f"[{number}]")
        faults = list(_check(each, entry, inner))
        yield from faults or check(entry, inner, names)


def _check_site(
    entry: Mapping[str, Any], keys: tuple[str, ...], hosts: set[str]
) -> Iterator[Fault]:
    """What the types of a rule's values do not say: its host and its selectors."""
    from briefing.config.selectors import read_selector

    host = entry.get("host", "")
    if not _HOST.fullmatch(host):
        what = f"must be a host's name, not {_said(host)}" if "host" in entry else "is missing"
        mend = 'Write host = "paper.example"; its subdomains are meant too.'
        yield (*keys, "host"), f"'sites.host' {what}", mend
    elif host.lower() in hosts:
        what = f"'sites.host' is {_said(host)} for the second time"
        yield (*keys, "host"), what, "Write one rule for each host."
    hosts.add(host.lower())
    keep = [entry["keep"]] if entry.get("keep") else []
    for name, selectors in (("keep", keep), ("drop", entry.get("drop", []))):
        for selector in selectors:
            try:
                read_selector(selector)
            except ValueError as error:
                what = f"'sites.{name}' has the selector {_said(selector)}, which cannot be used"
                yield (*keys, name), f"{what}: {error}", _SELECTOR_MEND


def _check_weight(setting: Field[Any], value: Any, keys: tuple[str, ...]) -> Iterator[Fault]:
    mend = "2 ranks such stories higher, 0.5 lower, 0 below all."
    if not _fits(float, value):
        yield keys, f"'{'.'.join(keys)}' must be a number, not {_said(value)}", mend
    else:
        yield from ((at, what, mend) for at, what, _ in _check_limits(setting, value, keys))


def _check_limits(setting: Field[Any], value: Any, keys: tuple[str, ...]) -> Iterator[Fault]:
    choices = setting.metadata.get("choices")
    if choices and value not in choices:
        told = " or ".join(choices)
        yield keys, f"'{'.'.join(keys)}' must be {told}, not {_said(value)}", _example(setting)
    shortest = setting.metadata.get("shortest_days")
    if shortest is not None:
        days = span_in_days(value)
        if days is None or 0 < days < shortest:
            what = f"'{'.'.join(keys)}' must be a span of days of at least {shortest}d"
            yield keys, f"{what}, not {_said(value)}", 'Write "90d", "26w", "6m" or "2y".'
        return
    low, high = setting.metadata.get("low"), setting.metadata.get("high")
    if low is None or high is None or low <= value <= high or value == setting.default:
        return
    yield (
        keys,
        f"'{'.'.join(keys)}' must be {range_words(setting)}, not {value}",
        _example(setting),
    )


def _fits(kind: Any, value: Any) -> bool:
    if kind is float:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and math.isfinite(value)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind)


def _said(value: Any) -> str:
    """A value as the user wrote it, near enough, and never long."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"


def _example(setting: Field[Any]) -> str:
    default = "" if setting.default is MISSING else setting.default
    shown = str(default).lower() if isinstance(default, bool) else default
    return f"The default is {shown}." if shown != "" else ""


def _all_keys(cls: type, above: str = "") -> Iterator[str]:
    for setting in fields(cls):
        name = above + setting.name
        yield name
        kind = setting.type
        inner = kind if isinstance(kind, type) and is_dataclass(kind) else listed(setting)
        if inner is not None:
            yield from _all_keys(inner, name + ".")


def _nearest(keys: tuple[str, ...], table: bool) -> str:
    """The right key that the user most likely meant: by its last part, then by the whole path."""
    import difflib

    known = list(_all_keys(Settings))
    keys = tuple(_dotted(keys).split("."))
    wanted = ".".join(keys)
    beside = [k for k in known if k.rpartition(".")[0] == ".".join(keys[:-1])]
    named = next((k for k in known if k.endswith(f".{wanted}")), None)
    if named is not None:  # it stands in a table
        return f"Did you mean '{named}'?"
    for choices in (beside, known):
        near = difflib.get_close_matches(wanted, choices, n=1, cutoff=0.6)
        if near:
            return f"Did you mean '{near[0]}'?"
    by_name = {k.rpartition(".")[2]: k for k in known}
    near = difflib.get_close_matches(keys[-1], by_name, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{by_name[near[0]]}'?"
    names = [k.rpartition(".")[2] for k in beside] or [k for k in known if "." not in k]
    return f"The {'tables and ' if table else ''}keys here are: {', '.join(names)}."


def _dotted(keys: tuple[str, ...]) -> str:
    """A path of keys as the user writes it, without the indices of arrays of tables."""
    return ".".join(key for key in keys if not _INDEX.fullmatch(key))


def _line_of(text: str, keys: tuple[str, ...]) -> int:
    """The line on which ``keys`` is set, else the nearest table above it, else the first."""
    best, depth = 1, 0
    table: tuple[str, ...] = ()
    tables: Counter[tuple[str, ...]] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            table = here = _parts(header[1])
            if line.lstrip().startswith("[["):
                table = here = (*table, f"[{tables[table]}]")
                tables[here[:-1]] += 1
        else:
            key = _KEY.match(line)
            if not key:
                continue
            here = (*table, *_parts(key[1]))
        shared = len(here) if here == keys[: len(here)] else 0
        if shared > depth:
            best, depth = number, shared
            if depth == len(keys):
                break
    return best


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(a or b or c for a, b, c in _PART.findall(dotted))


# ── Building ─────────────────────────────────────────────────────────────────────────────────


def _build(cls: type, values: Mapping[str, Any]) -> Any:
    """A settings object of values that have been checked."""
    given: dict[str, Any] = {}
    for setting in fields(cls):
        if setting.name not in values:
            continue
        value = values[setting.name]
        if isinstance(setting.type, type) and is_dataclass(setting.type):
            value = _build(setting.type, value)
        elif (each := listed(setting)) is not None:
            value = tuple(_build(each, entry) for entry in value)
        elif get_origin(setting.type) is tuple:
            value = tuple(value)
        elif setting.type is float:
            value = float(value)
        elif get_origin(setting.type) is not None and get_args(setting.type)[1] is float:
            value = {name: float(weight) for name, weight in value.items()}
        given[setting.name] = value
    return cls(**given)
