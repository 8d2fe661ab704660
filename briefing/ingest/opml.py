"""Subscription lists in and out: OPML 1.0 to 2.0 (opml.org/spec2.opml)."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast
from xml.etree import ElementTree as ET

from briefing.ingest import sniff
from briefing.ingest.htmltext import web_url
from briefing.ingest.parser_errors import PARSER_ERRORS
from briefing.ingest.results import OpmlFeed, OpmlReport
from briefing.model import Feed, ParseError
from briefing.text import clean_line, strip_controls
from briefing.text.urls import feed_key

_MEND = "Export it again as OPML from the program that it comes from"
_BAD_XML = re.compile("[\ufffe\uffff]")
_LEVELS = 6  # of folders in a category


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
        outlines = _read(text)
    except PARSER_ERRORS as error:
        raise ParseError(
            f"the list cannot be read ({type(error).__name__})", name, _MEND
        ) from error
    if outlines is None:
        raise ParseError("this is no OPML, not a list of feeds", name, _MEND)
    return _report(outlines)


@dataclass(frozen=True, slots=True)
class _Outline:
    """An outline's attributes by lower-case name, and the folders around it, outermost first."""

    attributes: Mapping[str, str]
    folders: tuple[str, ...]

    def get(self, name: str) -> str:
        """The attribute's value without white space at its ends; empty where there is none."""
        return self.attributes.get(name, "").strip()

    @property
    def kind(self) -> str:
        """Its ``type`` in lower case: ``rss``, ``link``, ``include`` and the like."""
        return self.get("type").lower()

    @property
    def is_other_list(self) -> bool:
        """Whether it points to another list rather than to a feed."""
        if "xmlurl" in self.attributes:
            return self.kind == "source"
        return self.kind in ("link", "include")

    @property
    def folders_within(self) -> tuple[str, ...]:
        """The folders around the outlines in it: one more where it is neither feed nor list."""
        if "xmlurl" in self.attributes or self.is_other_list or len(self.folders) == _LEVELS:
            return self.folders
        name = clean_line(self.get("text") or self.get("title"))
        return (*self.folders, name) if name else self.folders


class _OutlineReader:
    """lxml's parser target: notes every outline with the folders that are open around it."""

    def __init__(self) -> None:
        self.is_opml = False
        self.outlines: list[_Outline] = []
        self._open: list[_Outline] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins; its name may have a namespace's prefix."""
        match tag.rpartition(":")[2]:
            case "opml":
                self.is_opml = True
            case "outline":
                folders = self._open[-1].folders_within if self._open else ()
                outline = _Outline(dict(attributes), folders)
                self.outlines.append(outline)
                self._open.append(outline)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag.rpartition(":")[2] == "outline" and self._open:
            self._open.pop()

    def close(self) -> list[_Outline] | None:
        """The outlines in their order; None where there was no ``opml`` element."""
        return self.outlines if self.is_opml else None


def _read(text: str) -> list[_Outline] | None:
    """The outlines of a list; None where it is no OPML.

    An HTML parser reads what is not well formed, takes names in any case, knows HTML's entities,
    and expands none of the document's own.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        target=_OutlineReader(), recover=True, encoding="utf-8", no_network=True, huge_tree=False
    )
    plain = strip_controls(text).encode("utf-8", "replace")
    return cast("list[_Outline] | None", etree.parse(io.BytesIO(plain), parser))


def _report(outlines: Iterable[_Outline]) -> OpmlReport:
    feeds: dict[str, OpmlFeed] = {}
    unusable: list[tuple[str, str]] = []
    for outline in outlines:
        address = outline.get("xmlurl")
        url = web_url(address)
        if outline.is_other_list:
            unusable.append((_label(outline), "it points to another list, which is not followed"))
        elif url is not None:
            category = _category(outline)
            if known := feeds.get(url):  # the last folder that it stands in
                feeds[url] = replace(known, category=category or known.category)
            else:
                feeds[url] = OpmlFeed(
                    url,
                    _title(outline, url),
                    category,
                    web_url(outline.get("htmlurl")),
                )
        elif address:
            reason = f"its address is no web address: {clean_line(address)[:200]}"
            unusable.append((_label(outline), reason))
        elif "xmlurl" in outline.attributes or outline.kind in ("rss", "atom"):
            unusable.append((_label(outline), "it has no address (xmlUrl)"))
    return OpmlReport(tuple(feeds.values()), tuple(unusable))


def is_address(title: str, url: str) -> bool:
    """Whether a title only repeats the address: such a feed gives itself its name when fetched."""
    address = title.lower().removeprefix("feed:") if title.lower().startswith("feed:h") else title
    bare = url.split("://", 1)[-1].rstrip("/")
    return feed_key(address) == feed_key(url) or address.rstrip("/") == bare


def _title(outline: _Outline, url: str) -> str:
    """The name that the list gives a feed; empty where it gives none."""
    for name in ("text", "title"):
        title = clean_line(outline.get(name))
        if title and not is_address(title, url):
            return title[:500]
    return ""


def _label(outline: _Outline) -> str:
    """What an outline is called in a report."""
    names = (outline.attributes.get(a) for a in ("text", "title", "htmlurl", "xmlurl"))
    named = next((name for name in names if name), "")
    return clean_line(named)[:200] or "(an outline without a name)"


def _category(outline: _Outline) -> str:
    """The folders that a feed stands in, outermost first; else the last that it names itself."""
    named = (path.split("/") for path in reversed(outline.get("category").split(",")))
    for path in (outline.folders, *named):
        if names := [name for part in path if (name := clean_line(part))][:_LEVELS]:
            return " / ".join(names)[:200]
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
