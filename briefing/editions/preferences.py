"""Scores follow what the reader prefers now: feed weights, topics and muted words."""

import logging
from datetime import datetime
from functools import partial

from briefing.model import Preferences, StoreError
from briefing.store import ReadingStore

_log = logging.getLogger(__name__)

_LOOKED_AT = 200  # stories: the first may be ones that cannot be read


def apply_preferences(store: ReadingStore, preferences: Preferences, since: datetime) -> int:
    """Rank anew the stories since then whose score holds other preferences; how many there were.

    Nearly always none, and then it is one look. What is written goes through a connection of its
    own; where that is refused, as of a file that may only be read, the scores stay as they are.
    """
    from briefing.store import Store

    key = preferences.key(store.feed_preferences())
    try:
        with Store.open(store.path, read_only=True) as reader:
            if not reader.stories_to_rank(key, since, _LOOKED_AT):
                return 0
        from briefing.stories import rank_again

        with Store.open(store.path) as writer:
            again = partial(rank_again, preferences=preferences, key=key)
            return writer.rank_anew(key, since, again)
    except StoreError as error:
        _log.info("the scores could not be brought up to date: %s", error)
        return 0
