"""Where the pictures of an article are: in its page, and beside the text in its feed's entry. None
is fetched here.

Media RSS ``media:content`` and ``media:thumbnail``, JSON Feed ``image`` and ``banner_image``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from briefing.ingest.feedparser_fields import objects_of, text_in, value_of
from briefing.ingest.htmltext import html_line
from briefing.ingest.image_elements import (
    LEAST_SIDE,
    picture_address,
    picture_of,
    picture_side,
    picture_words,
    told_once,
)
from briefing.ingest.page_lines import PageLine
from briefing.model import Picture

_OUTSIDE = frozenset({"nav", "footer", "aside", "menu", "dialog", "form", "noscript"})
_OUTSIDE_NAME = re.compile(
    r"(?:^|[-_\s])(?:related|recommended|newsletter|promos?|teasers?|share|sharing|social|ads?"
    r"|advert\w*|sponsor\w*|author|avatar|bio|byline|comments?|sidebar|logo|icons?)(?:$|[-_\s])",
    re.IGNORECASE,
)
_MOST_LOOKED_AT = 2_000
_LONGEST_NAMES = 300


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
    words = picture_words(html_line(text_in(value_of(item, "media_caption"))))
    for group in (contents, objects_of(item, "media_thumbnail")):
        widest = sorted(group, key=lambda each: -picture_side(each.get("width"), 0))
        for each in widest:
            if min(picture_side(each.get("width")), picture_side(each.get("height"))) < LEAST_SIDE:
                continue
            if url := picture_address(text_in(each.get("url")), feed_url):
                return (Picture(url, words),)
    return ()


def json_feed_pictures(item: Mapping[str, Any], feed_url: str) -> tuple[Picture, ...]:
    """The ``image`` of an item of a JSON Feed, or its ``banner_image``; none, or one."""
    given = (picture_address(text_in(item.get(key)), feed_url) for key in ("image", "banner_image"))
    return tuple(Picture(url) for url in given if url)[:1]


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
