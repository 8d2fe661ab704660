"""Types of options, for argparse."""

import argparse


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
