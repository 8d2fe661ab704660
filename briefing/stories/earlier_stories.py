"""Earlier chapters of a story: older stories on the same matter, by the likeness of their terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.model import Brief, Chapter, StoryArticle
from briefing.stories.parameters import Parameters, load_parameters
from briefing.stories.vectors import Frequencies, cosine, term_counts


@dataclass(frozen=True, slots=True)
class StoryTerms:
    """A story as the centroid of its articles. ``terms``: weight by stem, of length 1."""

    story_id: str
    headline: str
    latest: datetime
    terms: Mapping[str, float]


def story_terms(
    brief: Brief,
    articles: Sequence[StoryArticle] = (),
    *,
    parameters: Parameters | None = None,
) -> dict[str, float]:
    """The centroid of a story's articles, its heaviest terms only; of the brief's own words
    where no articles are given. A small JSON value."""
    parameters = parameters or load_parameters()
    frequencies = Frequencies(parameters)
    if articles:
        texts = [(a.article.title or "", a.article.text, a.article.language) for a in articles]
    else:
        texts = [(brief.headline, " ".join(b.bullet.text for b in brief.bullets), "en")]
    centroid: dict[str, float] = {}
    for title, text, language in texts:
        for stem, w in frequencies.vector(term_counts(title, text, language, parameters)).items():
            centroid[stem] = centroid.get(stem, 0.0) + w
    heaviest = sorted(centroid.items(), key=lambda i: (-i[1], i[0]))[: parameters.chapters.terms]
    length = sum(w * w for _, w in heaviest) ** 0.5
    return {s: round(w / length, 4) for s, w in heaviest} if length else {}


def earlier_stories(
    story: StoryTerms, candidates: Sequence[StoryTerms], *, parameters: Parameters | None = None
) -> tuple[Chapter, ...]:
    """The older stories nearest to ``story``, three at most, nearest first.

    A candidate that is not older than ``story``, or is the story itself, is none.
    """
    rule = (parameters or load_parameters()).chapters
    similar = []
    for candidate in candidates:
        if candidate.story_id == story.story_id or candidate.latest >= story.latest:
            continue
        similarity = cosine(story.terms, candidate.terms)
        if similarity >= rule.least:
            similar.append((similarity, candidate))
    similar.sort(key=lambda pair: (-pair[0], pair[1].story_id))
    return tuple(Chapter(c.story_id, c.headline, c.latest) for _, c in similar[: rule.most])
