"""Promises of the nouns' JSON: it reads back to the same, it is the contract's to the letter."""

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import EnumType
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import (
    Article,
    Attribution,
    Basis,
    Brief,
    Bullet,
    Caveat,
    CaveatKind,
    Change,
    Coverage,
    Cue,
    Digest,
    Disagreement,
    Entity,
    Entry,
    Figure,
    First,
    Insertion,
    Link,
    Place,
    Quotation,
    Reported,
    Span,
    StoryBullet,
    StoryEntity,
    StoryFigure,
    StoryLink,
)
from briefing.model.codec import (
    brief_from_json,
    brief_to_json,
    digest_from_json,
    digest_to_json,
    findings_from_json,
    findings_to_json,
    from_json,
    to_json,
)

CONTRACT = json.loads((Path(__file__).parent / "contract.json").read_text(encoding="utf-8"))

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    bool: st.booleans(),
    int: st.integers(-9, 10**9),
    float: st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 10**12),
    Span: st.builds(Span, st.integers(0, 9999), st.integers(0, 9999)),
    datetime: st.integers(0, 2**32).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    NoneType: st.none(),
}


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Anything that a field of the type ``kind`` may hold."""
    if kind in PLAIN:
        return PLAIN[kind]
    if is_dataclass(kind) and isinstance(kind, type):
        return st.builds(kind, **{field.name: values(field.type) for field in fields(kind)})
    if isinstance(kind, EnumType):
        return st.sampled_from(list(kind))
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=2).map(tuple)
    return st.one_of(*map(values, get_args(kind)))


def through_text(value: Any) -> Any:
    return json.loads(json.dumps(value))


@settings(max_examples=60, deadline=None)
@given(values(Digest))
def test_a_digest_reads_back_to_the_same(digest: Digest) -> None:
    article = replace(digest.article, links=digest.links, canonical=None)
    article = replace(article, enclosures=(), blocks=(), pictures=())
    digest = replace(digest, article=article)
    public = tuple(replace(b, context="none", kept=()) for b in digest.bullets)
    read = digest_from_json(through_text(digest_to_json(digest)))
    assert read == replace(digest, bullets=public)
    for compact in (False, True):
        findings = through_text(findings_to_json(digest, compact=compact))
        assert findings_from_json(article, findings) == digest


@settings(max_examples=60, deadline=None)
@given(values(Brief))
def test_a_brief_reads_back_to_the_same(brief: Brief) -> None:
    articles = tuple(replace(a, voice=a.voice or "a voice") for a in brief.articles)
    brief = replace(brief, articles=articles)
    for compact in (False, True):
        assert brief_from_json(through_text(brief_to_json(brief, compact=compact))) == brief


def test_the_store_keeps_steps_between_spans_and_no_defaults() -> None:
    name = Entity("Ada Brun", None, (Span(10, 18), Span(274, 282), Span(0, 3)))
    kept = {"name": "Ada Brun", "kind": None, "mentions": [10, 8, 256, 8, -282, 3]}
    assert to_json(name, compact=True) == kept
    assert to_json(name)["mentions"] == [[10, 18], [274, 282], [0, 3]]


@given(values(Entry) | values(Link))
def test_what_else_is_kept_reads_back_to_the_same(noun: object) -> None:
    assert from_json(type(noun), through_text(to_json(noun))) == noun


EVIDENCE = (Span(0, 20), Span(21, 40))
CUE = Cue(CaveatKind.LIMITATION, 3, "does not", Span(21, 29))
BULLET = Bullet("He opened it.", CUE, EVIDENCE, (Insertion(0, "He", "Ada Brun", (Span(0, 20),)),))
FIGURE = Figure("from 47 to 8", 8, Span(2, 14), EVIDENCE, None, "km", "about", Change(47.5, 8))
ENTITY = Entity("Ada Brun", "person", (Span(0, 8),), "engineer", Span(10, 18), key=True)
LINK = Link("see-also", "More “here”", "https://a.example/", Span(30, 34))
TIME = datetime(2026, 5, 4, 7, tzinfo=UTC)
PLACE = Place("a2", (Span(3, 9),))
DIGEST = Digest(
    article=Article(
        "a1", "Ada Brun, engineer. It does not work.", "A bridge", "https://a.example/1",
        published=TIME, basis=Basis.SUMMARY, links=(LINK,), opinion=True,
    ),
    sentences=EVIDENCE,
    bullets=(BULLET, Bullet("It stands.", None, (Span(0, 20),), (), "previous", (Span(0, 9),))),
    caveats=(Caveat(CUE, (Span(21, 40),)),),
    figures=(FIGURE, Figure("20", 20, Span(1, 3), (), 25.5, counts="towers", key=True)),
    entities=(ENTITY, Entity("Harbour Board", None, ())),
    links=(LINK, replace(LINK, url=None, span=None)),
    attributions=(Attribution("Coast Courier", "first reported", True, EVIDENCE),),
    quotations=(Quotation(Span(2, 9), None, EVIDENCE),),
)  # fmt: skip
BRIEF = Brief(
    "A bridge",
    "a1",
    (StoryBullet(BULLET, "a1", "Courier", 2, (PLACE,), True), StoryBullet(BULLET, "a2", "Echo")),
    (StoryFigure(FIGURE, "a1", 2, True, (PLACE,)),),
    (StoryEntity(ENTITY, "a1"),),
    (
        Coverage("a1", "Courier", "A bridge", None, TIME, Basis.CLOSED, None, "a2", True, "echo"),
        Coverage("a2", "Echo", "Bridge", "https://e.example/", TIME, copy_of="a1", voice="echo"),
    ),
    First("a2", "Echo", "attribution", PLACE),
    (
        Disagreement(
            "towers",
            "differ",
            (Reported("20", 20, 25.5, "", "more", (PLACE,), ("Echo", "Courier"), TIME, TIME),),
        ),
    ),
    (StoryLink(LINK, "a1"),),
    summary_only=True,
)


@pytest.mark.parametrize(
    ("name", "written"),
    [("digest", digest_to_json(DIGEST)), ("brief", brief_to_json(BRIEF))],
    ids=["digest", "brief"],
)
def test_members_names_and_order_are_the_contracts(name: str, written: dict[str, Any]) -> None:
    assert json.dumps(written) == json.dumps(CONTRACT[name])


def test_what_an_older_version_did_not_write_gets_its_default() -> None:
    value = through_text(brief_to_json(BRIEF))
    for article in value["articles"]:
        del article["follows"], article["voice"]
    for entity in value["entities"]:
        del entity["role_span"]
    brief = brief_from_json(value)
    assert [article.follows for article in brief.articles] == [None, None]
    assert [article.voice for article in brief.articles] == ["Courier", "Courier"]
    assert brief.entities[0].entity.role_span is None
    findings = through_text(findings_to_json(DIGEST))
    del findings["quotations"]
    assert findings_from_json(DIGEST.article, findings) == replace(DIGEST, quotations=())


def test_what_a_newer_version_writes_besides_is_passed_over() -> None:
    value = through_text(brief_to_json(BRIEF))
    assert brief_from_json({**value, "mood": "hopeful"}) == BRIEF


def test_a_member_without_a_default_must_be_there() -> None:
    with pytest.raises(TypeError, match="headline"):
        brief_from_json({k: v for k, v in brief_to_json(BRIEF).items() if k != "headline"})


def test_a_field_of_a_type_without_json_is_an_error_and_never_left_out() -> None:
    @dataclass(frozen=True)
    class Weighed:
        weights: frozenset[str]

    with pytest.raises(TypeError, match="frozenset"):
        to_json(Weighed(frozenset()))
