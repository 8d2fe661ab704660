"""An edition, a story or a digest as Markdown (CommonMark): text from outside is no markup.

Evidence stands in footnotes (``[^1]``, as Pandoc, GitHub and Obsidian read them), and what an
export is called in front matter: YAML 1.2 whose values are JSON, which it contains.
"""

import re
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
    figure_name,
    links_left_out,
    outlets,
    quote_facts,
    source_facts,
    story_facts,
)
from briefing.export.exporter import ExportOptions, as_bytes
from briefing.export.formats.front_matter import edition_front_matter, story_front_matter
from briefing.export.ownership import signed
from briefing.export.rendered import (
    RenderedBullet,
    RenderedContent,
    RenderedEdition,
    RenderedFigure,
    RenderedPerson,
    RenderedQuote,
    RenderedSource,
)
from briefing.export.rendering import lasting_story, rendered_digest, rendered_for
from briefing.model import Digest, Edition, Story
from briefing.wording import ARGUES

# Every ASCII punctuation character may be escaped (CommonMark 0.31, 2.4); these can mean something.
_SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~])")
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_LINE_START = re.compile(r"^([-+=])")


class MarkdownExporter:
    """Markdown."""

    name = "markdown"
    is_marked = True
    media_type = "text/markdown"
    suffix = ".md"

    def render_edition(self, edition: Edition, options: ExportOptions) -> bytes:
        """A heading for each story; front matter where the export has a name."""
        rendered = rendered_for(edition, options)
        head = edition_front_matter(rendered, options) if options.name else ()
        return as_bytes("\n".join([*head, *_edition_lines(rendered, options.zone), ""]))

    def render_story(self, story: Story, options: ExportOptions) -> bytes:
        """The headline is the page's heading, with front matter before it."""
        rendered = lasting_story(story, options.texts)
        notes = _Footnotes(options.zone)
        lines = [
            *story_front_matter(rendered, options),
            *_head(escape(rendered.title), story_facts(rendered, options.zone), "#"),
            *_content(rendered.content, options.zone, notes),
            *notes.lines(),
        ]
        return signed(as_bytes("\n".join(lines)))

    def render_digest(self, digest: Digest, options: ExportOptions) -> bytes:
        """The title is the page's heading."""
        rendered = rendered_digest(digest)
        facts = digest_facts(rendered, options.zone)
        lines = [
            *_head(_link(escape(rendered.title), rendered.url), facts, "#"),
            *_content(rendered.content, options.zone, _Footnotes(options.zone)),
        ]
        return as_bytes("\n".join(lines))


def _edition_lines(edition: RenderedEdition, zone: tzinfo | None) -> Iterator[str]:
    yield from (f"# {escape(edition_heading(edition, zone))}", "")
    yield from (escape(" · ".join(edition_facts(edition, zone))), "")
    level = "###" if edition.has_sections else "##"
    notes = _Footnotes(zone)
    for section in edition.sections:
        if section.name:
            yield from (f"## {escape(section.name)}", "")
        for story in section.stories:
            yield from _head(escape(story.title), story_facts(story, zone), level)
            yield from (*_content(story.content, zone, notes), *notes.lines())
    if edition.below:
        yield from (f"## {BELOW_THE_LINE}", "")
        yield from (f"- {escape(s.title)} ({escape(outlets(s))})" for s in edition.below)
        yield ""
    yield escape(edition_end(edition))


def escape(text: str) -> str:
    """``text`` so that Markdown shows exactly its characters."""
    escaped = _LIST_NUMBER.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))
    return _LINE_START.sub(r"\\\1", escaped)


def _head(escaped_title: str, facts: Iterable[str], level: str) -> Iterator[str]:
    yield from (f"{level} {escaped_title}", "", escape(" · ".join(facts)), "")


class _Footnotes:
    """The quotations of a document, numbered from 1 on."""

    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone
        self._count = 0
        self._waiting: list[str] = []

    def references(self, quotes: Iterable[RenderedQuote]) -> str:
        """``[^1][^2]``, for what is quoted from here on."""
        labels = []
        for quote in quotes:
            self._count += 1
            labels.append(f"[^{self._count}]")
            who = _link(escape(quote.outlet or "the article"), quote.url)
            facts = ", ".join(filter(None, (who, escape(quote_facts(quote, self._zone)))))
            # Whose words they are comes first: a program without footnotes must not take a note for
            # the definition of a link (CommonMark 0.31, 4.7), whose address a feed would choose.
            self._waiting.append(f"{labels[-1]}: {facts}: “{escape(quote.text)}”")
        return "".join(labels)

    def lines(self) -> list[str]:
        """The notes since the last time."""
        lines = [line for note in self._waiting for line in (note, "")]
        self._waiting = []
        return lines


def _content(content: RenderedContent, zone: tzinfo | None, notes: _Footnotes) -> Iterator[str]:
    for note in content.notes:
        yield from (f"*{escape(note)}*", "")
    if content.bullets:
        yield from (*(_bullet(b) + notes.references(b.quotes) for b in content.bullets), "")
    links = [_link(escape(link.title), link.url) for link in content.links]
    links += filter(None, [links_left_out(content.links_left_out)])
    yield from _section("Key figures", map(_figure, content.figures))
    yield from _section("People", map(_person, content.people))
    yield from _section("Outlets differ", map(escape, content.disagreements))
    yield from _section("Updated", map(escape, content.updates))
    yield from _section("Since you last looked", map(escape, content.changes))
    yield from _section("Earlier", (escape(earlier_line(c, zone)) for c in content.earlier))
    yield from _section("See also", links)
    yield from _section("Sources", (_source(s, zone) for s in content.sources))


def _bullet(bullet: RenderedBullet) -> str:
    word = f"**{caveat_word(bullet)}** " if bullet.marked else ""
    word += f"*{ARGUES}* " if bullet.argued else ""
    outlet = f" ({escape(bullet.outlet)})" if bullet.outlet else ""
    updates = f" ↻ {escape('; '.join(bullet.updates))}" if bullet.updates else ""
    return f"- {word}{escape(bullet.text)}{outlet}{updates}"


def _figure(figure: RenderedFigure) -> str:
    counts = f" {escape(figure.counts)}" if figure.counts else ""
    before = f", {escape(figure.before)}" if figure.before else ""
    return f"**{escape(figure_name(figure))}**{counts}{before}"


def _person(person: RenderedPerson) -> str:
    role = f", {escape(person.role)}" if person.role else ""
    return f"**{escape(person.name)}**{role}"


def _source(source: RenderedSource, zone: tzinfo | None) -> str:
    return f"{_link(escape(source.title), source.url)} ({escape(source_facts(source, zone))})"


def _link(escaped_title: str, url: str) -> str:
    if not url:
        return escaped_title
    return f"[{escaped_title}](<{url}>)"


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = [f"- {item}" for item in items]
    if listed:
        yield from (f"**{title}**", "", *listed, "")
