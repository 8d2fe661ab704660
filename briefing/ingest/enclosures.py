"""Enclosures: what a feed says is to be heard, seen or fetched with an entry.

RSS 2.0 ``enclosure``, Atom ``link rel="enclosure"`` (RFC 4287, 4.2.7.2), Media RSS
``media:content`` but for its pictures, which illustrate, and JSON Feed ``attachments``. The time
that they take is ``itunes:duration``, where they do not say it themselves.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from briefing.ingest.feedparser_fields import objects_of, value_of
from briefing.ingest.web_url import MAX_ADDRESS, web_url
from briefing.model import Enclosure
from briefing.text import clean_line
from briefing.text.urls import is_page

MAX_ENCLOSURES = 50
"""Enclosures kept of one entry."""

_MOST = 2**53
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:[.,]\d+)?")
_SECONDS = re.compile(r"(\d{1,9})(?:[.,]\d+)?\s*(?:s|sec|seconds)?", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,64}/(?:\*|[a-z0-9!#$&^_.+-]{1,64})")
_BY_ENDING = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "torrent": "application/x-bittorrent",
}


def enclosures_of(item: Mapping[str, Any], feed_url: str) -> tuple[Enclosure, ...]:
    """The enclosures of one of feedparser's entries, each address once, in their order."""
    found = [
        _enclosure(feed_url, link.get("href") or link.get("url"), link.get("type"),
                   link.get("length"), link.get("duration"))
        for link in objects_of(item, "links")
        if link.get("rel") == "enclosure"
    ]  # fmt: skip
    for content in objects_of(item, "media_content"):
        media = _enclosure(
            feed_url,
            content.get("url"),
            content.get("type") or _of_medium(content.get("medium")),
            content.get("filesize") or content.get("fileSize"),
            content.get("duration"),
        )
        if media is not None and media.kind != "image" and content.get("medium") != "image":
            found.append(media)
    return _timed(_once(found), seconds_of(value_of(item, "itunes_duration")))


def attachments_of(item: Mapping[str, Any], feed_url: str) -> tuple[Enclosure, ...]:
    """The ``attachments`` of an item of a JSON Feed; what is of a wrong type is left out."""
    return _once(
        _enclosure(
            feed_url,
            each.get("url"),
            each.get("mime_type"),
            each.get("size_in_bytes"),
            each.get("duration_in_seconds"),
        )
        for each in objects_of(item, "attachments")
    )


def address_with(page: str | None, enclosures: Sequence[Enclosure]) -> str | None:
    """An entry's address: its page, or what it encloses where it has none of its own.

    A site's front page, which podcasts name for all their episodes, is none. What can be heard or
    seen comes before what only illustrates.
    """
    if not enclosures or (page and is_page(page)):
        return page
    played = (each.url for each in enclosures if each.kind in ("audio", "video"))
    return next(played, page or enclosures[0].url)


def seconds_of(value: object) -> int | None:
    """Seconds of a length of time as feeds write it: ``1665``, ``27:45``, ``1:02:03``; or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return round(value) or None if 0 < value < _MOST else None
    text = value.strip() if isinstance(value, str) else ""
    if found := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds or None
    found = _SECONDS.fullmatch(text)
    return int(found[1]) or None if found else None


def _enclosure(
    feed_url: str, address: object, kind: object, length: object, duration: object
) -> Enclosure | None:
    """The enclosure, None where its address is none to fetch."""
    url = web_url(address, feed_url)
    if url is None or len(url) > MAX_ADDRESS:
        return None
    return Enclosure(url, _media_type(kind, url), _bytes(length), seconds_of(duration))


def _media_type(value: object, url: str) -> str:
    """The media type (RFC 6838) in small letters, without parameters; else by the ending."""
    given = clean_line(value).lower().split(";", 1)[0].strip() if isinstance(value, str) else ""
    if _MEDIA_TYPE.fullmatch(given) and given != "application/octet-stream":
        return given
    name = url.split("?", 1)[0].split("#", 1)[0].rpartition("/")[2]
    return _BY_ENDING.get(name.rpartition(".")[2].lower(), "")


def _of_medium(medium: object) -> str:
    """The media type that stands for Media RSS's ``medium``."""
    return f"{medium}/*" if medium in ("audio", "video", "image") else ""


def _bytes(value: object) -> int | None:
    """A size in bytes. Nothing and 0 mean that the feed does not know."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        digits = value.strip().replace(",", "")
        value = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 17 else 0
    return int(value) or None if isinstance(value, int | float) and 0 < value < _MOST else None


def _once(found: Iterable[Enclosure | None]) -> tuple[Enclosure, ...]:
    """Each address once; of two that name it, what either knows."""
    by_address: dict[str, Enclosure] = {}
    for enclosure in found:
        if enclosure is None:
            continue
        known = by_address.get(enclosure.url, enclosure)
        by_address[enclosure.url] = Enclosure(
            enclosure.url,
            known.media_type or enclosure.media_type,
            known.length or enclosure.length,
            known.duration or enclosure.duration,
        )
        if len(by_address) == MAX_ENCLOSURES:
            break
    return tuple(by_address.values())


def _timed(enclosures: tuple[Enclosure, ...], duration: int | None) -> tuple[Enclosure, ...]:
    """With the entry's own duration, where it is told of the entry and not of what is enclosed."""
    return tuple(
        Enclosure(e.url, e.media_type, e.length, e.duration or duration)
        if e.kind in ("audio", "video", "")
        else e
        for e in enclosures
    )
