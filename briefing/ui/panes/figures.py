"""The key figures and people of a story as lines."""

from rich.text import Text

from briefing.model import Figure, Place, Story, StoryEntity, StoryFigure
from briefing.ui.panes.changes import NEW, gives, is_new_figure
from briefing.ui.panes.comparison import comparison_of
from briefing.ui.targets import Comparison, Passage
from briefing.ui.widgets.ink import Inks, ink
from briefing.ui.widgets.items import Item

MOST_FIGURES = 8
MOST_PEOPLE = 8
_LEAST, _MOST = 9, 17  # columns of the number before what it counts


def figure_items(story: Story, inks: Inks, units: str = "") -> list[Item]:
    """The lines of the key-figures pane for ``story``; in ``units``, of a system, too."""
    figures = [f for f in story.brief.figures if f.figure.key][:MOST_FIGURES]
    people = [e for e in story.brief.entities if e.entity.key][:MOST_PEOPLE]
    widest = max((len(f.figure.surface) for f in figures), default=0)
    column = min(max(widest + 2, _LEAST), _MOST)
    items = [_figure(story, f, column, inks, units) for f in figures]
    if people:
        if items:
            items.append(Item(Text()))
        items.append(Item(ink("People and organisations", style=inks.muted)))
        items += [_person(p, inks) for p in people]
    if not items:
        items.append(Item(ink("No key figures found.", style=inks.muted)))
    return items


def _figure(story: Story, line: StoryFigure, column: int, inks: Inks, units: str) -> Item:
    figure = line.figure
    surface = figure.surface
    text = ink(surface, style=inks.strong)
    pad = max(2, column - text.cell_len)
    text.append(" " * pad)
    counts = figure.counts
    if counts and counts not in surface:
        text.append(counts)
    told = _in_units(figure, units)
    if told:
        text.append(f" ≈ {told}", style=inks.muted)
    right = Text()
    if is_new_figure(story, line):
        right.append(f"{NEW} ", style=inks.unread)
    if line.differs:
        right.append("≠ ", style=inks.caveat)
    if line.outlets > 1:
        right.append(str(line.outlets), style=inks.muted)
    target = _differing(story, line) or _sentence(line)
    right.rstrip()
    return Item(text, target, hang=column, right=right if right.plain else None)


def _in_units(figure: Figure, units: str) -> str:
    if not units:
        return ""
    from briefing.text.measures import in_units  # pint is loaded only where it was asked for

    return in_units(figure, units)


def _sentence(line: StoryFigure) -> Passage:
    figure = line.figure
    places = (Place(line.article_id, figure.evidence), *line.also)
    words = f"{figure.surface} {figure.counts}"
    return Passage(line.article_id, figure.evidence, figure.surface, words, places)


def _differing(story: Story, line: StoryFigure) -> Comparison | None:
    """What outlets give for the same thing, beginning at this figure, where they differ."""
    if not line.differs:
        return None
    for told in story.brief.disagreements:
        for value in told.values:
            if told.verdict == "differ" and gives(line, value):
                return comparison_of(story.brief, told.counts, value)
    return None


def _person(line: StoryEntity, inks: Inks) -> Item:
    """Enter goes to the sentence that gives the role; the name's mentions are marked with it."""
    entity = line.entity
    text = ink(entity.name, style=inks.strong)
    if entity.role:
        text.append(f"  {entity.role}", style=inks.muted)
    role = (entity.role_span,) if entity.role_span is not None else ()
    evidence = (*role, *entity.mentions)
    places = (Place(line.article_id, evidence), *line.also)
    target = Passage(line.article_id, evidence, entity.name, text.plain, places)
    right = ink(str(line.outlets), style=inks.muted) if line.outlets > 1 else None
    return Item(text, target, hang=2, right=right)
