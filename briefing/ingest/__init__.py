"""From the network and from files to entries and articles.

fetch (polite HTTP) → parse_feed (RSS, Atom, RDF, JSON Feed) → html_to_text or extract → articles;
beside them OPML in and out, discovery of a page's feeds, documents and batches from outside.

Importing the package is cheap: a name's module, with the library behind it, is imported when the
name is first used.
"""

from typing import TYPE_CHECKING

from briefing.model.lazy import lazy_names

if TYPE_CHECKING:
    from briefing.ingest.articles import article_from_entry as article_from_entry
    from briefing.ingest.articles import article_from_page as article_from_page
    from briefing.ingest.articles import article_with_page as article_with_page
    from briefing.ingest.batch import parse_batch_line as parse_batch_line
    from briefing.ingest.discovery import discover as discover
    from briefing.ingest.documents import document_from_text as document_from_text
    from briefing.ingest.documents import read_document as read_document
    from briefing.ingest.extraction import extract as extract
    from briefing.ingest.feeds import parse_feed as parse_feed
    from briefing.ingest.fetch import Fetcher as Fetcher
    from briefing.ingest.fulltext import entry_text as entry_text
    from briefing.ingest.fulltext import needs_page as needs_page
    from briefing.ingest.htmltext import html_to_text as html_to_text
    from briefing.ingest.opml import parse_opml as parse_opml
    from briefing.ingest.opml import write_opml as write_opml
    from briefing.ingest.results import BatchError as BatchError
    from briefing.ingest.results import BatchItem as BatchItem
    from briefing.ingest.results import Extracted as Extracted
    from briefing.ingest.results import FeedCandidate as FeedCandidate
    from briefing.ingest.results import OpmlFeed as OpmlFeed
    from briefing.ingest.results import OpmlReport as OpmlReport
    from briefing.ingest.results import ParsedFeed as ParsedFeed
    from briefing.ingest.results import Response as Response
    from briefing.ingest.subscriptions import parse_subscriptions as parse_subscriptions

# What the type checker reads above, for the interpreter; a test holds the two equal. No module is
# named as one of its functions: importing the one would hide the other.
_HOMES = {
    "articles": (
        "article_from_entry",
        "article_from_page",
        "article_with_page",
    ),
    "batch": ("parse_batch_line",),
    "discovery": ("discover",),
    "documents": (
        "document_from_text",
        "read_document",
    ),
    "extraction": ("extract",),
    "feeds": ("parse_feed",),
    "fetch": ("Fetcher",),
    "fulltext": (
        "entry_text",
        "needs_page",
    ),
    "htmltext": ("html_to_text",),
    "opml": (
        "parse_opml",
        "write_opml",
    ),
    "results": (
        "BatchError",
        "BatchItem",
        "Extracted",
        "FeedCandidate",
        "OpmlFeed",
        "OpmlReport",
        "ParsedFeed",
        "Response",
    ),
    "subscriptions": ("parse_subscriptions",),
}
__all__ = [name for names in _HOMES.values() for name in names]

__getattr__ = lazy_names(__name__, _HOMES)
