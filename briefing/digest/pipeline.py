"""An article becomes a digest."""

from collections.abc import Callable
from functools import cache

from briefing.digest.algorithms import ALGORITHMS, check_algorithm
from briefing.digest.credits import find_attributions
from briefing.digest.entities.entities import find_entities
from briefing.digest.links import find_links
from briefing.digest.quantities.figures import find_figures
from briefing.digest.quotations import find_quotations
from briefing.digest.selection.selection import Choice, choose
from briefing.digest.sentences.document import Document, read_document
from briefing.model import Article, Digest, Entity

__all__ = ["ALGORITHMS", "digest_article", "digest_document"]


def digest_article(article: Article, *, bullets: int = 4, algorithm: str = "briefing") -> Digest:
    """The digest of ``article``: at most ``bullets`` bullets in reading order, and all it holds.

    algorithm: a name of ``ALGORITHMS``; the product's own ranking by default, else one of sumy's.
    Raises UsageError for a name that does not exist.
    """
    return digest_document(read_document(article), bullets=bullets, algorithm=algorithm)


def digest_document(document: Document, *, bullets: int = 4, algorithm: str = "briefing") -> Digest:
    """``digest_article`` of an article that is laid out already."""
    people = cache(lambda: find_entities(document))
    choice = choose_with(document, bullets, algorithm, people)
    return Digest(
        article=document.article,
        sentences=tuple(s.span for s in document.sentences),
        bullets=choice.bullets,
        caveats=choice.caveats,
        figures=find_figures(document),
        entities=people(),
        links=find_links(document),
        attributions=find_attributions(document),
        quotations=find_quotations(document, people()),
    )


def choose_with(
    document: Document,
    count: int,
    algorithm: str,
    people: Callable[[], tuple[Entity, ...]] | None = None,
) -> Choice:
    """The bullets by the named algorithm. The product's own needs no sumy; it is one of sumy's all
    the same (``summarizers.BriefingSummarizer``), for whoever works in that framework.
    """
    check_algorithm(algorithm)
    if algorithm == "briefing":
        return choose(document, count, entities=people)
    from briefing.digest.summarizers import rank_with_sumy

    return choose(document, count, rank_with_sumy(document, algorithm, count), entities=people)
