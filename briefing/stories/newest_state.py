"""What of a story still holds: which of its articles tell the newest state, and what they replaced.

What an earlier report said is told only where it cannot have changed since: silence is better than
a superseded fact beside the one that took its place.
"""

from collections.abc import Sequence
from datetime import timedelta

from briefing.model import Bullet, Disagreement, Figure, Place, Span, StoryArticle
from briefing.stories.compare import is_live
from briefing.stories.parameters import Parameters
from briefing.stories.past_values import is_told_as_past

_OPENING = 2  # sentences in which an article tells what was then the newest


class NewestState:
    """The state that the lead tells, against which the rest of a story is held.

    articles: the independent ones. The current articles are the lead, what was published within
    some hours before it, and what came later; of an outlet the last only, and no running log.
    """

    def __init__(
        self,
        articles: Sequence[StoryArticle],
        lead: StoryArticle,
        disagreements: Sequence[Disagreement],
        parameters: Parameters,
    ) -> None:
        self._rule = parameters.current
        self._lead = lead
        since = lead.published - timedelta(hours=parameters.brief.lead_hours)
        latest: dict[str, StoryArticle] = {}
        for a in sorted(articles, key=lambda a: (a.published, a.id)):
            latest[a.source] = a
        self._current = {
            a.id: a for a in latest.values() if a.published >= since and not is_live(a)
        } | {lead.id: lead}
        self._given_before = {
            f.amount
            for a in articles
            if a.published < lead.published and a.id != lead.id
            for f in a.digest.figures
        }
        self._given_now = {
            f.amount
            for a in self._current.values()
            for f in a.digest.figures
            if not self.is_past(a, f)
        }
        self._replaced = _replaced_places(disagreements)
        differing = (v for d in disagreements if d.verdict == "differ" for v in d.values)
        self._disputed = frozenset(place for v in differing for place in v.places)

    def is_current(self, article: StoryArticle) -> bool:
        """Whether an article tells the newest state."""
        return article.id in self._current

    def is_past(self, article: StoryArticle, figure: Figure) -> bool:
        """Whether a figure is told as what was thought before: "the toll had stood at three",
        "eleven, not twelve", where an earlier report gave that value."""
        given_before = figure.amount in self._given_before
        return given_before and is_told_as_past(article, figure, self._rule)

    def is_replaced(self, article: StoryArticle, figure: Figure) -> bool:
        """Whether another value took a figure's place."""
        return Place(article.id, figure.evidence) in self._replaced

    def holds(self, article: StoryArticle, figure: Figure) -> bool:
        """Whether a figure is of the newest state, or one that outlets still differ on."""
        if self.is_replaced(article, figure):
            return False
        if Place(article.id, figure.evidence) in self._disputed:
            return True
        return self.is_current(article) and not self.is_past(article, figure)

    def is_new(self, article: StoryArticle, figure: Figure) -> bool:
        """Whether a figure holds and no earlier report gave its value."""
        return self.holds(article, figure) and figure.amount not in self._given_before

    def still_tells(self, article: StoryArticle, bullet: Bullet) -> bool:
        """Whether a bullet of an article may be told now.

        Of an earlier report neither the news of its day nor what it says in the present, of the
        future or as not known yet, nor a number that nobody gives any more.
        """
        place = Place(article.id, bullet.evidence)
        if place in self._replaced:
            return False
        if self.is_current(article) or place in self._disputed:
            return True
        opening = article.digest.sentences[:_OPENING]
        if any(s.overlaps(o) for s in bullet.evidence for o in opening):
            return False
        volatile = self._rule.volatile.get(article.article.language)
        if volatile is None or volatile.search(bullet.text) is not None:
            return False
        figures = (f for f in article.digest.figures if _inside(f.span, bullet.evidence))
        return all(f.amount in self._given_now for f in figures)


def _replaced_places(disagreements: Sequence[Disagreement]) -> frozenset[Place]:
    """Where values stand that another took the place of."""
    return frozenset(
        place
        for d in disagreements
        if d.verdict == "updated"
        for value in d.values[:-1]
        for place in value.places
    )


def _inside(span: Span, evidence: Sequence[Span]) -> bool:
    return any(s.contains(span) for s in evidence)
