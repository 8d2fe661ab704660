"""All articles of a story as lines: over time, each voice with what repeats it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.text import Text

from briefing.model import Brief, Coverage, Place, Story
from briefing.ui.panes.changes import NEW, is_new_outlet
from briefing.ui.targets import Passage
from briefing.ui.widgets.ink import Inks, ink
from briefing.ui.widgets.items import Item
from briefing.ui.words import clock, counted, sparkline

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
    found = article
    while (after := by_id.get(found.copy_of or found.follows or "")) is not None:
        if after.article_id in passed:
            return article
        passed.add(after.article_id)
        found = after
    return found


def coverage_words(brief: Brief, now: datetime) -> str:
    """What the bars show, in words: ``5 outlets · since Mon 05:05``."""
    words = counted(brief.outlets, "outlet")
    earliest = min((a.published for a in brief.articles), default=None)
    if earliest is None:
        return words
    since = "since " if len(brief.articles) > 1 else ""
    return f"{words} · {since}{clock(earliest, now)}"


def coverage_items(story: Story, inks: Inks, now: datetime) -> list[Item]:
    """The lines of the list of coverage."""
    articles = story.brief.articles
    head = ink(f"{counted(len(articles), 'article')} · ", style=inks.strong)
    head.append(coverage_words(story.brief, now), style=inks.strong)
    items = [Item(head)]
    bars = sparkline([a.published for a in articles], _BARS)
    if bars:
        line = ink(f"{clock(min(a.published for a in articles), now)} ", style=inks.muted)
        line.append(bars, style=inks.accent)
        line.append(f" {clock(max(a.published for a in articles), now)}", style=inks.muted)
        items.append(Item(line))
    told = voices(articles)
    if any(v.repeats for v in told):
        note = "A copy, or a report that credits another, is one voice with it."
        items.append(Item(ink(note, style=inks.muted)))
    for voice in told:
        items += [Item(Text()), _article(story, voice.article, "▸ ", inks, now)]
        items += [_article(story, a, "  └ ", inks, now) for a in voice.repeats]
    return items


def _article(story: Story, article: Coverage, lead: str, inks: Inks, now: datetime) -> Item:
    text = ink(lead, style=inks.accent)
    text.append(article.source, style=inks.strong)
    notes = ", ".join(_notes(story, article))
    if notes:
        text.append(f" ({notes})", style=inks.muted)
    text.append(f"\n{article.title}")
    place = Place(article.article_id, ())
    target = Passage(article.article_id, (), article.source, article.title, (place,))
    right = ink(f"{NEW} ", style=inks.unread) if is_new_outlet(story, article.source) else Text()
    right.append(clock(article.published, now), style=inks.muted)
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
