"""What is new in a story since the reader last looked, its articles' own changes among it."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from briefing.model import Brief, News, Place, Revision, Story
from briefing.stories.news import news
from briefing.text.revisions import summary

_SHOWN = 2
"""Sentences that a line of news leads to: an evidence holds no more."""


def whats_new(
    story: Story,
    kept: str | None,
    revisions: Callable[[str, datetime], Mapping[str, Revision]],
) -> tuple[News, ...]:
    """What ``story`` tells that it did not when the reader last looked; nothing before that.

    kept: the snapshot of that look, as JSON. revisions: gives the articles of a story (by its id)
    that were changed after a time.
    """
    if kept is None or story.looked_at is None:
        return ()
    changed = revisions(story.id, story.looked_at)
    return (*news(json.loads(kept), story.brief), *revision_news(story.brief, changed))


def revision_news(brief: Brief, revisions: Mapping[str, Revision]) -> tuple[News, ...]:
    """A line for each article of the story (by its id) that was changed, in the story's order.

    The line leads to the first changed sentences that are still there.
    """
    found = []
    for article in brief.articles:
        revision = revisions.get(article.article_id)
        if revision is not None:
            spans = [c.after_span for c in revision.changes if c.after_span is not None]
            place = Place(article.article_id, tuple(spans[:_SHOWN])) if spans else None
            how = "silently changed" if revision.silent else "corrected or updated"
            line = f"{article.source} {how} its article: {summary(revision)}"
            found.append(News("revision", line, place))
    return tuple(found)
