"""The line by which a command of ours, run beside the reader, says what is wrong."""

from collections.abc import Iterable

_BEGINS = "briefing: "


def error_in(lines: Iterable[str]) -> str:
    """What the first of the lines that says so says is wrong; "" where none does."""
    return next((line.removeprefix(_BEGINS) for line in lines if line.startswith(_BEGINS)), "")


def without_name(line: str) -> str:
    """A line without the name of the program, where it begins with that."""
    return line.removeprefix(_BEGINS)
