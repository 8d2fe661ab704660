"""An edition or a digest as the JSON document of the contract."""

from collections.abc import Mapping, Sequence
from typing import Any

from briefing.export.exporter import ExportOptions, as_bytes
from briefing.export.json_text import json_text
from briefing.model import (
    ArticleRevised,
    BulletAdded,
    Digest,
    Edition,
    FigureChanged,
    OutletsJoined,
    Place,
    Story,
    StoryChange,
)
from briefing.model.codec import (
    brief_to_json,
    digest_to_json,
    place_to_json,
    public_bullets,
    time_to_json,
)
from briefing.model.tags import Tag
from briefing.wording import change_line, reason_lines


class JsonExporter:
    """JSON, indented."""

    name = "json"
    media_type = "application/json"
    suffix = ".json"

    def render_edition(self, edition: Edition, options: ExportOptions) -> bytes:
        """Times are UTC, and there are no sections: every story names its category."""
        return _document(edition_to_json(edition, options))

    def render_digest(self, digest: Digest, options: ExportOptions) -> bytes:
        """The digest with its text."""
        del options
        return _document(digest_to_json(digest))


def _document(value: object) -> bytes:
    return as_bytes(json_text(value, indent=2) + "\n")


def edition_to_json(edition: Edition, options: ExportOptions) -> dict[str, Any]:
    """The edition of the contract, version 1, best story first; a title where it has one."""
    return {
        "version": 1,
        **({"title": options.title} if options.title else {}),
        "generated": time_to_json(options.generated or edition.window.until),
        "since": time_to_json(edition.window.since),
        "stories": [story_to_json(s, options.tags) for s in edition.stories],
    }


def tags_to_json(tags: Sequence[Tag]) -> list[dict[str, Any]]:
    """Tags with whether a rule gave them, and nobody by hand."""
    return [{"name": tag.name, "by_rule": tag.by_rule} for tag in tags]


def story_to_json(story: Story, tags: Mapping[str, Sequence[Tag]] | None) -> dict[str, Any]:
    """One story of an edition. tags: of stories, by their identifiers, where they are told."""
    told = {} if tags is None else {"tags": tags_to_json(tags.get(story.id, ()))}
    return {
        "id": story.id,
        "category": story.row.category,
        **public_bullets(brief_to_json(story.brief)),
        "changed": [change_to_json(change) for change in story.changed],
        "earlier": [c.story_id for c in story.earlier],
        "score": story.row.score,
        "reasons": list(reason_lines(story.reasons)),
        **told,
    }


def change_to_json(change: StoryChange) -> dict[str, Any]:
    """Something new in a story: its kind, in words, where it is said, and its values."""
    value: dict[str, Any] = {"kind": _kind(change), "text": change_line(change), "place": None}
    match change:
        case OutletsJoined(outlets=outlets):
            value["outlets"] = list(outlets)
        case FigureChanged(disagreement=disagreement, before=before, after=after):
            value["place"] = place_to_json(after.places[0])
            value |= {
                "counts": disagreement.counts,
                "before": before.surface,
                "after": after.surface,
            }
        case BulletAdded(line=line):
            value["place"] = place_to_json(Place(line.article_id, line.bullet.evidence))
            if line.argued:
                value["argued"] = True
        case ArticleRevised(article_id=article_id):
            value["article"] = article_id
            if change.place.evidence:
                value["place"] = place_to_json(change.place)
    return value


def _kind(change: StoryChange) -> str:
    match change:
        case OutletsJoined():
            return "outlets"
        case FigureChanged():
            return "figure"
        case BulletAdded():
            return "caveat" if change.is_weighty_caveat else "bullet"
        case ArticleRevised():
            return "revision"
