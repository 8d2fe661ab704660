"""The one article that ``briefing digest`` is asked for: an address, a file, or standard input."""

import sys
from dataclasses import replace
from pathlib import Path

from briefing.config import FetchSettings
from briefing.ingest import Extracted, Fetcher, Response, extract, read_document
from briefing.ingest.opinion import says_opinion
from briefing.model import Article, Basis, BriefingError
from briefing.text import language_of

_MAX_FILE = 50_000_000  # bytes


def read_source(
    source: str, settings: FetchSettings, *, title: str | None, language: str | None
) -> Article:
    """The article at ``source``. Raises FetchError, ExtractError, or BriefingError for a file."""
    if source.lower().startswith(("http://", "https://")):
        article = _page(source, settings, title)
    else:
        name = "standard input" if source == "-" else source
        article = read_document(_content(source), name, title=title)
    return article if language is None else replace(article, language=language)


def _content(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(_MAX_FILE)
    try:
        with Path(source).open("rb") as file:
            return file.read(_MAX_FILE)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        mend = "An address begins with https://" if isinstance(error, FileNotFoundError) else ""
        raise BriefingError(f"the file cannot be read ({reason})", source, mend) from error


def _page(url: str, settings: FetchSettings, title: str | None) -> Article:
    import asyncio

    response = asyncio.run(_fetched(url, settings))
    if (response.content_type or "").startswith("text/plain"):
        article = read_document(response.content, url, title=title)
        return replace(article, url=response.final_url)
    return article_of(extract(response.content, response.final_url), response, title)


async def _fetched(url: str, settings: FetchSettings) -> Response:
    async with Fetcher(settings) as fetcher:
        return await fetcher.get(url, "page")


def article_of(found: Extracted, response: Response, title: str | None) -> Article:
    """A page that was extracted, as an article."""
    language = language_of(found.text, found.language)
    return Article(
        id=response.url,
        text=found.text,
        title=title or found.title,
        url=response.final_url,
        source=found.source,
        byline=found.byline,
        published=found.published,
        language=language,
        basis=Basis.CLOSED if found.closed else Basis.FULL,
        links=found.links,
        opinion=says_opinion(found.labels, found.title or title, response.final_url, language),
    )
