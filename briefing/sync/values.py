"""Values out of a server's JSON: of the right type, clean, or none."""

import html
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from briefing.ingest.dates import usable_time
from briefing.ingest.entries import MAX_TITLE, stand_in_title
from briefing.ingest.web_url import web_url
from briefing.sync.model import RemoteEntry, RemoteFeed
from briefing.text import clean_line, shortened, strip_controls

_LONGEST_ID = 500


def rows(value: object, key: str) -> list[dict[str, Any]] | None:
    """The objects of the list under ``key``; None where there is no such list."""
    found = value.get(key) if isinstance(value, dict) else None
    if found is None and isinstance(value, dict) and key in value:
        return []  # how some programs write an empty list
    if not isinstance(found, list):
        return None
    return [row for row in found if isinstance(row, dict)]


def name(value: object) -> str:
    """An identifier: a number's digits, or a short text on one line; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    text = str(value) if isinstance(value, int) and abs(value) < 2**64 else value
    return clean_line(text) if isinstance(text, str) and len(text) <= _LONGEST_ID else ""


def line(row: Mapping[str, Any], key: str) -> str:
    """A text on one line."""
    value = row.get(key)
    return shortened(clean_line(html.unescape(value)), MAX_TITLE) if isinstance(value, str) else ""


def address(value: object) -> str | None:
    """A web address, or None: no program, no file and no script can come from a server."""
    return web_url(value) if isinstance(value, str) else None


def seconds(value: object) -> datetime | None:
    """A time in seconds since 1970, as a number or in digits."""
    if isinstance(value, bool):
        return None
    try:
        moment = datetime.fromtimestamp(int(value), UTC)  # type: ignore[call-overload]
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return usable_time(moment)


def rfc3339(value: object) -> datetime | None:
    """A time of RFC 3339."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return usable_time(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)


def feed(id_: object, url: object, title: str, folder: str, site: object) -> RemoteFeed | None:
    """A subscription; None where it has no identifier or no web address."""
    known, where = name(id_), address(url)
    if not known or where is None:
        return None
    return RemoteFeed(known, where, title, folder, address(site))


def entry(
    id_: object,
    feed_id: object,
    row: Mapping[str, Any],
    *,
    url: object,
    content: object,
    published: datetime | None,
    read: bool,
    starred: bool,
) -> RemoteEntry | None:
    """An entry whose title and author stand in ``row``; None where it has no identifier."""
    known = name(id_)
    if not known:
        return None
    words = strip_controls(content).strip() if isinstance(content, str) else ""
    link = address(url)
    return RemoteEntry(
        id=known,
        feed_id=name(feed_id),
        url=link,
        title=line(row, "title") or shortened(stand_in_title(words, link), MAX_TITLE),
        content_html=words,
        author=line(row, "author") or None,
        published=published,
        read=read,
        starred=starred,
    )


def pieces(names: Iterable[str], size: int) -> Iterator[list[str]]:
    """The names, so many at a time."""
    whole = list(names)
    for start in range(0, len(whole), size):
        yield whole[start : start + size]
