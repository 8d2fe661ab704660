"""Numbers of things."""


def format_count(number: int, noun: str, plural: str = "") -> str:
    """``1 story``, ``1,204 stories``; ``plural`` where it is not the noun with an s."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
