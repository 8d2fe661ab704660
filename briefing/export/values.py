"""An edition as the JSON value of the contract."""

from datetime import datetime
from typing import Any

from briefing.model import Edition, Story
from briefing.model.codec import brief_to_json, news_to_json, time_to_json


def edition_to_json(edition: Edition, generated: datetime) -> dict[str, Any]:
    """The edition of the contract, version 1, best story first."""
    return {
        "version": 1,
        "generated": time_to_json(generated),
        "since": time_to_json(edition.window.since),
        "stories": [story_to_json(s) for s in edition.stories],
    }


def story_to_json(story: Story) -> dict[str, Any]:
    """One story of an edition."""
    return {
        "id": story.id,
        "category": story.row.category,
        **brief_to_json(story.brief),
        "changed": [news_to_json(n) for n in story.changed],
        "earlier": [c.story_id for c in story.earlier],
        "score": story.row.score,
        "reasons": list(story.reasons),
    }
