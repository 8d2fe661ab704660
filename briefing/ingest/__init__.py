"""From the network and from files to entries and articles.

fetch (polite HTTP) → parse_feed (RSS, Atom, RDF, JSON Feed) → html_to_text or extract → articles;
beside them OPML in and out, discovery of a page's feeds, documents and batches from outside.

Importing the package is cheap: a name's module, with the library behind it, is imported when the
name is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.ingest.articles import article_from_entry, article_from_page, article_with_page
    from briefing.ingest.batch import parse_batch_line
    from briefing.ingest.discovery import discover
    from briefing.ingest.documents import document_from_text, read_document
    from briefing.ingest.extraction import extract
    from briefing.ingest.feeds import parse_feed
    from briefing.ingest.fetch import Fetcher
    from briefing.ingest.fulltext import entry_text, needs_page
    from briefing.ingest.htmltext import html_to_text
    from briefing.ingest.opml import parse_opml, write_opml
    from briefing.ingest.results import (
        BatchError,
        BatchItem,
        Extracted,
        FeedCandidate,
        OpmlFeed,
        OpmlReport,
        ParsedFeed,
        Response,
    )

__all__ = [
    "BatchError",
    "BatchItem",
    "Extracted",
    "FeedCandidate",
    "Fetcher",
    "OpmlFeed",
    "OpmlReport",
    "ParsedFeed",
    "Response",
    "article_from_entry",
    "article_from_page",
    "article_with_page",
    "discover",
    "document_from_text",
    "entry_text",
    "extract",
    "html_to_text",
    "needs_page",
    "parse_batch_line",
    "parse_feed",
    "parse_opml",
    "read_document",
    "write_opml",
]

# Which module holds which name. No module is named as a function of it: importing the one would
# hide the other.
_HOMES = {
    "BatchError": "results",
    "BatchItem": "results",
    "Extracted": "results",
    "FeedCandidate": "results",
    "Fetcher": "fetch",
    "OpmlFeed": "results",
    "OpmlReport": "results",
    "ParsedFeed": "results",
    "Response": "results",
    "article_from_entry": "articles",
    "article_from_page": "articles",
    "article_with_page": "articles",
    "discover": "discovery",
    "document_from_text": "documents",
    "entry_text": "fulltext",
    "extract": "extraction",
    "html_to_text": "htmltext",
    "needs_page": "fulltext",
    "parse_batch_line": "batch",
    "parse_feed": "feeds",
    "parse_opml": "opml",
    "read_document": "documents",
    "write_opml": "opml",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
