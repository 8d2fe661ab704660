"""All articles of a story as lines: over time, each voice with what repeats it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.text import Text

from briefing.model import Brief, Coverage, Place, Story
from briefing.ui.formatting import format_time, sparkline
from briefing.ui.panes.changes import NEW, is_new_outlet
from briefing.ui.targets import Passage
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item
from briefing.wording import format_count

_BARS = 24
_BASIS = {"summary": "summary only", "closed": "behind a wall"}


@dataclass(frozen=True, slots=True)
class Voice:
    """An article that speaks for itself, and those that copy or credit it, the earliest first."""

    article: Coverage
    repeats: tuple[Coverage, ...]


def voices(articles: Sequence[Coverage]) -> list[Voice]:
    """The articles by voice, the voice with the newest own article first.

    A copy of a copy belongs to the first of them; one of an article that is not among these
    stands by itself.
    """
    by_id = {a.article_id: a for a in articles}
    repeats: dict[str, list[Coverage]] = {a.article_id: [] for a in articles}
    roots = []
    for article in sorted(articles, key=lambda a: a.published):
        root = _root(article, by_id)
        if root is article:
            roots.append(article)
        else:
            repeats[root.article_id].append(article)
    return [Voice(a, tuple(repeats[a.article_id])) for a in reversed(roots)]


def _root(article: Coverage, by_id: dict[str, Coverage]) -> Coverage:
    passed = {article.article_id}
    root = article
    while (after := by_id.get(root.copy_of or root.follows or "")) is not None:
        if after.article_id in passed:
            return article
        passed.add(after.article_id)
        root = after
    return root


def coverage_words(brief: Brief, now: datetime) -> str:
    """What the bars show, in words: ``5 outlets · since Mon 05:05``."""
    words = format_count(brief.outlets, "outlet")
    earliest = min((a.published for a in brief.articles), default=None)
    if earliest is None:
        return words
    since = "since " if len(brief.articles) > 1 else ""
    return f"{words} · {since}{format_time(earliest, now)}"


def coverage_items(story: Story, styles: ThemeStyles, now: datetime) -> list[Item]:
    """The lines of the list of coverage."""
    articles = story.brief.articles
    head = styled(f"{format_count(len(articles), 'article')} · ", style=styles.strong)
    head.append(coverage_words(story.brief, now), style=styles.strong)
    items = [Item(head)]
    bars = sparkline([a.published for a in articles], _BARS)
    if bars:
        line = styled(
            f"{format_time(min(a.published for a in articles), now)} ", style=styles.muted
        )
        line.append(bars, style=styles.accent)
        line.append(f" {format_time(max(a.published for a in articles), now)}", style=styles.muted)
        items.append(Item(line))
    all_voices = voices(articles)
    if any(v.repeats for v in all_voices):
        note = "A copy, or a report that credits another, is one voice with it."
        items.append(Item(styled(note, style=styles.muted)))
    for voice in all_voices:
        items += [Item(Text()), _article(story, voice.article, "▸ ", styles, now)]
        items += [_article(story, a, "  └ ", styles, now) for a in voice.repeats]
    return items


def _article(
    story: Story, article: Coverage, lead: str, styles: ThemeStyles, now: datetime
) -> Item:
    text = styled(lead, style=styles.accent)
    text.append(article.source, style=styles.strong)
    notes = ", ".join(_notes(story, article))
    if notes:
        text.append(f" ({notes})", style=styles.muted)
    text.append(f"\n{article.title}")
    place = Place(article.article_id, ())
    target = Passage.of_place(place, article.source, article.title)
    right = (
        styled(f"{NEW} ", style=styles.unread) if is_new_outlet(story, article.source) else Text()
    )
    right.append(format_time(article.published, now), style=styles.muted)
    return Item(text, target, hang=len(lead), right=right)


def _notes(story: Story, article: Coverage) -> list[str]:
    sources = {a.article_id: a.source for a in story.brief.articles}
    notes = []
    if article.article_id == story.brief.first.article_id:
        notes.append("first")
    if article.opinion:
        notes.append("opinion")
    if article.copy_of is not None:
        notes.append(f"copy of {sources.get(article.copy_of, 'another report')}")
    elif article.follows is not None:
        notes.append(f"credits {sources.get(article.follows, 'another report')}")
    basis = _BASIS.get(article.basis)
    return [*notes, basis] if basis else notes
