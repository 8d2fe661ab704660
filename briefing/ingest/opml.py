"""Subscription lists in and out: OPML 1.0 to 2.0 (opml.org/spec2.opml)."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import cast
from xml.etree import ElementTree as ET

from briefing.ingest import sniff
from briefing.ingest.failures import shown
from briefing.ingest.local_feeds import is_local, refusal
from briefing.ingest.outline_attributes import OutlineAttributes, with_folders
from briefing.ingest.parser_errors import PARSER_ERRORS
from briefing.ingest.results import OpmlFeed, OpmlReport
from briefing.ingest.web_url import web_url
from briefing.model import Feed, ParseError
from briefing.text import clean_line, strip_controls
from briefing.text.urls import feed_key

_MEND = "Export it again as OPML from the program that it comes from"
_BAD_XML = re.compile("[\ufffe\uffff]")
_ADDRESS = re.compile(r"\sxmlurl\s*=", re.IGNORECASE)
# A value up to the mark that an attribute of a list, or the outline's end, follows: some programs
# write descriptions with the quotation marks of their HTML as they are.
_VALUE = re.compile(
    r"(\s(?:text|title|description)\s*=\s*)\"(.{0,8000}?)\"(?=\s+(?:text|title|description|type|xmlUrl"
    r"|htmlUrl|language|version|category|created|url)\s*=|\s*/?>\s*(?:</?outline|</body|<!--|$))",
    re.IGNORECASE | re.DOTALL,
)
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
        found = _read_whole(text)
    except PARSER_ERRORS as error:
        raise ParseError(
            f"the list cannot be read ({type(error).__name__})", name, _MEND
        ) from error
    if found is None:
        raise ParseError("this is no OPML, not a list of feeds", name, _MEND)
    return _report(found, OutlineAttributes(text, found.namespaces))


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
        self.namespaces: dict[str, str] = {}
        self.outlines: list[_Outline] = []
        self._open: list[_Outline] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins; its name may have a namespace's prefix."""
        self.namespaces |= {
            name[6:]: value for name, value in attributes.items() if name.startswith("xmlns:")
        }
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

    def close(self) -> "_List | None":
        """The outlines in their order; None where there was no ``opml`` element."""
        return _List(self.outlines, self.namespaces) if self.is_opml else None


@dataclass(frozen=True, slots=True)
class _List:
    """The outlines of a list, and its namespaces by prefix."""

    outlines: list[_Outline]
    namespaces: Mapping[str, str]


def _read_whole(text: str) -> _List | None:
    """As ``_read``; where some addresses were lost, with quotation marks in values escaped."""
    found = _read(text)
    if found is None:
        return None
    addresses = sum("xmlurl" in outline.attributes for outline in found.outlines)
    if addresses < len(_ADDRESS.findall(text)):
        again = _read(_VALUE.sub(_escaped, text))
        if again and sum("xmlurl" in o.attributes for o in again.outlines) > addresses:
            return again
    return found


def _escaped(value: re.Match[str]) -> str:
    words = value[2].replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    return f'{value[1]}"{words}"'


def _read(text: str) -> _List | None:
    """The outlines of a list; None where it is no OPML.

    An HTML parser reads what is not well formed, takes names in any case, knows HTML's entities,
    and expands none of the document's own.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        target=_OutlineReader(), recover=True, encoding="utf-8", no_network=True, huge_tree=False
    )
    plain = strip_controls(text).encode("utf-8", "replace")
    return cast("_List | None", etree.parse(io.BytesIO(plain), parser))


def _report(found: _List, others: OutlineAttributes) -> OpmlReport:
    feeds: dict[str, OpmlFeed] = {}
    folders: dict[str, list[tuple[str, ...]]] = {}
    unusable: list[tuple[str, str]] = []
    repeated = 0
    for outline in found.outlines:
        address = outline.get("xmlurl")
        url = web_url(address)
        if outline.is_other_list:
            unusable.append((_label(outline), "it points to another list, which is not followed"))
        elif url is not None:
            folders.setdefault(url, []).append(outline.folders)
            repeated += url in feeds
            feeds[url] = _joined(feeds.get(url), _feed(outline, url, others))
        elif address:
            reason = f"its address is no web address: {shown(address)[:200]}"
            if is_local(address):
                reason = f"its address {shown(address)[:200]} {refusal(address, 'OPML')}"
            unusable.append((_label(outline), reason))
        elif "xmlurl" in outline.attributes or outline.kind in ("rss", "atom"):
            unusable.append((_label(outline), "it has no address (xmlUrl)"))
    return OpmlReport(
        tuple(replace(f, attributes=with_folders(f, folders[f.url])) for f in feeds.values()),
        tuple(unusable),
        repeated=repeated,
    )


def _feed(outline: _Outline, url: str, others: OutlineAttributes) -> OpmlFeed:
    return OpmlFeed(
        url,
        _title(outline, url),
        _category(outline),
        web_url(outline.get("htmlurl")),
        others.of(outline.attributes),
    )


def _joined(known: OpmlFeed | None, again: OpmlFeed) -> OpmlFeed:
    """A feed that the list names again: the last folder that it stands in, all else as it was."""
    if known is None:
        return again
    return replace(
        known, title=known.title or again.title, category=again.category or known.category
    )


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
    return shown(named)[:200] or "(an outline without a name)"


def _category(outline: _Outline) -> str:
    """The folders that a feed stands in, outermost first; else the last that it names itself."""
    named = (path.split("/") for path in reversed(outline.get("category").split(",")))
    for path in (outline.folders, *named):
        if names := [name for part in path if (name := clean_line(part))][:_LEVELS]:
            return " / ".join(names)[:200]
    return ""


def write_opml(
    feeds: Iterable[Feed],
    title: str,
    outlines: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> str:
    """The feeds as OPML 2.0 in the folders of their categories, sorted: equal lists, equal text.

    outlines: by the feed's id, the attributes that its outline had besides those written here.
    """
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = _xml(title)
    body = ET.SubElement(root, "body")
    folders: dict[tuple[str, ...], ET.Element] = {(): body}
    for feed in sorted(feeds, key=_place_in_list):
        known = {
            "type": "rss",
            "text": _xml(feed.display_name),
            "title": _xml(feed.display_name),
            "xmlUrl": _xml(feed.url),
        }
        if feed.site_url:
            known["htmlUrl"] = _xml(feed.site_url)
        kept = sorted(outlines.get(feed.id, {}).items())
        others = {name: _xml(value) for name, value in kept if name not in known}
        ET.SubElement(_folder(folders, _path(feed)), "outline", known | others)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _path(feed: Feed) -> tuple[str, ...]:
    """The folders of a feed's category, outermost first."""
    return tuple(name for part in _xml(feed.category).split(" / ") if (name := part.strip()))


def _place_in_list(feed: Feed) -> tuple[object, ...]:
    """What sorts feeds: their folders, their names, and where those are equal their addresses."""
    path = _path(feed)
    name = feed.display_name
    return tuple(p.casefold() for p in path), path, name.casefold(), name, feed.url


def _folder(folders: dict[tuple[str, ...], ET.Element], path: tuple[str, ...]) -> ET.Element:
    """The outline of a folder, made with those around it where it is not there yet."""
    if path not in folders:
        around = _folder(folders, path[:-1])
        folders[path] = ET.SubElement(around, "outline", text=path[-1], title=path[-1])
    return folders[path]


def _xml(text: str) -> str:
    """``text`` without what XML 1.0 (section 2.2) cannot hold."""
    return _BAD_XML.sub("", clean_line(text))
