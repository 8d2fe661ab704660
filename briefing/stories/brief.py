"""Many articles told once."""

from collections.abc import Mapping, Sequence

from briefing.model import Basis, Brief
from briefing.stories.compare import find_disagreements
from briefing.stories.coverage import (
    StoryArticle,
    coverage,
    find_copies,
    find_voices,
    in_order,
)
from briefing.stories.data import load_weights
from briefing.stories.first import find_first
from briefing.stories.merge import merge_entities, merge_figures, pool_links
from briefing.stories.points import choose_bullets
from briefing.stories.vectors import Frequencies, term_counts


def make_brief(articles: Sequence[StoryArticle], *, lead: str | None = None) -> Brief:
    """The brief of a story's articles.

    lead: the id of the article that led before; it keeps its place unless another is clearly closer
    to the rest. The result does not depend on the order of ``articles``. Raises ValueError
    where there is no article.
    """
    if not articles:
        raise ValueError("a story has at least one article")
    ordered = in_order(list({a.id: a for a in articles}.values()))
    copies = find_copies(ordered)
    voices = find_voices(ordered, copies)
    leading = choose_lead(ordered, copies, lead)
    lead_first = [leading, *(a for a in ordered if a.id != leading.id)]
    disagreements = find_disagreements(ordered, copies)
    return Brief(
        headline=_headline(leading),
        lead=leading.id,
        bullets=choose_bullets([a for a in ordered if a.id not in copies], leading, voices),
        figures=merge_figures(lead_first, voices, disagreements),
        entities=merge_entities(lead_first, voices),
        articles=coverage(ordered, copies),
        first=find_first(ordered, copies),
        disagreements=disagreements,
        links=pool_links(lead_first),
        summary_only=all(a.article.basis is not Basis.FULL for a in ordered),
    )


def choose_lead(
    ordered: Sequence[StoryArticle], copies: Mapping[str, str], previous: str | None = None
) -> StoryArticle:
    """The article closest to the others among the independent ones with full text.

    Closeness is the mean cosine to the other articles. Of equals the earliest leads.
    """
    independent = [a for a in ordered if a.id not in copies]
    full = [a for a in independent if a.article.basis is Basis.FULL]
    candidates = [a for a in full or independent if a.digest.bullets] or full or independent
    closeness = _closeness(ordered)
    best = max(candidates, key=lambda a: closeness[a.id])  # the first of equals: the earliest
    kept = next((a for a in candidates if a.id == previous), None)
    margin = load_weights().brief.lead_margin
    if kept is not None and closeness[best.id] < closeness[kept.id] + margin:
        return kept
    return best


def _closeness(articles: Sequence[StoryArticle]) -> dict[str, float]:
    """The mean cosine of each article to the others, by article."""
    weights = load_weights()
    frequencies = Frequencies(weights)
    vectors = {}
    for a in articles:
        counts = term_counts(a.article.title or "", a.article.text, a.article.language, weights)
        vectors[a.id] = frequencies.vector(counts)
    total: dict[str, float] = {}
    for vector in vectors.values():
        for stem, weight in vector.items():
            total[stem] = total.get(stem, 0.0) + weight
    others = max(1, len(articles) - 1)
    # Rounded, so that of equals the earliest leads, whatever the order of summing.
    return {
        key: round(sum(w * (total[s] - w) for s, w in vector.items()) / others, 9)
        for key, vector in vectors.items()
    }


def _headline(lead: StoryArticle) -> str:
    """The lead's title; without one, its main claim, else who wrote it."""
    if lead.article.title:
        return lead.article.title
    return lead.digest.bullets[0].text if lead.digest.bullets else lead.source
