"""An edition or a digest as plain text, wrapped, for a terminal, a mail, a pager, a screen reader.

No line is drawn, and each sign has its word beside it or in its place. ``narrow_text`` has what is
told otherwise for a braille display.
"""

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from briefing.export.captions import (
    BELOW_THE_LINE,
    caveat_word,
    digest_facts,
    earlier_line,
    edition_end,
    edition_facts,
    edition_heading,
    figure_line,
    in_words,
    links_left_out,
    outlets,
    person_line,
    quote_lead,
    section_heading,
    source_facts,
    source_line,
    story_facts,
)
from briefing.export.exporter import ExportOptions, as_bytes
from briefing.export.formats.narrow_text import narrow_lines
from briefing.export.rendered import (
    RenderedBullet,
    RenderedContent,
    RenderedEdition,
    RenderedLink,
    RenderedSource,
)
from briefing.export.rendering import SUMMARY_ONLY, lasting_story, rendered_digest, rendered_for
from briefing.export.wrap import wrap
from briefing.model import Digest, Edition, Story
from briefing.text import clean_line
from briefing.wording import ARGUES

_WIDEST_LABEL = 10  # "Since then"


class TextExporter:
    """Plain text."""

    name = "text"
    is_marked = False
    media_type = "text/plain"
    suffix = ".txt"

    def render_edition(self, edition: Edition, options: ExportOptions) -> bytes:
        """Each story numbered, with an end."""
        rendered = rendered_for(edition, options)
        width, zone = options.width, options.zone
        lines = (
            narrow_lines(rendered, width, zone)
            if options.narrow
            else _edition_lines(rendered, _measure(width), zone)
        )
        return as_bytes("\n".join([*lines, ""]))

    def render_story(self, story: Story, options: ExportOptions) -> bytes:
        """The story alone, without a number."""
        rendered = lasting_story(story, options.texts)
        width, zone = _measure(options.width), options.zone
        lines = [
            *_head(rendered.title, story_facts(rendered, zone), width),
            *_content(rendered.content, width, "", zone),
        ]
        return as_bytes("\n".join([*lines, ""]))

    def render_digest(self, digest: Digest, options: ExportOptions) -> bytes:
        """Like a story, with its address."""
        rendered = rendered_digest(digest)
        width, zone = _measure(options.width), options.zone
        lines = [
            *_head(rendered.title, digest_facts(rendered, zone), width),
            *([rendered.url] if rendered.url else []),
            *_content(rendered.content, width, "", zone),
        ]
        return as_bytes("\n".join([*lines, ""]))


def _measure(width: int) -> int:
    """A line that can be read: never under 30 cells, never over 100."""
    return max(30, min(width, 100))


def _edition_lines(edition: RenderedEdition, width: int, zone: tzinfo | None) -> Iterator[str]:
    yield from wrap(edition_heading(edition, zone), width)
    yield from (*wrap(" · ".join(edition_facts(edition, zone)), width), "")
    number = 0
    for section in edition.sections:
        if section.name:
            yield from (*wrap(section_heading(section.name), width), "")
        for story in section.stories:
            number += 1
            lead = f"{number}  "
            yield from _head(story.title, story_facts(story, zone), width, lead)
            margin = " " * len(lead)
            yield from (*_content(story.content, width, margin, zone, compact=True), "")
    if edition.below:
        yield from (BELOW_THE_LINE, "")
        for story in edition.below:
            number += 1
            yield from wrap(f"{story.title} ({outlets(story)})", width, f"{number}  ")
        yield ""
    yield from wrap(edition_end(edition), width)


def _head(title: str, facts: Iterable[str], width: int, lead: str = "") -> Iterator[str]:
    yield from wrap(title, width, lead)
    yield from wrap(" · ".join(facts), width, " " * len(lead))


def _content(
    content: RenderedContent,
    width: int,
    margin: str,
    zone: tzinfo | None,
    *,
    compact: bool = False,
) -> Iterator[str]:
    """What stands below a title; ``compact``: with a line for each source."""
    for note in content.notes:
        yield from wrap(note, width, margin + "* ")
    if content.bullets:
        yield ""
    for bullet in content.bullets:
        yield from _bullet(bullet, width, margin)
    links = [*map(_link, content.links), *filter(None, [links_left_out(content.links_left_out)])]
    details = [
        *_listed("Figures", map(figure_line, content.figures)),
        *_listed("People", map(person_line, content.people)),
        *_each("Differ", map(in_words, content.disagreements)),
        *_each("Updated", map(in_words, content.updates)),
        *_each("Since then", map(in_words, content.changes)),
        *_each("Earlier", (earlier_line(c, zone) for c in content.earlier)),
        *_each("See also", links),
        *_each("Sources", (_source(s, zone) for s in content.sources if not compact)),
    ]
    if details or content.sources:
        yield ""
    for label, text in details:
        yield from wrap(text, width, f"{margin}{label:<{_WIDEST_LABEL}}  ")
    if compact:
        yield from _source_lines(content, margin, zone)


def _bullet(bullet: RenderedBullet, width: int, margin: str) -> Iterator[str]:
    # Colour never carries a caveat alone, nor does its word: it has a sign of its own.
    lead = f"{margin}{caveat_word(bullet)}  " if bullet.marked else f"{margin}• "
    lead += f"{ARGUES}  " if bullet.argued else ""
    outlet = f" ({bullet.outlet})" if bullet.outlet else ""
    yield from wrap(bullet.text + outlet, width, lead, margin + "  ")
    if bullet.updates:
        yield from wrap(f"updated: {'; '.join(bullet.updates)}", width, margin + "  ")
    for quote in bullet.quotes:
        if quote.text != bullet.text:  # the bullet is its own quotation
            yield from wrap(f"{quote_lead(quote)} {quote.text}", width, margin + "  ")


def _link(link: RenderedLink) -> str:
    return _with_address(link.title, link.title, link.url)


def _source(source: RenderedSource, zone: tzinfo | None) -> str:
    return _with_address(f"{source.title} ({source_facts(source, zone)})", source.title, source.url)


def _with_address(text: str, title: str, url: str) -> str:
    """The address stands once, also where it is the title."""
    return f"{text} {url}" if url and url != title else text


def _source_lines(content: RenderedContent, margin: str, zone: tzinfo | None) -> Iterator[str]:
    """A line for each source of an edition's story, its address at the end however long it is."""
    # That summaries are all there is stands at the top of the story.
    known = {SUMMARY_ONLY} if content.notes else set[str]()
    lines = (f"{source_line(s, zone, known=known)} {s.url}" for s in content.sources)
    for label, line in _each("Sources", lines):
        yield f"{margin}{label:<{_WIDEST_LABEL}}  {clean_line(line)}"


def _listed(label: str, items: Iterable[str]) -> list[tuple[str, str]]:
    """All on one line, since they are short."""
    text = " · ".join(items)
    return [(label, text)] if text else []


def _each(label: str, items: Iterable[str]) -> list[tuple[str, str]]:
    """A line for each; only the first has the label."""
    return [(label if index == 0 else "", item) for index, item in enumerate(items)]
