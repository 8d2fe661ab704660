"""The tasks of worker processes: values in, values out. Heavy libraries are imported at first use.

An error that a broken document brings about leaves as a BriefingError; one document never stops the
others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.config import SiteSettings
from briefing.ingest.parser_errors import PARSER_ERRORS
from briefing.ingest.results import ParsedFeed, Response
from briefing.model import (
    Article,
    BriefingError,
    Digest,
    Entry,
    ExtractError,
    Feed,
    LinkCandidate,
    ParseError,
)

if TYPE_CHECKING:
    from briefing.ingest.articles import EntryArticle
    from briefing.store.digests import PackedDigest


_SETTLED_EVERY = 6 * 3600  # seconds of publication


@dataclass(frozen=True, slots=True)
class ClusteredStory:
    """A story whose articles changed. story_id: None where it is not in the store yet."""

    story_id: str | None
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClusterResult:
    """What clustering decided. merged: (ended, into), both of the store."""

    stories: tuple[ClusteredStory, ...]
    merged: tuple[tuple[str, str], ...]


def parse_response(response: Response) -> ParsedFeed:
    """The entries of a fetched feed. Raises ParseError."""
    from briefing.ingest.local_feeds import parse_answer

    try:
        return parse_answer(response)
    except PARSER_ERRORS as error:
        raise ParseError(f"the feed cannot be read ({_described(error)})", response.url) from error


def feeds_named_by(response: Response) -> tuple[str, ...]:
    """The addresses of the feeds that a page names, in its order."""
    from briefing.ingest import discover

    return tuple(found.url for found in discover(response.content, response.final_url))


def extract_entry(article_id: str, feed: Feed, entry: Entry) -> "EntryArticle":
    """The article that the feed itself gives, and whether that is only a summary."""
    from briefing.ingest import article_from_entry

    return article_from_entry(entry, feed, article_id=article_id)


def extract_page(
    article: Article, page: Response, source_known: bool, rule: SiteSettings | None = None
) -> Article:
    """The article with its page's text, where the page gives more than the feed did.

    source_known: the feed has a name. rule: the user's own for the page's site. A page
    without an article leaves it as it is, but for one without any text: of that it gives at least
    its description.
    """
    from briefing.ingest import article_with_page, extract
    from briefing.ingest.articles import article_with_description
    from briefing.ingest.extraction import page_description

    try:
        extracted = extract(page.content, page.final_url, fallback_title=article.title, rule=rule)
        made = article_with_page(article, extracted, page.final_url, source_known=source_known)
    except ExtractError:
        made = article
    return made if made.text else article_with_description(made, page_description(page.content))


def make_digest(article: Article, bullets: int, algorithm: str, quick: bool = False) -> Digest:
    """The article's digest. quick: by the judge that needs milliseconds. Raises BriefingError where
    none can be made.
    """
    from briefing.digest.caveats.judges import judge_for
    from briefing.digest.pipeline import digest_article

    try:
        judge = judge_for(article.language, quick=quick)
        return digest_article(article, bullets=bullets, algorithm=algorithm, judge=judge)
    except PARSER_ERRORS as error:
        what = f"the text could not be digested ({_described(error)})"
        raise BriefingError(what, article.title or article.id) from error


def make_packed_digest(
    article: Article, bullets: int, algorithm: str, quick: bool = False
) -> "PackedDigest":
    """``make_digest``, as the store keeps it: the refreshing process, which all workers wait for,
    reads and packs nothing."""
    from briefing.store.digests import pack_digest

    return pack_digest(make_digest(article, bullets, algorithm, quick))


def cluster_articles(
    known: Sequence[LinkCandidate], new: Sequence[LinkCandidate], *, settle: bool = False
) -> ClusterResult:
    """Find the stories of ``new`` articles among ``known`` ones with their stories.

    With the first articles of each six hours all are looked at anew, those of before in the light
    of what came since: what was joined or kept apart too early is put right, under its own name.
    settle: they are in any case.
    """
    from briefing.stories import Clusterer

    clusterer = Clusterer()
    clusterer.restore(known)
    changes = [clusterer.add_all(new)]
    if known and (settle or _slot(new) > _slot(known)):
        changes.append(clusterer.settle())
    stored = {item.story_id for item in known}
    touched = frozenset[str]().union(*(c.touched for c in changes))
    return ClusterResult(
        tuple(
            ClusteredStory(name if name in stored else None, articles)
            for name in sorted(touched)
            if (articles := clusterer.members(name))
        ),
        tuple(
            (old, into)
            for each in changes
            for old, into in each.merged
            if old in stored and into in stored
        ),
    )


def _slot(items: Sequence[LinkCandidate]) -> int:
    """The number of the six hours in which the newest was published."""
    times = (i.published.timestamp() for i in items if i.published is not None)
    return int(max(times, default=0.0) // _SETTLED_EVERY)


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
