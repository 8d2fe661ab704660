"""The brief of a story: its lead article, and what all its articles give together."""

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta

from briefing.model import Basis, Brief, Disagreement, StoryArticle
from briefing.stories.bullet_fusion import choose_bullets
from briefing.stories.change_rules import BriefRules
from briefing.stories.compare import find_disagreements, is_live
from briefing.stories.first_report import find_first_report
from briefing.stories.merge import merge_entities, merge_figures, pool_links
from briefing.stories.newest_state import NewestState
from briefing.stories.parameters import CurrentRules, Parameters, load_parameters
from briefing.stories.source_independence import find_copies, find_voices, in_order, list_coverage
from briefing.stories.stated_updates import stated_updates
from briefing.stories.vectors import Frequencies, term_counts

_OPENING = 2  # sentences in which news say when it happened


def make_brief(
    articles: Sequence[StoryArticle],
    *,
    lead: str | None = None,
    parameters: Parameters | None = None,
) -> Brief:
    """The brief of a story's articles.

    lead: the id of the article that led before; it keeps its place unless another is clearly closer
    to the rest. parameters: in place of the packaged ones. The result does not depend on the order
    of ``articles``. Raises ValueError where there is no article.
    """
    if not articles:
        raise ValueError("a story has at least one article")
    parameters = parameters or load_parameters()
    ordered = in_order(list({a.id: a for a in articles}.values()))
    copies = find_copies(ordered, parameters=parameters)
    voices = find_voices(ordered, copies)
    disagreements = _disagreements(ordered, copies, parameters)
    leading = choose_lead(ordered, copies, lead, disagreements, parameters)
    independent = [a for a in ordered if a.id not in copies]
    state = NewestState(independent, leading, disagreements, parameters)
    lead_first = [leading, *(a for a in ordered if a.id != leading.id)]
    return Brief(
        headline=_headline(leading),
        lead=leading.id,
        bullets=choose_bullets(independent, leading, voices, state, parameters),
        figures=merge_figures(lead_first, voices, disagreements, state, parameters.compare),
        entities=merge_entities(lead_first, voices),
        articles=list_coverage(ordered, copies, voices),
        first=find_first_report(ordered, copies),
        disagreements=disagreements,
        links=pool_links(lead_first),
        summary_only=all(a.article.basis is not Basis.FULL for a in ordered),
    )


def _disagreements(
    ordered: Sequence[StoryArticle], copies: Mapping[str, str], parameters: Parameters
) -> tuple[Disagreement, ...]:
    """What outlets differ on, and what was replaced: what a report takes back itself is disputed no
    more."""
    stated = stated_updates([a for a in ordered if a.id not in copies], parameters)
    settled = {p for d in stated for v in d.values for p in v.places}
    compared = find_disagreements(ordered, copies, parameters)
    open_still = (d for d in compared if not any(p in settled for v in d.values for p in v.places))
    return (*open_still, *stated)


def choose_lead(
    ordered: Sequence[StoryArticle],
    copies: Mapping[str, str],
    previous: str | None,
    disagreements: Sequence[Disagreement],
    parameters: Parameters,
) -> StoryArticle:
    """The article that tells the newest state: of the latest independent reports the closest.

    An opinion piece leads only where nothing else is reported, a running log or a summary only
    where there is no full report: no closeness makes up for that. What stands far from the others
    leads as little, however new, nor does what its own outlet has reported anew. Of the reports
    within some hours of the newest that is left the closest leads: closeness is the mean cosine to
    the other articles, the newest counted most; the newest value of an updated figure speaks for an
    article, a replaced one against it. Of equals the earliest leads; the previous lead stays, while
    it is among them, unless another is clearly better.
    """
    if len(ordered) == 1:
        return ordered[0]
    rule = parameters.brief
    updates = _updates(disagreements, rule)
    candidates = _may_lead(ordered, copies, updates, parameters)
    vectors = _vectors(ordered, parameters)
    worth = _centrality(ordered, vectors, rule.lead_half_life_hours)
    # A stray newest article must not make those that stand close to each other look far away.
    alike = _centrality(ordered, vectors, math.inf)
    central = [
        a
        for a in candidates
        if any(
            near[a.id] >= rule.lead_share * max(near[c.id] for c in candidates)
            for near in (worth, alike)
        )
    ]
    latest = {a.source: a.id for a in central}  # in order: the last of an outlet stays
    central = [a for a in central if latest[a.source] == a.id]
    since = central[-1].published - timedelta(hours=rule.lead_hours)
    candidates = [a for a in central if a.published >= since]
    for article_id, points in updates.items():
        worth[article_id] = round(worth[article_id] + points, 9)
    best = max(candidates, key=lambda a: worth[a.id])  # the first of equals: the earliest
    incumbent = next((a for a in candidates if a.id == previous), None)
    if incumbent is not None and worth[best.id] < worth[incumbent.id] + rule.lead_margin:
        return incumbent
    return best


def _may_lead(
    ordered: Sequence[StoryArticle],
    copies: Mapping[str, str],
    updates: Mapping[str, float],
    parameters: Parameters,
) -> list[StoryArticle]:
    """The independent articles that report news, by full texts that are no running logs; where
    there is none the next best. Where only others give the newest value of an updated figure, these
    report news too.
    """
    candidates = [a for a in ordered if a.id not in copies]
    for fits in (_reports, _is_full, _is_told, _is_written_once):
        candidates = [a for a in candidates if fits(a)] or candidates
    news = {a.id for a in candidates if _is_news(a, parameters.current)}
    newest = {a.id for a in candidates if updates.get(a.id, 0.0) > 0}
    if not news & newest:
        news |= newest
    return [a for a in candidates if a.id in news] or candidates


def _is_news(article: StoryArticle, rule: CurrentRules) -> bool:
    """Whether an article is no explainer, and its opening says when something happened.

    A feature that comes after the news is no newer state. Of a language without patterns all are.
    """
    text, language = article.article.text, article.article.language
    explains, dated = rule.explains.get(language), rule.dated.get(language)
    if explains is not None and explains.search(article.article.title or ""):
        return False
    opening = " ".join(s.of(text) for s in article.digest.sentences[:_OPENING])
    return dated is None or dated.search(opening) is not None


def _reports(article: StoryArticle) -> bool:
    return not article.article.opinion and bool(article.digest.bullets)


def _is_full(article: StoryArticle) -> bool:
    return article.article.basis is Basis.FULL


def _is_told(article: StoryArticle) -> bool:
    return bool(article.digest.bullets)


def _is_written_once(article: StoryArticle) -> bool:
    return not is_live(article)


def _updates(disagreements: Sequence[Disagreement], rule: BriefRules) -> dict[str, float]:
    """What the values of updated figures are worth to the articles that give them."""
    points = rule.lead_update
    worth: dict[str, float] = {}
    for disagreement in disagreements:
        if disagreement.verdict == "updated":
            for value in disagreement.values:
                sign = 1 if value is disagreement.values[-1] else -1
                worth.update({p.article_id: sign * points for p in value.places})
    return worth


def _vectors(
    articles: Sequence[StoryArticle], parameters: Parameters
) -> dict[str, Mapping[str, float]]:
    """The vector of each article's title and text, by article."""
    frequencies = Frequencies(parameters)
    return {
        a.id: frequencies.vector(
            term_counts(a.article.title or "", a.article.text, a.article.language, parameters)
        )
        for a in articles
    }


def _centrality(
    articles: Sequence[StoryArticle],
    vectors: Mapping[str, Mapping[str, float]],
    half_life_hours: float,
) -> dict[str, float]:
    """The mean cosine of each article to the others, by article; older ones count less."""
    newest = max(a.published for a in articles)
    recency = {}
    for a in articles:
        age = (newest - a.published) / timedelta(hours=1)
        recency[a.id] = 0.5 ** (age / half_life_hours)
    total: dict[str, float] = {}
    for key, vector in vectors.items():
        for stem, weight in vector.items():
            total[stem] = total.get(stem, 0.0) + weight * recency[key]
    total_weight = sum(recency.values())
    # Rounded, so that of equals the earliest leads, whatever the order of summing.
    return {
        key: round(
            sum(w * (total[s] - w * recency[key]) for s, w in vector.items())
            / max(1e-6, total_weight - recency[key]),
            9,
        )
        for key, vector in vectors.items()
    }


def _headline(lead: StoryArticle) -> str:
    """The lead's title; without one, its main claim, else who wrote it."""
    if lead.article.title:
        return lead.article.title
    return lead.digest.bullets[0].named if lead.digest.bullets else lead.source
