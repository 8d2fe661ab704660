"""Where a story stands in the edition, and why, in words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.model import WEIGHTY, Brief
from briefing.stories.parameters import Parameters, load_parameters
from briefing.stories.source_independence import StoryArticle
from briefing.text import words

_NUMBERS = ("no", "one", "two", "three", "four", "five")


_CONTINUES = 0.25  # points less for each earlier chapter, of at most so many
_MOST_CHAPTERS = 2


@dataclass(frozen=True, slots=True)
class Ranking:
    """A story's score (higher is better, comparable over all stories ever) and its reasons."""

    score: float
    reasons: tuple[str, ...]


def rank(
    brief: Brief,
    articles: Sequence[StoryArticle],
    muted: Sequence[str] = (),
    topics: Mapping[str, float] | None = None,
    earlier: int = 0,
    *,
    parameters: Parameters | None = None,
) -> Ranking:
    """How a story ranks. Nothing depends on the clock: newer stories have more points instead.

    Every 12 hours of publication time is a point, where what only repeats others is not counted;
    doubling the independent outlets is one too. muted: words or phrases; one of them in the
    headline or main claim sinks the story below all. topics: weights by category, or by word or
    phrase in the headline or main claim; doubling one is worth as much as doubling a feed's.
    earlier: its earlier chapters; what goes on is less of a novelty.
    """
    rule = (parameters or load_parameters()).rank
    outlets = brief.outlets
    latest = _latest(brief, articles)
    score = math.log2(1 + outlets) + latest.timestamp() / (3600 * rule.half_life_hours)
    reasons = []
    if outlets > 1:
        reasons.append(f"{outlets} independent outlets")
    weighty = sum(
        b.bullet.caveat is not None and b.bullet.caveat.weight == WEIGHTY for b in brief.bullets
    )
    if weighty:
        score += rule.caveat * min(3, weighty)
        plural = "" if weighty == 1 else "s"
        reasons.append(f"{_NUMBERS[min(5, weighty)]} weighty caveat{plural}")
    differing = [d.counts for d in brief.disagreements if d.verdict == "differ"]
    if differing:
        score += rule.disagree
        reasons.append(f"outlets disagree on {differing[0]}")
    weight = max(a.feed_weight for a in articles)
    if weight > 0:
        score += rule.feed * math.log2(weight)
    else:
        score -= rule.muted
    if weight > 1:
        reasons.append("from a feed you weight highly")
    elif weight < 1:
        reasons.append("from feeds you weight low")
    if earlier:
        score -= _CONTINUES * min(_MOST_CHAPTERS, earlier)
        reasons.append("continues an earlier story")
    topic = _topic(brief, articles, topics or {})
    if topic is not None:
        name, weight = topic
        score += rule.feed * math.log2(weight) if weight > 0 else -rule.muted
        reasons.append(f"you weight “{name}” {'highly' if weight > 1 else 'low'}")
    if brief.summary_only:
        reasons.append("only a summary could be read")
    silenced = _muted(brief, muted)
    if silenced is not None:
        score -= rule.muted
        reasons.insert(0, f"you muted “{silenced}”")
    return Ranking(score, tuple(reasons or ["one outlet"]))


def _latest(brief: Brief, articles: Sequence[StoryArticle]) -> datetime:
    """When something new was last reported: a late copy makes no story new."""
    repeats = {a.article_id for a in brief.articles if a.copy_of or a.follows}
    own = [a.published for a in articles if a.id not in repeats]
    return max(own or [a.published for a in articles])


def _topic(
    brief: Brief, articles: Sequence[StoryArticle], topics: Mapping[str, float]
) -> tuple[str, float] | None:
    """The topic of the story whose weight says most; None where none says anything.

    A category is known by its whole path or one of its folders.
    """
    paths = {a.category.casefold() for a in articles if a.category}
    folders = paths | {part.strip() for path in paths for part in path.split("/")}
    spoken = _spoken(brief)
    found = [
        (name, weight)
        for name, weight in topics.items()
        if weight != 1 and (name.casefold() in folders or _says(spoken, name))
    ]
    return max(found, key=lambda t: (_force(t[1]), t[0]), default=None)


def _force(weight: float) -> float:
    return abs(math.log2(weight)) if weight > 0 else math.inf


def _spoken(brief: Brief) -> str:
    """The headline and the main claim as words between spaces."""
    claim = brief.bullets[0].bullet.text if brief.bullets else ""
    return f" {' '.join(words(brief.headline))} | {' '.join(words(claim))} "


def _says(spoken: str, phrase: str) -> bool:
    wanted = " ".join(words(phrase))
    return bool(wanted) and f" {wanted} " in spoken


def _muted(brief: Brief, muted: Sequence[str]) -> str | None:
    """The first muted phrase of the headline or the main claim, by whole words."""
    spoken = _spoken(brief)
    for phrase in muted:
        sought = " ".join(words(phrase))
        if sought and f" {sought} " in spoken:
            return phrase
    return None
