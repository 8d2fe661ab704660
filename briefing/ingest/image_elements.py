"""One picture: an ``img`` element, its address and its words.

HTML's ``img`` (HTML Living Standard, 4.8.3). What only decorates or counts readers is no picture:
an empty alternative text (4.8.4.4.6), a side under 50 pixels, an address that is no http(s) one.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from briefing.ingest.web_url import MAX_ADDRESS, web_url
from briefing.model import Picture, without_credentials
from briefing.text import clean_line, shortened

MAX_PICTURES = 20
"""Pictures kept of one article."""
LEAST_SIDE = 50
"""Pixels of a side; what says that it has fewer is an icon, or counts readers."""
_LONGEST_WORDS = 300
_SOURCES = ("src", "data-src", "data-lazy-src", "data-original")
_NUMBER = re.compile(r"\s*(\d{1,6})(?:\.\d+)?\s*(?:px)?\s*")
_NOT_SHOWN = (".svg", ".svgz", ".ico", ".bmp", ".tif", ".tiff", ".avif", ".heic")


def picture_of(element: Any, base_url: str | None) -> Picture | None:
    """The picture of an ``img`` element, None where it is none to be shown or has no address."""
    if any(picture_side(element.get(side)) < LEAST_SIDE for side in ("width", "height")):
        return None
    url = next(filter(None, (picture_address(given, base_url) for given in _given(element))), None)
    if url is None:
        return None
    figure = next(element.iterancestors("figure"), None)
    caption = figure.find(".//figcaption") if figure is not None else None
    words = picture_words(element.get("alt"))
    if not words and caption is not None:
        words = picture_words("".join(caption.itertext()))
    if not words and (figure is None or element.get("alt") is not None):
        return None
    return Picture(url, words)


def told_once(pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """Each picture once, in their order, at most ``MAX_PICTURES``.

    Addresses that differ in their query alone are sizes of one picture; the first that has words,
    or the first at all, stands for it.
    """
    by_path: dict[str, Picture] = {}
    for picture in pictures:
        path = picture.url.split("#", 1)[0].split("?", 1)[0]
        known = by_path.get(path)
        if known is None or (picture.words and not known.words):
            by_path[path] = picture
    return tuple(sorted(by_path.values(), key=lambda p: p.at)[:MAX_PICTURES])


def picture_address(given: str, base_url: str | None) -> str | None:
    """The http(s) address that is given, None where it is none of a picture that can be shown."""
    if len(given) > MAX_ADDRESS:
        return None
    url = web_url(given, base_url)
    if url is None or len(url) > MAX_ADDRESS:
        return None
    path = url.split("#", 1)[0].split("?", 1)[0]
    return None if path.lower().endswith(_NOT_SHOWN) else without_credentials(url)


def picture_side(value: object, unknown: int = LEAST_SIDE) -> int:
    """Pixels of a side; ``unknown`` where nothing, or no number of pixels, is given."""
    found = _NUMBER.fullmatch(value[:20]) if isinstance(value, str) else None
    return int(found[1]) if found else unknown


def picture_words(value: object) -> str:
    return shortened(clean_line(value), _LONGEST_WORDS) if isinstance(value, str) else ""


def _given(element: Any) -> Iterator[str]:
    """The addresses that an element names, the one to be taken first."""
    for name in _SOURCES:
        if given := element.get(name):
            yield given
    for name in ("srcset", "data-srcset"):
        yield from (element.get(name) or "").split()[:1]
