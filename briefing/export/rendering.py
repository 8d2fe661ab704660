"""From an edition, a story or a digest to the render model: cleaned, chosen, cut."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from briefing.export.exporter import ExportOptions
from briefing.export.rendered import (
    FirstReport,
    RenderedBullet,
    RenderedContent,
    RenderedDigest,
    RenderedEdition,
    RenderedFigure,
    RenderedLink,
    RenderedPerson,
    RenderedQuote,
    RenderedSection,
    RenderedSource,
    RenderedStory,
)
from briefing.model import (
    CAVEAT_LANGUAGES,
    READ_TO,
    Basis,
    Brief,
    Bullet,
    BulletAdded,
    Coverage,
    Digest,
    Edition,
    Entity,
    Figure,
    Link,
    Place,
    Section,
    Story,
    StoryBullet,
    StoryChange,
    without_credentials,
)
from briefing.text import clean_line
from briefing.wording import (
    before_line,
    change_line,
    disagreement_line,
    enclosure_note,
    update_line,
)

SUMMARY_ONLY = "summary only"
"""What stands beside a source whose article was not to be had."""
_SUMMARY = "Feed summary only: what the whole article adds, caveats too, is not known."
_UNREAD = "Only the first {read:,} of {all:,} sentences were read for this digest."
_CLOSED = (
    "The page was closed to us (a paywall or a refusal): what the whole article adds, caveats too, "
    "is not known."
)
_NO_CAVEATS = "No caveats were found in the article's text."
_UNSOUGHT = "Caveats are sought in English, French, German and Spanish only."
_NO_BULLETS = "There is nothing here to make bullets of."
_OTHERS = "Other stories"
_NO_CATEGORY = "Without a category"
_SHOWN_FIGURES = 6
_SHOWN_PEOPLE = 6
_SHOWN_LINKS = 6
_SHOWN_QUOTES = 5
_ADDRESS = re.compile(
    r"(?P<site>https?://[^/?#\s<>\"{}|\\^`]+)(?P<page>[/?#].*)?", re.IGNORECASE | re.DOTALL
)
_NOT_IN_ADDRESS = re.compile(r"[\s<>\"{}|\\^`\[\]\ufffe\uffff]|%(?![0-9A-Fa-f]{2})")
_NO_TEXTS: Mapping[str, str] = {}


def rendered_for(edition: Edition, options: ExportOptions) -> RenderedEdition:
    """The edition to be printed as the options ask for it."""
    rendered = rendered_edition(
        edition, sections=options.sections, groups=options.groups, texts=options.texts
    )
    return replace(rendered, title=clean_line(options.title))


def rendered_edition(
    edition: Edition,
    *,
    sections: bool = False,
    groups: Sequence[Section] = (),
    texts: Mapping[str, str] = _NO_TEXTS,
) -> RenderedEdition:
    """The edition to be printed.

    sections: what stands above the line is told by category, the best story's first. groups:
    headings and the stories above the line that are told under them before all others. texts: of
    articles, by their identifiers; what a bullet stands on is quoted from them.
    """
    counts = edition.counts
    above = tuple(rendered_story(s, texts) for s in edition.stories[: counts.above])
    grouped, rest = _grouped(above, groups)
    heading = _OTHERS if grouped else ""
    others = _by_category(rest) if sections else (RenderedSection(heading, rest),)
    return RenderedEdition(
        window=edition.window,
        counts=counts,
        sections=(*grouped, *others) if rest or not grouped else grouped,
        below=tuple(rendered_story(s) for s in edition.stories[counts.above :]),
        hidden=max(0, counts.stories - len(edition.stories)),
    )


def _grouped(
    stories: Sequence[RenderedStory], groups: Sequence[Section]
) -> tuple[tuple[RenderedSection, ...], tuple[RenderedStory, ...]]:
    """The groups that have stories, and the stories in none; a story stands in the first that has
    it."""
    left, grouped = list(stories), []
    for name, ids in groups:
        own = tuple(story for story in left if story.id in ids)
        left = [story for story in left if story.id not in ids]
        if own:
            grouped.append(RenderedSection(clean_line(name), own))
    return tuple(grouped), tuple(left)


def _by_category(stories: Sequence[RenderedStory]) -> tuple[RenderedSection, ...]:
    grouped: dict[str, list[RenderedStory]] = {}
    for story in stories:
        grouped.setdefault(story.category or _NO_CATEGORY, []).append(story)
    return tuple(RenderedSection(name, tuple(group)) for name, group in grouped.items())


def rendered_story(story: Story, texts: Mapping[str, str] = _NO_TEXTS) -> RenderedStory:
    """The story to be printed; ``texts`` as for an edition."""
    brief = story.brief
    return RenderedStory(
        id=story.id,
        title=clean_line(brief.headline) or "(no headline)",
        category=clean_line(story.row.category),
        latest=story.row.latest,
        outlets=brief.outlets,
        opinion=brief.opinion,
        single_source=clean_line(brief.single_source or ""),
        first=_first_report(story),
        content=_story_content(story, texts),
    )


def lasting_edition(edition: Edition, options: ExportOptions) -> RenderedEdition:
    """The edition for a file that is kept, as ``lasting_story`` has its stories."""
    rendered = rendered_for(edition, options)
    sections = tuple(
        replace(section, stories=tuple(map(_lasting, section.stories)))
        for section in rendered.sections
    )
    return replace(rendered, sections=sections)


def lasting_story(story: Story, texts: Mapping[str, str]) -> RenderedStory:
    """The story for a file that is kept: without what is new since the reader last looked, which
    would change with every look.
    """
    return _lasting(rendered_story(story, texts))


def _lasting(story: RenderedStory) -> RenderedStory:
    return replace(story, content=replace(story.content, changes=()))


def _story_content(story: Story, texts: Mapping[str, str]) -> RenderedContent:
    brief = story.brief
    several = brief.outlets > 1
    links, links_left_out = _links([i.link for i in brief.links])
    return RenderedContent(
        notes=(_SUMMARY,) if brief.summary_only else (),
        bullets=tuple(
            _bullet(
                line.bullet,
                line.article_id,
                outlet=clean_line(line.source) if several and line.outlets == 1 else "",
                argued=line.argued,
                updates=tuple(clean_line(update_line(f)) for f in brief.updates_in(line)),
                quotes=tuple(_quotes(line, brief, texts)) if texts else (),
            )
            for line in brief.bullets
        ),
        figures=_figures((f.figure, f.differs, before_line(f)) for f in brief.figures),
        people=_people(e.entity for e in brief.entities),
        disagreements=_disagreements(brief, "differ"),
        updates=_disagreements(brief, "updated"),
        changes=tuple(_change(c) for c in story.changed),
        earlier=tuple(replace(c, headline=clean_line(c.headline)) for c in story.earlier),
        links=links,
        links_left_out=links_left_out,
        sources=tuple(_source(a) for a in brief.articles),
    )


def rendered_digest(digest: Digest) -> RenderedDigest:
    """The digest to be printed."""
    article = digest.article
    links, links_left_out = _links(digest.links)
    return RenderedDigest(
        article_id=article.id,
        title=clean_line(article.title or "") or "(no title)",
        url=web_address(article.url),
        outlet=clean_line(article.source or ""),
        byline=clean_line(article.byline or ""),
        published=article.published,
        opinion=article.opinion,
        words=digest.words,
        minutes=digest.minutes,
        content=RenderedContent(
            notes=tuple(_digest_notes(digest)),
            bullets=tuple(
                _bullet(bullet, article.id, argued=article.opinion) for bullet in digest.bullets
            ),
            figures=_figures((f, False, "") for f in digest.figures),
            people=_people(digest.entities),
            links=links,
            links_left_out=links_left_out,
        ),
    )


def _digest_notes(digest: Digest) -> Iterable[str]:
    """What a reader must know of how much was read before taking the bullets for all there is."""
    article = digest.article
    match article.basis:
        case Basis.SUMMARY:
            yield _SUMMARY
        case Basis.CLOSED:
            yield _CLOSED
        case Basis.FULL:
            if article.language not in CAVEAT_LANGUAGES:
                yield _UNSOUGHT
            elif digest.bullets and not digest.caveats:
                yield _NO_CAVEATS
    if not digest.bullets:
        yield _NO_BULLETS
    if len(digest.sentences) > READ_TO:
        yield _UNREAD.format(read=READ_TO, all=len(digest.sentences))


def web_address(url: str | None) -> str:
    """The address where it is one that may be opened (http or https), else nothing.

    What RFC 3987 has no place for in an address is written as its ``%`` code, so that no format
    takes it for the end of one.
    """
    cleaned = without_credentials("".join(clean_line(url or "").split()))
    parts = _ADDRESS.fullmatch(cleaned)
    if parts is None:
        return ""
    return parts["site"] + _NOT_IN_ADDRESS.sub(
        lambda found: f"%{ord(found[0]):02X}", parts["page"] or ""
    )


def _first_report(story: Story) -> FirstReport | None:
    first = story.brief.first
    if not first.source:
        return None
    times = [a.published for a in story.brief.articles if a.article_id == first.article_id]
    published = times[0] if times else None
    return FirstReport(clean_line(first.source), first.how == "attribution", published)


def _bullet(
    bullet: Bullet,
    article_id: str,
    *,
    outlet: str = "",
    argued: bool = False,
    updates: tuple[str, ...] = (),
    quotes: tuple[RenderedQuote, ...] = (),
) -> RenderedBullet:
    mark = bullet.caveat
    kind = mark.kind if mark is not None else None
    text = clean_line(bullet.named)
    return RenderedBullet(text, article_id, kind, outlet, argued, mark is not None, updates, quotes)


def _quotes(line: StoryBullet, brief: Brief, texts: Mapping[str, str]) -> Iterable[RenderedQuote]:
    """What a bullet stands on, in the articles' own words: its own article's first."""
    articles = {a.article_id: a for a in brief.articles}
    places = dict.fromkeys((Place(line.article_id, line.bullet.evidence), *line.also))
    for place in list(places)[:_SHOWN_QUOTES]:
        text = texts.get(place.article_id, "")
        said = " … ".join(filter(None, (clean_line(span.of(text)) for span in place.evidence)))
        article = articles.get(place.article_id)
        if said:
            yield RenderedQuote(
                text=said,
                article_id=place.article_id,
                outlet=clean_line(article.source if article else line.source),
                url=web_address(article.url) if article else "",
                published=article.published if article else None,
            )


def _figures(figures: Iterable[tuple[Figure, bool, str]]) -> tuple[RenderedFigure, ...]:
    """The key figures among those given, each with whether outlets differ on it, and what it was
    before."""
    key_figures = [each for each in figures if each[0].key][:_SHOWN_FIGURES]
    return tuple(
        RenderedFigure(clean_line(f.surface), clean_line(f.counts), differs, clean_line(before))
        for f, differs, before in key_figures
    )


def _disagreements(brief: Brief, verdict: Literal["differ", "updated"]) -> tuple[str, ...]:
    return tuple(
        clean_line(disagreement_line(d)) for d in brief.disagreements if d.verdict == verdict
    )


def _people(entities: Iterable[Entity]) -> tuple[RenderedPerson, ...]:
    key_people = [e for e in entities if e.key][:_SHOWN_PEOPLE]
    return tuple(RenderedPerson(clean_line(e.name), clean_line(e.role or "")) for e in key_people)


def _change(change: StoryChange) -> str:
    argued = isinstance(change, BulletAdded) and change.line.argued
    return clean_line(change_line(change)) + (" (opinion)" if argued else "")


def _links(links: Sequence[Link]) -> tuple[tuple[RenderedLink, ...], int]:
    """What an article points to, its documents and "see also" first, and how many were left out."""
    ordered = sorted(links, key=lambda link: link.kind == "in-article")
    shown = tuple(
        RenderedLink(clean_line(i.title) or web_address(i.url), web_address(i.url))
        for i in ordered[:_SHOWN_LINKS]
    )
    return shown, len(links) - len(shown)


def _source(article: Coverage) -> RenderedSource:
    outlet = clean_line(article.source)
    return RenderedSource(
        article_id=article.article_id,
        title=clean_line(article.title) or outlet,
        url=web_address(article.url),
        outlet=outlet,
        published=article.published,
        notes=tuple(_source_notes(article)),
    )


def _source_notes(article: Coverage) -> Iterable[str]:
    if article.opinion:
        yield "opinion"
    if article.enclosures:
        yield enclosure_note(article.enclosures[0])
    if article.copy_of is not None:
        yield "repeats another report"
    match article.basis:
        case Basis.SUMMARY:
            yield SUMMARY_ONLY
        case Basis.CLOSED:
            yield "closed page"
        case Basis.FULL:
            pass
