"""A story as elements of HTML that are XML too: for the page, for feeds and for books.

What stands here is escaped; only addresses of http and https become links.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import tzinfo
from functools import cache
from html import escape

from briefing.export.captions import (
    earlier_line,
    figure_name,
    links_left_out,
    quote_facts,
    quoted_outlets,
    source_facts,
    story_facts,
)
from briefing.export.rendered import (
    RenderedBullet,
    RenderedContent,
    RenderedQuote,
    RenderedSource,
    RenderedStory,
)
from briefing.wording import ARGUES, caveat_name

Quoting = Callable[[RenderedBullet], str]
"""How the evidence of a bullet is shown behind its text."""


def expandable(zone: tzinfo | None) -> Quoting:
    """Quotations that open where they stand (HTML, ``details``), without a script."""

    def quoted(bullet: RenderedBullet) -> str:
        if not bullet.quotes:
            return ""
        summary = f"<summary>{escape(quoted_outlets(bullet))}</summary>"
        quotes = "".join(
            f"<blockquote><p>{escape(q.text)}</p><p>{quote_source(q, zone)}</p></blockquote>"
            for q in bullet.quotes
        )
        return f'<details class="evidence">{summary}{quotes}</details>'

    return quoted


def quote_source(quote: RenderedQuote, zone: tzinfo | None) -> str:
    """Whose words they are, and of when."""
    when = quote_facts(quote, zone)
    return _link(quote.outlet or "the article", quote.url) + (f", {escape(when)}" if when else "")


def story_elements(story: RenderedStory, zone: tzinfo | None, quoting: Quoting) -> Iterator[str]:
    """What stands below the headline of a story."""
    yield f'<p class="facts">{escape(" · ".join(story_facts(story, zone)))}</p>'
    yield from _content(story.content, zone, quoting)


def about(text: str) -> str:
    """``text`` in brackets, as what is said beside something."""
    return f'<span class="about">({escape(text)})</span>'


def _content(content: RenderedContent, zone: tzinfo | None, quoting: Quoting) -> Iterator[str]:
    for note in content.notes:
        yield f'<p class="note">{escape(note)}</p>'
    if content.bullets:
        yield from ("<ul>", *(_bullet(b, quoting(b)) for b in content.bullets), "</ul>")
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


def _bullet(bullet: RenderedBullet, quotes: str) -> str:
    outlet = f" {about(bullet.outlet)}" if bullet.outlet else ""
    if bullet.updates:
        outlet += f' <span class="about">↻ {escape("; ".join(bullet.updates))}</span>'
    argues = f'<em class="argues">{ARGUES}</em> ' if bullet.argued else ""
    if not bullet.marked:
        return f"<li>{argues}{escape(bullet.text)}{outlet}{quotes}</li>"
    word = f'<strong class="kind">{escape(caveat_name(bullet.caveat).upper())}</strong>'
    sort = "caveat" if bullet.caveat else "caveat unnamed"
    return f'<li class="{sort}">{word} {argues}{escape(bullet.text)}{outlet}{quotes}</li>'


def _named(name: str, about: str) -> str:
    return f"<strong>{escape(name)}</strong> {escape(about)}".rstrip()


def _source(source: RenderedSource, zone: tzinfo | None) -> str:
    return f"{_link(source.title, source.url)} {about(source_facts(source, zone))}"


def _link(text: str, url: str) -> str:
    if not url:
        return escape(text)
    return f'<a href="{escape(url)}" rel="noreferrer noopener">{escape(text)}</a>'


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = [f"<li>{item}</li>" for item in items]
    if listed:
        yield from (f"<h3>{escape(title)}</h3>", "<ul>", *listed, "</ul>")


@cache
def style_sheet(name: str) -> str:
    """The style sheet in the file ``name`` beside this module."""
    from importlib.resources import files

    return files("briefing.export.formats").joinpath(name).read_text(encoding="utf-8")
