"""Earlier chapters: older stories on the same matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.model import Brief, Chapter
from briefing.stories.coverage import StoryArticle
from briefing.stories.data import load_weights
from briefing.stories.vectors import Frequencies, cosine, term_counts


@dataclass(frozen=True, slots=True)
class StoryTerms:
    """A story as the centroid of its articles. ``terms``: weight by stem, of length 1."""

    story_id: str
    headline: str
    latest: datetime
    terms: Mapping[str, float]


def chapter_terms(brief: Brief, articles: Sequence[StoryArticle] = ()) -> dict[str, float]:
    """The centroid of a story's articles, its heaviest terms only; of the brief's own words
    where no articles are given. A small JSON value."""
    weights = load_weights()
    frequencies = Frequencies(weights)
    if articles:
        texts = [(a.article.title or "", a.article.text, a.article.language) for a in articles]
    else:
        texts = [(brief.headline, " ".join(b.bullet.text for b in brief.bullets), "en")]
    total: dict[str, float] = {}
    for title, text, language in texts:
        for stem, w in frequencies.vector(term_counts(title, text, language, weights)).items():
            total[stem] = total.get(stem, 0.0) + w
    heaviest = sorted(total.items(), key=lambda i: (-i[1], i[0]))[: weights.chapters.terms]
    length = sum(w * w for _, w in heaviest) ** 0.5
    return {s: round(w / length, 4) for s, w in heaviest} if length else {}


def earlier_chapters(story: StoryTerms, candidates: Sequence[StoryTerms]) -> tuple[Chapter, ...]:
    """The older stories nearest to ``story``, three at most, nearest first.

    A candidate that is not older than ``story``, or is the story itself, is none.
    """
    rule = load_weights().chapters
    near = []
    for other in candidates:
        if other.story_id == story.story_id or other.latest >= story.latest:
            continue
        likeness = cosine(story.terms, other.terms)
        if likeness >= rule.least:
            near.append((likeness, other))
    near.sort(key=lambda n: (-n[0], n[1].story_id))
    return tuple(Chapter(o.story_id, o.headline, o.latest) for _, o in near[: rule.most])
