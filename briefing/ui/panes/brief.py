"""A story's brief as lines: its origin, its bullets, what changed, where outlets differ."""

from datetime import datetime

from rich.text import Text

from briefing.model import Bullet, CaveatKind, Disagreement, News, Place, Story, StoryBullet
from briefing.ui.targets import Passage
from briefing.ui.widgets.ink import Inks, ink
from briefing.ui.widgets.items import Item
from briefing.ui.words import ARGUES, SIGNS, clock, counted, since, superscript


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
        items += [_news(n, inks) for n in story.changed]
        items.append(Item(Text()))
    for disagreement in brief.disagreements:
        items.append(_disagreement(disagreement, inks))
    return items


def _origin(story: Story, inks: Inks, now: datetime) -> Text:
    brief = story.brief
    first = brief.first
    line = ink(counted(brief.outlets, "source"), style=inks.muted)
    if brief.opinion:
        line.append(" · ", style=inks.muted).append("opinion", style=inks.strong)
    line.append(f" · first: {first.source}", style=inks.muted)
    if first.how == "attribution":
        line.append(" (credited)", style=inks.muted)
    else:
        earliest = min((a.published for a in brief.articles), default=None)
        if earliest is not None:
            line.append(f", {clock(earliest, now)}", style=inks.muted)
    return line


def shown_text(bullet: Bullet) -> str:
    """A bullet's text with the names that stand in for pronouns, in brackets."""
    text = bullet.text
    for insertion in sorted(bullet.insertions, key=lambda i: -i.at):
        end = insertion.at + len(insertion.replaces)
        text = f"{text[: insertion.at]}[{insertion.text}]{text[end:]}"
    return text


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
    text.append(shown_text(bullet))
    outlets = story.brief.outlets
    if outlets > 1:
        said = line.source if line.outlets <= 1 else counted(line.outlets, "outlet")
        text.append(f"\n— {said}", style=inks.muted)
    places = (Place(line.article_id, bullet.evidence), *line.also)
    target = Passage(
        line.article_id, bullet.evidence, f"Bullet {number}", shown_text(bullet), places
    )
    return Item(text, target, hang=2, right=ink(superscript(number), style=inks.muted))


def _news(news: News, inks: Inks) -> Item:
    text = ink("+ ", style=inks.unread)
    if news.argued:
        text.append(f"{ARGUES}  ", style=inks.argues)
    text.append(
        news.text.removeprefix("+"), style=inks.strong if news.kind in ("caveat", "figure") else ""
    )
    place = news.place
    target = (
        Passage(place.article_id, place.evidence, "What changed", news.text, (place,))
        if place is not None and place.evidence
        else None
    )
    return Item(text, target, hang=2)


def _disagreement(disagreement: Disagreement, inks: Inks) -> Item:
    differ = disagreement.verdict == "differ"
    text = ink("≠ " if differ else "↻ ", style=inks.caveat)
    text.append("Outlets differ" if differ else "Updated", style=inks.caveat)
    text.append(f"  {disagreement.counts}: ")
    joint = " · " if differ else " → "
    text.append(joint.join(f"{v.surface} ({len(v.outlets)})" for v in disagreement.values))
    places = tuple(p for v in disagreement.values for p in v.places)
    target = (
        Passage(places[0].article_id, places[0].evidence, disagreement.counts, text.plain, places)
        if places
        else None
    )
    return Item(text, target, hang=2)
