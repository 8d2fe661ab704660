"""The key figures and people of a story as lines."""

from rich.cells import cell_len
from rich.text import Text

from briefing.model import Figure, Place, Story, StoryEntity, StoryFigure
from briefing.text.clean import clean_line
from briefing.ui.panes.changes import DIFFER, NEW, gives, is_new_figure
from briefing.ui.panes.comparison import comparison_of
from briefing.ui.targets import Comparison, Passage
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item
from briefing.wording import before_line

MOST_FIGURES = 8
MOST_PEOPLE = 8
PEOPLE = "People and organisations"
_LEAST, _MOST = 9, 17  # columns of the number before what it counts


def figure_items(story: Story, styles: ThemeStyles, units: str = "") -> list[Item]:
    """The key figures of ``story``, a line each; in ``units``, of a system, too. Where there are
    neither figures nor people, a line that says so."""
    figures = [f for f in story.brief.figures if f.figure.key][:MOST_FIGURES]
    widest = max((cell_len(f.figure.surface) for f in figures), default=0)
    column = min(max(widest + 2, _LEAST), _MOST)
    items = [_figure(story, f, column, styles, units) for f in figures]
    if not items and not people_items(story, styles):
        items.append(Item(styled("No key figures found.", style=styles.muted)))
    return items


def people_items(story: Story, styles: ThemeStyles) -> list[Item]:
    """The people and organisations of ``story`` under their heading; none where there are none."""
    people = [e for e in story.brief.entities if e.entity.key][:MOST_PEOPLE]
    if not people:
        return []
    heading = Item(styled(PEOPLE, style=styles.muted))
    return [heading, *(_person(p, styles) for p in people)]


def _figure(story: Story, line: StoryFigure, column: int, styles: ThemeStyles, units: str) -> Item:
    figure = line.figure
    surface = figure.surface
    text = styled(surface, style=styles.strong)
    pad = max(2, column - text.cell_len)
    text.append(" " * pad)
    counts = figure.counts
    if counts and counts not in surface:
        text.append(counts)
    if line.before is not None:
        text.append(f", {clean_line(before_line(line))}", style=styles.caveat)
    converted = _in_units(figure, units)
    if converted:
        text.append(f" ≈ {converted}", style=styles.muted)
    right = Text()
    if is_new_figure(story, line):
        right.append(f"{NEW} ", style=styles.unread)
    if line.differs:
        right.append(f"{DIFFER} ", style=styles.caveat)
    if line.outlets > 1:
        right.append(str(line.outlets), style=styles.muted)
    target = _differing(story, line) or _sentence(line)
    right.rstrip()
    return Item(text, target, hang=column, right=right if right.plain else None)


def _in_units(figure: Figure, units: str) -> str:
    if not units:
        return ""
    from briefing.text.measures import in_units  # only where it was asked for

    return in_units(figure, units)


def _sentence(line: StoryFigure) -> Passage:
    figure = line.figure
    places = line.places
    words = f"{figure.surface} {figure.counts}"
    return Passage.of_place(places[0], figure.surface, words, places)


def _differing(story: Story, line: StoryFigure) -> Comparison | None:
    """What outlets give for the same thing, beginning at this figure, where they differ."""
    if not line.differs:
        return None
    for disagreement in story.brief.disagreements:
        for value in disagreement.values:
            if disagreement.verdict == "differ" and gives(line, value):
                return comparison_of(story.brief, disagreement.counts, value)
    return None


def _person(line: StoryEntity, styles: ThemeStyles) -> Item:
    """Enter goes to the sentence that gives the role; the name's mentions are marked with it."""
    entity = line.entity
    text = styled(entity.name, style=styles.strong)
    if entity.role:
        text.append(f"  {entity.role}", style=styles.muted)
    role = (entity.role_span,) if entity.role_span is not None else ()
    here = Place(line.article_id, (*role, *entity.mentions))
    target = Passage.of_place(here, entity.name, text.plain, (here, *line.also))
    right = styled(str(line.outlets), style=styles.muted) if line.outlets > 1 else None
    return Item(text, target, hang=2, right=right)
