"""What is to be heard, seen or fetched with an article, in words."""

from urllib.parse import urlsplit

from briefing.model import Enclosure
from briefing.text import clean_line

_SIGNS = {"audio": "▶", "video": "▶"}
_KINDS = ("audio", "video", "image")
_UNIT = 1000


def enclosure_line(enclosure: Enclosure) -> str:
    """``▶ audio · 34 min · media.example``: what it is, how long or else how large, and where."""
    sign = _SIGNS.get(enclosure.kind, "↓")
    return f"{sign} {' · '.join(p for p in (enclosure_note(enclosure), _host(enclosure.url)) if p)}"


def enclosure_note(enclosure: Enclosure) -> str:
    """``audio · 34 min``: the same without its sign and its host."""
    if enclosure.duration is not None:
        measure = _duration(enclosure.duration)
    else:
        measure = "" if enclosure.length is None else _size(enclosure.length)
    return " · ".join(part for part in (_kind(enclosure), measure) if part)


def _kind(enclosure: Enclosure) -> str:
    """Audio, video, image; of what else there is the last part of its media type."""
    if enclosure.kind in _KINDS:
        return enclosure.kind
    name = clean_line(enclosure.media_type.rpartition("/")[2]).removeprefix("x-")
    return name if name and name != "*" else "file"


def _duration(seconds: int) -> str:
    """``45 s``, ``34 min``, ``2 h 05 min``."""
    if seconds < 60:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60:,} h {minutes % 60:02} min"


def _size(length: int) -> str:
    """``512 bytes``, ``120 kB``, ``2.1 MB``."""
    if length < _UNIT:
        return f"{length} bytes"
    size = float(length)
    for unit in ("kB", "MB", "GB"):
        size /= _UNIT
        if size < _UNIT or unit == "GB":
            break
    return f"{size:.1f} {unit}" if size < 10 else f"{size:,.0f} {unit}"


def _host(url: str) -> str:
    """The host without port and user info, as it is called."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return clean_line(host).removeprefix("www.")
