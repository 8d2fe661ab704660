"""What a story is linked to: its coverage, earlier chapters, and what its articles point to."""

from datetime import datetime

from rich.text import Text

from briefing.model import Chapter, OutletsJoined, Place, Story, StoryLink
from briefing.ui.formatting import format_time, sparkline
from briefing.ui.panes.changes import NEW
from briefing.ui.panes.coverage import coverage_words
from briefing.ui.targets import CoverageList, OtherStory, Page, Passage
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item
from briefing.wording import joined_line

MOST_LINKS = 8
COVERAGE, CHAPTER = "▸", "◂"
_KINDS = {"see-also": "See also", "source-document": "Document", "in-article": "Link"}


def linked_items(story: Story, styles: ThemeStyles, now: datetime) -> list[Item]:
    """The lines of the linked-stories pane for ``story``."""
    brief = story.brief
    items = [_coverage(story, styles, now)]
    if brief.first.how == "attribution" and brief.first.place is not None:
        place = brief.first.place
        text = styled("First: ", style=styles.muted)
        text.append(f"{brief.first.source}, by credit")
        items.append(Item(text, Passage.of_place(place, "First", text.plain)))
    if story.earlier:
        items += [Item(Text()), Item(styled("Earlier", style=styles.strong))]
        items += [_chapter(chapter, styles, now) for chapter in story.earlier]
    links = [i for i in brief.links if i.link.url or i.link.span][:MOST_LINKS]
    if links:
        items += [Item(Text()), Item(styled("Points to", style=styles.strong))]
        items += [_link(i, styles) for i in links]
    return items


def _coverage(story: Story, styles: ThemeStyles, now: datetime) -> Item:
    """How many articles, over time as bars and in words; the outlets that joined since. Of one
    article the brief's first line has told whose it is and when."""
    articles = story.brief.articles
    text = styled(f"{COVERAGE} ", style=styles.accent)
    if len(articles) == 1:
        text.append("No other coverage", style=styles.strong)
    else:
        text.append(f"Coverage {len(articles)}", style=styles.strong)
        bars = sparkline([a.published for a in articles])
        if bars:
            text.append(f"  {bars}", style=styles.accent)
        text.append(f"\n{coverage_words(story.brief, now)}", style=styles.muted)
    for change in story.changed:
        if isinstance(change, OutletsJoined):
            text.append(f"\n{NEW} ", style=styles.unread).append(joined_line(change))
    return Item(text, CoverageList(), hang=2)


def _chapter(chapter: Chapter, styles: ThemeStyles, now: datetime) -> Item:
    text = styled(f"{CHAPTER} ", style=styles.accent)
    text.append(chapter.headline)
    when = styled(format_time(chapter.latest, now), style=styles.muted)
    return Item(text, OtherStory(chapter.story_id, chapter.headline), hang=2, right=when)


def _link(line: StoryLink, styles: ThemeStyles) -> Item:
    link = line.link
    text = styled(f"{_KINDS[link.kind]}: ", style=styles.muted)
    text.append(link.title, style=styles.link)
    if link.url:
        return Item(text, Page(link.url, link.title), hang=2)
    evidence = (link.span,) if link.span is not None else ()
    place = Place(line.article_id, evidence)
    return Item(text, Passage.of_place(place, _KINDS[link.kind], link.title), hang=2)
