"""An edition or a story as one HTML page that needs nothing else: no script, font or picture."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from html import escape

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
    expandable,
    story_elements,
    style_sheet,
)
from briefing.export.ownership import signed, unsigned_mark
from briefing.export.rendered import RenderedEdition
from briefing.export.rendering import lasting_story, rendered_for
from briefing.model import Edition, Story

# Nothing is loaded or run, whatever a text tries: only the style in the page counts.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


class HtmlExporter:
    """HTML."""

    name = "html"
    is_marked = True
    media_type = "text/html"
    suffix = ".html"

    def render_edition(self, edition: Edition, options: ExportOptions) -> bytes:
        """An article element for each story."""
        rendered = rendered_for(edition, options)
        title = edition_heading(rendered, options.zone)
        return as_bytes(_page(title, _body(rendered, title, options.zone)))

    def render_story(self, story: Story, options: ExportOptions) -> bytes:
        """The headline is the page's heading."""
        rendered = lasting_story(story, options.texts)
        body = [
            "<main>",
            "<article>",
            f"<h1>{escape(rendered.title)}</h1>",
            *story_elements(rendered, options.zone, expandable(options.zone)),
            "</article>",
            "</main>",
        ]
        return signed(as_bytes(_page(rendered.title, body, unsigned_mark(story.id))))


def _body(edition: RenderedEdition, title: str, zone: tzinfo | None) -> Iterator[str]:
    yield f"<header><h1>{escape(title)}</h1>"
    yield f'<p class="facts">{escape(" · ".join(edition_facts(edition, zone)))}</p></header>'
    yield "<main>"
    heading = "h3" if edition.has_sections else "h2"
    quoting = expandable(zone)
    for section in edition.sections:
        if section.name:
            yield f'<h2 class="section">{escape(section.name)}</h2>'
        for story in section.stories:
            yield from ("<article>", f"<{heading}>{escape(story.title)}</{heading}>")
            yield from (*story_elements(story, zone, quoting), "</article>")
    if edition.below:
        yield from (f"<section><h2>{BELOW_THE_LINE}</h2>", "<ul>")
        yield from (f"<li>{escape(s.title)} {about(outlets(s))}</li>" for s in edition.below)
        yield from ("</ul>", "</section>")
    yield "</main>"
    yield f'<footer><p class="end">{escape(edition_end(edition))}</p></footer>'


def _page(title: str, body: Iterable[str], mark: str = "") -> str:
    head = [
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8">',
        *([f'<meta name="briefing" content="{mark}">'] if mark else []),
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{style_sheet('page.css')}</style></head>",
        "<body>",
    ]
    return "\n".join([*head, *body, "</body>", "</html>", ""])
