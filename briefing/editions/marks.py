"""What the reader did with a story; only the reader's own hands lead here."""

import json
from datetime import datetime

from briefing.model import Story
from briefing.store import ReadingStore


def mark_seen(store: ReadingStore, story: Story, now: datetime) -> None:
    """The brief was on the screen: seen, and looked at, with what it showed.

    "Since you last looked" counts from here. Raises StoreError.
    """
    from briefing.stories.changes import snapshot

    shown = json.dumps(snapshot(story.brief))
    with store.transaction():
        store.mark_seen(story.id, now)
        store.mark_looked(story.id, now, shown)
