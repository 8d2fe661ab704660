"""Digests and briefs as JSON values and back: the shapes of the public contract.

``digest_to_json`` gives exactly what ``briefing digest --format json`` promises. The store keeps
the same shape without the text, which stands beside it.

A noun is written as an object with a member for each field, by the field's name and in the class's
order, unless ``_SHAPES`` describes it otherwise. How a member is written follows from the field's
type: a span is ``[start, end]``, a time is RFC 3339, an enumeration its value, a tuple a list, a
noun an object. A member that is absent when read leaves the field's default.

The store keeps nouns ``compact``: without members that are their fields' defaults or follow from
others, and with lists of spans as the steps between them. ``[[10, 15], [274, 279]]`` is
``[10, 5, 259, 5]``: how far a span begins after the end of the one before, and how long it is.
Both are read everywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import EnumType
from itertools import accumulate, starmap
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin

from briefing.model.articles import Article, Link
from briefing.model.digests import Bullet, Caveat, Change, Cue, Digest, Entity, Figure
from briefing.model.spans import Span
from briefing.model.stories import (
    Brief,
    Coverage,
    First,
    Place,
    Reported,
    StoryBullet,
    StoryEntity,
    StoryFigure,
    StoryLink,
)

Json = dict[str, Any]
_Noun = TypeVar("_Noun")
_Convert = Callable[[Any], Any]


class _Shape(NamedTuple):
    """The members of a noun's object, in order, where they are not simply its fields.

    members: their names, split at spaces. sparse: those that follow them where they are not the
    field's default. merged: the field that holds a noun whose own members come first in the same
    object. renamed: the fields of members that have another name. derived: members that are made
    of their field by a function, for programs that read the object, and passed over when it is read
    back.
    """

    members: str
    sparse: str = ""
    merged: str = ""
    renamed: Mapping[str, str] = {}
    derived: Mapping[str, _Convert] = {}


_OF_ARTICLE = {"article": "article_id"}

_OF_THE_PROGRAM = ("context", "kept")  # members of a bullet that the store keeps and nobody prints

_SHAPES: Mapping[type, _Shape] = {
    # What a digest is made of; its article's text and what follows from it stand between the two.
    Article: _Shape("id url title source byline published language basis", sparse="opinion stated"),
    Digest: _Shape(
        "sentences bullets caveats figures entities links attributions quotations", sparse="editor"
    ),
    Bullet: _Shape(
        "text caveat evidence", sparse=f"insertions {' '.join(_OF_THE_PROGRAM)} by editor_kind"
    ),
    Caveat: _Shape("evidence", merged="mark"),
    Cue: _Shape("kind weight cue cue_span", sparse="probability"),
    Figure: _Shape("surface value value_to unit bound change counts key span evidence"),
    Change: _Shape("from to", renamed={"from": "before", "to": "after"}),
    Entity: _Shape("name kind role key mentions role_span"),
    # What a story is made of.
    Brief: _Shape(
        "headline lead summary_only bullets figures entities articles first disagreements links"
    ),
    StoryBullet: _Shape(
        "article source outlets also", merged="bullet", sparse="argued", renamed=_OF_ARTICLE
    ),
    StoryFigure: _Shape(
        "article outlets differs also", merged="figure", sparse="before", renamed=_OF_ARTICLE
    ),
    StoryEntity: _Shape("article outlets also", merged="entity", renamed=_OF_ARTICLE),
    StoryLink: _Shape("article", merged="link", renamed=_OF_ARTICLE),
    Coverage: _Shape(
        "id source title url published basis copy_of follows voice",
        sparse="opinion enclosures",
        renamed={"id": "article_id"},
    ),
    First: _Shape("article source how place", renamed=_OF_ARTICLE),
    Place: _Shape("article evidence", renamed=_OF_ARTICLE),
    Reported: _Shape(
        "surface value value_to unit bound places articles outlets first_at last_at",
        renamed={"articles": "places"},
        derived={"articles": lambda places: [place.article_id for place in places]},
    ),
}


def digest_to_json(digest: Digest) -> Json:
    """The digest of the contract, version 1; ``opinion`` only where the article is one."""
    return {
        "version": 1,
        **to_json(digest.article),
        "words": digest.words,
        "minutes": digest.minutes,
        "text": digest.article.text,
        **public_bullets(findings_to_json(digest)),
    }


def public_bullets(value: Json) -> Json:
    """A digest's or a brief's object without what its bullets say to the program alone."""
    for bullet in value["bullets"]:
        for name in _OF_THE_PROGRAM:
            bullet.pop(name, None)
    return value


def digest_from_json(value: Mapping[str, Any]) -> Digest:
    """The inverse of ``digest_to_json``, but for what it leaves out: ``canonical``, enclosures,
    blocks, pictures, and links of the article that are not the digest's.
    """
    links = tuple(link_from_json(link) for link in value["links"])
    article: Article = _codec(Article).read(value, text=value["text"], links=links)
    return findings_from_json(article, value)


def findings_to_json(digest: Digest, *, compact: bool = False) -> Json:
    """What a digest found, without the article it found it in."""
    return to_json(digest, compact=compact)


def findings_from_json(article: Article, value: Mapping[str, Any]) -> Digest:
    """The digest of ``article`` whose findings were kept with ``findings_to_json``."""
    digest: Digest = _codec(Digest).read(value, article=article)
    return digest


def brief_to_json(brief: Brief, *, compact: bool = False) -> Json:
    """A brief: the parts of a story in ``print --format json`` that its articles decide."""
    return to_json(brief, compact=compact)


def brief_from_json(value: Mapping[str, Any]) -> Brief:
    """The inverse of ``brief_to_json``; an older version's has its voices worked out."""
    brief = from_json(Brief, value)
    if all(article.voice for article in brief.articles):
        return brief
    return replace(brief, articles=_with_voices(brief.articles))


def _with_voices(articles: tuple[Coverage, ...]) -> tuple[Coverage, ...]:
    """Each article with the outlet at the end of its chain of copies and credits."""
    by_id = {a.article_id: a for a in articles}

    def voice(article: Coverage) -> str:
        for _ in articles:
            original = by_id.get(article.copy_of or article.follows or "")
            if original is None:
                break
            article = original
        return article.source

    return tuple(replace(a, voice=voice(a)) for a in articles)


def link_to_json(link: Link) -> Json:
    """A link of the contract."""
    return to_json(link)


def link_from_json(value: Mapping[str, Any]) -> Link:
    """The inverse of ``link_to_json``."""
    return from_json(Link, value)


def place_to_json(place: Place) -> Json:
    """Where something is said."""
    return to_json(place)


def to_json(noun: object, *, compact: bool = False) -> Json:
    """The object of a noun, in its shape."""
    return _codec(type(noun), compact).write(noun)


def from_json(kind: type[_Noun], value: Mapping[str, Any]) -> _Noun:
    """The noun of the class ``kind`` that ``to_json`` wrote as ``value``.

    Raises TypeError where a member without a default is absent.
    """
    return cast("_Noun", _codec(kind).read(value))


def time_to_json(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC, to the second: ``2026-05-04T07:00:00Z``."""
    if moment is None:
        return None
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def time_from_json(text: str | None) -> datetime | None:
    """The aware UTC time of an RFC 3339 string; a time without a zone is taken as UTC.

    Raises ValueError where the string is no time.
    """
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


# ── From shapes and types to functions ───────────────────────────────────────────────────────


class _Conversion(NamedTuple):
    """How a value of some type is written and read; None where it stands as it is."""

    write: _Convert | None = None
    read: _Convert | None = None


class _Codec:
    """Writes and reads the objects of one class of nouns."""

    def __init__(self, noun: type, compact: bool) -> None:
        types: dict[str, Any] = {f.name: f.type for f in fields(noun)}
        defaults = {f.name: f.default for f in fields(noun)}
        shape = _SHAPES.get(noun) or _Shape(" ".join(types))
        self._noun = noun
        self._merged = shape.merged
        self._inner = _codec(types[shape.merged], compact) if shape.merged else None
        self._writes: list[tuple[str, str, _Convert | None]] = []
        self._sparse_writes: list[tuple[str, str, _Convert | None, object]] = []
        self._reads: list[tuple[str, str, _Convert | None]] = []
        members, sparse = shape.members.split(), shape.sparse.split()
        if compact:
            members = [name for name in members if name not in shape.derived]
            of_members = (shape.renamed.get(name, name) for name in members)
            sparse += [
                name
                for name, of in zip(members, of_members, strict=True)
                if defaults[of] is not MISSING
            ]
            members = [name for name in members if name not in sparse]
        for name in (*members, *sparse):
            of = shape.renamed.get(name, name)
            write, read = _conversion(types[of], compact)
            write = shape.derived.get(name, write)
            if name in sparse:
                self._sparse_writes.append((name, of, write, defaults[of]))
            else:
                self._writes.append((name, of, write))
            if name not in shape.derived:
                self._reads.append((name, of, read))

    def write(self, noun: object) -> Json:
        """The object of ``noun``."""
        out = self._inner.write(getattr(noun, self._merged)) if self._inner else {}
        for name, of, convert in self._writes:
            out[name] = convert(getattr(noun, of)) if convert else getattr(noun, of)
        for name, of, convert, default in self._sparse_writes:
            value = getattr(noun, of)
            if value != default:
                out[name] = convert(value) if convert else value
        return out

    def read(self, value: Mapping[str, Any], **also: object) -> Any:
        """The noun of the object ``value``; ``also``: fields that do not stand in it."""
        given = also
        if self._inner:
            given[self._merged] = self._inner.read(value)
        for name, of, convert in self._reads:
            if name in value:
                given[of] = convert(value[name]) if convert else value[name]
        return self._noun(**given)


_CODECS: dict[tuple[type, bool], _Codec] = {}


def _codec(noun: type, compact: bool = False) -> _Codec:
    """The codec of a class of nouns, made at its first use."""
    codec = _CODECS.get((noun, compact))
    if codec is None:
        codec = _CODECS[noun, compact] = _Codec(noun, compact)
    return codec


def _steps(spans: tuple[Span, ...]) -> list[int]:
    steps: list[int] = []
    last = 0
    for start, end in spans:
        steps += (start - last, end - start)
        last = end
    return steps


def _spans(values: list[Any]) -> tuple[Span, ...]:
    """The spans of pairs, or of steps."""
    if not values or type(values[0]) is not int:
        return tuple(starmap(Span, values))
    if len(values) == 2:
        start, length = values
        return (Span(start, start + length),)
    places = list(accumulate(values))
    return tuple(map(Span, places[::2], places[1::2]))


_AS_IT_IS = _Conversion()
_PAIRS = _Conversion(lambda spans: list(map(list, spans)), _spans)
_STEPS = _Conversion(_steps, _spans)


def _conversion(kind: Any, compact: bool) -> _Conversion:
    """How values of a field's type are converted. Raises TypeError where nothing says so."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind in (str, int, float, bool) or origin is Literal:
        return _AS_IT_IS
    if origin in (Union, UnionType) and NoneType in parts and len(parts) == 2:
        return _optional(_conversion(parts[0] if parts[1] is NoneType else parts[1], compact))
    if origin is tuple and parts[1:] == (Ellipsis,):
        if parts[0] is Span:
            return _STEPS if compact else _PAIRS
        return _sequence(_conversion(parts[0], compact))
    if kind is Span:
        return _Conversion(list, lambda value: Span(*value))
    if kind is datetime:
        return _Conversion(time_to_json, time_from_json)
    if isinstance(kind, EnumType):
        return _Conversion(attrgetter("value"), kind)
    if is_dataclass(kind):
        codec = _codec(cast("type", kind), compact)
        return _Conversion(codec.write, codec.read)
    raise TypeError(f"no conversion to JSON is known for {kind}")


def _optional(of: _Conversion) -> _Conversion:
    write, read = of
    return _Conversion(
        write and (lambda value: None if value is None else write(value)),
        read and (lambda value: None if value is None else read(value)),
    )


def _sequence(of: _Conversion) -> _Conversion:
    write, read = of
    return _Conversion(
        list if write is None else lambda values: list(map(write, values)),
        tuple if read is None else lambda values: tuple(map(read, values)),
    )
