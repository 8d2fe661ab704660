"""Which figures of an article are told as what was thought before."""

import re

from briefing.model import Figure, StoryArticle
from briefing.stories.parameters import CurrentRules

_CLAUSE = re.compile(r"[,;:]\s|[—–()]")


def is_told_as_past(article: StoryArticle, figure: Figure, rule: CurrentRules) -> bool:
    """Whether the clause around a figure tells it as past: "the toll had stood at three", "eleven,
    not twelve". Of a language without patterns none is."""
    sentence = next((s for s in figure.evidence if s.contains(figure.span)), None)
    pattern = rule.past.get(article.article.language)
    if sentence is None or pattern is None:
        return False
    text = article.article.text
    before = text[sentence.start : figure.span.start]
    clause_start = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
    after = text[figure.span.end : sentence.end]
    end = _CLAUSE.search(after)
    rest = after if end is None else after[: end.start()]
    # The number is marked, so that a pattern can say what stands right before it.
    return pattern.search(f"{before[clause_start:]}# {rest}") is not None
