"""Who reported a story first."""

from collections import Counter
from collections.abc import Mapping, Sequence

from briefing.model import First, Place, StoryArticle
from briefing.stories.outlet_names import same_outlet
from briefing.stories.source_independence import in_order, outside_credits


def find_first_report(articles: Sequence[StoryArticle], copies: Mapping[str, str]) -> First:
    """By explicit credit ("first reported by"), else the earliest of the independent articles.

    The outlet credited most often wins, on a tie the one credited earliest. ``article_id`` is
    None where the credited outlet is not among the story's articles; ``place`` is the sentence
    that gives the credit.
    """
    ordered = in_order(articles)
    credited = [(a, c) for a in ordered for c in outside_credits(a) if a.id not in copies]
    if not credited:
        credited = [(a, c) for a in ordered for c in outside_credits(a)]
    if credited:
        votes = Counter(
            next(k for k, (_, d) in enumerate(credited) if same_outlet(c.source, d.source))
            for _, c in credited
        )
        article, credit = credited[min(votes, key=lambda k: (-votes[k], k))]
        place = Place(article.id, credit.evidence)
        original = next((a for a in ordered if same_outlet(a.source, credit.source)), None)
        if original is not None:
            return First(original.id, original.source, "attribution", place)
        return First(None, credit.source, "attribution", place)
    earliest = next((a for a in ordered if a.id not in copies), ordered[0])
    return First(earliest.id, earliest.source, "time")
