"""Scores follow what the reader prefers now: feed weights, topics and muted words."""

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from briefing.model import Preferences, StoreError
from briefing.store import ReadingStore

if TYPE_CHECKING:
    from briefing.store import Store

_log = logging.getLogger(__name__)

_BATCH = 200


def apply_preferences(store: ReadingStore, preferences: Preferences, since: datetime) -> int:
    """Rank anew the stories since then whose score holds other preferences; how many there were.

    Nearly always none, and then it is one look. What is written goes through a connection of its
    own; where that is refused, as of a file that may only be read, the scores stay as they are.
    """
    from briefing.store import Store

    key = preferences.key(store.feed_preferences())
    try:
        with Store.open(store.path, read_only=True) as reader:
            if not reader.stories_to_rank(key, since, 1):
                return 0
        with Store.open(store.path) as writer:
            return _rank_anew(writer, preferences, key, since)
    except StoreError as error:
        _log.info("the scores could not be brought up to date: %s", error)
        return 0


def _rank_anew(store: "Store", preferences: Preferences, key: str, since: datetime) -> int:
    from briefing.stories import rank

    count = 0
    while batch := store.stories_to_rank(key, since, _BATCH):
        with store.transaction():
            for story in batch:
                ranking = rank(
                    story.base,
                    preferences,
                    feed_weight=story.feed_weight,
                    categories=story.categories,
                    boost=story.boost,
                    key=key,
                )
                store.set_ranking(story.story_id, ranking)
        count += len(batch)
    return count
