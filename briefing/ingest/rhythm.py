"""What a feed says of how often it changes, and of the hubs that would tell.

RSS 2.0 (``ttl``, ``skipHours``, ``skipDays``; hours from 0 to 23, 24 as in RSS 0.91), the RSS 1.0
module Syndication (``sy:updatePeriod``, ``sy:updateFrequency``), WebSub (``rel=hub``, ``rel=self``;
``hubs`` of JSON Feed). All times are GMT. Nonsense is left out.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from briefing.ingest.web_url import web_url
from briefing.model import FeedRhythm

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {
    "hourly": 60,
    "daily": 24 * 60,
    "weekly": 7 * 24 * 60,
    "monthly": 30 * 24 * 60,
    "yearly": 365 * 24 * 60,
}
_LONGEST = 365 * 24 * 60  # minutes; more is a mistake
_MOST_HUBS = 5
_SECTION = 4_000  # characters that 24 hours or 7 days need at most
_VALUE = re.compile(r"<(?:hour|day)>\s*([A-Za-z0-9]{1,12})\s*</", re.IGNORECASE)


def feed_rhythm(head: Mapping[str, Any], text: str, url: str) -> FeedRhythm:
    """The rhythm of the feed whose channel feedparser reads as ``head``, from ``text`` at ``url``.

    feedparser keeps only the last of several hours and days, so that these are read from the text.
    """
    links = [link for link in _list(head.get("links")) if isinstance(link, Mapping)]
    hubs = (web_url(link.get("href"), url) for link in links if _has_rel(link, "hub"))
    own = (web_url(link.get("href"), url) for link in links if _has_rel(link, "self"))
    return _rhythm(
        head.get("ttl"),
        (head.get("sy_updateperiod"), head.get("sy_updatefrequency")),
        _section(text, "skiphours"),
        _section(text, "skipdays"),
        hubs,
        next((address for address in own if address), ""),
    )


def json_feed_rhythm(document: Mapping[str, Any], url: str) -> FeedRhythm:
    """The rhythm of a JSON Feed (1.1): its hubs and its own address."""
    hubs = (
        web_url(hub.get("url"), url)
        for hub in _list(document.get("hubs"))
        if isinstance(hub, Mapping)
    )
    return FeedRhythm(hubs=_some(hubs), self_url=web_url(document.get("feed_url"), url) or "")


def _rhythm(
    ttl: object,
    period: tuple[object, object],
    hours: list[str],
    days: list[str],
    hubs: Iterable[str | None],
    self_url: str,
) -> FeedRhythm:
    numbers = {_number(hour) for hour in hours}
    skip_hours = {number % 24 for number in numbers if number is not None and number <= 24}
    skip_days = {_DAYS.index(day.lower()) for day in days if day.lower() in _DAYS}
    return FeedRhythm(
        ttl_minutes=min(_number(ttl) or 0, _LONGEST),
        period_minutes=_period(*period),
        # A feed that is never to be fetched is a mistake.
        skip_hours=tuple(sorted(skip_hours)) if len(skip_hours) < 24 else (),
        skip_days=tuple(sorted(skip_days)) if len(skip_days) < 7 else (),
        hubs=_some(hubs),
        self_url=self_url,
    )


def _period(period: object, frequency: object) -> int:
    """Minutes between two updates; 0 where that is not said. The default is once a period."""
    name = period.strip().lower() if isinstance(period, str) else ""
    times = 1 if frequency is None else _number(frequency)
    if name not in _PERIODS or not times:
        return 0
    return _PERIODS[name] // times


def _number(value: object) -> int | None:
    """A whole number that is not negative; None for anything else."""
    text = str(value).strip() if isinstance(value, str | int) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def _section(text: str, name: str) -> list[str]:
    """The values within the element ``name``, wherever the channel has it."""
    found = re.search(rf"<{name}\s*>", text, re.IGNORECASE)
    if found is None:
        return []
    inside = text[found.end() : found.end() + _SECTION]
    end = inside.lower().find(f"</{name}")
    return _VALUE.findall(inside[:end] if end >= 0 else "")


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _has_rel(link: Mapping[str, Any], rel: str) -> bool:
    value = link.get("rel")
    return isinstance(value, str) and rel in value.lower().split()


def _some(addresses: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for address in addresses if address))[:_MOST_HUBS]
