"""The fields of the query language: their names, other readers' names for them, their values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from briefing.model import CaveatKind
from briefing.query.moments import is_moment, span_of

IS = ("unread", "read", "updated", "starred", "opinion", "revised", "closed", "summary", "muted",
      "later")  # fmt: skip
HAS = ("caveat", "figure", "disagreement", "enclosure", "note", "tag")


@dataclass(frozen=True, slots=True)
class Field:
    """A field. takes: in words, for errors and the documentation. fits: whether a value is one.

    one_of: all its values, where there are few. compared: whether < and > may stand before one.
    """

    name: str
    takes: str
    example: str
    fits: Callable[[str], bool] = bool
    one_of: tuple[str, ...] = ()
    compared: bool = False


def _chosen(name: str, values: tuple[str, ...]) -> Field:
    return Field(name, ", ".join(values), values[0], values.__contains__, values)


_ALL = (
    Field("title", "words of the headline", 'title:"harbour bridge"'),
    Field("text", "words of the text", "text:toll"),
    Field("feed", "a part of the feed's name or address", "feed:coast"),
    Field("category", "a category, or one with those below it", "category:news"),
    Field("author", "a part of the author's name", "author:brun"),
    Field("url", "a part of the address", "url:example.org/blog"),
    Field("language", "a code of ISO 639-1", "language:de",
          lambda v: re.fullmatch(r"[a-z]{2,3}", v) is not None),
    Field("outlets", "a number", "outlets:>=3", str.isdecimal, compared=True),
    Field("minutes", "minutes of reading", "minutes:<5", str.isdecimal, compared=True),
    Field("after", "what --since takes", "after:yesterday", is_moment),
    Field("before", "what --since takes", "before:2026-05-04", is_moment),
    Field("age", "a time such as 90m, 24h, 2d, 3w", "age:<2d",
          lambda v: span_of(v) is not None, compared=True),
    Field("tag", "a tag", "tag:later"),
    _chosen("is", IS),
    _chosen("has", HAS),
    _chosen("caveat", tuple(kind.value for kind in CaveatKind)),
    _chosen("sort", ("best", "new", "old")),
)  # fmt: skip
FIELDS: Mapping[str, Field] = {field.name: field for field in _ALL}

ALIASES: Mapping[str, str] = {
    "intitle": "title",
    "subject": "title",
    "headline": "title",
    "intext": "text",
    "body": "text",
    "content": "text",
    "inurl": "url",
    "link": "url",
    "from": "author",
    "by": "author",
    "folder": "category",
    "source": "feed",
    "outlet": "feed",
    "lang": "language",
    "newer": "after",
    "since": "after",
    "older": "before",
    "until": "before",
    "label": "tag",
}
"""Names that users of FreshRSS, newsboat, eilmeldung and mail know."""

VALUE_ALIASES: Mapping[tuple[str, str], str] = {
    ("is", "new"): "unread",
    ("is", "seen"): "read",
    ("is", "favorite"): "starred",
    ("is", "favourite"): "starred",
    ("is", "marked"): "starred",
    ("is", "flagged"): "starred",
    ("is", "paywalled"): "closed",
    ("has", "attachment"): "enclosure",
    ("has", "audio"): "enclosure",
    ("has", "number"): "figure",
    ("sort", "newest"): "new",
    ("sort", "date"): "new",
    ("sort", "oldest"): "old",
    ("sort", "score"): "best",
}
