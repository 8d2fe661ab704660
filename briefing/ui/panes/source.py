"""An article's own text, with the evidence marked: the end of every drill-down but the page."""

from datetime import datetime

from rich.text import Text

from briefing.model import Article, Basis, Digest, Evidence, Span
from briefing.text import clean_line, paragraphs, sentences
from briefing.ui.targets import Sentence
from briefing.ui.widgets.ink import Inks, ink
from briefing.ui.widgets.items import Item
from briefing.ui.words import SIGNS, clock, counted

_BASIS = {
    Basis.SUMMARY: "Only the feed's own summary was to be had; the page has the article.",
    Basis.CLOSED: "The page is closed (a paywall or a refusal); this is the feed's own text.",
}


def source_items(
    article: Article, digest: Digest | None, evidence: Evidence, inks: Inks, now: datetime
) -> tuple[list[Item], int | None]:
    """The lines of the source view and which of them the evidence is on.

    Each sentence begins a line of its own: a margin sign tells what it feeds.
    """
    items = [Item(ink(clean_line(article.title or "Untitled"), style=inks.strong))]
    items.append(Item(_byline(article, inks, now)))
    note = _BASIS.get(article.basis)
    if note:
        items.append(Item(ink(note, style=inks.caveat)))
    items.append(Item(Text()))
    spans = (
        digest.sentences if digest is not None else tuple(sentences(article.text, article.language))
    )
    feeds = _feeding(digest)
    place = None
    breaks = {p.start for p in paragraphs(article.text)}
    for number, span in enumerate(spans):
        if number and span.start in breaks:
            items.append(Item(Text()))
        hit = any(span.overlaps(e) for e in evidence)
        if hit and place is None:
            place = len(items)
        items.append(_sentence(article.text, span, hit, feeds.get(span, ""), evidence, inks))
    if not spans:
        items.append(
            Item(ink("This article has no text here. Press o for its page.", style=inks.muted))
        )
    return items, place


def _byline(article: Article, inks: Inks, now: datetime) -> Text:
    parts = ["Opinion" if article.opinion else "", article.source, article.byline]
    if article.published is not None:
        parts.append(clock(article.published, now))
    minutes = -(-len(article.text.split()) // 230)
    parts.append(counted(minutes, "minute"))
    return ink(" · ".join(clean_line(p) for p in parts if p), style=inks.muted)


def _feeding(digest: Digest | None) -> dict[Span, str]:
    """Which sign stands in the margin of each sentence that a bullet or caveat comes from."""
    if digest is None:
        return {}
    signs = {s: SIGNS[c.mark.weight] for c in digest.caveats for s in c.evidence}
    for bullet in digest.bullets:
        for span in bullet.evidence:
            signs[span] = SIGNS[bullet.caveat.weight] if bullet.caveat else "•"
    return signs


def _sentence(text: str, span: Span, hit: bool, sign: str, evidence: Evidence, inks: Inks) -> Item:
    line = ink(f"{sign or ' '} ", style=inks.caveat if sign == "!" else inks.muted)
    body = Text(clean_line(span.of(text)))
    if hit:
        body.stylize(inks.evidence)
        for part in evidence:
            if span.contains(part) and part != span:
                body.stylize(inks.strong, part.start - span.start, part.end - span.start)
    line.append_text(body)
    return Item(line, Sentence(span, body.plain, bool(sign) or hit), hang=2)
