"""A story's brief as lines: its origin, its bullets, what changed, where outlets differ."""

from datetime import datetime

from rich.text import Text

from briefing.model import (
    ArticleRevised,
    BulletAdded,
    CaveatKind,
    Disagreement,
    FigureChanged,
    OutletsJoined,
    Place,
    Story,
    StoryBullet,
    StoryChange,
)
from briefing.ui.panes.changes import NEW, is_changed_value, is_new_bullet
from briefing.ui.panes.comparison import comparison_of
from briefing.ui.targets import Comparison, CoverageList, Passage
from briefing.ui.widgets.ink import Inks, ink
from briefing.ui.widgets.items import Item
from briefing.ui.words import ARGUES, SIGNS, clock, counted, since, superscript
from briefing.wording import change_line


def brief_items(story: Story, inks: Inks, now: datetime) -> list[Item]:
    """The lines of the brief pane for ``story``."""
    brief = story.brief
    items = [Item(_origin(story, inks, now)), Item(Text())]
    if brief.summary_only:
        note = "Only the feed's summary was to be had: caveats of the full article are not known."
        items += [Item(ink(note, style=inks.muted), hang=0), Item(Text())]
    for number, bullet in enumerate(brief.bullets, 1):
        items.append(_bullet(story, bullet, number, inks))
        items.append(Item(Text()))
    if story.changed:
        when = since(story.looked_at, now) if story.looked_at else "your last visit"
        items.append(Item(ink(f"Since {when}", style=inks.strong)))
        items += _since(story, inks)
    for disagreement in brief.disagreements:
        items.append(_disagreement(story, disagreement, inks))
    return items


def _origin(story: Story, inks: Inks, now: datetime) -> Text:
    brief = story.brief
    first = brief.first
    line = ink(counted(brief.outlets, "source"), style=inks.muted)
    if brief.opinion:
        line.append(" · ", style=inks.muted).append("opinion", style=inks.strong)
    if brief.single_source is not None:
        line.append(" · ", style=inks.muted)
        line.append(f"all follow one report: {brief.single_source}", style=inks.caveat)
        return line
    line.append(f" · first: {first.source}", style=inks.muted)
    if first.how == "attribution":
        line.append(" (credited)", style=inks.muted)
    else:
        earliest = min((a.published for a in brief.articles), default=None)
        if earliest is not None:
            line.append(f", {clock(earliest, now)}", style=inks.muted)
    return line


def caveat_style(kind: CaveatKind | None, weight: int, inks: Inks) -> Text:
    """The word of a caveat, in its ink."""
    if kind is None:
        return Text()
    return ink(kind.value.upper(), style=inks.heavy if weight >= 3 else inks.caveat)


def _bullet(story: Story, line: StoryBullet, number: int, inks: Inks) -> Item:
    bullet = line.bullet
    mark = bullet.caveat
    text = Text()
    if mark is None:
        text.append("• ")
    else:
        text.append(f"{SIGNS[mark.weight]} ", style=inks.heavy if mark.weight >= 3 else inks.caveat)
        text.append_text(caveat_style(mark.kind, mark.weight, inks))
        text.append("  ")
    if line.argued:
        text.append(f"{ARGUES}  ", style=inks.argues)
    text.append(bullet.named)
    outlets = story.brief.outlets
    if outlets > 1:
        said = line.source if line.outlets <= 1 else counted(line.outlets, "outlet")
        text.append(f"\n— {said}", style=inks.muted)
    places = (Place(line.article_id, bullet.evidence), *line.also)
    named = [s for i in bullet.insertions for s in i.evidence if s not in bullet.evidence]
    evidence = (*bullet.evidence, *named)
    target = Passage(line.article_id, evidence, f"Bullet {number}", bullet.named, places)
    right = ink(f"{NEW} ", style=inks.unread) if is_new_bullet(story, line) else Text()
    right.append(superscript(number), style=inks.muted)
    return Item(text, target, hang=2, right=right)


def _since(story: Story, inks: Inks) -> list[Item]:
    """What is new, one line each; of bullets that carry the mark above how many they are."""
    marked = [b for b in story.brief.bullets if is_new_bullet(story, b)]
    above = {(b.article_id, b.bullet.evidence) for b in marked}
    items = [
        _change(story, change, inks)
        for change in story.changed
        if not isinstance(change, BulletAdded)
        or (change.line.article_id, change.line.bullet.evidence) not in above
    ]
    if marked:
        text = ink(f"{NEW} ", style=inks.unread)
        text.append(f"{counted(len(marked), 'bullet')}, marked ").append(NEW, style=inks.unread)
        items.append(Item(text.append(" above")))
    return items


def _change(story: Story, change: StoryChange, inks: Inks) -> Item:
    text = ink(f"{NEW} ", style=inks.unread)
    strong = isinstance(change, FigureChanged)
    if isinstance(change, BulletAdded):
        strong = change.is_weighty_caveat
        if change.line.argued:
            text.append(f"{ARGUES}  ", style=inks.argues)
    text.append(change_line(change), style=inks.strong if strong else "")
    return Item(text, _behind(story, change), hang=2)


def _behind(story: Story, change: StoryChange) -> Comparison | CoverageList | Passage | None:
    """Where Enter leads from a change."""
    match change:
        case OutletsJoined():
            return CoverageList()
        case FigureChanged():
            return comparison_of(story.brief, change.disagreement.counts, change.after)
        case BulletAdded(line=line):
            place = Place(line.article_id, line.bullet.evidence)
        case ArticleRevised():
            place = change.place
    if not place.evidence:
        return None
    return Passage(place.article_id, place.evidence, "What changed", change_line(change), (place,))


def _disagreement(story: Story, disagreement: Disagreement, inks: Inks) -> Item:
    differ = disagreement.verdict == "differ"
    text = ink("≠ " if differ else "↻ ", style=inks.caveat)
    text.append("Outlets differ" if differ else "Updated", style=inks.caveat)
    text.append(f"  {disagreement.counts}: ")
    joint = " · " if differ else " → "
    text.append(joint.join(f"{v.surface} ({len(v.outlets)})" for v in disagreement.values))
    begin = disagreement.values[0] if differ else disagreement.values[-1]
    changed = any(is_changed_value(story, value, disagreement) for value in disagreement.values)
    right = ink(NEW, style=inks.unread) if changed else None
    return Item(text, comparison_of(story.brief, disagreement.counts, begin), hang=2, right=right)
