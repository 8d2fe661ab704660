"""Pictures of an article: where they are to be had and what they show. None is fetched here.

HTML's ``img`` (HTML Living Standard, 4.8.3) within an article, and what a feed names beside the
text: Media RSS ``media:content`` and ``media:thumbnail``, JSON Feed ``image`` and
``banner_image``. What only decorates or counts readers is none: an empty alternative text
(4.8.4.4.6), a side under 50 pixels, an address that is no http(s) one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from briefing.ingest.enclosures import MAX_ADDRESS
from briefing.ingest.feedparser_fields import objects_of, text_in, value_of
from briefing.ingest.htmltext import html_line, web_url
from briefing.ingest.page_lines import PageLine
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
_OUTSIDE = frozenset({"nav", "footer", "aside", "menu", "dialog", "form", "noscript"})
_OUTSIDE_NAME = re.compile(
    r"(?:^|[-_\s])(?:related|recommended|newsletter|promos?|teasers?|share|sharing|social|ads?"
    r"|advert\w*|sponsor\w*|author|avatar|bio|byline|comments?|sidebar|logo|icons?)(?:$|[-_\s])",
    re.IGNORECASE,
)
_MOST_LOOKED_AT = 2_000
_LONGEST_NAMES = 300


def picture_of(element: Any, base_url: str | None) -> Picture | None:
    """The picture of an ``img`` element, None where it is none to be shown or has no address."""
    if any(_side(element.get(side)) < LEAST_SIDE for side in ("width", "height")):
        return None
    url = next(filter(None, (_address(given, base_url) for given in _given(element))), None)
    if url is None:
        return None
    figure = next(element.iterancestors("figure"), None)
    caption = figure.find(".//figcaption") if figure is not None else None
    words = _words(element.get("alt"))
    if not words and caption is not None:
        words = _words("".join(caption.itertext()))
    if not words and (figure is None or element.get("alt") is not None):
        return None
    return Picture(url, words)


def page_pictures(lines: Sequence[PageLine], base_url: str | None) -> tuple[Picture, ...]:
    """The pictures of a page's article, whose lines are ``lines``: those in the innermost element
    around all of it, and those before its text in its ``article``, but in no box beside it.
    """
    ends: dict[Any, int] = {}  # where in the text each block ends
    reached = 0
    for line in lines:
        reached += len(line.text)
        if line.block is not None:
            ends.setdefault(line.block, reached)
        reached += 1
    inner = _around(list(ends))
    if inner is None:
        return ()
    around = next((e for e in inner.iterancestors() if e.tag in ("article", "main")), inner)
    within = set(inner.iter("img"))
    found: list[Picture] = []
    at = looked_at = 0
    for element in around.iter():
        at = ends.get(element, at)
        if element.tag != "img" or looked_at >= _MOST_LOOKED_AT or (at and element not in within):
            continue
        looked_at += 1
        picture = picture_of(element, base_url)
        if picture is not None and not _is_outside(element, around):
            found.append(Picture(picture.url, picture.words, at))
    return told_once(found)


def feed_pictures(item: Mapping[str, Any], feed_url: str) -> tuple[Picture, ...]:
    """The picture that one of feedparser's entries names beside its text; none, or one."""
    contents = [
        each
        for each in objects_of(item, "media_content")
        if each.get("medium") == "image" or text_in(each.get("type")).startswith("image/")
    ]
    words = _words(html_line(text_in(value_of(item, "media_caption"))))
    for group in (contents, objects_of(item, "media_thumbnail")):
        widest = sorted(group, key=lambda each: -_side(each.get("width"), 0))
        for each in widest:
            if min(_side(each.get("width")), _side(each.get("height"))) < LEAST_SIDE:
                continue
            if url := _address(text_in(each.get("url")), feed_url):
                return (Picture(url, words),)
    return ()


def json_feed_pictures(item: Mapping[str, Any], feed_url: str) -> tuple[Picture, ...]:
    """The ``image`` of an item of a JSON Feed, or its ``banner_image``; none, or one."""
    given = (_address(text_in(item.get(key)), feed_url) for key in ("image", "banner_image"))
    return tuple(Picture(url) for url in given if url)[:1]


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


def _given(element: Any) -> Iterator[str]:
    """The addresses that an element names, the one to be taken first."""
    for name in _SOURCES:
        if given := element.get(name):
            yield given
    for name in ("srcset", "data-srcset"):
        yield from (element.get(name) or "").split()[:1]


def _address(given: str, base_url: str | None) -> str | None:
    """The http(s) address that is given, None where it is none of a picture that can be shown."""
    if len(given) > MAX_ADDRESS:
        return None
    url = web_url(given, base_url)
    if url is None or len(url) > MAX_ADDRESS:
        return None
    path = url.split("#", 1)[0].split("?", 1)[0]
    return None if path.lower().endswith(_NOT_SHOWN) else without_credentials(url)


def _side(value: object, unknown: int = LEAST_SIDE) -> int:
    """Pixels of a side; ``unknown`` where nothing, or no number of pixels, is given."""
    found = _NUMBER.fullmatch(value[:20]) if isinstance(value, str) else None
    return int(found[1]) if found else unknown


def _words(value: object) -> str:
    return shortened(clean_line(value), _LONGEST_WORDS) if isinstance(value, str) else ""


def _around(blocks: Sequence[Any]) -> Any:
    """The innermost element around all blocks; None where there is none."""
    if not blocks:
        return None
    common = [*blocks[0].iterancestors()][::-1]  # from the root inwards
    for block in blocks[1:]:
        above = [*block.iterancestors()][::-1]
        same = 0
        for one, other in zip(common, above, strict=False):
            if one is not other:
                break
            same += 1
        del common[same:]
    return common[-1] if common else None


def _is_outside(element: Any, around: Any) -> bool:
    """Whether it stands in a box beside the article, or is named as what belongs to none."""
    for above in (element, *element.iterancestors()):
        if above is around:
            return False
        names = f"{above.get('class') or ''} {above.get('id') or ''}"[:_LONGEST_NAMES]
        if above.tag in _OUTSIDE or _OUTSIDE_NAME.search(names):
            return True
    return False
