"""What can be set for one feed, in one table: its words, the line to type, what that changes."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from briefing.config import feed_values
from briefing.model import Feed, FeedSettings, without_credentials

if TYPE_CHECKING:
    from briefing.store.feeds import FeedChanges

MOST_NAME = 200  # characters of a name or a category


@dataclass(frozen=True, slots=True)
class FeedSetting:
    """One of them.

    shown: its value in words. changes: what a line changes; raises ValueError, in words, where it
    cannot be taken. about: what the line is; empty for one that is on or off and takes no line.
    typed: the line as it is now.
    """

    id: str
    name: str
    shown: Callable[[Feed], str]
    changes: "Callable[[Feed, str], FeedChanges]"
    about: str = ""
    typed: Callable[[Feed], str] = lambda _feed: ""


def name_of(_feed: Feed, text: str) -> "FeedChanges":
    """A feed's name. Raises ValueError."""
    if not text:
        raise ValueError("Type a name, or press esc to keep the old one.")
    return {"title": short(text)}


def category_of(_feed: Feed, text: str) -> "FeedChanges":
    """A feed's category. Raises ValueError."""
    return {"category": short(text)}


def short(text: str) -> str:
    """A name or a category. Raises ValueError."""
    if len(text) > MOST_NAME:
        raise ValueError(f"That is longer than {MOST_NAME} characters.")
    return text


def _address(feed: Feed, text: str) -> "FeedChanges":
    if text == without_credentials(feed.url):
        return {}  # its password is not shown, and stays
    from briefing.ingest.local_feeds import is_local

    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
    except ValueError:
        usable = False
    if not usable and not is_local(text):
        raise ValueError("Type an address that begins with https:// or http://.")
    return {"url": text}


def _interval(feed: Feed, text: str) -> "FeedChanges":
    minutes, auto = feed_values.interval(text or "default")
    return {"settings": replace(feed.settings, interval_minutes=minutes, auto_interval=auto)}


def _interval_typed(feed: Feed) -> str:
    own = feed.settings
    if own.auto_interval:
        return "auto"
    return f"{own.interval_minutes}m" if own.interval_minutes else "default"


def _header(feed: Feed, text: str) -> "FeedChanges":
    headers = feed_values.with_header(feed.settings.headers, feed_values.header(text))
    return {"settings": replace(feed.settings, headers=headers)}


def _own(name: str, read: Callable[[str], object]) -> "Callable[[Feed, str], FeedChanges]":
    """What a line changes of the setting of that name."""
    return lambda feed, text: {"settings": replace(feed.settings, **{name: read(text)})}  # type: ignore[arg-type]


def _switch(name: str) -> "Callable[[Feed, str], FeedChanges]":
    def changes(feed: Feed, _text: str) -> "FeedChanges":
        own: FeedSettings = feed.settings
        value: Any = not getattr(own, name)
        return {"settings": replace(own, **{name: value})}

    return changes


def _yes(value: bool) -> str:
    return "yes" if value else "no"


SETTINGS = (
    FeedSetting("title", "Name", lambda f: f.display_name, name_of, "What it is called here.",
                lambda f: f.display_name),
    FeedSetting("category", "Category", lambda f: f.category or "none", category_of,
                "The category it stands in; empty for none.", lambda f: f.category),
    FeedSetting("url", "Address", lambda f: without_credentials(f.url), _address,
                "Its new address.", lambda f: without_credentials(f.url)),
    FeedSetting("weight", "Weight", lambda f: f"{f.weight:g}" if f.weight else "0, muted",
                lambda _f, text: {"weight": feed_values.weight(text)},
                "How much it counts, 0 to 10: 1 is usual, 0 mutes it.", lambda f: f"{f.weight:g}"),
    FeedSetting("full-text", "Full text from its pages", lambda f: _yes(f.full_text),
                lambda f, _text: {"full_text": not f.full_text}),
    FeedSetting("interval", "Fetched every", _interval_typed, _interval,
                "30m, 6h or 1d; auto learns from its entries; default is as all feeds.",
                _interval_typed),
    FeedSetting("max-new", "Most entries of a fetch", lambda f: f"{f.settings.max_new or 'all'}",
                _own("max_new", feed_values.number), "A number; 0 for all.",
                lambda f: str(f.settings.max_new)),
    FeedSetting("keep", "Texts are kept", lambda f: f"{f.keep_days}d" if f.keep_days else "default",
                lambda _f, text: {"keep_days": feed_values.days(text or "default") or None},
                "How long, such as 90d; default is as all feeds.",
                lambda f: f"{f.keep_days}d" if f.keep_days else "default"),
    FeedSetting("user-agent", "User agent", lambda f: f.settings.user_agent or "as all feeds",
                _own("user_agent", feed_values.line), "Empty for that of all feeds.",
                lambda f: f.settings.user_agent),
    FeedSetting("header", "Request fields",
                lambda f: ", ".join(name for name, _ in f.settings.headers) or "none", _header,
                "'Name: value', for its own server only; an empty value takes it away."),
    FeedSetting("proxy", "Proxy",
                lambda f: "its own" if f.settings.proxy not in ("", "none")
                else f.settings.proxy or "default",
                _own("proxy", lambda text: feed_values.proxy(text or "default")),
                "Its address; none for a direct connection, default as all feeds."),
    FeedSetting("username", "User", lambda f: f.settings.username or "none",
                _own("username", feed_values.line), "The user's name, for a feed with a password.",
                lambda f: f.settings.username),
    FeedSetting("password-command", "Password command",
                lambda f: "set" if f.settings.password_command else "none",
                _own("password_command", feed_values.command),
                "What writes the password; no shell reads it; {user} and {host} are filled in.",
                lambda f: shlex.join(f.settings.password_command)),
    FeedSetting("insecure", "Its certificate is checked", lambda f: _yes(not f.settings.insecure),
                _switch("insecure")),
    FeedSetting("http-ok", "Redirects to http are followed", lambda f: _yes(f.settings.http_ok),
                _switch("http_ok")),
)  # fmt: skip
BY_ID = {setting.id: setting for setting in SETTINGS}


def before(feed: Feed, changes: "FeedChanges") -> "FeedChanges":
    """What takes changes back."""
    old: FeedChanges = {}
    if "title" in changes:
        old["title"] = feed.title or ""
    if "category" in changes:
        old["category"] = feed.category
    if "url" in changes:
        old["url"] = feed.url
    if "weight" in changes:
        old["weight"] = feed.weight
    if "full_text" in changes:
        old["full_text"] = feed.full_text
    if "keep_days" in changes:
        old["keep_days"] = feed.keep_days
    if "settings" in changes:
        old["settings"] = feed.settings
    return old
