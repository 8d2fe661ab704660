"""The options of ``briefing feeds edit`` that set how one feed is fetched."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from briefing.config import feed_values
from briefing.model import Feed, FeedSettings

Value = TypeVar("Value")


def for_argparse(read: Callable[[str], Value]) -> Callable[[str], Value]:
    """A reader of values whose errors argparse shows as they are."""

    def value(text: str) -> Value:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return value


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be set for one feed alone."""
    group = parser.add_argument_group("how it is fetched")
    group.add_argument(
        "--interval",
        type=for_argparse(feed_values.interval),
        metavar="6h|auto|default",
        help="how often; auto learns from its entries; under 15m only here",
    )
    group.add_argument(
        "--header",
        type=for_argparse(feed_values.header),
        action="append",
        metavar="'NAME: VALUE'",
        help="one more request field, for its own server only; an empty value takes it away",
    )
    group.add_argument(
        "--user-agent",
        metavar="TEXT",
        type=for_argparse(feed_values.line),
        help="empty: as all feeds",
    )
    group.add_argument(
        "--proxy",
        type=for_argparse(feed_values.proxy),
        metavar="URL|none|default",
        help="none: a direct connection",
    )
    group.add_argument(
        "--username",
        metavar="NAME",
        type=for_argparse(feed_values.line),
        help="of a feed with a password",
    )
    group.add_argument(
        "--password-command",
        type=for_argparse(feed_values.command),
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
        "--keep",
        type=for_argparse(feed_values.days),
        metavar="90d|default",
        help="how long its articles' texts are kept",
    )
    group.add_argument(
        "--max-new",
        type=for_argparse(feed_values.number),
        metavar="N",
        help="entries taken from one fetch; 0 for all",
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
    for pair in args.header or ():
        after = replace(after, headers=feed_values.with_header(after.headers, pair))
    return after


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
