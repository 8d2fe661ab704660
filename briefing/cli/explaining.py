"""How each sentence of an article was ranked, in words."""

from collections.abc import Iterator

from briefing.model import Article


def explanation(article: Article, *, bullets: int, algorithm: str) -> Iterator[str]:
    """A line a sentence."""
    from briefing.digest import explain

    for report in explain(article, bullets=bullets, algorithm=algorithm):
        yield str(report)
