#!/usr/bin/env python3
"""Time searches in a large store (``make_store``): one to three words, beginnings, phrases.

Words are taken as often as texts have them, so that one in three is among the most common. Prints
the median, the 95th and the 99th percentile and the longest in milliseconds of the processor's
time, which a machine that has other work to do hardly changes, and the first three by the clock.
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
        if len(words) < 3:
            continue
        at = rng.randrange(len(words) - 2)
        word, second, third = words[at : at + 3]
        shapes = (
            word,
            f"{word} {rng.choice(words)}",
            f"{word} {rng.choice(words)} {rng.choice(words)}",
            f"{word[:3]}*",
            f"{rng.choice(words)} {word[:2]}*",
            f'"{word} {second}"',
            f'"{word} {second} {third}"',
        )
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
    times: list[float] = []
    work: list[tuple[float, str]] = []
    with Store.open(options.store, read_only=True) as store:
        for query in asked:
            began, worked = time.perf_counter(), time.process_time()
            store.search(query)
            work.append(((time.process_time() - worked) * 1000, query))
            times.append((time.perf_counter() - began) * 1000)
        articles = store.stats().articles
    times.sort()
    work.sort()
    print(f"{articles:,} articles, {len(times):,} searches; ms of the processor (by the clock):")
    for name, share in (("median", 50), ("95 %", 95), ("99 %", 99)):
        at = len(times) * share // 100
        print(f"  {name} {work[at][0]:.1f} ({times[at]:.1f})")
    print("the longest:")
    for took, query in work[-5:]:
        print(f"  {took:.1f} ms  {query}")


if __name__ == "__main__":
    main()
