"""Which feeds a page names (RSS Board, "RSS Autodiscovery"; WHATWG HTML, ``rel=alternate``)."""

import logging

from briefing.ingest import sniff
from briefing.ingest.html_tree import parse_html
from briefing.ingest.local_feeds import is_local
from briefing.ingest.parser_errors import PARSER_ERRORS
from briefing.ingest.results import FeedCandidate
from briefing.ingest.web_url import web_url
from briefing.text import clean_line

_log = logging.getLogger(__name__)

_KINDS = {
    "application/rss+xml": "rss",
    "application/x-rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/xml": "rss",
    "text/xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/json": "json",
}
_UNSURE = frozenset({"application/json", "application/xml", "text/xml"})
"""Types that other things have too: taken only where the address or the title speaks of a feed."""


def discover(content: bytes, url: str) -> tuple[FeedCandidate, ...]:
    """The feeds that the page in ``content`` names, in its order, each address once.

    Empty where it names none. Never raises.
    """
    try:
        return tuple(_candidates(content, url))
    except PARSER_ERRORS as error:
        _log.debug("no feeds can be looked for in a page: %r", error)
        return ()


def _candidates(content: bytes, url: str) -> list[FeedCandidate]:
    root = parse_html(sniff.decode(content))
    base = web_url(next(iter(root.xpath("//base/@href")), ""), url) or url
    candidates: dict[str, FeedCandidate] = {}
    for link in root.iter("link", "a"):
        rel = (link.get("rel") or "").lower().split()
        media = (link.get("type") or "").split(";")[0].strip().lower()
        address = web_url(link.get("href"), base)
        if address is None or address in candidates or not {"alternate", "feed"} & set(rel):
            continue
        title = clean_line(link.get("title") or (link.text or "" if link.tag == "a" else ""))
        kind = _KINDS.get(media)
        if "feed" in rel and not media:
            kind = "rss"
        if kind is None or (media in _UNSURE and not _speaks_of_a_feed(address, title)):
            continue
        candidates[address] = FeedCandidate(address, title[:200], kind)
    return list(candidates.values())


def local_feeds_named(content: bytes) -> tuple[str, ...]:
    """The programs and files of this machine that a page gives out as its feeds: to be named to the
    user, never to be taken. Never raises.
    """
    try:
        named = [
            clean_line(link.get("href") or "")
            for link in parse_html(sniff.decode(content)).iter("link", "a")
            if {"alternate", "feed"} & set((link.get("rel") or "").lower().split())
        ]
    except PARSER_ERRORS as error:
        _log.debug("a page cannot be read: %r", error)
        return ()
    return tuple(dict.fromkeys(address for address in named if is_local(address)))


def _speaks_of_a_feed(address: str, title: str) -> bool:
    words = f"{address} {title}".lower()
    return any(word in words for word in ("feed", "rss", "atom")) and "oembed" not in words
