"""Who reported a story first."""

from collections import Counter
from collections.abc import Mapping, Sequence

from briefing.model import First, Place
from briefing.stories.coverage import StoryArticle, in_order, outside_credits, same_outlet


def find_first(articles: Sequence[StoryArticle], copies: Mapping[str, str]) -> First:
    """By explicit credit ("first reported by"), else the earliest of the independent articles.

    The outlet credited most often wins, on a tie the one credited earliest. ``article_id`` is
    None where the credited outlet is not among the story's articles; ``place`` is the sentence
    that gives the credit.
    """
    ordered = in_order(articles)
    given = [(a, c) for a in ordered for c in outside_credits(a) if a.id not in copies]
    if not given:
        given = [(a, c) for a in ordered for c in outside_credits(a)]
    if given:
        votes = Counter(
            next(k for k, (_, d) in enumerate(given) if same_outlet(c.source, d.source))
            for _, c in given
        )
        article, credit = given[min(votes, key=lambda k: (-votes[k], k))]
        told = [a for a in ordered if same_outlet(a.source, credit.source)]
        place = Place(article.id, credit.evidence)
        if told:
            return First(told[0].id, told[0].source, "attribution", place)
        return First(None, credit.source, "attribution", place)
    earliest = next((a for a in ordered if a.id not in copies), ordered[0])
    return First(earliest.id, earliest.source, "time")
