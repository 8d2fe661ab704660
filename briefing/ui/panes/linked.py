"""What a story is linked to: its coverage, earlier chapters, and what its articles point to."""

from datetime import datetime

from rich.text import Text

from briefing.model import Coverage, Place, Story, StoryLink
from briefing.ui.targets import OtherStory, Page, Passage
from briefing.ui.widgets.ink import Inks, ink
from briefing.ui.widgets.items import Item
from briefing.ui.words import clock, sparkline

MOST_ARTICLES = 30
MOST_LINKS = 8
_KINDS = {"see-also": "See also", "source-document": "Document", "in-article": "Link"}


def linked_items(story: Story, inks: Inks, now: datetime) -> list[Item]:
    """The lines of the linked-stories pane for ``story``."""
    brief = story.brief
    head = ink(f"Coverage {len(brief.articles)}", style=inks.strong)
    bars = sparkline([a.published for a in brief.articles])
    if bars:
        head.append(f"   {bars}", style=inks.accent)
    items = [Item(head)]
    first = brief.first.article_id
    newest_first = sorted(brief.articles, key=lambda a: a.published, reverse=True)
    items += [_article(a, a.article_id == first, inks, now) for a in newest_first[:MOST_ARTICLES]]
    if brief.first.how == "attribution" and brief.first.place is not None:
        place = brief.first.place
        text = ink("First: ", style=inks.muted)
        text.append(f"{brief.first.source}, by credit")
        items.append(
            Item(text, Passage(place.article_id, place.evidence, "First", text.plain, (place,)))
        )
    if story.earlier:
        items += [Item(Text()), Item(ink("Earlier", style=inks.strong))]
        for chapter in story.earlier:
            text = ink("◂ ", style=inks.accent)
            text.append(chapter.headline)
            text.append(f"  {clock(chapter.latest, now)}", style=inks.muted)
            items.append(Item(text, OtherStory(chapter.story_id, chapter.headline), hang=2))
    links = [i for i in brief.links if i.link.url or i.link.span][:MOST_LINKS]
    if links:
        items += [Item(Text()), Item(ink("Points to", style=inks.strong))]
        items += [_link(i, inks) for i in links]
    return items


def _article(article: Coverage, first: bool, inks: Inks, now: datetime) -> Item:
    text = ink("▸ ", style=inks.accent)
    text.append(article.source, style=inks.strong)
    notes = []
    if first:
        notes.append("first")
    if article.opinion:
        notes.append("opinion")
    if article.copy_of is not None:
        notes.append("wire copy")
    if article.basis != "full":
        notes.append("summary only" if article.basis == "summary" else "behind a wall")
    if notes:
        text.append(f" ({', '.join(notes)})", style=inks.muted)
    text.append(f"\n{article.title}")
    place = Place(article.article_id, ())
    target = Passage(article.article_id, (), article.source, article.title, (place,))
    return Item(text, target, hang=2, right=ink(clock(article.published, now), style=inks.muted))


def _link(line: StoryLink, inks: Inks) -> Item:
    link = line.link
    text = ink(f"{_KINDS[link.kind]}: ", style=inks.muted)
    text.append(link.title, style=inks.link)
    if link.url:
        return Item(text, Page(link.url, link.title), hang=2)
    evidence = (link.span,) if link.span is not None else ()
    return Item(
        text,
        Passage(
            line.article_id,
            evidence,
            _KINDS[link.kind],
            link.title,
            (Place(line.article_id, evidence),),
        ),
        hang=2,
    )
