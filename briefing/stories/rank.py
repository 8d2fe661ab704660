"""Where a story stands in the edition, and what its score is made of.

``story_score`` is worked out once, when the story is told; ``rank`` applies what the reader
prefers, whenever that has changed. Nothing depends on the clock: newer stories have more points.
"""

import math
from collections.abc import Collection, Sequence
from datetime import datetime

from briefing.model import (
    WEIGHTY,
    Brief,
    Preferences,
    Ranking,
    ScorePart,
    StoryArticle,
    StoryScore,
    StoryToRank,
)
from briefing.stories.parameters import Parameters, load_parameters
from briefing.text import words

_CONTINUES = 0.25  # points less for each earlier story, of at most so many
_MOST_EARLIER = 2
_MOST_CAVEATS = 3
_NO_PREFERENCES = Preferences()


def story_score(
    brief: Brief,
    articles: Sequence[StoryArticle],
    earlier: int = 0,
    *,
    parameters: Parameters | None = None,
) -> StoryScore:
    """What a story's score is made of, whoever reads it.

    Every 12 hours of publication time is a point, where what only repeats others is not counted;
    doubling the independent outlets is one too. earlier: its earlier stories; what goes on is less
    of a novelty.
    """
    rule = (parameters or load_parameters()).rank
    outlets = brief.outlets
    seconds = _latest(brief, articles).timestamp()
    parts = [
        ScorePart("outlets", math.log2(1 + outlets), outlets),
        ScorePart("recency", seconds / (3600 * rule.half_life_hours)),
    ]
    weighty = sum(
        b.bullet.caveat is not None and b.bullet.caveat.weight == WEIGHTY for b in brief.bullets
    )
    if weighty:
        parts.append(ScorePart("caveats", rule.caveat * min(_MOST_CAVEATS, weighty), weighty))
    differing = [d.counts for d in brief.disagreements if d.verdict == "differ"]
    if differing:
        parts.append(ScorePart("disagreement", rule.disagree, name=differing[0]))
    if earlier:
        parts.append(ScorePart("earlier", -_CONTINUES * min(_MOST_EARLIER, earlier), earlier))
    if brief.summary_only:
        parts.append(ScorePart("summary", 0.0))
    return StoryScore(tuple(parts), _phrases(brief))


def rank(
    base: StoryScore,
    preferences: Preferences = _NO_PREFERENCES,
    *,
    feed_weight: float = 1.0,
    categories: Collection[str] = (),
    boost: float = 1.0,
    key: str = "",
    parameters: Parameters | None = None,
) -> Ranking:
    """How a story ranks for a reader.

    A muted word or phrase in the headline or main claim sinks the story below all. Doubling a
    topic's weight is worth as much as doubling that of a feed. feed_weight: the greatest of the
    feeds that carry it. categories: of its articles. boost: by rules, as a weight. key: of the
    preferences, kept with the score.
    """
    rule = (parameters or load_parameters()).rank
    parts = list(base.parts)
    if feed_weight != 1:
        points = rule.feed * math.log2(feed_weight) if feed_weight > 0 else -rule.muted
        parts.append(ScorePart("feed", points))
    if boost != 1:
        parts.append(ScorePart("rule", rule.feed * math.log2(boost)))
    topic = _topic(base.phrases, categories, preferences)
    if topic is not None:
        name, weight = topic
        points = rule.feed * math.log2(weight) if weight > 0 else -rule.muted
        parts.append(ScorePart("topic", points, name=name))
    muted = _muted(base.phrases, preferences.muted)
    if muted is not None:
        parts.append(ScorePart("muted", -rule.muted, name=muted))
    score = 0.0
    for kind in _SUMMED:
        score += sum(part.points for part in parts if part.kind == kind)
    return Ranking(score, tuple(sorted(parts, key=_place)), base, key)


def rank_again(story: StoryToRank, preferences: Preferences, key: str) -> Ranking:
    """``rank`` of a story that is kept, for other preferences. key: of them."""
    return rank(
        story.base,
        preferences,
        feed_weight=story.feed_weight,
        categories=story.categories,
        boost=story.boost,
        key=key,
    )


# In which order the points are added, so that a score is the same whenever it is worked out.
_SUMMED = (
    "outlets",
    "recency",
    "caveats",
    "disagreement",
    "feed",
    "earlier",
    "topic",
    "rule",
    "muted",
)
_SHOWN = (
    "muted",
    "outlets",
    "recency",
    "caveats",
    "disagreement",
    "feed",
    "earlier",
    "topic",
    "rule",
    "summary",
)


def _place(part: ScorePart) -> int:
    return _SHOWN.index(part.kind)


def _latest(brief: Brief, articles: Sequence[StoryArticle]) -> datetime:
    """When something new was last reported: a late copy makes no story new."""
    repeats = {a.article_id for a in brief.articles if a.copy_of or a.follows}
    own = [a.published for a in articles if a.id not in repeats]
    return max(own or [a.published for a in articles])


def _topic(
    phrases: str, categories: Collection[str], preferences: Preferences
) -> tuple[str, float] | None:
    """The topic of the story whose weight says most; None where none says anything.

    A category is known by its whole path or one of its folders.
    """
    paths = {category.casefold() for category in categories if category}
    folders = paths | {part.strip() for path in paths for part in path.split("/")}
    weighing = [
        (name, weight)
        for name, weight in preferences.topics
        if weight != 1 and (name.casefold() in folders or _holds(phrases, name))
    ]
    return max(weighing, key=lambda topic: (_force(topic[1]), topic[0]), default=None)


def _force(weight: float) -> float:
    return abs(math.log2(weight)) if weight > 0 else math.inf


def _phrases(brief: Brief) -> str:
    """The headline and the main claim as words between spaces."""
    claim = brief.bullets[0].bullet.text if brief.bullets else ""
    return f" {' '.join(words(brief.headline))} | {' '.join(words(claim))} "


def _holds(phrases: str, phrase: str) -> bool:
    sought = " ".join(words(phrase))
    return bool(sought) and f" {sought} " in phrases


def _muted(phrases: str, muted: Sequence[str]) -> str | None:
    """The first muted phrase of the headline or the main claim, by whole words."""
    return next((phrase for phrase in muted if _holds(phrases, phrase)), None)
