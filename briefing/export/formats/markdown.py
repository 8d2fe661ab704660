"""An edition or a digest as Markdown (CommonMark): text from outside is escaped, never markup."""

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
    source_facts,
    story_facts,
)
from briefing.export.exporter import ExportOptions, as_bytes
from briefing.export.rendered import (
    RenderedBullet,
    RenderedContent,
    RenderedEdition,
    RenderedFigure,
    RenderedPerson,
    RenderedSource,
)
from briefing.export.rendering import rendered_digest, rendered_edition
from briefing.model import Digest, Edition
from briefing.wording import ARGUES

# Every ASCII punctuation character may be escaped (CommonMark 0.31, 2.4); these can mean something.
_SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~])")
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_LINE_START = re.compile(r"^([-+=])")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>\\]")


class MarkdownExporter:
    """Markdown."""

    name = "markdown"
    media_type = "text/markdown"
    suffix = ".md"

    def render_edition(self, edition: Edition, options: ExportOptions) -> bytes:
        """A heading for each story."""
        rendered = rendered_edition(edition, sections=options.sections, groups=options.groups)
        return as_bytes("\n".join([*_edition_lines(rendered, options.zone), ""]))

    def render_digest(self, digest: Digest, options: ExportOptions) -> bytes:
        """The title is the page's heading."""
        rendered = rendered_digest(digest)
        facts = digest_facts(rendered, options.zone)
        lines = [
            *_head(_link(escape(rendered.title), rendered.url), facts, "#"),
            *_content(rendered.content, options.zone),
        ]
        return as_bytes("\n".join(lines))


def _edition_lines(edition: RenderedEdition, zone: tzinfo | None) -> Iterator[str]:
    yield from (f"# {escape(edition_heading(edition, zone))}", "")
    yield from (escape(" · ".join(edition_facts(edition, zone))), "")
    level = "###" if edition.has_sections else "##"
    for section in edition.sections:
        if section.name:
            yield from (f"## {escape(section.name)}", "")
        for story in section.stories:
            yield from _head(escape(story.title), story_facts(story, zone), level)
            yield from _content(story.content, zone)
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


def _content(content: RenderedContent, zone: tzinfo | None) -> Iterator[str]:
    for note in content.notes:
        yield from (f"*{escape(note)}*", "")
    if content.bullets:
        yield from (*map(_bullet, content.bullets), "")
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
    address = _UNSAFE_IN_ADDRESS.sub(lambda m: f"%{ord(m[0]):02X}", url)
    return f"[{escaped_title}](<{address}>)"


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = [f"- {item}" for item in items]
    if listed:
        yield from (f"**{title}**", "", *listed, "")
