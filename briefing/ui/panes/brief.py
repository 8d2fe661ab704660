"""A story's brief as lines: its origin, its bullets, what changed, where outlets differ."""

from dataclasses import replace
from datetime import datetime

from rich.text import Text

from briefing.model import (
    ArticleRevised,
    BulletAdded,
    Cue,
    Disagreement,
    FigureChanged,
    OutletsJoined,
    Place,
    Story,
    StoryBullet,
    StoryChange,
)
from briefing.text.clean import clean_line
from briefing.ui.formatting import format_since, format_time, superscript
from briefing.ui.panes.changes import DIFFER, NEW, UPDATED, is_changed_value, is_new_bullet
from briefing.ui.panes.comparison import comparison_of
from briefing.ui.targets import Comparison, CoverageList, Passage
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item
from briefing.wording import (
    ARGUES,
    caveat_name,
    change_line,
    chosen_by,
    format_count,
    kind_sign,
    single_report_line,
    update_line,
)

SUMMARY_ONLY = "feed summary only"
"""Said of a story of whose articles none was to be had: their caveats are not known."""


def brief_items(story: Story, styles: ThemeStyles, now: datetime) -> list[Item]:
    """The lines of the brief pane for ``story``."""
    brief = story.brief
    items = [Item(_origin(story, styles, now)), Item(Text())]
    for number, bullet in enumerate(brief.bullets, 1):
        items.append(_bullet(story, bullet, number, styles))
        items.append(Item(Text()))
    if story.changed:
        when = format_since(story.looked_at, now) if story.looked_at else "your last visit"
        items.append(Item(styled(f"Since {when}", style=styles.strong)))
        items += _since(story, styles)
    for disagreement in brief.disagreements:
        items.append(_disagreement(story, disagreement, styles))
    return items


def _origin(story: Story, styles: ThemeStyles, now: datetime) -> Text:
    brief = story.brief
    first = brief.first
    line = styled(format_count(brief.outlets, "source"), style=styles.muted)
    if brief.opinion:
        line.append(" · ", style=styles.muted).append("opinion", style=styles.strong)
    if brief.summary_only:
        line.append(" · ", style=styles.muted).append(SUMMARY_ONLY, style=styles.caveat)
    if brief.single_source is not None:
        line.append(" · ", style=styles.muted)
        line.append(single_report_line(brief.single_source), style=styles.caveat)
        return line
    # Of one article alone nothing was first.
    lead = "" if len(brief.articles) == 1 and first.how != "attribution" else "first: "
    line.append(f" · {lead}{first.source}", style=styles.muted)
    if first.how == "attribution":
        line.append(" (credited)", style=styles.muted)
    else:
        earliest = min((a.published for a in brief.articles), default=None)
        if earliest is not None:
            line.append(f", {format_time(earliest, now)}", style=styles.muted)
    return line


def _mark(mark: Cue, styles: ThemeStyles) -> Text:
    """The sign and the word of a caveat, in its style."""
    words = f"{kind_sign(mark.kind)} {caveat_name(mark.kind).upper()}"
    return styled(words, style=styles.of_caveat(mark.kind, mark.weight))


def _bullet(story: Story, line: StoryBullet, number: int, styles: ThemeStyles) -> Item:
    bullet = line.bullet
    mark = bullet.caveat
    text = Text()
    if mark is None:
        text.append("• ")
    else:
        text.append_text(_mark(mark, styles)).append("  ")
    if line.argued:
        text.append(f"{ARGUES}  ", style=styles.argues)
    # The main claim stands out, in bold: also where there are no colours.
    text.append(bullet.named, style=styles.strong if number == 1 else "")
    tail = None
    if story.brief.outlets > 1:
        outlet_words = line.source if line.outlets <= 1 else format_count(line.outlets, "outlet")
        tail = styled(f"— {outlet_words}", style=styles.muted)
    chosen = chosen_by(bullet)
    if chosen:
        tail = styled("—", style=styles.muted) if tail is None else tail.append(" ·")
        tail.append(f" {chosen}")
    for number_of_updates, figure in enumerate(story.brief.updates_in(line)):
        if tail is not None:
            text.append("\n").append_text(tail)
            tail = None
        text.append("; " if number_of_updates else f"\n{UPDATED} ", style=styles.caveat)
        text.append(clean_line(update_line(figure)), style=styles.muted)
    places = (Place(line.article_id, bullet.evidence), *line.also)
    named = [s for i in bullet.insertions for s in i.evidence if s not in bullet.evidence]
    target = Passage.of_place(places[0], f"Bullet {number}", bullet.named, places)
    target = replace(target, also_marked=(*target.also_marked, *named), kept=bullet.kept)
    right = styled(f"{NEW} ", style=styles.unread) if is_new_bullet(story, line) else Text()
    right.append(superscript(number), style=styles.muted)
    return Item(text, target, hang=2, right=right, tail=tail)


def _since(story: Story, styles: ThemeStyles) -> list[Item]:
    """What is new, one line each; of bullets that carry the mark above how many they are."""
    marked = [b for b in story.brief.bullets if is_new_bullet(story, b)]
    above = {(b.article_id, b.bullet.evidence) for b in marked}
    items = [
        _change(story, change, styles)
        for change in story.changed
        if not isinstance(change, BulletAdded)
        or (change.line.article_id, change.line.bullet.evidence) not in above
    ]
    if marked:
        text = styled(f"{NEW} ", style=styles.unread)
        text.append(f"{format_count(len(marked), 'bullet')}, marked ").append(
            NEW, style=styles.unread
        )
        items.append(Item(text.append(" above")))
    return items


def _change(story: Story, change: StoryChange, styles: ThemeStyles) -> Item:
    text = styled(f"{NEW} ", style=styles.unread)
    strong = isinstance(change, FigureChanged)
    if isinstance(change, BulletAdded):
        strong = change.is_weighty_caveat
        if change.line.argued:
            text.append(f"{ARGUES}  ", style=styles.argues)
    text.append(change_line(change), style=styles.strong if strong else "")
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
        case ArticleRevised(place=place):
            # Where no changed sentence is left, as of a headline, to the line that tells of it.
            passage = Passage.of_place(place, "What changed", change_line(change))
            return replace(passage, changed=True)
    if not place.evidence:
        return None
    return Passage.of_place(place, "What changed", change_line(change))


def _disagreement(story: Story, disagreement: Disagreement, styles: ThemeStyles) -> Item:
    differ = disagreement.verdict == "differ"
    text = styled(f"{DIFFER if differ else UPDATED} ", style=styles.caveat)
    text.append("Outlets differ" if differ else "Updated", style=styles.caveat)
    text.append(f"  {disagreement.counts}: ")
    joint = " · " if differ else " → "
    text.append(joint.join(f"{v.surface} ({len(v.outlets)})" for v in disagreement.values))
    begin = disagreement.values[0] if differ else disagreement.values[-1]
    changed = any(is_changed_value(story, value, disagreement) for value in disagreement.values)
    right = styled(NEW, style=styles.unread) if changed else None
    return Item(text, comparison_of(story.brief, disagreement.counts, begin), hang=2, right=right)
