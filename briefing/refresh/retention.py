"""At leisure: texts that are older than they are to be kept are dropped (``store.keep``)."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.config import Settings
from briefing.model import Feed
from briefing.store import Store

SHORTEST = timedelta(days=14)
"""Editions and linking look back so far: no text goes sooner."""
# Between two steps others write: for so many seconds at least, and twice as long as the step held
# them up. SQLite lets who waits look again after 1, 3, 8, 18 and 33 ms.
_PAUSE = 0.01
_HELD = 0.01  # seconds that one step is to keep others from writing, at most
_MOST = 64  # articles, or pages of the search index, of one step
_LONGEST = 10.0  # seconds at one refresh; the next one goes on


def kept_for(feed: Feed | None, settings: Settings) -> timedelta | None:
    """How long the texts of a feed are kept: by its own setting, else by the one for all; None: for
    ever. feed: None for what was kept of removed feeds.
    """
    own = feed.keep_days if feed is not None else None
    days = settings.store.keep_days if own is None else own
    return max(SHORTEST, timedelta(days=days)) if days else None


@dataclass(frozen=True, slots=True)
class Pace:
    """How much the next step does: articles whose texts it drops, or pages that it merges."""

    size: int = 8

    def after(self, held: float) -> "Pace":
        """The pace after a step that kept others from writing for so many seconds."""
        if held > _HELD:
            return Pace(max(1, self.size // 2))
        if held < _HELD / 2:
            return Pace(min(_MOST, self.size * 3 // 2 + 1))
        return self


async def drop_old_texts(
    store: Store, settings: Settings, now: datetime, longest: float = _LONGEST
) -> int:
    """Drop what is older than it is to be kept, for at most so many seconds; of how many articles.

    Each step is as large as those before it allow, so that whoever marks something meanwhile does
    not wait. May be cancelled at any time. Raises StoreError.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + longest
    dropped = 0
    dropping = merging = Pace()
    for feed in (*store.feeds(), None):
        kept = kept_for(feed, settings)
        if kept is None:
            continue
        name, before = None if feed is None else feed.id, now - kept
        while loop.time() < end and store.has_old_texts(name, before):
            while loop.time() < end and (step := store.merge_search(merging.size)).done:
                merging = merging.after(step.held)
                await _let_others_write(store, step.held)
            step = store.drop_texts(name, before, now, dropping.size)
            dropped += step.done
            dropping = dropping.after(step.held)
            await _let_others_write(store, step.held)
    return dropped


async def _let_others_write(store: Store, held: float) -> None:
    store.move_journal()
    await asyncio.sleep(max(_PAUSE, 2 * held))
