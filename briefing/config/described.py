"""What a setting may be, in words, out of the dataclasses that check the file."""

from dataclasses import Field, is_dataclass
from typing import Any, cast, get_args, get_origin

from briefing.config.settings import range_words

_PLAIN = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}


def takes(setting: Field[Any]) -> str:
    """What a setting may be: ``a whole number from 1 to 168``."""
    about = setting.metadata
    if about.get("choices"):
        return " or ".join(map(toml_value, about["choices"]))
    if about.get("shortest_days") is not None:
        return f"a span of at least {about['shortest_days']} days, or nothing"
    low, high = about.get("low"), about.get("high")
    limits = "" if low is None or high is None else f" {range_words(setting)}"
    origin = get_origin(setting.type)
    if origin is None:
        return _PLAIN[cast("type", setting.type)] + limits
    if origin is tuple:
        return "a list of strings"
    each = "numbers" if get_args(setting.type)[1] is float else "strings"
    return f"a table of {each}{limits}"


def listed(setting: Field[Any]) -> type | None:
    """The dataclass of an array of tables; None for every other setting."""
    arguments = get_args(setting.type)
    each = arguments[0] if arguments else None
    return each if isinstance(each, type) and is_dataclass(each) else None


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
