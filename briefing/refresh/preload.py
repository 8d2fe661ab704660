"""Imported once by the server that forks the workers: what nearly every worker needs.

The models of English are read here too, by a digest of one sentence, so that no worker reads them.
"""

import gc

from briefing.digest.caveats.judges import judge_for
from briefing.digest.pipeline import digest_article
from briefing.ingest import articles, feeds
from briefing.model import Article
from briefing.refresh import opening, tasks
from briefing.stories import Clusterer

__all__ = ["Clusterer", "articles", "feeds", "opening", "tasks"]

_SENTENCE = "But the harbour of Saltmere, said Ada Brun, its master, may stay closed for 12 weeks."
digest_article(Article("", _SENTENCE), judge=judge_for("en", quick=True))
# What is here stays: a collection of garbage in a worker leaves its pages alone, and shared.
gc.collect()
gc.freeze()
