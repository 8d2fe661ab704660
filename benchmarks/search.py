#!/usr/bin/env python3
"""Time searches in a large store (``make_store``): one word, two, a beginning, a phrase.

Prints the median, the 99th percentile and the longest, in milliseconds, and the first two of the
processor's time, which a machine that has other work to do hardly changes.
"""

import argparse
import random
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from briefing.store import Store


def queries(path: Path, count: int, seed: int) -> list[str]:
    """Queries of words that texts of the store have, as they are typed."""
    rng = random.Random(seed)
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    last = connection.execute("SELECT max(article_id) FROM body").fetchone()[0]
    found: list[str] = []
    while len(found) < count:
        row = connection.execute(
            "SELECT title || ' ' || text FROM body WHERE article_id >= ? LIMIT 1",
            (rng.randrange(1, last + 1),),
        ).fetchone()
        words = [w for w in row[0].split() if w.isalpha()]
        at = rng.randrange(len(words) - 1)
        word = words[at]
        shapes = (word, f"{word} {rng.choice(words)}", f"{word[:3]}*", f'"{word} {words[at + 1]}"')
        found.append(shapes[len(found) % len(shapes)])
    connection.close()
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Time searches as the options say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    asked = queries(options.store, options.n, options.seed)
    times: list[tuple[float, str]] = []
    work: list[float] = []
    with Store.open(options.store, read_only=True) as store:
        for query in asked:
            began, worked = time.perf_counter(), time.process_time()
            store.search(query)
            work.append((time.process_time() - worked) * 1000)
            times.append(((time.perf_counter() - began) * 1000, query))
        articles = store.stats().articles
    times.sort()
    work.sort()
    half, most = len(times) // 2, len(times) * 99 // 100
    print(f"{articles:,} articles, {len(times):,} searches: median {times[half][0]:.1f} ms")
    print(f"({work[half]:.1f} of the processor), 99th percentile {times[most][0]:.1f} ms")
    print(f"({work[most]:.1f} of the processor); the longest:")
    for took, query in times[-5:]:
        print(f"  {took:.1f} ms  {query}")


if __name__ == "__main__":
    main()
