"""Articles become digests: bullets, caveats, figures, people, links, each with its sentence.

Pure: values in, values out; the packaged lexicons and weights are read once.
"""

from briefing.digest.algorithms import ALGORITHMS, check_algorithm
from briefing.model import Article, Digest

__all__ = ["ALGORITHMS", "check_algorithm", "digest_article"]


def digest_article(article: Article, *, bullets: int = 4, algorithm: str = "briefing") -> Digest:
    """The digest of ``article``: at most ``bullets`` bullets in reading order, and all it holds.

    Raises UsageError for an algorithm that does not exist. The machinery is imported at the
    first call, so that a process that only names algorithms does not pay for it.
    """
    from briefing.digest.pipeline import digest_article as run

    return run(article, bullets=bullets, algorithm=algorithm)
