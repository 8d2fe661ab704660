"""The key figures and people of a story as lines."""

from rich.text import Text

from briefing.model import Place, Story, StoryEntity, StoryFigure
from briefing.ui.targets import Passage
from briefing.ui.widgets.ink import Inks, ink
from briefing.ui.widgets.items import Item

MOST_FIGURES = 8
MOST_PEOPLE = 8
_LEAST, _MOST = 9, 17  # columns of the number before what it counts


def figure_items(story: Story, inks: Inks) -> list[Item]:
    """The lines of the key-figures pane for ``story``."""
    figures = [f for f in story.brief.figures if f.figure.key][:MOST_FIGURES]
    people = [e for e in story.brief.entities if e.entity.key][:MOST_PEOPLE]
    widest = max((len(f.figure.surface) for f in figures), default=0)
    column = min(max(widest + 2, _LEAST), _MOST)
    items = [_figure(f, column, inks) for f in figures]
    if people:
        if items:
            items.append(Item(Text()))
        items.append(Item(ink("People and organisations", style=inks.muted)))
        items += [_person(p, inks) for p in people]
    if not items:
        items.append(Item(ink("No key figures found.", style=inks.muted)))
    return items


def _figure(line: StoryFigure, column: int, inks: Inks) -> Item:
    figure = line.figure
    surface = figure.surface
    text = ink(surface, style=inks.strong)
    pad = max(2, column - text.cell_len)
    text.append(" " * pad)
    counts = figure.counts
    if counts and counts not in surface:
        text.append(counts)
    right = Text()
    if line.differs:
        right.append("≠ ", style=inks.caveat)
    if line.outlets > 1:
        right.append(str(line.outlets), style=inks.muted)
    places = (Place(line.article_id, figure.evidence), *line.also)
    target = Passage(line.article_id, figure.evidence, surface, f"{surface} {counts}", places)
    return Item(text, target, hang=column, right=right if right.plain else None)


def _person(line: StoryEntity, inks: Inks) -> Item:
    entity = line.entity
    text = ink(entity.name, style=inks.strong)
    if entity.role:
        text.append(f"  {entity.role}", style=inks.muted)
    place = line.also[0] if line.also else None
    evidence = place.evidence if place is not None else entity.mentions[:1]
    article = place.article_id if place is not None else line.article_id
    span = entity.role_span or (entity.mentions[0] if entity.mentions else None)
    if span is not None:
        article, evidence = line.article_id, (span,)
    places = (Place(article, evidence), *line.also)
    target = Passage(article, evidence, entity.name, text.plain, places)
    return Item(text, target, hang=2)
