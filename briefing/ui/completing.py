"""What an article without a digest is shown as, from Enter on until there is no more to be made."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from briefing.editions import ArticleReading
from briefing.model import Article, Basis, BriefingError, Entry, Feed, LimitError, as_failure
from briefing.refresh.opening import ArticleOpening, with_summary

READING = "reading …"
FROM_FEED = "the feed's own text, a refresh reads it whole"
NOT_READ = "only the words of its summary: it could not be read"
NO_DIGEST = "no bullets: it could not be digested"


@dataclass(frozen=True, slots=True)
class Shown:
    """A state of the article, with a note on it and what went wrong, if anything did."""

    reading: ArticleReading
    note: str = ""
    problem: BriefingError | None = None


async def completed(
    reading: ArticleReading, kept: tuple[Feed, Entry] | None, opening: ArticleOpening
) -> AsyncIterator[Shown]:
    """The states of an article that has no digest, each better than the one before.

    kept: the entry that it is to be made of, where it has no text yet.
    """
    note = ""
    if not reading.article.text:
        if kept is None:
            return
        yield Shown(reading, READING)
        try:
            article = await opening.text(reading.article, *kept)
        except Exception as error:  # noqa: BLE001 - whatever a document brings about
            article = with_summary(reading.article, kept[1])
            yield Shown(replace(reading, article=article), NOT_READ, _about(error, article))
            return
        if not article.text:
            yield Shown(reading)
            return
        note = FROM_FEED if article.basis is not Basis.FULL else ""
        reading = replace(reading, article=article)
    yield Shown(reading, READING)
    try:
        digest = await opening.digest(reading.article)
    except Exception as error:  # noqa: BLE001
        yield Shown(reading, NO_DIGEST, _about(error, reading.article))
    else:
        yield Shown(replace(reading, digest=digest), note)


def _about(error: Exception, article: Article) -> BriefingError:
    """The error, naming the article where it names nothing."""
    where = article.title or article.id
    failure = as_failure(error, "the article could not be read", where)
    return failure if failure.where else LimitError(failure.what, where, failure.mend)
