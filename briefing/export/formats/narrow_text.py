"""An edition as text for a braille display: short lines that say in words what each thing is.

A display shows one line of 20 to 80 cells at a time, so that nothing stands beside anything else,
blanks at the beginning of a line are few, and each list says its name before its items.
"""

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from briefing.export.captions import (
    BELOW_THE_LINE,
    earlier_line,
    edition_end,
    edition_facts,
    edition_heading,
    figure_line,
    in_words,
    links_left_out,
    outlets,
    person_line,
    section_heading,
    source_facts,
    story_facts,
)
from briefing.export.rendered import (
    RenderedBullet,
    RenderedContent,
    RenderedEdition,
)
from briefing.export.wrap import cells, wrap
from briefing.wording import ARGUES, caveat_name

_ITEM = "- "
_Items = list[tuple[str, str]]
"""Lines of a list, each with an address that stands in a line of its own, or ""."""


def narrow_lines(edition: RenderedEdition, width: int, zone: tzinfo | None) -> Iterator[str]:
    """The edition in lines of at most ``width`` cells, indented by at most two."""
    yield from _text(edition_heading(edition, zone), width)
    yield from (*_text(", ".join(edition_facts(edition, zone)), width), "")
    number, told = 0, len(edition.stories)
    for section in edition.sections:
        if section.name:
            yield from (*_text(section_heading(section.name), width), "")
        for story in section.stories:
            number += 1
            yield from _text(f"Story {number} of {told}: {story.title}", width)
            yield from _text(_spoken("; ".join(story_facts(story, zone))), width)
            yield from (*_content(story.content, width, zone), "")
    if edition.below:
        yield from (*_text(f"{BELOW_THE_LINE}:", width), "")
        for story in edition.below:
            yield from _item(f"{story.title} ({outlets(story)})", width)
        yield ""
    yield from _text(edition_end(edition), width)


def _content(content: RenderedContent, width: int, zone: tzinfo | None) -> Iterator[str]:
    for note in content.notes:
        yield from _text(f"Note: {note}", width)
    for bullet in content.bullets:
        yield from _item(_bullet(bullet), width)
    for name, items in _lists(content, zone):
        if items:
            yield from _text(f"{name}:", width)
        for text, address in items:
            yield from _item(_spoken(text), width)
            if address and address != text:
                yield from _broken([f"  {address}"], width)


def _lists(content: RenderedContent, zone: tzinfo | None) -> Iterator[tuple[str, _Items]]:
    def plain(lines: Iterable[str]) -> _Items:
        return [(line, "") for line in lines]

    left_out = links_left_out(content.links_left_out)
    yield "Figures", plain(map(figure_line, content.figures))
    yield "People", plain(map(person_line, content.people))
    yield "Outlets differ", plain(map(in_words, content.disagreements))
    yield "Updated", plain(map(in_words, content.updates))
    yield "Since you last looked", plain(map(in_words, content.changes))
    yield "Earlier", plain(earlier_line(chapter, zone) for chapter in content.earlier)
    links = [(link.title, link.url) for link in content.links]
    yield "See also", [*links, *([(left_out, "")] if left_out else [])]
    yield "Sources", [(f"{s.title} ({source_facts(s, zone)})", s.url) for s in content.sources]


def _bullet(bullet: RenderedBullet) -> str:
    words = [caveat_name(bullet.caveat)] if bullet.marked else []
    words += [ARGUES] if bullet.argued else []
    lead = f"{', '.join(words).capitalize()}: " if words else ""
    outlet = f" ({bullet.outlet})" if bullet.outlet else ""
    updates = f" Updated: {'; '.join(bullet.updates)}." if bullet.updates else ""
    return f"{lead}{bullet.text}{outlet}{updates}"


def _spoken(text: str) -> str:
    """A dot between two facts is read out as "middle dot"."""
    return text.replace(" · ", ", ")


def _text(text: str, width: int) -> Iterator[str]:
    yield from _broken(wrap(text, width), width)


def _item(text: str, width: int) -> Iterator[str]:
    yield from _broken(wrap(text, width, _ITEM), width)


def _broken(lines: Iterable[str], width: int) -> Iterator[str]:
    """Words longer than a line, as addresses are, go on below: a display shows no more of them."""
    for line in lines:
        if cells(line) <= width:
            yield line
            continue
        margin = "  " if line.startswith((_ITEM, "  ")) else ""
        part, used = "", 0
        for character in line:
            size = cells(character)
            if used + size > width:
                yield part
                part, used = margin, len(margin)
            part, used = part + character, used + size
        yield part
