"""An edition as one HTML page that needs nothing else: no script, no font, no picture."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from functools import cache
from html import escape

from briefing.export.captions import (
    BELOW_THE_LINE,
    earlier_line,
    edition_end,
    edition_facts,
    edition_heading,
    figure_name,
    links_left_out,
    outlets,
    source_facts,
    story_facts,
)
from briefing.export.exporter import ExportOptions, as_bytes
from briefing.export.rendered import (
    RenderedBullet,
    RenderedContent,
    RenderedEdition,
    RenderedSource,
    RenderedStory,
)
from briefing.export.rendering import rendered_edition
from briefing.model import Edition
from briefing.wording import ARGUES, caveat_name

# Nothing is loaded or run, whatever a text tries: only the style in the page counts.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


class HtmlExporter:
    """HTML."""

    name = "html"
    media_type = "text/html"
    suffix = ".html"

    def render_edition(self, edition: Edition, options: ExportOptions) -> bytes:
        """An article element for each story."""
        rendered = rendered_edition(edition, sections=options.sections, groups=options.groups)
        title = edition_heading(rendered, options.zone)
        return as_bytes(_page(title, _body(rendered, title, options.zone)))


def _body(edition: RenderedEdition, title: str, zone: tzinfo | None) -> Iterator[str]:
    yield f"<header><h1>{escape(title)}</h1>"
    yield f'<p class="facts">{escape(" · ".join(edition_facts(edition, zone)))}</p></header>'
    yield "<main>"
    heading = "h3" if edition.has_sections else "h2"
    for section in edition.sections:
        if section.name:
            yield f'<h2 class="section">{escape(section.name)}</h2>'
        for story in section.stories:
            yield from ("<article>", *_story(story, heading, zone), "</article>")
    if edition.below:
        yield from (f"<section><h2>{BELOW_THE_LINE}</h2>", "<ul>")
        yield from (f"<li>{escape(s.title)} {_about(outlets(s))}</li>" for s in edition.below)
        yield from ("</ul>", "</section>")
    yield "</main>"
    yield f'<footer><p class="end">{escape(edition_end(edition))}</p></footer>'


def _page(title: str, body: Iterable[str]) -> str:
    head = [
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{_style()}</style></head>",
        "<body>",
    ]
    return "\n".join([*head, *body, "</body>", "</html>", ""])


@cache
def _style() -> str:
    from importlib.resources import files

    return files("briefing.export.formats").joinpath("page.css").read_text(encoding="utf-8")


def _story(story: RenderedStory, heading: str, zone: tzinfo | None) -> Iterator[str]:
    yield f"<{heading}>{escape(story.title)}</{heading}>"
    yield f'<p class="facts">{escape(" · ".join(story_facts(story, zone)))}</p>'
    yield from _content(story.content, zone)


def _content(content: RenderedContent, zone: tzinfo | None) -> Iterator[str]:
    for note in content.notes:
        yield f'<p class="note">{escape(note)}</p>'
    if content.bullets:
        yield from ("<ul>", *map(_bullet, content.bullets), "</ul>")
    figures = (
        _named(figure_name(f), ", ".join(filter(None, (f.counts, f.before))))
        for f in content.figures
    )
    links = [_link(link.title, link.url) for link in content.links]
    links += filter(None, [links_left_out(content.links_left_out)])
    yield from _section("Key figures", figures)
    yield from _section("People", (_named(p.name, p.role) for p in content.people))
    yield from _section("Outlets differ", map(escape, content.disagreements))
    yield from _section("Updated", map(escape, content.updates))
    yield from _section("Since you last looked", map(escape, content.changes))
    yield from _section("Earlier", (escape(earlier_line(c, zone)) for c in content.earlier))
    yield from _section("See also", links)
    yield from _section("Sources", (_source(s, zone) for s in content.sources))


def _bullet(bullet: RenderedBullet) -> str:
    outlet = f" {_about(bullet.outlet)}" if bullet.outlet else ""
    if bullet.updates:
        outlet += f' <span class="about">↻ {escape("; ".join(bullet.updates))}</span>'
    argues = f'<em class="argues">{ARGUES}</em> ' if bullet.argued else ""
    if not bullet.marked:
        return f"<li>{argues}{escape(bullet.text)}{outlet}</li>"
    word = f'<strong class="kind">{escape(caveat_name(bullet.caveat).upper())}</strong>'
    sort = "caveat" if bullet.caveat else "caveat unnamed"
    return f'<li class="{sort}">{word} {argues}{escape(bullet.text)}{outlet}</li>'


def _named(name: str, about: str) -> str:
    return f"<strong>{escape(name)}</strong> {escape(about)}".rstrip()


def _source(source: RenderedSource, zone: tzinfo | None) -> str:
    return f"{_link(source.title, source.url)} {_about(source_facts(source, zone))}"


def _about(text: str) -> str:
    return f'<span class="about">({escape(text)})</span>'


def _link(text: str, url: str) -> str:
    if not url:
        return escape(text)
    return f'<a href="{escape(url)}" rel="noreferrer noopener">{escape(text)}</a>'


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = [f"<li>{item}</li>" for item in items]
    if listed:
        yield from (f"<h3>{escape(title)}</h3>", "<ul>", *listed, "</ul>")
