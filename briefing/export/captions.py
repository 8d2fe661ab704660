"""The lines that formats for people put beside a title: counts, outlets and times in words."""

from collections.abc import Collection
from datetime import tzinfo

from briefing.export.rendered import (
    FirstReport,
    RenderedBullet,
    RenderedDigest,
    RenderedEdition,
    RenderedFigure,
    RenderedPerson,
    RenderedQuote,
    RenderedSource,
    RenderedStory,
)
from briefing.model import Chapter
from briefing.wording import (
    caveat_name,
    caveat_sign,
    format_count,
    full_day,
    full_time,
    single_report_line,
)

UP_TO_DATE = "You are up to date."
END = "These are all."
BELOW_THE_LINE = "Below the line"


def edition_heading(edition: RenderedEdition, zone: tzinfo | None) -> str:
    """``Briefing, Tue 5 May 2026, 07:02``, or the title that it has."""
    return edition.title or f"Briefing, {full_time(edition.window.until, zone)}"


def edition_facts(edition: RenderedEdition, zone: tzinfo | None) -> tuple[str, ...]:
    """How much there is, and since when where the time chose it."""
    counts = edition.counts
    facts = (
        format_count(counts.stories, "story", "stories"),
        format_count(counts.articles, "article"),
        format_count(counts.sources, "source"),
    )
    return facts if edition.title else (*facts, f"since {full_time(edition.window.since, zone)}")


def edition_end(edition: RenderedEdition) -> str:
    """The last line: an edition has an end, and says what it left out."""
    end = END if edition.title else UP_TO_DATE
    if not edition.hidden:
        return end
    more = format_count(edition.hidden, "more story is", "more stories are")
    return f"{more} not shown here. {end}"


def story_facts(story: RenderedStory, zone: tzinfo | None) -> tuple[str, ...]:
    """How many independent outlets tell it, and where it began."""
    facts = [outlets(story), *(["opinion"] if story.opinion else [])]
    first = story.first
    if story.single_source:
        facts.append(single_report_line(story.single_source))
    elif first is not None and (story.outlets > 1 or first.credited):
        facts.append(_first(first, zone))
    return tuple(facts)


def outlets(story: RenderedStory) -> str:
    """``2 sources``."""
    return format_count(story.outlets, "source")


def _first(first: FirstReport, zone: tzinfo | None) -> str:
    if first.credited:
        return f"first reported by {first.outlet}"
    when = f", {full_time(first.published, zone)}" if first.published is not None else ""
    return f"first in your feeds: {first.outlet}{when}"


def digest_facts(digest: RenderedDigest, zone: tzinfo | None) -> tuple[str, ...]:
    """Whose article it is, when it was published and how long it is."""
    facts = ["Opinion"] if digest.opinion else []
    facts += [part for part in (digest.outlet, digest.byline) if part]
    if digest.published is not None:
        facts.append(full_time(digest.published, zone))
    return (
        *facts,
        f"{format_count(digest.words, 'word')}, {format_count(digest.minutes, 'minute')}",
    )


def caveat_word(bullet: RenderedBullet) -> str:
    """``! LIMITATION``: the sign and, in capitals, the word of a marked bullet's caveat."""
    return f"{caveat_sign(bullet.caveat)} {caveat_name(bullet.caveat).upper()}"


def figure_name(figure: RenderedFigure) -> str:
    """``44 t``; with a sign where outlets differ."""
    return f"{figure.surface} ≠" if figure.differs else figure.surface


def figure_line(figure: RenderedFigure) -> str:
    """``44 t (outlets differ) weight limit, 40 t before``: a figure without signs."""
    differs = " (outlets differ)" if figure.differs else ""
    counts = f" {figure.counts}" if figure.counts else ""
    before = f", {figure.before}" if figure.before else ""
    return f"{figure.surface}{differs}{counts}{before}"


def person_line(person: RenderedPerson) -> str:
    """``Ada Brun, port director``."""
    return f"{person.name}, {person.role}" if person.role else person.name


def section_heading(name: str) -> str:
    """``Section: Hills``."""
    return f"Section: {name}"


def in_words(line: str) -> str:
    """A line on values that differ or changed, its signs told in words, for whoever hears it."""
    return line.replace(" ≠ ", " but ").replace(" → ", " then ")


def earlier_line(chapter: Chapter, zone: tzinfo | None) -> str:
    """An earlier story, and until when it ran."""
    return f"{chapter.headline}, {full_day(chapter.latest, zone)}"


def source_facts(source: RenderedSource, zone: tzinfo | None) -> str:
    """``Coast Courier; Mon 4 May 2026, 16:02; summary only``, what the title says left out."""
    outlet = source.outlet if source.outlet != source.title else ""
    facts = (outlet, full_time(source.published, zone), ", ".join(source.notes))
    return "; ".join(fact for fact in facts if fact)


def source_line(source: RenderedSource, zone: tzinfo | None, *, known: Collection[str] = ()) -> str:
    """``Coast Courier, Mon 4 May 16:02 (opinion)``: a source of an edition, whose headline has told
    the year and whose story what the article is about. known: notes that are told above it."""
    local = source.published.astimezone(zone)
    notes = ", ".join(note for note in source.notes if note not in known)
    when = f"{local:%a} {local.day} {local:%b} {local:%H:%M}"
    return f"{source.outlet or source.title}, {when}{f' ({notes})' if notes else ''}"


def quote_facts(quote: RenderedQuote, zone: tzinfo | None) -> str:
    """When the article that is quoted was published."""
    return full_time(quote.published, zone) if quote.published is not None else ""


def quote_lead(quote: RenderedQuote) -> str:
    """``As written by Coast Courier:``, before its words."""
    return f"As written by {quote.outlet}:" if quote.outlet else "As written:"


def quoted_outlets(bullet: RenderedBullet) -> str:
    """``In the words of Coast Courier, Harbour Post``: whom its quotations are of."""
    names = list(dict.fromkeys(quote.outlet for quote in bullet.quotes if quote.outlet))
    return f"In the words of {', '.join(names)}" if names else "In the article's words"


def links_left_out(number: int) -> str:
    """``and 4 more links``; empty for none."""
    return f"and {format_count(number, 'more link')}" if number else ""
