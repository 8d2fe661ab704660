"""At leisure: texts that are older than they are to be kept are dropped (``store.keep``)."""

import asyncio
from datetime import datetime, timedelta

from briefing.config import Settings
from briefing.model import Feed
from briefing.store import Store

SHORTEST = timedelta(days=14)
"""Editions and linking look back so far: no text goes sooner."""
_PAUSE = 0.04  # seconds between two steps, in which others write
_LONGEST = 10.0  # seconds at one refresh; the next one goes on


def kept_for(feed: Feed | None, settings: Settings) -> timedelta | None:
    """How long the texts of a feed are kept: by its own setting, else by the one for all; None: for
    ever. feed: None for what was kept of removed feeds.
    """
    own = feed.keep_days if feed is not None else None
    days = settings.store.keep_days if own is None else own
    return max(SHORTEST, timedelta(days=days)) if days else None


async def drop_old_texts(
    store: Store, settings: Settings, now: datetime, longest: float = _LONGEST
) -> int:
    """Drop what is older than it is to be kept, for at most so many seconds; of how many articles.
    May be cancelled at any time. Raises StoreError.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + longest
    dropped = 0
    for feed in (*store.feeds(), None):
        kept = kept_for(feed, settings)
        if kept is None:
            continue
        name = None if feed is None else feed.id
        while loop.time() < end and (done := store.drop_texts(name, now - kept, now)):
            dropped += done
            await asyncio.sleep(_PAUSE)
    return dropped
