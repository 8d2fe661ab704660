"""The one article that ``briefing digest`` is asked for: an address, a file, or standard input."""

from briefing.cli.input import read_input
from briefing.config import FetchSettings
from briefing.ingest import Fetcher, Response, article_from_page, extract, read_document
from briefing.model import Article

_MAX_FILE = 50_000_000  # bytes


def read_source(
    source: str, settings: FetchSettings, *, title: str | None, language: str | None
) -> Article:
    """The article at ``source``. Raises FetchError, ExtractError, or BriefingError for a file."""
    if source.lower().startswith(("http://", "https://")):
        return _page(source, settings, title, language)
    name = "standard input" if source == "-" else source
    content = read_input(source, _MAX_FILE, where_missing="An address begins with https://")
    return read_document(content, name, title=title, language=language)


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
