"""Types of options, for argparse."""

import argparse

LIST_FORMATS = ("text", "json", "jsonl")


def add_list_format(parser: argparse.ArgumentParser) -> None:
    """The option of every command that gives a list: text, one JSON object, or an object a line.
    ``Output.listed`` writes the latter two."""
    parser.add_argument("--format", choices=LIST_FORMATS, default="text")


def positive(text: str) -> int:
    """A whole number of at least 1."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number from 1 up")
    return number


_FEWEST_COLUMNS, _MOST_COLUMNS = 20, 200


def columns(text: str) -> int:
    """The cells of a line."""
    if text.isascii() and text.isdigit() and len(text) < 5:
        number = int(text)
        if _FEWEST_COLUMNS <= number <= _MOST_COLUMNS:
            return number
    raise argparse.ArgumentTypeError(
        f"'{text}' is no number of columns from {_FEWEST_COLUMNS} to {_MOST_COLUMNS}"
    )
