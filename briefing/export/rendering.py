"""A story, or a digest, in the words that every printed format shows: one value, thin renderers.

All strings are single lines without control characters; the renderers escape them for their format.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from briefing.model import (
    CAVEAT_LANGUAGES,
    READ_TO,
    Basis,
    Bullet,
    BulletAdded,
    Coverage,
    Cue,
    Digest,
    Disagreement,
    Edition,
    Entity,
    Figure,
    Link,
    Reported,
    Story,
    StoryChange,
)
from briefing.text import clean_line
from briefing.wording import change_line

UP_TO_DATE = "You are up to date."
ARGUES = "argues"
"""The mark of a bullet that argues: it stands beside its words, never among them."""

_SUMMARY = (
    "Only the feed's own summary was to be had: what the whole article adds, caveats too, "
    "is not known."
)
_UNREAD = "Only the first {read:,} of {all:,} sentences were read for this digest."
_CLOSED = (
    "The page was closed to us (a paywall or a refusal): what the whole article adds, caveats too, "
    "is not known."
)
_NO_CAVEATS = "No caveats were found in the article's text."
_UNSOUGHT = "Caveats are sought in English, French, German and Spanish only."
_NO_CATEGORY = "Without a category"
_SHOWN_FIGURES = 6
_SHOWN_PEOPLE = 6
_SHOWN_LINKS = 6


@dataclass(frozen=True, slots=True)
class Point:
    """A bullet: ``kind`` is the caveat's word in lower case, empty for a plain bullet.

    ``source`` is an outlet's name where it alone says so among several. ``argued``: it is an
    opinion piece's, and marked with ``ARGUES``.
    """

    kind: str
    text: str
    source: str = ""
    argued: bool = False

    @property
    def sign(self) -> str:
        """What stands before the bullet: colour never carries this alone."""
        return "!" if self.kind else "•"


@dataclass(frozen=True, slots=True)
class Named:
    """A figure with what it counts, or a person with who they are."""

    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source or a link. ``url`` is an http or https address, or empty."""

    title: str
    url: str = ""
    source: str = ""
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A story or a digest, ready to be set."""

    title: str
    facts: tuple[str, ...] = ()
    url: str = ""
    section: str = ""  # the category, where the edition is told by category and a new one begins
    notes: tuple[str, ...] = ()  # what limits it, to be seen before the points
    points: tuple[Point, ...] = ()
    figures: tuple[Named, ...] = ()
    people: tuple[Named, ...] = ()
    disagreements: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    links: tuple[Reference, ...] = ()
    sources: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole edition: the stories above the line told, those below it named."""

    heading: str
    facts: tuple[str, ...]
    stories: tuple[Told, ...]
    below: tuple[Told, ...]
    end: str


def edition_view(edition: Edition, zone: tzinfo | None, *, sections: bool = False) -> Sheet:
    """The edition in words, its times in ``zone`` (the system's where None).

    sections: what stands above the line is told by category, the best story's first.
    """
    counts = edition.counts
    above, below = edition.stories[: counts.above], edition.stories[counts.above :]
    first = _by_section(above, zone) if sections else tuple(story_view(s, zone) for s in above)
    told = (*first, *(story_view(s, zone) for s in below))
    hidden = counts.stories - len(told)
    facts = (
        _many(counts.stories, "story", "stories"),
        _many(counts.articles, "article"),
        _many(counts.sources, "source"),
        f"since {when(edition.window.since, zone)}",
    )
    end = UP_TO_DATE
    if hidden > 0:
        more = _many(hidden, "more story is", "more stories are")
        end = f"{more} not shown here. {UP_TO_DATE}"
    heading = f"Briefing, {when(edition.window.until, zone)}"
    return Sheet(heading, facts, told[: counts.above], told[counts.above :], end)


def _by_section(stories: Sequence[Story], zone: tzinfo | None) -> tuple[Told, ...]:
    grouped: dict[str, list[Told]] = {}
    for story in stories:
        name = clean_line(story.row.category) or _NO_CATEGORY
        grouped.setdefault(name, []).append(story_view(story, zone))
    return tuple(
        replace(told, section="" if number else name)
        for name, group in grouped.items()
        for number, told in enumerate(group)
    )


def story_view(story: Story, zone: tzinfo | None) -> Told:
    """A story in words."""
    brief = story.brief
    several = brief.outlets > 1
    facts = [_many(brief.outlets, "source"), *(["opinion"] if brief.opinion else [])]
    if brief.single_source is not None:
        facts.append(f"all follow one report: {clean_line(brief.single_source)}")
    elif brief.first.source and (several or brief.first.how == "attribution"):
        facts.append(_first(story, zone))
    notes = [_SUMMARY] if brief.summary_only else []
    return Told(
        title=clean_line(brief.headline) or "(no headline)",
        facts=tuple(facts),
        notes=tuple(notes),
        points=tuple(
            _point(b.bullet, clean_line(b.source) if several and b.outlets == 1 else "", b.argued)
            for b in brief.bullets
        ),
        figures=_figures((f.figure, f.differs) for f in brief.figures),
        people=_people(e.entity for e in brief.entities),
        disagreements=tuple(_disagreement(d) for d in brief.disagreements),
        changed=tuple(_change(c) for c in story.changed),
        earlier=tuple(f"{clean_line(c.headline)}, {day(c.latest, zone)}" for c in story.earlier),
        links=_links([i.link for i in brief.links]),
        sources=tuple(
            Reference(
                clean_line(a.title) or clean_line(a.source),
                web_address(a.url),
                clean_line(a.source),
                when(a.published, zone),
                _coverage_note(a),
            )
            for a in brief.articles
        ),
    )


def digest_view(digest: Digest, zone: tzinfo | None) -> Told:
    """A digest in words."""
    article = digest.article
    facts = ["Opinion"] if article.opinion else []
    facts += [clean_line(part) for part in (article.source, article.byline) if part]
    if article.published is not None:
        facts.append(when(article.published, zone))
    facts.append(f"{_many(digest.words, 'word')}, {_many(digest.minutes, 'minute')}")
    notes: tuple[str, ...] = ()
    match article.basis:
        case Basis.SUMMARY:
            notes = (_SUMMARY,)
        case Basis.CLOSED:
            notes = (_CLOSED,)
        case Basis.FULL:
            if article.language not in CAVEAT_LANGUAGES:
                notes = (_UNSOUGHT,)
            elif digest.bullets and not digest.caveats:
                notes = (_NO_CAVEATS,)
    if not digest.bullets:
        notes = (*notes, "There is nothing here to make bullets of.")
    if len(digest.sentences) > READ_TO:
        notes = (*notes, _UNREAD.format(read=READ_TO, all=len(digest.sentences)))
    return Told(
        title=clean_line(article.title or "") or "(no title)",
        facts=tuple(facts),
        url=web_address(article.url),
        notes=notes,
        points=tuple(_point(b, "", article.opinion) for b in digest.bullets),
        figures=_figures((f, False) for f in digest.figures),
        people=_people(digest.entities),
        links=_links(digest.links),
    )


def bullet_text(bullet: Bullet) -> str:
    """A bullet as it is read: a name in brackets where the text has a pronoun."""
    return clean_line(bullet.named)


def web_address(url: str | None) -> str:
    """The address where it is one that may be opened (http or https), else nothing."""
    cleaned = "".join(clean_line(url or "").split())
    return cleaned if cleaned.lower().startswith(("http://", "https://")) else ""


def when(moment: datetime, zone: tzinfo | None) -> str:
    """``Tue 5 May 2026, 07:02``."""
    local = moment.astimezone(zone)
    return f"{day(moment, zone)}, {local:%H:%M}"


def day(moment: datetime, zone: tzinfo | None) -> str:
    """``Tue 5 May 2026``."""
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b} {local.year}"


def _change(change: StoryChange) -> str:
    argued = isinstance(change, BulletAdded) and change.line.argued
    return clean_line(change_line(change)) + (" (opinion)" if argued else "")


def _point(bullet: Bullet, source: str, argued: bool) -> Point:
    return Point(_kind(bullet.caveat), bullet_text(bullet), source, argued)


def _kind(cue: Cue | None) -> str:
    return cue.kind.value if cue else ""


def _many(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def _first(story: Story, zone: tzinfo | None) -> str:
    first = story.brief.first
    if first.how == "attribution":
        return f"first reported by {clean_line(first.source)}"
    times = [a.published for a in story.brief.articles if a.article_id == first.article_id]
    at = f", {when(times[0], zone)}" if times else ""
    return f"first in your feeds: {clean_line(first.source)}{at}"


def _figures(found: Iterable[tuple[Figure, bool]]) -> tuple[Named, ...]:
    chosen = [(f, differs) for f, differs in found if f.key][:_SHOWN_FIGURES]
    return tuple(
        Named(clean_line(f.surface) + (" ≠" if differs else ""), clean_line(f.counts))
        for f, differs in chosen
    )


def _people(found: Iterable[Entity]) -> tuple[Named, ...]:
    chosen = [e for e in found if e.key][:_SHOWN_PEOPLE]
    return tuple(Named(clean_line(e.name), clean_line(e.role or "")) for e in chosen)


def _disagreement(disagreement: Disagreement) -> str:
    counts = clean_line(disagreement.counts)
    arrow = disagreement.verdict == "updated"
    values = (" → " if arrow else " ≠ ").join(_value(v, disagreement) for v in disagreement.values)
    return f"{counts}: {values}"


def _value(reported: Reported, disagreement: Disagreement) -> str:
    outlets = _listed([clean_line(o) for o in reported.outlets])
    surface = clean_line(reported.surface)
    return f"{surface} ({outlets})" if outlets and len(disagreement.values) > 1 else surface


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return ", ".join(names)


def _links(links: Sequence[Link]) -> tuple[Reference, ...]:
    """What an article points to, its documents and "see also" first; a long list is cut."""
    ordered = sorted(links, key=lambda link: link.kind == "in-article")
    shown = [
        Reference(clean_line(i.title) or web_address(i.url), web_address(i.url))
        for i in ordered[:_SHOWN_LINKS]
    ]
    if len(links) > _SHOWN_LINKS:
        shown.append(Reference(f"and {_many(len(links) - _SHOWN_LINKS, 'more link')}"))
    return tuple(shown)


def _coverage_note(article: Coverage) -> str:
    notes = ["opinion"] if article.opinion else []
    if article.copy_of is not None:
        notes.append("repeats another report")
    if article.basis is not Basis.FULL:
        notes.append("summary only" if article.basis is Basis.SUMMARY else "closed page")
    return ", ".join(notes)
