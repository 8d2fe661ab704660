"""Subscription lists in and out: OPML 1.0 to 2.0 (opml.org/spec2.opml) through listparser."""

import io
import logging
import re
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree as ET

from briefing.ingest import sniff
from briefing.ingest.htmltext import web_url
from briefing.ingest.parser_errors import PARSER_ERRORS
from briefing.ingest.results import OpmlFeed, OpmlReport
from briefing.model import Feed, ParseError
from briefing.text import clean_line, strip_controls

_log = logging.getLogger(__name__)

_MEND = "Export it again as OPML from the program that it comes from"
_BAD_XML = re.compile("[\ufffe\uffff]")
_LEVELS = 6


def parse_opml(content: bytes, where: str) -> OpmlReport:
    """The feeds of the list in ``content``, each address once, and what could not be used.

    ``where`` is the name of its file. Broken XML is read as far as it goes. Raises ParseError
    where it is no OPML at all.
    """
    name = clean_line(where)
    text = sniff.decode(content)
    if not text.strip():
        raise ParseError("the file is empty", name, _MEND)
    if "<opml" not in text.lower():
        what = "this is a web page" if sniff.is_page(text) else "this is no OPML"
        raise ParseError(f"{what}, not a list of feeds", name, _MEND)
    try:
        found, outlines = _harvest(text)
    except PARSER_ERRORS as error:
        raise ParseError(
            f"the list cannot be read ({type(error).__name__})", name, _MEND
        ) from error
    if not str(found.get("version") or "").startswith("opml"):
        raise ParseError("this is no OPML, not a list of feeds", name, _MEND)
    return _report(found, outlines)


def _harvest(text: str) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """What listparser finds, and beside it every outline's attributes.

    listparser leaves out the page of a feed and says nothing of outlines that are none, so its
    handler is extended to keep both. Its HTML parser reads what is not well formed, and expands
    no entities of the document's own.
    """
    import listparser
    from lxml import etree

    outlines: list[dict[str, str]] = []

    class Outlines(listparser.Handler):  # type: ignore[misc]
        def start_opml_outline(self, attrs: dict[str, str]) -> None:
            outlines.append(attrs)
            super().start_opml_outline(attrs)

    handler = Outlines()
    handler.harvest.update(
        {"bozo": False, "feeds": [], "lists": [], "opportunities": [], "meta": {}, "version": ""}
    )
    parser = etree.HTMLParser(target=handler, recover=True, encoding="utf-8")
    plain = strip_controls(text).encode("utf-8", "replace")
    etree.parse(io.BytesIO(plain), parser)
    harvest: dict[str, Any] = handler.harvest
    handler.close()
    return harvest, outlines


def _report(found: dict[str, Any], outlines: list[dict[str, str]]) -> OpmlReport:
    sites: dict[str, str] = {}
    unusable: list[tuple[str, str]] = []
    for attrs in outlines:
        address = attrs.get("xmlurl", "").strip()
        label = _label(attrs)
        if address:
            sites.setdefault(address, attrs.get("htmlurl", ""))
            if web_url(address) is None:
                unusable.append(
                    (label, f"its address is no web address: {clean_line(address)[:200]}")
                )
        elif "xmlurl" in attrs or attrs.get("type", "").strip().lower() in ("rss", "atom"):
            unusable.append((label, "it has no address (xmlUrl)"))
        elif attrs.get("type", "").strip().lower() in ("link", "include"):
            unusable.append((label, "it points to another list, which is not followed"))
    feeds: dict[str, OpmlFeed] = {}
    for raw in found.get("feeds") or ():
        address = str(raw.get("url") or "")
        url = web_url(address)
        if url is not None and url not in feeds:
            title = clean_line(str(raw.get("title") or "")) or url.split("://", 1)[-1]
            site = web_url(sites.get(address, ""))
            feeds[url] = OpmlFeed(url, title[:500], _category(raw.get("categories")), site)
    return OpmlReport(tuple(feeds.values()), tuple(unusable))


def _label(attrs: dict[str, str]) -> str:
    """What an outline is called in a report."""
    named = attrs.get("text") or attrs.get("title") or attrs.get("htmlurl") or attrs.get("xmlurl")
    return clean_line(named or "")[:200] or "(an outline without a name)"


def _category(categories: object) -> str:
    """The folders that the feed stands in, outermost first."""
    if not isinstance(categories, list):
        return ""
    for path in reversed(categories):  # listparser puts the folders after the attribute
        if isinstance(path, list):
            names = [clean_line(str(part)) for part in path]
            if named := [n for n in names if n][:_LEVELS]:
                return " / ".join(named)[:200]
    return ""


def write_opml(feeds: Iterable[Feed], title: str) -> str:
    """The feeds as OPML 2.0, one folder a category, in the order given."""
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = _xml(title)
    body = ET.SubElement(root, "body")
    folders: dict[str, ET.Element] = {"": body}
    for feed in feeds:
        name = _xml(feed.category)
        if name not in folders:
            folders[name] = ET.SubElement(body, "outline", text=name, title=name)
        known = {
            "type": "rss",
            "text": _xml(feed.display_name),
            "title": _xml(feed.display_name),
            "xmlUrl": _xml(feed.url),
        }
        if feed.site_url:
            known["htmlUrl"] = _xml(feed.site_url)
        ET.SubElement(folders[name], "outline", known)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _xml(text: str) -> str:
    """``text`` without what XML 1.0 (section 2.2) cannot hold."""
    return _BAD_XML.sub("", clean_line(text))
