"""Values that a report takes back itself: "eleven houses, not 14 as had been reported"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefing.model import Disagreement, Figure, Span, StoryArticle
from briefing.stories.compare import is_live, reported
from briefing.stories.figure_referent import referent_stems
from briefing.stories.parameters import Parameters
from briefing.stories.past_values import is_told_as_past

_NOT = re.compile(r"[^.;:?!]*,\s(?:and\s)?not\s(?:the\s)?\Z", re.IGNORECASE)


def stated_updates(
    articles: Sequence[StoryArticle], parameters: Parameters
) -> tuple[Disagreement, ...]:
    """The updates that the reports state themselves, the earliest first.

    articles: the independent ones in the order of time. A report must correct ("not 14, as had been
    reported", or a title that says so), and an earlier one must have given the value for the same
    thing; that somebody else has another count is no correction.
    """
    found: dict[tuple[str, float], Disagreement] = {}
    for k, article in enumerate(articles):
        if k == 0 or is_live(article):  # nothing was given before the first
            continue
        for new, old in _contrasts(article, parameters):
            update = _update(article, new, old, articles[:k], parameters)
            if update is not None:
                found[update.counts, new.value] = update
    return tuple(found.values())


def _contrasts(article: StoryArticle, parameters: Parameters) -> Iterator[tuple[Figure, Figure]]:
    """Two figures of a sentence of which the first holds, not the second."""
    text, language = article.article.text, article.article.language
    corrects = parameters.current.corrects.get(language)
    if corrects is None:
        return
    in_title = corrects.search(article.article.title or "") is not None
    for sentence in article.digest.sentences:
        if not (in_title or corrects.search(sentence.of(text))):
            continue
        figures = sorted(
            (f for f in article.digest.figures if sentence.contains(f.span) and f.change is None),
            key=lambda f: f.span,
        )
        for new, old in pairwise(figures):
            between = Span(new.span.end, old.span.start).of(text)
            if (
                new.unit == old.unit
                and new.value != old.value
                and _NOT.match(between)
                and is_told_as_past(article, old, parameters.current)
            ):
                yield new, old


def _update(
    article: StoryArticle,
    new: Figure,
    old: Figure,
    earlier: Sequence[StoryArticle],
    parameters: Parameters,
) -> Disagreement | None:
    """The update, where an earlier report gave the old value of the same thing, and none the new
    one."""
    rule = parameters.compare
    counted = referent_stems(new.counts, article.article.language, rule)
    replaced: list[tuple[StoryArticle, Figure]] = []
    for a in earlier:
        for f in a.digest.figures:
            if (f.unit, f.value_to) != (new.unit, new.value_to):
                continue
            same = counted & referent_stems(f.counts, a.article.language, rule)
            if same and f.value == new.value:
                return None
            if same and f.value == old.value:
                replaced.append((a, f))
    if not replaced or _stands(article, old, parameters):
        return None
    return Disagreement(new.counts, "updated", (reported(replaced), reported([(article, new)])))


def _stands(article: StoryArticle, old: Figure, parameters: Parameters) -> bool:
    """Whether the report gives the old value elsewhere as one that somebody stands by."""
    return any(
        (f.value, f.unit) == (old.value, old.unit)
        and f is not old
        and f.evidence != old.evidence
        and not is_told_as_past(article, f, parameters.current)
        for f in article.digest.figures
    )
