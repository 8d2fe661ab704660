"""From a feed's entry, a page or a text to an article.

The one place that decides its language, basis, links, canonical address and whether it is opinion.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from briefing.ingest.agreement import is_of_entry, is_translated, shares_a_word
from briefing.ingest.fulltext import entry_html_text, needs_page
from briefing.ingest.htmltext import HtmlText
from briefing.ingest.image_elements import told_once
from briefing.ingest.opinion import says_opinion
from briefing.ingest.parser_errors import PARSER_ERRORS
from briefing.ingest.results import Extracted
from briefing.model import Article, Basis, Entry, Feed
from briefing.text import detect_language, language_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EntryArticle:
    """An article as far as its feed tells it; ``needs_page`` where that is only a summary."""

    article: Article
    needs_page: bool


def article_from_entry(entry: Entry, feed: Feed, *, article_id: str) -> EntryArticle:
    """The article that a feed itself gives: full where it carries the text, else a summary.

    The text may be empty. It is opinion where its categories, its feed's name, its title or
    its address say so; the user's category of the feed does not. Never raises.
    """
    try:
        found = entry_html_text(entry)
    except PARSER_ERRORS as error:
        _log.debug("the text of %r cannot be read: %r", entry.title, error)
        found = HtmlText("")
    text = found.text
    summary_only = needs_page(entry, text)
    language = language_of(text or entry.title, entry.language or feed.language)
    labels = (*entry.categories, feed.title or "")  # feed.category is the user's own folder
    article = Article(
        id=article_id,
        text=text,
        title=entry.title,
        url=entry.url,
        source=entry.source,
        byline=entry.author,
        published=entry.published,
        language=language,
        basis=Basis.SUMMARY if summary_only or not text else Basis.FULL,
        links=found.links,
        blocks=found.blocks,
        opinion=says_opinion(labels, entry.title, entry.url, language),
        enclosures=entry.enclosures,
        pictures=told_once((*entry.pictures, *found.pictures)),
    )
    return EntryArticle(article, summary_only)


def article_from_page(
    page: Extracted,
    url: str | None,
    *,
    article_id: str,
    title: str | None = None,
    source: str | None = None,
    byline: str | None = None,
    published: datetime | None = None,
    language: str | None = None,
) -> Article:
    """The article of a page that was fetched from ``url``.

    What is given stands over what the page says of itself; without ``language`` (ISO 639-1) its
    text and its declaration tell. It is closed where a paywall stood before the rest, and opinion
    where the page says so.
    """
    spoken = language or language_of(page.text, page.language)
    return Article(
        id=article_id,
        text=page.text,
        title=page.title if title is None else title,
        url=url,
        source=page.source if source is None else source,
        byline=byline or page.byline,
        published=published or page.published,
        language=spoken,
        basis=Basis.CLOSED if page.closed else Basis.FULL,
        links=page.links,
        opinion=says_opinion(page.labels, page.title or title, url, spoken),
        canonical=page.canonical,
        blocks=page.blocks,
        pictures=page.pictures,
    )


def article_with_page(
    article: Article, page: Extracted, page_url: str, *, source_known: bool = True
) -> Article:
    """``article``, which came from an entry, with the text of its page where that is longer.

    A page that shares too few words with the entry (a notice on cookies, a login, another article)
    gives nothing but that it is closed, where it says so; one in another language is known by other
    signs (``is_translated``).

    source_known: the feed has a name; else the source is whom the page names (og:site_name, the
    publisher of its JSON-LD). Title and address stay the entry's. It is opinion where either says
    so, and ``closed`` where a paywall stood before the rest of the page.
    """
    known = is_of_entry(page.text, article.title, article.text, article.language)
    if not known and not is_translated(page, page_url, article):
        _log.info("the page of %r tells something else", article.title)
        return replace(article, basis=Basis.CLOSED) if page.closed else article
    is_longer = len(page.text) > len(article.text)
    whole = article_from_page(
        page,
        page_url,
        article_id=article.id,
        title=article.title,
        byline=article.byline,
        published=article.published,
        language=None if is_longer else article.language,
    )
    named = (p for p in article.pictures if not p.at)  # before the text, or beside it
    pictures = told_once((*named, *page.pictures)) if is_longer else article.pictures
    source = article.source if source_known else page.source or article.source
    opinion = article.opinion or whole.opinion
    if is_longer:
        return replace(
            whole,
            title=article.title,
            url=article.url,
            source=source,
            opinion=opinion,
            enclosures=article.enclosures,
            pictures=pictures,
        )
    return replace(
        article,
        source=source,
        basis=Basis.CLOSED if page.closed else article.basis,
        opinion=opinion,
        canonical=whole.canonical,
    )


def article_with_description(article: Article, description: str) -> Article:
    """``article``, which has no text, with what its page says of itself in a sentence or two.

    As it is where that shares no word with the title: then it is the site's, not the article's.
    """
    language = language_of(description, article.language)
    if not shares_a_word(description, article.title, language):
        return article
    lead = tuple(picture for picture in article.pictures if not picture.at)
    return replace(article, text=description, language=language, links=(), blocks=(), pictures=lead)


def article_from_text(
    text: str,
    *,
    article_id: str,
    title: str | None = None,
    url: str | None = None,
    source: str | None = None,
    published: datetime | None = None,
    language: str | None = None,
) -> Article:
    """The article of a plain text, taken as it is; without ``language`` the text tells.

    It is opinion where its title or its address says so.
    """
    spoken = language or detect_language(text)
    return Article(
        id=article_id,
        text=text,
        title=title,
        url=url,
        source=source,
        published=published,
        language=spoken,
        opinion=says_opinion((), title, url, spoken),
    )
