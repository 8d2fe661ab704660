"""Where a story stands in the edition, and why, in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.model import Brief
from briefing.stories.coverage import StoryArticle, independent_outlets
from briefing.stories.data import load_weights
from briefing.text import words

_NUMBERS = ("no", "one", "two", "three", "four", "five")


@dataclass(frozen=True, slots=True)
class Ranking:
    """A story's score (higher is better, comparable over all stories ever) and its reasons."""

    score: float
    reasons: tuple[str, ...]


def rank(brief: Brief, articles: Sequence[StoryArticle], muted: Sequence[str] = ()) -> Ranking:
    """How a story ranks. Nothing depends on the clock: newer stories have more points instead.

    Every 12 hours of publication time is a point; doubling the independent outlets is one too.
    muted: words or phrases; one of them in the headline or main claim sinks the story below all.
    """
    rule = load_weights().rank
    outlets = independent_outlets(articles)
    latest = max(a.published for a in articles)
    score = math.log2(1 + outlets) + latest.timestamp() / (3600 * rule.half_life_hours)
    reasons = []
    if outlets > 1:
        reasons.append(f"{outlets} independent outlets")
    weighty = sum(
        b.bullet.caveat is not None and b.bullet.caveat.weight == 3 for b in brief.bullets
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
    if brief.summary_only:
        reasons.append("only a summary could be read")
    silenced = _muted(brief, muted)
    if silenced is not None:
        score -= rule.muted
        reasons.insert(0, f"you muted “{silenced}”")
    return Ranking(score, tuple(reasons or ["one outlet"]))


def _muted(brief: Brief, muted: Sequence[str]) -> str | None:
    """The first muted phrase of the headline or the main claim, by whole words."""
    claim = brief.bullets[0].bullet.text if brief.bullets else ""
    spoken = f" {' '.join(words(brief.headline))} | {' '.join(words(claim))} "
    for phrase in muted:
        sought = " ".join(words(phrase))
        if sought and f" {sought} " in spoken:
            return phrase
    return None
