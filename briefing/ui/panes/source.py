"""An article's own text, with the evidence marked: the end of every drill-down but the page."""

import re
from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter

from rich.text import Text

from briefing.editions import ArticleReading
from briefing.model import Article, Basis, Digest, Span
from briefing.text import clean_line
from briefing.text.urls import host_and_port
from briefing.ui.formatting import format_time, reading_minutes
from briefing.ui.panes.article_text import (
    SentenceDrawing,
    iter_items,
    numbered_links,
    place_of,
)
from briefing.ui.panes.marking import Marking
from briefing.ui.panes.pictures import picture_lines
from briefing.ui.panes.wordings import (
    CHANGED,
    changed_line,
    new_words,
    old_headline,
    old_lines,
)
from briefing.ui.targets import Page, Passage
from briefing.ui.widgets.running_text import Stretch, link_style
from briefing.ui.widgets.styles import ThemeStyles, styled
from briefing.ui.widgets.wrapped_list import Item
from briefing.wording import (
    BULLET_SIGN,
    LIGHT_SIGN,
    enclosure_line,
    format_count,
    full_day,
    kind_sign,
)

_BASIS = {
    Basis.SUMMARY: "The feed's own summary; the page has the article.",
    Basis.CLOSED: "The page is closed (a paywall or a refusal); this is the feed's own text.",
}

_SHOWN_ENCLOSURES = 4


def iter_source(
    reading: ArticleReading,
    passage: Passage,
    styles: ThemeStyles,
    now: datetime,
    *,
    unfolded: bool = False,
    note: str = "",
    within: Span | None = None,
    marking: Marking | None = None,
    pictures: bool = False,
) -> Iterator[Item]:
    """What the source view shows.

    Each sentence is a stretch of its paragraph: a margin sign tells what it feeds. ``unfolded``:
    with the first wordings of what was changed under the sentences, and the new words marked.
    ``note``: what is to be said of a text that no refresh has read yet. ``within``: of the text
    only the lines that reach into this stretch, and nothing after it. ``marking``: the figures and
    names that are marked. ``pictures``: with a line for each picture of the article.
    """
    article, digest, revision = reading.article, reading.digest, reading.revision
    beside = picture_lines(article, styles) if pictures else []
    shown = [item for at, item in beside if not at]
    yield from _heading(reading, styles, now, unfolded, note, shown if pictures else None)
    altered = revision.changes if revision is not None else ()
    fresh = {c.after_span for c in altered}
    signs = {span: CHANGED for span in fresh if span is not None} | _feeding(digest)
    found = marking.inline() if marking is not None else ()
    if unfolded:
        found = (*found, *new_words(altered))
    drawing = SentenceDrawing(article, passage, signs, _speakers(digest), styles, found)
    old = list(old_lines(altered, styles)) if unfolded else []
    if pictures:
        old = sorted([*old, *((at, item) for at, item in beside if at)], key=itemgetter(0))
    is_empty = True
    for item in iter_items(drawing, reading.sentences, old, within):
        is_empty = False
        yield item
    if is_empty and not note:
        yield Item(
            styled("This article has no text here. Press o for its page.", style=styles.muted)
        )
    if within is None:
        yield from _link_list(article, styles)


def source_items(
    reading: ArticleReading, passage: Passage, styles: ThemeStyles, now: datetime
) -> tuple[list[Item], int | None]:
    """What the source view shows, and which item of it the passage goes to."""
    items = list(iter_source(reading, passage, styles, now))
    return items, place_of(items, passage.focus)


def _link_list(article: Article, styles: ThemeStyles) -> list[Item]:
    """What the article links to, by the numbers in its text."""
    links = numbered_links(article)
    if not links:
        return []
    items: list[Item] = [Item(Text()), Item(styled("Links", style=styles.muted))]
    for number, link in enumerate(links, 1):
        label, title, url = f"[{number}]", clean_line(link.title), link.url or ""
        text = styled(label, style=styles.muted)
        text.append(f" {title}", styles.link)
        if (host := host_and_port(url)) and host not in title:
            text.append(f"  {clean_line(host)}", styles.muted)
        text.stylize(link_style(number))
        target = Page(url, title)
        items.append(Stretch(text, target, hang=len(label) + 1, labels=((0, label),)))
    return items


def _heading(
    reading: ArticleReading,
    styles: ThemeStyles,
    now: datetime,
    unfolded: bool,
    note: str,
    pictures: list[Item] | None = None,
) -> list[Item]:
    """The title, who wrote it and when, what is to be known of the text, what is enclosed,
    and a space. pictures: the lines of those before the text, where pictures have lines.
    """
    article, revision = reading.article, reading.revision
    items = [Item(styled(clean_line(article.title or "Untitled"), style=styles.strong))]
    items.append(Item(_byline(article, styles, now, note)))
    basis = _BASIS.get(article.basis)
    if basis and not note:
        items.append(Item(styled(basis, style=styles.caveat)))
    enclosures = [e for e in article.enclosures if pictures is None or e.kind != "image"]
    shown = enclosures[:_SHOWN_ENCLOSURES]
    items += [Item(styled(clean_line(enclosure_line(e)), style=styles.muted)) for e in shown]
    if left_out := len(enclosures) - len(shown):
        items.append(Item(styled(f"and {format_count(left_out, 'more file')}", style=styles.muted)))
    items += pictures or []
    if revision is not None:
        items.append(changed_line(revision, styles, now, unfolded))
        if unfolded and revision.headline:
            items.append(old_headline(revision, styles))
    items.append(Item(Text()))
    return items


def _byline(article: Article, styles: ThemeStyles, now: datetime, note: str) -> Text:
    parts = ["Opinion" if article.opinion else "", article.source, article.byline]
    if article.published is not None:
        parts.append(format_time(article.published, now))
    if article.stated is not None:
        parts.append(f"dated {full_day(article.stated, None)} by its feed")
    minutes = reading_minutes(len(article.text.split()))
    if minutes or not note:
        parts.append(format_count(minutes, "minute"))
    parts.append(note)
    return styled(" · ".join(clean_line(p) for p in parts if p), style=styles.muted)


def _feeding(digest: Digest | None) -> dict[Span, str]:
    """Which sign stands in the margin of each sentence that a bullet or caveat comes from: a light
    one where a caveat was found that no bullet is marked with.
    """
    if digest is None:
        return {}
    signs = {s: LIGHT_SIGN for c in digest.caveats for s in c.evidence}
    for bullet in digest.bullets:
        for span in bullet.evidence:
            mark = bullet.caveat
            signs[span] = kind_sign(mark.kind) if mark else BULLET_SIGN
    return signs


def _speakers(digest: Digest | None) -> dict[Span, str]:
    """Who speaks, by the sentence in which a quotation ends that does not name its speaker."""
    speakers: dict[Span, str] = {}
    for quotation in digest.quotations if digest is not None else ():
        last = max((s for s in quotation.evidence if s.overlaps(quotation.span)), default=None)
        if quotation.speaker is None or last is None or digest is None:
            continue
        surname = re.escape(quotation.speaker.split()[-1])
        if not re.search(rf"(?<!\w){surname}(?!\w)", last.of(digest.article.text)):
            speakers[last] = quotation.speaker
    return speakers
