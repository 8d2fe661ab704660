"""Stories as a book: EPUB 3.2 (https://www.w3.org/publishing/epub32/), a chapter a story.

Evidence stands in footnotes, which reading systems show where they are touched. The file is a ZIP
archive whose parts carry the moment of the export, so that the same export gives the same bytes.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from html import escape
from io import BytesIO

from briefing.export.captions import (
    BELOW_THE_LINE,
    edition_end,
    edition_facts,
    edition_heading,
    outlets,
)
from briefing.export.exporter import ExportOptions, as_bytes
from briefing.export.formats.story_html import (
    about,
    quote_source,
    story_elements,
    style_sheet,
)
from briefing.export.identity import document_tag
from briefing.export.rendered import RenderedBullet, RenderedEdition, RenderedStory
from briefing.export.rendering import lasting_edition
from briefing.export.xml_text import xml_text
from briefing.model import Edition
from briefing.model.codec import time_to_json

_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_XHTML = "application/xhtml+xml"
_FRONT = "front.xhtml"
_METADATA = """\
<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" xml:lang="en" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>en</dc:language>
<dc:creator>Briefing</dc:creator>
<dc:date>{modified}</dc:date>
<meta property="dcterms:modified">{modified}</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
"""


class EpubExporter:
    """EPUB."""

    name = "epub"
    media_type = "application/epub+zip"
    suffix = ".epub"

    def render_edition(self, edition: Edition, options: ExportOptions) -> bytes:
        """A chapter for each story above the line, after a page that names them all."""
        rendered = lasting_edition(edition, options)
        moment = options.generated or edition.window.until
        chapters = {
            f"story-{number:04}.xhtml": story
            for number, story in enumerate(rendered.stories, start=1)
        }
        parts = {
            "META-INF/container.xml": _CONTAINER,
            "EPUB/package.opf": _package(rendered, chapters, moment, options),
            "EPUB/nav.xhtml": _navigation(rendered, chapters, options.zone),
            "EPUB/style.css": style_sheet("book.css"),
            f"EPUB/{_FRONT}": _front(rendered, options.zone),
        }
        for file, story in chapters.items():
            parts[f"EPUB/{file}"] = _chapter(story, options.zone)
        return _packed(parts, moment)


def _packed(parts: dict[str, str], moment: datetime) -> bytes:
    """The archive: its media type first and stored as it is (EPUB OCF 3.2, 4.3)."""
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

    file = BytesIO()
    utc = moment.astimezone(UTC)
    stamp = (max(utc.year, 1980), utc.month, utc.day, utc.hour, utc.minute, utc.second)
    with ZipFile(file, "w") as archive:
        media_type = ZipInfo("mimetype", stamp)
        archive.writestr(media_type, EpubExporter.media_type, ZIP_STORED)
        for name, text in parts.items():
            archive.writestr(ZipInfo(name, stamp), as_bytes(xml_text(text)), ZIP_DEFLATED)
    return file.getvalue()


def _package(
    edition: RenderedEdition, files: Iterable[str], moment: datetime, options: ExportOptions
) -> str:
    """The package document: an edition is a book of its hour, other exports are the same book."""
    name = options.name or "edition"
    if not edition.title:
        name += f"/{time_to_json(edition.window.until)}"
    lines = [
        _METADATA.format(
            identifier=escape(document_tag(name)),
            title=escape(edition_heading(edition, options.zone)),
            modified=time_to_json(moment),
        ),
        "<manifest>",
        f'<item id="nav" href="nav.xhtml" media-type="{_XHTML}" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
    ]
    pages = {file.removesuffix(".xhtml"): file for file in (_FRONT, *files)}
    lines += [f'<item id="{i}" href="{file}" media-type="{_XHTML}"/>' for i, file in pages.items()]
    lines += ["</manifest>", "<spine>", *(f'<itemref idref="{i}"/>' for i in pages), "</spine>"]
    return "\n".join([*lines, "</package>", ""])


def _navigation(
    edition: RenderedEdition, chapters: dict[str, RenderedStory], zone: tzinfo | None
) -> str:
    """The table of contents, by sections where the stories stand under headings."""
    files = {story.id: file for file, story in chapters.items()}
    lines = ["<h1>Contents</h1>", '<nav epub:type="toc" role="doc-toc"><ol>']
    lines.append(f'<li><a href="{_FRONT}">{escape(edition_heading(edition, zone))}</a></li>')
    for section in edition.sections:
        items = [
            f'<li><a href="{files[story.id]}">{escape(story.title)}</a></li>'
            for story in section.stories
        ]
        if section.name and items:
            items = [f"<li><span>{escape(section.name)}</span><ol>", *items, "</ol></li>"]
        lines += items
    return _page("Contents", [*lines, "</ol></nav>"])


def _front(edition: RenderedEdition, zone: tzinfo | None) -> str:
    title = edition_heading(edition, zone)
    lines = [f"<h1>{escape(title)}</h1>"]
    lines.append(f'<p class="facts">{escape(" · ".join(edition_facts(edition, zone)))}</p>')
    if edition.below:
        lines += [f"<h2>{BELOW_THE_LINE}</h2>", "<ul>"]
        lines += [f"<li>{escape(s.title)} {about(outlets(s))}</li>" for s in edition.below]
        lines.append("</ul>")
    lines.append(f'<p class="end">{escape(edition_end(edition))}</p>')
    return _page(title, lines)


def _chapter(story: RenderedStory, zone: tzinfo | None) -> str:
    notes = _Footnotes(zone)
    body = [f"<h1>{escape(story.title)}</h1>", *story_elements(story, zone, notes)]
    return _page(story.title, [*body, *notes.asides()])


class _Footnotes:
    """The quotations of a chapter: references where they belong, and the notes behind."""

    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone
        self._notes: list[str] = []

    def __call__(self, bullet: RenderedBullet) -> str:
        references = []
        for quote in bullet.quotes:
            number = len(self._notes) + 1
            self._notes.append(
                f'<aside epub:type="footnote" role="doc-footnote" id="note-{number}">'
                f"<p>{number}. {escape(quote.text)} ({quote_source(quote, self._zone)})</p></aside>"
            )
            references.append(
                f'<a epub:type="noteref" role="doc-noteref" href="#note-{number}">{number}</a>'
            )
        return f"<sup> {' '.join(references)}</sup>" if references else ""

    def asides(self) -> Iterator[str]:
        """The notes."""
        yield from self._notes


def _page(title: str, body: Iterable[str]) -> str:
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!DOCTYPE html>",
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"',
        ' xml:lang="en" lang="en">',
        f"<head><title>{escape(title)}</title>",
        '<link rel="stylesheet" type="text/css" href="style.css"/></head>',
        "<body>",
    ]
    return "\n".join([*head, *body, "</body>", "</html>", ""])
