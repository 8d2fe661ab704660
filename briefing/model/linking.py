"""What links articles to stories: an article as linking sees it, and as a brief is made of it."""

from dataclasses import dataclass
from datetime import datetime

from briefing.model.articles import Article
from briefing.model.digests import Digest

LINKED_CHARACTERS = 3000
"""How much of a text linking reads, in the store as in a batch: all that it looks at of news (its
first 200 words or so) in the sets it is measured by."""


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """What linking needs to know of an article. ``text``: the head of it.

    published: None where unknown; such an article stands at the time of the newest one.
    story_id: the story that it is in, if any.
    """

    article_id: str
    title: str
    text: str
    published: datetime | None
    source: str = ""
    url: str | None = None
    language: str = "en"
    story_id: str | None = None


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article of a story: its digest, the outlet, when, and the weight of the feed."""

    digest: Digest
    source: str
    published: datetime
    feed_weight: float = 1.0
    category: str = ""

    @property
    def id(self) -> str:
        """The article's identifier."""
        return self.digest.article.id

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.digest.article
