#!/usr/bin/env python3
"""Whole digests a second, beside sumy's LexRank in the same run, on the same articles.

Ours gives bullets, caveats, figures, people, links and credits; LexRank (with the English stemmer
and stop words, over our tokenizer so that nothing is downloaded) four sentences. One process, the
two in turn, so that both meet the same machine.
"""

import argparse
import gzip
import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.digest import digest_article
from briefing.digest.summarizers import Tokenizer
from briefing.model import Article

ROUNDS = 5


def articles(shared: Path, count: int) -> list[Article]:
    """The first articles of the highlights corpus."""
    found = []
    with gzip.open(shared / "data/highlights/cnn.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            value = json.loads(line)
            found.append(Article(value["id"], value["text"], value.get("title")))
            if len(found) == count:
                break
    return found


def ours(article: Article) -> None:
    """A whole digest."""
    digest_article(article)


def lex_rank() -> Callable[[Article], None]:
    """Four sentences by LexRank."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.utils import get_stop_words

    tokenizer = Tokenizer("en")
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")

    def run(article: Article) -> None:
        summarizer(PlaintextParser.from_string(article.text, tokenizer).document, 4)

    return run


def rate(function: Callable[[Article], None], given: Sequence[Article]) -> float:
    """Articles a second of CPU time."""
    began = time.process_time()
    for article in given:
        function(article)
    return len(given) / (time.process_time() - began)


def main() -> None:
    """Measure and print."""
    root = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__)
    shared = Path(os.environ.get("BRIEFING_SHARED", root.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="the shared corpora")
    parser.add_argument("--articles", type=int, default=60)
    options = parser.parse_args()
    given = articles(options.shared, options.articles)
    theirs = lex_rank()
    ours(given[0])
    theirs(given[0])
    pairs = [(rate(ours, given), rate(theirs, given)) for _ in range(ROUNDS)]
    mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(m / o for m, o in pairs)
    print(f"briefing  {mine:7.1f} digests a second")
    print(f"LexRank   {other:7.1f} summaries a second")
    print(f"ratio     {ratio:7.2f}  (median of {ROUNDS} rounds, {len(given)} articles)")


if __name__ == "__main__":
    main()
