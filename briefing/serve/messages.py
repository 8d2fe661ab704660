"""What the page says over its websocket: JSON, ``[kind, value]``, as textual-serve's script has it.
Who holds the token may say anything: nothing of it is trusted."""

import json
from dataclasses import dataclass

WIDEST, HIGHEST = 1000, 500
"""Cells of a screen that is drawn: each costs memory."""
_LONGEST_PING = 64


@dataclass(frozen=True, slots=True)
class Typed:
    """Keys, as a terminal sends them."""

    text: str


@dataclass(frozen=True, slots=True)
class Resized:
    """The page has so many cells."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Ping:
    """To be answered with the same."""

    mark: str


@dataclass(frozen=True, slots=True)
class Focused:
    """The page has the keyboard, or has it no more."""

    has_focus: bool


Message = Typed | Resized | Ping | Focused


def message_from_json(text: str) -> Message | None:
    """What the page says; None where it is nothing that it would say."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match said:
        case ["stdin", str(keys)]:
            return Typed(keys)
        case ["resize", {"width": width, "height": height}]:
            if _is_number(width) and _is_number(height):
                return Resized(*screen_size(width, height))
        case ["ping", str(mark)] if len(mark) <= _LONGEST_PING:
            return Ping(mark)
        case ["focus" | "blur" as kind, *_]:
            return Focused(kind == "focus")
    return None


def screen_size(width: float, height: float) -> tuple[int, int]:
    """The size that is drawn for one that is asked for: at least a cell, at most a large screen."""
    return int(min(max(width, 1), WIDEST)), int(min(max(height, 1), HIGHEST))


def size_asked(width: str, height: str) -> tuple[int, int]:
    """The size in an address; that of a terminal where it is none."""
    digits = (
        int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else usual
        for text, usual in ((width, 80), (height, 24))
    )
    return screen_size(*digits)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value
