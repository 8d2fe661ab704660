"""An article becomes a digest."""

from collections.abc import Callable
from functools import cache

from briefing.digest.algorithms import ALGORITHMS, check_algorithm
from briefing.digest.caveats.judges import CaveatJudge
from briefing.digest.credits import find_credits
from briefing.digest.entities.entities import find_entities
from briefing.digest.links import find_links
from briefing.digest.quantities.figures import find_figures
from briefing.digest.quotations import find_quotations
from briefing.digest.selection.selection import Selection, select
from briefing.digest.sentences.document import Document, read_document
from briefing.model import Article, Digest, Entity

__all__ = ["ALGORITHMS", "digest_article", "digest_document"]


def digest_article(
    article: Article,
    *,
    bullets: int = 4,
    algorithm: str = "briefing",
    judge: CaveatJudge | None = None,
) -> Digest:
    """The digest of ``article``: at most ``bullets`` bullets in reading order, and all it holds.

    algorithm: a name of ``ALGORITHMS``; the product's own ranking by default, else one of sumy's.
    judge: of caveats, another than the language's own (``judge_for``).
    Raises UsageError for an algorithm that does not exist.
    """
    return digest_document(
        read_document(article), bullets=bullets, algorithm=algorithm, judge=judge
    )


def digest_document(
    document: Document,
    *,
    bullets: int = 4,
    algorithm: str = "briefing",
    judge: CaveatJudge | None = None,
) -> Digest:
    """``digest_article`` of an article that is laid out already."""
    entities = cache(lambda: find_entities(document))
    selection = select_with(document, bullets, algorithm, judge=judge, entities=entities)
    return Digest(
        article=document.article,
        sentences=tuple(s.span for s in document.sentences),
        bullets=selection.bullets,
        caveats=selection.caveats,
        figures=find_figures(document),
        entities=entities(),
        links=find_links(document),
        attributions=find_credits(document),
        quotations=find_quotations(document, entities()),
    )


def select_with(
    document: Document,
    count: int,
    algorithm: str,
    *,
    judge: CaveatJudge | None = None,
    entities: Callable[[], tuple[Entity, ...]] | None = None,
) -> Selection:
    """The bullets by the named algorithm. The product's own needs no sumy; it is one of sumy's all
    the same (``summarizers.BriefingSummarizer``), for whoever works in that framework.
    """
    check_algorithm(algorithm)
    order = None
    if algorithm != "briefing":
        from briefing.digest.summarizers import rank_with_sumy

        order = rank_with_sumy(document, algorithm, count)
    return select(document, count, order, judge=judge, find_entities=entities)
