"""Digests and briefs as JSON values and back: the shapes of the public contract.

``digest_to_json`` gives exactly what ``briefing digest --format json`` promises. The store keeps
the same shape without the text, which stands beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from briefing.model.nouns import (
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
    Evidence,
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

Json = dict[str, Any]


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


def _span(value: Sequence[int]) -> Span:
    return Span(int(value[0]), int(value[1]))


def _maybe_span(value: Sequence[int] | None) -> Span | None:
    return None if value is None else _span(value)


def _evidence(value: Sequence[Sequence[int]]) -> Evidence:
    return tuple(_span(v) for v in value)


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [list(s) for s in spans]


def _where_true(**marks: bool) -> Json:
    """The marks that hold; what does not hold is not said."""
    return {name: True for name, holds in marks.items() if holds}


# ── The parts of a digest ────────────────────────────────────────────────────────────────────


def cue_to_json(cue: Cue | None) -> Json | None:
    """A caveat's mark, or None."""
    if cue is None:
        return None
    return {
        "kind": cue.kind.value,
        "weight": cue.weight,
        "cue": cue.cue,
        "cue_span": list(cue.cue_span),
    }


def cue_from_json(value: Mapping[str, Any] | None) -> Cue | None:
    """The inverse of ``cue_to_json``."""
    if value is None:
        return None
    return Cue(
        CaveatKind(value["kind"]), int(value["weight"]), value["cue"], _span(value["cue_span"])
    )


def bullet_to_json(bullet: Bullet) -> Json:
    """A bullet; ``insertions`` only where there are any."""
    out: Json = {
        "text": bullet.text,
        "caveat": cue_to_json(bullet.caveat),
        "evidence": _spans(bullet.evidence),
    }
    if bullet.insertions:
        out["insertions"] = [
            {"at": i.at, "replaces": i.replaces, "text": i.text, "evidence": _spans(i.evidence)}
            for i in bullet.insertions
        ]
    return out


def bullet_from_json(value: Mapping[str, Any]) -> Bullet:
    """The inverse of ``bullet_to_json``."""
    return Bullet(
        value["text"],
        cue_from_json(value["caveat"]),
        _evidence(value["evidence"]),
        tuple(
            Insertion(int(i["at"]), i["replaces"], i["text"], _evidence(i["evidence"]))
            for i in value.get("insertions", ())
        ),
    )


def _caveat_to_json(caveat: Caveat) -> Json:
    return {**cast("Json", cue_to_json(caveat.mark)), "evidence": _spans(caveat.evidence)}


def _caveat_from_json(value: Mapping[str, Any]) -> Caveat:
    return Caveat(cast("Cue", cue_from_json(value)), _evidence(value["evidence"]))


def figure_to_json(figure: Figure) -> Json:
    """A figure of the contract."""
    change = figure.change
    return {
        "surface": figure.surface,
        "value": figure.value,
        "value_to": figure.value_to,
        "unit": figure.unit,
        "bound": figure.bound,
        "change": None if change is None else {"from": change.before, "to": change.after},
        "counts": figure.counts,
        "key": figure.key,
        "span": list(figure.span),
        "evidence": _spans(figure.evidence),
    }


def figure_from_json(value: Mapping[str, Any]) -> Figure:
    """The inverse of ``figure_to_json``."""
    change = value["change"]
    return Figure(
        surface=value["surface"],
        value=value["value"],
        span=_span(value["span"]),
        evidence=_evidence(value["evidence"]),
        value_to=value["value_to"],
        unit=value["unit"],
        bound=value["bound"],
        change=None if change is None else Change(change["from"], change["to"]),
        counts=value["counts"],
        key=value["key"],
    )


def entity_to_json(entity: Entity) -> Json:
    """A person or organisation of the contract."""
    return {
        "name": entity.name,
        "kind": entity.kind,
        "role": entity.role,
        "key": entity.key,
        "mentions": _spans(entity.mentions),
        "role_span": None if entity.role_span is None else list(entity.role_span),
    }


def entity_from_json(value: Mapping[str, Any]) -> Entity:
    """The inverse of ``entity_to_json``."""
    return Entity(
        name=value["name"],
        kind=value["kind"],
        mentions=_evidence(value["mentions"]),
        role=value["role"],
        role_span=_maybe_span(value.get("role_span")),
        key=value["key"],
    )


def link_to_json(link: Link) -> Json:
    """A link of the contract."""
    return {
        "kind": link.kind,
        "title": link.title,
        "url": link.url,
        "span": None if link.span is None else list(link.span),
    }


def link_from_json(value: Mapping[str, Any]) -> Link:
    """The inverse of ``link_to_json``."""
    return Link(value["kind"], value["title"], value["url"], _maybe_span(value["span"]))


def _attribution_to_json(credit: Attribution) -> Json:
    return {
        "source": credit.source,
        "cue": credit.cue,
        "first": credit.first,
        "evidence": _spans(credit.evidence),
    }


def _attribution_from_json(value: Mapping[str, Any]) -> Attribution:
    return Attribution(value["source"], value["cue"], value["first"], _evidence(value["evidence"]))


def _quotation_to_json(quotation: Quotation) -> Json:
    return {
        "span": list(quotation.span),
        "speaker": quotation.speaker,
        "evidence": _spans(quotation.evidence),
    }


def _quotation_from_json(value: Mapping[str, Any]) -> Quotation:
    return Quotation(Span(*value["span"]), value["speaker"], _evidence(value["evidence"]))


# ── A digest ─────────────────────────────────────────────────────────────────────────────────


def findings_to_json(digest: Digest) -> Json:
    """What a digest found, without the article it found it in."""
    return {
        "sentences": _spans(digest.sentences),
        "bullets": [bullet_to_json(b) for b in digest.bullets],
        "caveats": [_caveat_to_json(c) for c in digest.caveats],
        "figures": [figure_to_json(f) for f in digest.figures],
        "entities": [entity_to_json(e) for e in digest.entities],
        "links": [link_to_json(i) for i in digest.links],
        "attributions": [_attribution_to_json(a) for a in digest.attributions],
        "quotations": [_quotation_to_json(q) for q in digest.quotations],
    }


def findings_from_json(article: Article, value: Mapping[str, Any]) -> Digest:
    """The digest of ``article`` whose findings were kept with ``findings_to_json``."""
    return Digest(
        article=article,
        sentences=_evidence(value["sentences"]),
        bullets=tuple(bullet_from_json(b) for b in value["bullets"]),
        caveats=tuple(_caveat_from_json(c) for c in value["caveats"]),
        figures=tuple(figure_from_json(f) for f in value["figures"]),
        entities=tuple(entity_from_json(e) for e in value["entities"]),
        links=tuple(link_from_json(i) for i in value["links"]),
        attributions=tuple(_attribution_from_json(a) for a in value["attributions"]),
        quotations=tuple(_quotation_from_json(q) for q in value.get("quotations", ())),
    )


def digest_to_json(digest: Digest) -> Json:
    """The digest of the contract, version 1; ``opinion`` only where the article is one."""
    article = digest.article
    return {
        "version": 1,
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "source": article.source,
        "byline": article.byline,
        "published": time_to_json(article.published),
        "language": article.language,
        "basis": article.basis.value,
        **_where_true(opinion=article.opinion),
        "words": digest.words,
        "minutes": digest.minutes,
        "text": article.text,
        **findings_to_json(digest),
    }


def digest_from_json(value: Mapping[str, Any]) -> Digest:
    """The inverse of ``digest_to_json``."""
    article = Article(
        id=value["id"],
        text=value["text"],
        title=value.get("title"),
        url=value.get("url"),
        source=value.get("source"),
        byline=value.get("byline"),
        published=time_from_json(value.get("published")),
        language=value["language"],
        basis=Basis(value["basis"]),
        links=tuple(link_from_json(i) for i in value["links"]),
        opinion=bool(value.get("opinion")),
    )
    return findings_from_json(article, value)


# ── A brief ──────────────────────────────────────────────────────────────────────────────────


def place_to_json(place: Place) -> Json:
    """Where something is said."""
    return {"article": place.article_id, "evidence": _spans(place.evidence)}


def _place_from_json(value: Mapping[str, Any]) -> Place:
    return Place(value["article"], _evidence(value["evidence"]))


def _places(value: Sequence[Mapping[str, Any]]) -> tuple[Place, ...]:
    return tuple(_place_from_json(p) for p in value)


def _reported_to_json(reported: Reported) -> Json:
    return {
        "surface": reported.surface,
        "value": reported.value,
        "value_to": reported.value_to,
        "unit": reported.unit,
        "bound": reported.bound,
        "places": [place_to_json(p) for p in reported.places],
        "articles": [p.article_id for p in reported.places],
        "outlets": list(reported.outlets),
        "first_at": time_to_json(reported.first_at),
        "last_at": time_to_json(reported.last_at),
    }


def _reported_from_json(value: Mapping[str, Any]) -> Reported:
    return Reported(
        value["surface"],
        value["value"],
        value["value_to"],
        value["unit"],
        value["bound"],
        _places(value["places"]),
        tuple(value["outlets"]),
        cast("datetime", time_from_json(value["first_at"])),
        cast("datetime", time_from_json(value["last_at"])),
    )


def _coverage_to_json(article: Coverage) -> Json:
    return {
        "id": article.article_id,
        "source": article.source,
        "title": article.title,
        "url": article.url,
        "published": time_to_json(article.published),
        "basis": article.basis.value,
        "copy_of": article.copy_of,
        "follows": article.follows,
        **_where_true(opinion=article.opinion),
        "voice": article.voice,
    }


def _coverage_from_json(value: Mapping[str, Any]) -> Coverage:
    return Coverage(
        value["id"],
        value["source"],
        value["title"],
        value["url"],
        cast("datetime", time_from_json(value["published"])),
        Basis(value["basis"]),
        value["copy_of"],
        value.get("follows"),  # a store of an older version has none
        bool(value.get("opinion")),
        value.get("voice", ""),
    )


def _with_voices(articles: Sequence[Coverage]) -> tuple[Coverage, ...]:
    """The coverage of a brief; in an older version's, who speaks is followed to its source."""
    if all(a.voice for a in articles):
        return tuple(articles)
    by_id = {a.article_id: a for a in articles}

    def voice(article: Coverage) -> str:
        for _ in articles:
            original = by_id.get(article.copy_of or article.follows or "")
            if original is None:
                break
            article = original
        return article.source

    return tuple(replace(a, voice=voice(a)) for a in articles)


def brief_to_json(brief: Brief) -> Json:
    """A brief: the parts of a story in ``print --format json`` that its articles decide."""
    return {
        "headline": brief.headline,
        "lead": brief.lead,
        "summary_only": brief.summary_only,
        "bullets": [
            {
                **bullet_to_json(b.bullet),
                "article": b.article_id,
                "source": b.source,
                "outlets": b.outlets,
                "also": [place_to_json(p) for p in b.also],
                **_where_true(argued=b.argued),
            }
            for b in brief.bullets
        ],
        "figures": [
            {
                **figure_to_json(f.figure),
                "article": f.article_id,
                "outlets": f.outlets,
                "differs": f.differs,
                "also": [place_to_json(p) for p in f.also],
            }
            for f in brief.figures
        ],
        "entities": [
            {
                **entity_to_json(e.entity),
                "article": e.article_id,
                "outlets": e.outlets,
                "also": [place_to_json(p) for p in e.also],
            }
            for e in brief.entities
        ],
        "articles": [_coverage_to_json(a) for a in brief.articles],
        "first": {
            "article": brief.first.article_id,
            "source": brief.first.source,
            "how": brief.first.how,
            "place": None if brief.first.place is None else place_to_json(brief.first.place),
        },
        "disagreements": [
            {
                "counts": d.counts,
                "verdict": d.verdict,
                "values": [_reported_to_json(v) for v in d.values],
            }
            for d in brief.disagreements
        ],
        "links": [{**link_to_json(i.link), "article": i.article_id} for i in brief.links],
    }


def brief_from_json(value: Mapping[str, Any]) -> Brief:
    """The inverse of ``brief_to_json``."""
    first = value["first"]
    return Brief(
        headline=value["headline"],
        lead=value["lead"],
        bullets=tuple(
            StoryBullet(
                bullet_from_json(b),
                b["article"],
                b["source"],
                b["outlets"],
                _places(b["also"]),
                bool(b.get("argued")),
            )
            for b in value["bullets"]
        ),
        figures=tuple(
            StoryFigure(
                figure_from_json(f), f["article"], f["outlets"], f["differs"], _places(f["also"])
            )
            for f in value["figures"]
        ),
        entities=tuple(
            StoryEntity(entity_from_json(e), e["article"], e["outlets"], _places(e["also"]))
            for e in value["entities"]
        ),
        articles=_with_voices([_coverage_from_json(a) for a in value["articles"]]),
        first=First(
            first["article"],
            first["source"],
            first["how"],
            None if first["place"] is None else _place_from_json(first["place"]),
        ),
        disagreements=tuple(
            Disagreement(
                d["counts"], d["verdict"], tuple(_reported_from_json(v) for v in d["values"])
            )
            for d in value["disagreements"]
        ),
        links=tuple(StoryLink(link_from_json(i), i["article"]) for i in value["links"]),
        summary_only=value["summary_only"],
    )
