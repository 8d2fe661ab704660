"""The one article that ``briefing digest`` is asked for: an address, a file, or standard input."""

import sys
from pathlib import Path

from briefing.config import FetchSettings
from briefing.ingest import Fetcher, Response, article_from_page, extract, read_document
from briefing.model import Article, BriefingError

_MAX_FILE = 50_000_000  # bytes


def read_source(
    source: str, settings: FetchSettings, *, title: str | None, language: str | None
) -> Article:
    """The article at ``source``. Raises FetchError, ExtractError, or BriefingError for a file."""
    if source.lower().startswith(("http://", "https://")):
        return _page(source, settings, title, language)
    name = "standard input" if source == "-" else source
    return read_document(_content(source), name, title=title, language=language)


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


def _page(url: str, settings: FetchSettings, title: str | None, language: str | None) -> Article:
    import asyncio

    response = asyncio.run(_fetched(url, settings))
    content, address = response.content, response.final_url
    if (response.content_type or "").startswith("text/plain"):
        return read_document(content, url, url=address, title=title, language=language)
    return article_from_page(
        extract(content, address),
        address,
        article_id=response.url,
        title=title or None,
        language=language,
    )


async def _fetched(url: str, settings: FetchSettings) -> Response:
    async with Fetcher(settings) as fetcher:
        return await fetcher.get(url, "page")
