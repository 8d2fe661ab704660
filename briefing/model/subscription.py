"""How one feed is fetched: what its user wants, and what the feed says of its own rhythm."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """What a user sets for one feed only; the defaults change nothing.

    interval_minutes: 0 as all feeds; auto_interval: learned from the times of its entries.
    headers: more request fields, for its own server only. user_agent: empty for the program's.
    proxy: empty as the environment says, ``none`` for a direct connection, else its address.
    insecure: its certificate is not checked. http_ok: it may redirect from https to http.
    max_new: entries taken from one fetch, newest first; 0 all. password_command: the arguments of a
    command whose output is the password; username goes with it.
    """

    interval_minutes: int = 0
    auto_interval: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    user_agent: str = ""
    proxy: str = ""
    insecure: bool = False
    http_ok: bool = False
    max_new: int = 0
    username: str = ""
    password_command: tuple[str, ...] = ()

    def to_json(self) -> Json:
        """What differs from the defaults."""
        return _changed(self)

    @classmethod
    def from_json(cls, value: object) -> Self:
        """The settings of ``to_json``; what is of another type is as by default."""
        return cls(**_given(cls, value, _words))


@dataclass(frozen=True, slots=True)
class FeedRhythm:
    """What a feed says of how often it changes (RSS 2.0; RSS 1.0 module Syndication). GMT.

    ttl_minutes: from ``ttl``; period_minutes: from ``sy:updatePeriod`` and ``sy:updateFrequency``;
    0 where it says nothing usable. skip_hours: 0 to 23; skip_days: 0 (Monday) to 6. hubs and
    self_url: WebSub's ``rel=hub`` and ``rel=self``, for showing.
    """

    ttl_minutes: int = 0
    period_minutes: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    hubs: tuple[str, ...] = ()
    self_url: str = ""

    def to_json(self) -> Json:
        """What differs from the defaults."""
        return _changed(self)

    @classmethod
    def from_json(cls, value: object) -> Self:
        """The rhythm of ``to_json``; what is no list, or of another type, is left out."""
        return cls(**_given(cls, value, lambda item: item))


def _changed(value: FeedSettings | FeedRhythm) -> Json:
    names = [(item.name, item.default) for item in fields(value)]
    return {name: found for name, default in names if (found := getattr(value, name)) != default}


def _given(cls: type[FeedSettings | FeedRhythm], value: object, read: Callable[[Any], Any]) -> Json:
    """The fields of ``value`` that are of their default's type. read: an item of a list."""
    given = value if isinstance(value, Mapping) else {}
    known: Json = {}
    for item in fields(cls):
        default, found = item.default, given.get(item.name)
        if isinstance(default, tuple) and isinstance(found, list):
            known[item.name] = tuple(map(read, found))
        elif type(found) is type(default):
            known[item.name] = found
    return known


def _words(item: Any) -> Any:
    return tuple(map(str, item)) if isinstance(item, list) else str(item)


AS_USUAL = FeedSettings()
NO_RHYTHM = FeedRhythm()
