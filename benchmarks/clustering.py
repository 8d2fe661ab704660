#!/usr/bin/env python3
"""How fast articles find their stories, and how much memory that takes.

A week of invented articles is clustered from nothing, then new ones come one by one; ``--stream``
lets so many more articles pass, at the same rate, and says what the state has grown to. Times are
of the processor, one process; memory is what the process grew by (``tracemalloc`` would slow the
run down several times), the articles themselves not counted.
"""

import argparse
import gc
import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.invented import story
from briefing.model import LinkCandidate
from briefing.stories import Clusterer

START = datetime(2026, 1, 5, tzinfo=UTC)
WEEK = timedelta(days=7)
BATCH = 500  # articles of one refresh in the long stream
ONE_BY_ONE = 200
MIB = 1 << 20


def stream(per_week: int, seed: int) -> Iterator[LinkCandidate]:
    """Invented articles in the order of their times, without end."""
    rng = random.Random(seed)
    number = week = 0
    while True:
        told: list[tuple[datetime, str, str]] = []
        while len(told) < per_week:
            begins = START + week * WEEK + rng.random() * WEEK
            told += [
                (begins + timedelta(hours=rng.expovariate(0.2)), one.title, one.text)
                for one in story(number, seed)
            ]
            number += 1
        for k, (published, title, text) in enumerate(sorted(told[:per_week])):
            yield LinkCandidate(f"{week}-{k}", title, text, published, f"Outlet {k % 97}")
        week += 1


def resident() -> int:
    """Bytes of memory that the process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


def peak() -> int:
    """Most bytes of memory that the process has held (Linux)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, help="of one week")
    parser.add_argument("--stream", type=int, default=0, help="articles that pass afterwards")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    items = stream(options.articles, options.seed)
    week = list(islice(items, options.articles))
    clusterer = Clusterer()
    gc.collect()
    before = resident()
    began = time.process_time()
    clusterer.add_all(week)
    spent = time.process_time() - began
    most = peak() - before
    gc.collect()
    stories = len(set(clusterer.assignments().values()))
    print(f"{len(week):,} articles, {stories:,} stories from nothing: {spent:.1f} s")
    print(
        f"memory at the peak {most / MIB:.0f} MiB, after it {(resident() - before) / MIB:.0f} MiB"
    )
    del week
    times = []
    for item in islice(items, ONE_BY_ONE):
        began = time.process_time()
        clusterer.add(item)
        times.append(1000 * (time.process_time() - began))
    slow = statistics.quantiles(times, n=20)[-1]
    print(f"one more: {statistics.median(times):.1f} ms at the median, {slow:.1f} ms at the 95th %")
    left = options.stream
    began = time.process_time()
    while left > 0:
        clusterer.add_all(list(islice(items, BATCH)))
        left -= BATCH
    if options.stream:
        gc.collect()
        known = len(clusterer.assignments())
        print(f"{options.stream:,} more in {time.process_time() - began:.0f} s")
        print(f"memory at {known:,} articles: {(resident() - before) / MIB:.0f} MiB")


if __name__ == "__main__":
    main()
