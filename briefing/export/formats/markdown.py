"""An edition or a digest as Markdown (CommonMark): text from outside is escaped, never markup."""

import re
from collections.abc import Iterable, Iterator

from briefing.export.rendering import ARGUES, Named, Point, Reference, Sheet, Told

# Every ASCII punctuation character may be escaped (CommonMark 0.31, 2.4); these can mean something.
_SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~])")
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_LINE_START = re.compile(r"^([-+=])")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>\\]")


def edition(sheet: Sheet) -> str:
    """The edition, a heading for each story."""
    lines = [f"# {escape(sheet.heading)}", "", escape(" · ".join(sheet.facts)), ""]
    level = "###" if any(story.section for story in sheet.stories) else "##"
    for story in sheet.stories:
        if story.section:
            lines += [f"## {escape(story.section)}", ""]
        lines += _told(story, level)
    if sheet.below:
        lines += ["## Below the line", ""]
        lines += [f"- {escape(s.title)} ({escape(s.facts[0])})" for s in sheet.below]
        lines.append("")
    return "\n".join([*lines, escape(sheet.end), ""])


def digest(told: Told) -> str:
    """One digest."""
    return "\n".join(_told(told, "#"))


def escape(text: str) -> str:
    """``text`` so that Markdown shows exactly its characters."""
    escaped = _LIST_NUMBER.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))
    return _LINE_START.sub(r"\\\1", escaped)


def _told(told: Told, level: str) -> Iterator[str]:
    title = escape(told.title)
    yield from (f"{level} {_link(title, told.url)}", "")
    if told.facts:
        yield from (escape(" · ".join(told.facts)), "")
    for note in told.notes:
        yield from (f"*{escape(note)}*", "")
    if told.points:
        yield from (*(_point(p) for p in told.points), "")
    yield from _section("Key figures", (_named(f, " ") for f in told.figures))
    yield from _section("People", (_named(p, ", ") for p in told.people))
    yield from _section("Outlets differ", map(escape, told.disagreements))
    yield from _section("Since you last looked", map(escape, told.changed))
    yield from _section("Earlier", map(escape, told.earlier))
    yield from _section("See also", map(_reference, told.links))
    yield from _section("Sources", map(_reference, told.sources))


def _point(point: Point) -> str:
    word = f"**! {point.kind.upper()}** " if point.kind else ""
    word += f"*{ARGUES}* " if point.argued else ""
    source = f" ({escape(point.source)})" if point.source else ""
    return f"- {word}{escape(point.text)}{source}"


def _named(named: Named, between: str) -> str:
    about = f"{between}{escape(named.about)}" if named.about else ""
    return f"**{escape(named.name)}**{about}"


def _reference(reference: Reference) -> str:
    about = [reference.source if reference.source != reference.title else ""]
    about += [reference.when, reference.note]
    listed = "; ".join(escape(a) for a in about if a)
    return _link(escape(reference.title), reference.url) + (f" ({listed})" if listed else "")


def _link(escaped_title: str, url: str) -> str:
    if not url:
        return escaped_title
    address = _UNSAFE_IN_ADDRESS.sub(lambda m: f"%{ord(m[0]):02X}", url)
    return f"[{escaped_title}](<{address}>)"


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = [f"- {item}" for item in items]
    if listed:
        yield from (f"**{title}**", "", *listed, "")
