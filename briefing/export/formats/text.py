"""An edition or a digest as plain text, wrapped, for a terminal, a mail or a pager."""

from collections.abc import Iterable, Iterator

from briefing.export.rendering import ARGUES, Named, Point, Reference, Sheet, Told
from briefing.export.wrap import wrap

_WIDEST_LABEL = 10  # "Since then"


def edition(sheet: Sheet, width: int) -> str:
    """The edition, each story numbered, with an end."""
    lines = [*wrap(sheet.heading, width), *wrap(" · ".join(sheet.facts), width), ""]
    for number, story in enumerate(sheet.stories, 1):
        if story.section:
            lines += [*wrap(f"── {story.section}", width), ""]
        lines += [*_told(story, width, f"{number}  "), ""]
    if sheet.below:
        lines += ["Below the line", ""]
        for number, story in enumerate(sheet.below, len(sheet.stories) + 1):
            facts = f" ({story.facts[0]})" if story.facts else ""
            lines += wrap(story.title + facts, width, f"{number}  ")
        lines.append("")
    return "\n".join([*lines, *wrap(sheet.end, width), ""])


def digest(told: Told, width: int) -> str:
    """One digest."""
    return "\n".join([*_told(told, width, ""), ""])


def _told(told: Told, width: int, number: str) -> Iterator[str]:
    margin = " " * len(number)
    yield from wrap(told.title, width, number)
    yield from wrap(" · ".join(told.facts), width, margin)
    if told.url:
        yield margin + told.url
    for note in told.notes:
        yield from wrap(note, width, margin + "* ")
    if told.points:
        yield ""
    for point in told.points:
        yield from _point(point, width, margin)
    details = [
        *_listed("Figures", (_named(f, " ") for f in told.figures)),
        *_listed("People", (_named(p, ", ") for p in told.people)),
        *_each("Differ", told.disagreements),
        *_each("Since then", told.changed),
        *_each("Earlier", told.earlier),
        *_each("See also", (_reference(i) for i in told.links)),
        *_each("Sources", (_reference(s) for s in told.sources)),
    ]
    if details:
        yield ""
    for label, text in details:
        yield from wrap(text, width, f"{margin}{label:<{_WIDEST_LABEL}}  ")


def _point(point: Point, width: int, margin: str) -> Iterator[str]:
    word = f"{point.kind.upper()}  " if point.kind else ""
    word += f"{ARGUES}  " if point.argued else ""
    source = f" ({point.source})" if point.source else ""
    first = f"{margin}{point.sign} {word}"
    yield from wrap(point.text + source, width, first, margin + "  ")


def _named(named: Named, between: str) -> str:
    return f"{named.name}{between}{named.about}" if named.about else named.name


def _reference(reference: Reference) -> str:
    parts = []
    if reference.source and reference.source != reference.title:
        parts.append(reference.source)
    if reference.when:
        parts.append(reference.when)
    if reference.note:
        parts.append(reference.note)
    about = f" ({'; '.join(parts)})" if parts else ""
    address = reference.url if reference.url != reference.title else ""
    return f"{reference.title}{about} {address}".rstrip()


def _listed(label: str, items: Iterable[str]) -> list[tuple[str, str]]:
    """All on one line, since they are short."""
    text = " · ".join(items)
    return [(label, text)] if text else []


def _each(label: str, items: Iterable[str]) -> list[tuple[str, str]]:
    """A line for each; only the first has the label."""
    return [(label if at == 0 else "", item) for at, item in enumerate(items)]
