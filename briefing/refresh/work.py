"""What runs in worker processes: values in, values out. Heavy libraries are imported at first use.

An error that a broken document brings about leaves as a BriefingError; one document never stops the
others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.ingest.faults import PARSER_FAULTS
from briefing.ingest.results import ParsedFeed, Response
from briefing.model import (
    Article,
    Basis,
    BriefingError,
    Digest,
    Entry,
    ExtractError,
    Feed,
    ParseError,
)
from briefing.stories import Clusterer, LinkItem


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as far as its feed tells it; ``wants_page`` where that is only a summary."""

    article: Article
    wants_page: bool


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What linking decided. Stories that are not in the store yet have made-up names.

    touched: the articles of each story that changed. merged: (ended, into), both of the store.
    """

    touched: dict[str, tuple[str, ...]]
    merged: tuple[tuple[str, str], ...]


def parse(response: Response) -> ParsedFeed:
    """The entries of a fetched feed. Raises ParseError."""
    from briefing.ingest import parse_feed

    try:
        return parse_feed(response.content, response.final_url, response.content_type)
    except PARSER_FAULTS as error:
        raise ParseError(f"the feed cannot be read ({_words(error)})", response.url) from error


def draft(article_id: str, feed: Feed, entry: Entry) -> Draft:
    """The article that the feed itself gives: full where it carries the text, else a summary."""
    from briefing.ingest import entry_text, needs_page
    from briefing.ingest.opinion import says_opinion
    from briefing.text import language_of

    try:
        text, links = entry_text(entry)
    except PARSER_FAULTS:
        text, links = "", ()
    wants_page = needs_page(entry, text)
    language = language_of(text or entry.title, feed.language)
    labels = (*entry.categories, feed.category, feed.title)
    article = Article(
        id=article_id,
        text=text,
        title=entry.title,
        url=entry.url,
        byline=entry.author,
        published=entry.published,
        language=language,
        basis=Basis.SUMMARY if wants_page or not text else Basis.FULL,
        links=links,
        opinion=says_opinion(labels, entry.title, entry.url, language),
    )
    return Draft(article, wants_page)


def complete(article: Article, page: Response, outlet_known: bool = True) -> Article:
    """The article with its page's text, where the page gives more than the feed did.

    outlet_known: the feed has a name; else the outlet is whom the page names (og:site_name, the
    publisher of its JSON-LD).
    A page behind a paywall makes it ``closed``; a page without an article leaves it as it is. It is
    opinion where either says so.
    """
    from briefing.ingest import extract
    from briefing.ingest.opinion import says_opinion
    from briefing.text import language_of

    try:
        found = extract(page.content, page.final_url, fallback_title=article.title)
    except ExtractError:
        return article
    except PARSER_FAULTS:
        return article
    article = replace(
        article,
        canonical=found.canonical,
        source=article.source if outlet_known else found.source or article.source,
    )
    more = len(found.text) > len(article.text)
    basis = Basis.CLOSED if found.closed else Basis.FULL if more else article.basis
    language = language_of(found.text, found.language) if more else article.language
    opinion = article.opinion or says_opinion(found.labels, found.title, page.final_url, language)
    if not more:
        return replace(article, basis=basis, opinion=opinion)
    return replace(
        article,
        text=found.text,
        links=found.links,
        byline=article.byline or found.byline,
        published=article.published or found.published,
        language=language,
        basis=basis,
        opinion=opinion,
    )


def digest(article: Article, bullets: int, algorithm: str) -> Digest:
    """The article's digest. Raises BriefingError where none can be made."""
    from briefing.digest import digest_article

    try:
        return digest_article(article, bullets=bullets, algorithm=algorithm)
    except PARSER_FAULTS as error:
        what = f"the text could not be digested ({_words(error)})"
        raise BriefingError(what, article.title or article.id) from error


def regroup(known: Sequence[tuple[LinkItem, str]], new: Sequence[LinkItem]) -> Regrouped:
    """Find the stories of ``new`` articles among ``known`` ones with their stories."""
    clusterer = Clusterer()
    clusterer.restore(known)
    changes = clusterer.add_all(new)
    stored = {story for _, story in known}
    return Regrouped(
        {story: clusterer.members(story) for story in sorted(changes.touched)},
        tuple((old, into) for old, into in changes.merged if old in stored and into in stored),
    )


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
