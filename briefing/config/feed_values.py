"""What is set for one feed alone, as a person writes it: ``6h``, ``90d``, ``Name: value``.

Every function raises ValueError, in words for that person, where a text is none of these.
"""

import re
import shlex

from briefing.config.settings import span_in_days

_DURATION = re.compile(r"([1-9][0-9]{0,5})\s*(m|h|d|w)", re.IGNORECASE)
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_LONGEST = 30 * 24 * 60  # minutes between two fetches
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_VALUE = re.compile(r"[\x20-\x7e\t]*")
_OURS = frozenset(
    {
        "host",
        "connection",
        "content-length",
        "transfer-encoding",
        "accept-encoding",
        "te",
        "upgrade",
    }
    | {"if-none-match", "if-modified-since", "a-im", "cookie", "user-agent"}
)
_PROXIES = ("http://", "https://", "socks5://", "socks5h://")


def interval(text: str) -> tuple[int, bool]:
    """Minutes, 0 for the usual ones; and whether they are learned."""
    if text in ("auto", "default"):
        return 0, text == "auto"
    minutes = _minutes(text)
    if not 1 <= minutes <= _LONGEST:
        raise ValueError(f"'{text}' is no interval such as 30m, 6h or 1d, or auto")
    return minutes, False


def days(text: str) -> int:
    """Days; 0 for as long as all."""
    if text == "default":
        return 0
    found = span_in_days(text)
    if not found:
        raise ValueError(f"'{text}' is no time of a day or more, such as 90d")
    return found


def _minutes(text: str) -> int:
    found = _DURATION.fullmatch(text.strip())
    return int(found[1]) * _MINUTES[found[2].lower()] if found else 0


def header(text: str) -> tuple[str, str]:
    """A request field: its name and its value."""
    name, colon, value = text.partition(":")
    if not colon or not _TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
        raise ValueError("a header is written 'Name: value', in ASCII")
    if name.lower() in _OURS:
        raise ValueError(f"the header {name} is the program's own")
    return name, value.strip()


def proxy(text: str) -> str:
    """A proxy's address, ``none``, or empty for what the environment says."""
    if text in ("none", "default"):
        return "none" if text == "none" else ""
    if not text.lower().startswith(_PROXIES) or any(c.isspace() for c in text):
        raise ValueError(f"a proxy begins with {', '.join(_PROXIES)}")
    return text


def command(text: str) -> tuple[str, ...]:
    """The arguments of a command."""
    try:
        return tuple(shlex.split(text))
    except ValueError as error:
        raise ValueError(f"the command cannot be read ({error})") from None


def line(text: str) -> str:
    """A line of ASCII, which a header can hold."""
    if not _VALUE.fullmatch(text):
        raise ValueError("only ASCII on one line can be sent")
    return text.strip()


def number(text: str) -> int:
    """A whole number that is not negative."""
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise ValueError(f"'{text}' is no number of entries")
    return int(text)


def with_header(
    headers: tuple[tuple[str, str], ...], pair: tuple[str, str]
) -> tuple[tuple[str, str], ...]:
    """The request fields with one more, or with another value, or without where that is empty."""
    name, value = pair
    kept = tuple(known for known in headers if known[0].lower() != name.lower())
    return (*kept, pair) if value else kept


def weight(text: str) -> float:
    """How much a feed counts."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 10:
        raise ValueError(f"'{text}' is no number from 0 to 10")
    return value
