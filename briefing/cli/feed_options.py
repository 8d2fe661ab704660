"""The options of ``briefing feeds edit`` that set how one feed is fetched."""

import argparse
import re
import shlex
from dataclasses import replace

from briefing.config.settings import span_in_days
from briefing.model import Feed, FeedSettings
from briefing.wording import format_count

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


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be set for one feed alone."""
    group = parser.add_argument_group("how it is fetched")
    group.add_argument(
        "--interval",
        type=interval,
        metavar="6h|auto|default",
        help="how often; auto learns from its entries; under 15m only here",
    )
    group.add_argument(
        "--header",
        type=header,
        action="append",
        metavar="'NAME: VALUE'",
        help="one more request field, for its own server only; an empty value takes it away",
    )
    group.add_argument("--user-agent", metavar="TEXT", type=line, help="empty: as all feeds")
    group.add_argument(
        "--proxy", type=proxy, metavar="URL|none|default", help="none: a direct connection"
    )
    group.add_argument("--username", metavar="NAME", type=line, help="of a feed with a password")
    group.add_argument(
        "--password-command",
        type=command,
        metavar="COMMAND",
        help="what writes the password; no shell reads it; {user} and {host} are filled in",
    )
    group.add_argument(
        "--insecure",
        action=argparse.BooleanOptionalAction,
        help="do not check its server's certificate",
    )
    group.add_argument(
        "--http-ok",
        action=argparse.BooleanOptionalAction,
        help="follow its redirects from https to http",
    )
    group.add_argument(
        "--keep", type=days, metavar="90d|default", help="how long its articles' texts are kept"
    )
    group.add_argument(
        "--max-new", type=number, metavar="N", help="entries taken from one fetch; 0 for all"
    )


_AS_GIVEN = (
    "user_agent",
    "proxy",
    "username",
    "password_command",
    "insecure",
    "http_ok",
    "max_new",
)
"""Options whose values are settings as they are, by the same names."""


def is_given(args: argparse.Namespace) -> bool:
    """Whether any of the options is."""
    return any(getattr(args, name) is not None for name in ("interval", "header", *_AS_GIVEN))


def settings_of(args: argparse.Namespace, before: FeedSettings) -> FeedSettings:
    """``before`` with what was given."""
    given = {name: value for name in _AS_GIVEN if (value := getattr(args, name)) is not None}
    after = replace(before, **given)
    if args.interval is not None:
        minutes, auto = args.interval
        after = replace(after, interval_minutes=minutes, auto_interval=auto)
    for name, value in args.header or ():
        kept = tuple(pair for pair in after.headers if pair[0].lower() != name.lower())
        after = replace(after, headers=(*kept, (name, value)) if value else kept)
    return after


def described(feed: Feed) -> list[str]:
    """What is set for the feed alone, a clause each; no header's value and no password."""
    own = feed.settings
    parts = []
    if own.interval_minutes:
        parts.append(f"fetched every {_told(own.interval_minutes)}")
    if own.auto_interval:
        parts.append("fetched as often as its entries come")
    parts += [f"with the header {name}" for name, _ in own.headers]
    if own.user_agent:
        parts.append(f"as {own.user_agent}")
    if own.proxy:
        parts.append("past all proxies" if own.proxy == "none" else "by a proxy of its own")
    if own.username or own.password_command:
        parts.append(f"as the user {own.username}" if own.username else "with a password command")
    if own.insecure:
        parts.append("its certificate is not checked")
    if own.http_ok:
        parts.append("redirects from https to http are followed")
    if feed.keep_days:
        parts.append(f"texts are kept for {format_count(feed.keep_days, 'day')}")
    if own.max_new:
        entries = format_count(own.max_new, "entry", "entries")
        parts.append(f"at most {entries} of a fetch")
    return parts


def to_json(feed: Feed) -> dict[str, object]:
    """What is set for the feed alone, without what may be secret."""
    own = feed.settings
    known: dict[str, object] = dict(own.to_json())
    if own.headers:
        known["headers"] = [name for name, _ in own.headers]
    for name in ("proxy", "password_command"):
        if name in known and known[name] != "none":
            known[name] = True
    return known | ({"keep_days": feed.keep_days} if feed.keep_days else {})


def _told(minutes: int) -> str:
    for unit, name in ((24 * 60, "day"), (60, "hour")):
        if minutes % unit == 0:
            return format_count(minutes // unit, name)
    return format_count(minutes, "minute")


# ── Values, for argparse ─────────────────────────────────────────────────────────────────────


def interval(text: str) -> tuple[int, bool]:
    """Minutes, 0 for the usual ones; and whether they are learned."""
    if text in ("auto", "default"):
        return 0, text == "auto"
    minutes = _minutes(text)
    if not 1 <= minutes <= _LONGEST:
        raise argparse.ArgumentTypeError(f"'{text}' is no interval such as 30m, 6h or 1d, or auto")
    return minutes, False


def days(text: str) -> int:
    """Days; 0 for as long as all."""
    if text == "default":
        return 0
    found = span_in_days(text)
    if not found:
        raise argparse.ArgumentTypeError(f"'{text}' is no time of a day or more, such as 90d")
    return found


def _minutes(text: str) -> int:
    found = _DURATION.fullmatch(text.strip())
    return int(found[1]) * _MINUTES[found[2].lower()] if found else 0


def header(text: str) -> tuple[str, str]:
    """A request field: its name and its value."""
    name, colon, value = text.partition(":")
    if not colon or not _TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
        raise argparse.ArgumentTypeError("a header is written 'Name: value', in ASCII")
    if name.lower() in _OURS:
        raise argparse.ArgumentTypeError(f"the header {name} is the program's own")
    return name, value.strip()


def proxy(text: str) -> str:
    """A proxy's address, ``none``, or empty for what the environment says."""
    if text in ("none", "default"):
        return "none" if text == "none" else ""
    if not text.lower().startswith(_PROXIES) or any(c.isspace() for c in text):
        raise argparse.ArgumentTypeError(f"a proxy begins with {', '.join(_PROXIES)}")
    return text


def command(text: str) -> tuple[str, ...]:
    """The arguments of a command."""
    try:
        return tuple(shlex.split(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"the command cannot be read ({error})") from None


def line(text: str) -> str:
    """A line of ASCII, which a header can hold."""
    if not _VALUE.fullmatch(text):
        raise argparse.ArgumentTypeError("only ASCII on one line can be sent")
    return text.strip()


def number(text: str) -> int:
    """A whole number that is not negative."""
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise argparse.ArgumentTypeError(f"'{text}' is no number of entries")
    return int(text)
