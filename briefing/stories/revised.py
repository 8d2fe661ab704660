"""Articles of a story that were changed since the reader last looked, as news of it."""

from collections.abc import Mapping

from briefing.model import Brief, News, Place, Revision
from briefing.text.revisions import summary

_SHOWN = 2
"""Sentences that a line of news leads to: an evidence holds no more."""


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
