"""An edition as one HTML page that needs nothing else: no script, no font, no picture."""

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

from briefing.export.rendering import ARGUES, Named, Point, Reference, Sheet, Told

# Nothing is loaded or run, whatever a text tries: only the style in the page counts.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def edition(sheet: Sheet, language: str = "en") -> str:
    """The edition, an article element for each story."""
    body = [
        f"<header><h1>{escape(sheet.heading)}</h1>",
        f'<p class="facts">{escape(" · ".join(sheet.facts))}</p></header>',
        "<main>",
    ]
    heading = "h3" if any(story.section for story in sheet.stories) else "h2"
    for story in sheet.stories:
        if story.section:
            body.append(f'<h2 class="section">{escape(story.section)}</h2>')
        body += ["<article>", *_told(story, heading), "</article>"]
    if sheet.below:
        body += ["<section><h2>Below the line</h2>", "<ul>"]
        body += [f"<li>{escape(s.title)} {_about(s.facts[:1])}</li>" for s in sheet.below]
        body += ["</ul>", "</section>"]
    body += ["</main>", f'<footer><p class="end">{escape(sheet.end)}</p></footer>']
    return _page(sheet.heading, language, body)


def _page(title: str, language: str, body: Iterable[str]) -> str:
    head = [
        "<!doctype html>",
        f'<html lang="{escape(language)}">',
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
    return files("briefing.export.formats").joinpath("page.css").read_text(encoding="utf-8")


def _told(told: Told, heading: str) -> Iterator[str]:
    yield f"<{heading}>{_link(told.title, told.url)}</{heading}>"
    if told.facts:
        yield f'<p class="facts">{escape(" · ".join(told.facts))}</p>'
    for note in told.notes:
        yield f'<p class="note">{escape(note)}</p>'
    if told.points:
        yield from ("<ul>", *(_point(p) for p in told.points), "</ul>")
    yield from _section("Key figures", (_named(f) for f in told.figures))
    yield from _section("People", (_named(p) for p in told.people))
    yield from _section("Outlets differ", map(escape, told.disagreements))
    yield from _section("Since you last looked", map(escape, told.changed))
    yield from _section("Earlier", map(escape, told.earlier))
    yield from _section("See also", map(_reference, told.links))
    yield from _section("Sources", map(_reference, told.sources))


def _point(point: Point) -> str:
    source = f" {_about([point.source])}" if point.source else ""
    argues = f'<em class="argues">{ARGUES}</em> ' if point.argued else ""
    if not point.kind:
        return f"<li>{argues}{escape(point.text)}{source}</li>"
    word = f'<strong class="kind">{escape(point.kind.upper())}</strong>'
    return f'<li class="caveat">{word} {argues}{escape(point.text)}{source}</li>'


def _named(named: Named) -> str:
    return f"<strong>{escape(named.name)}</strong> {escape(named.about)}".rstrip()


def _reference(reference: Reference) -> str:
    source = reference.source if reference.source != reference.title else ""
    about = [part for part in (source, reference.when, reference.note) if part]
    return f"{_link(reference.title, reference.url)} {_about(about)}".rstrip()


def _about(parts: Iterable[str]) -> str:
    listed = "; ".join(parts)
    return f'<span class="about">({escape(listed)})</span>' if listed else ""


def _link(text: str, url: str) -> str:
    if not url:
        return escape(text)
    return f'<a href="{escape(url)}" rel="noreferrer noopener">{escape(text)}</a>'


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = [f"<li>{item}</li>" for item in items]
    if listed:
        yield from (f"<h3>{escape(title)}</h3>", "<ul>", *listed, "</ul>")
