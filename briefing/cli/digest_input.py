"""The one article that ``briefing digest`` is asked for: an address, a file, or standard input."""

from briefing.cli.input import read_input
from briefing.config import Settings
from briefing.ingest import Fetcher, Response, article_from_page, read_document
from briefing.ingest.results import Extracted
from briefing.model import Article, without_credentials
from briefing.refresh.bounded import extract_bounded
from briefing.refresh.workers import Workers

_MAX_FILE = 50_000_000  # bytes


def read_source(
    source: str, settings: Settings, *, title: str | None, language: str | None
) -> Article:
    """The article at ``source``. Raises BriefingError: FetchError, ExtractError, LimitError …"""
    if source.lower().startswith(("http://", "https://")):
        return _page(source, settings, title, language)
    name = "standard input" if source == "-" else source
    content = read_input(source, _MAX_FILE, where_missing="An address begins with https://")
    return read_document(content, name, title=title, language=language)


def _page(url: str, settings: Settings, title: str | None, language: str | None) -> Article:
    import asyncio

    response, extracted = asyncio.run(_fetched(url, settings))
    content, address = response.content, without_credentials(response.final_url)
    if extracted is None:
        return read_document(content, address, url=address, title=title, language=language)
    return article_from_page(
        extracted,
        address,
        article_id=without_credentials(response.url),
        title=title or None,
        language=language,
    )


async def _fetched(url: str, settings: Settings) -> tuple[Response, Extracted | None]:
    """The answer, and the article in it where it is a page and not a plain text."""
    async with Workers(1) as workers, Fetcher(settings.fetch) as fetcher:
        response = await fetcher.get(url, "page")
        if (response.content_type or "").startswith("text/plain"):
            return response, None
        return response, await extract_bounded(response, workers, settings.sites)
