"""Stories as an Atom feed (RFC 4287), for a feed reader of another machine or another person.

Identifiers are ``tag:`` names (RFC 4151) of the stories: a reader that fetches the next export
updates the entries it has.
"""

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from briefing.export.captions import edition_heading
from briefing.export.exporter import ExportOptions
from briefing.export.formats.story_html import expandable, story_elements
from briefing.export.identity import document_tag, story_tag
from briefing.export.rendered import RenderedEdition, RenderedStory
from briefing.export.rendering import lasting_edition
from briefing.export.xml_text import xml_text
from briefing.model import Edition
from briefing.model.codec import time_to_json

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAMESPACE = "http://www.w3.org/2005/Atom"
_TITLE = "Briefing"


class AtomExporter:
    """Atom."""

    name = "atom"
    media_type = "application/atom+xml"
    suffix = ".atom"

    def render_edition(self, edition: Edition, options: ExportOptions) -> bytes:
        """An entry for each story above the line, with all that is told of it as HTML."""
        from xml.etree.ElementTree import Element, indent, tostring

        rendered = lasting_edition(edition, options)
        feed = Element("feed", {"xmlns": _NAMESPACE})
        _describe(feed, rendered, options)
        for story in rendered.stories:
            _add_entry(feed, story, options.zone)
        indent(feed)
        document: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
        return document + b"\n"


def _describe(feed: "Element", edition: RenderedEdition, options: ExportOptions) -> None:
    """What stands of the feed itself (4.1.1)."""
    # The feed of editions is one, whatever the hour: its title does not name it.
    title = f"{_TITLE}: {edition_heading(edition, options.zone)}" if edition.title else _TITLE
    _add(feed, "title", title)
    _add(feed, "id", document_tag(options.name))
    newest = max((s.latest for s in edition.stories), default=edition.window.until)
    _add(feed, "updated", _time(newest))
    _add(_add(feed, "author"), "name", _TITLE)
    _add(feed, "generator", _TITLE)


def _add_entry(feed: "Element", story: RenderedStory, zone: tzinfo | None) -> None:
    """A story as an entry (4.1.2)."""
    entry = _add(feed, "entry")
    content = story.content
    _add(entry, "title", story.title)
    _add(entry, "id", story_tag(story.id))
    _add(entry, "published", _time(story.published))
    _add(entry, "updated", _time(story.latest))
    addresses = dict.fromkeys(s.url for s in content.sources if s.url)
    for index, address in enumerate(addresses):
        _add(entry, "link", rel="related" if index else "alternate", href=address)
    if story.category:
        _add(entry, "category", term=story.category)
    if content.bullets:
        _add(entry, "summary", content.bullets[0].text)
    _add(entry, "content", "\n".join(story_elements(story, zone, expandable(zone))), type="html")


def _add(parent: "Element", name: str, text: str = "", **attributes: str) -> "Element":
    from xml.etree.ElementTree import SubElement

    element = SubElement(parent, name, {key: xml_text(v) for key, v in attributes.items()})
    element.text = xml_text(text) or None
    return element


def _time(moment: datetime) -> str:
    return time_to_json(moment) or ""
