#!/usr/bin/env python3
"""A batch over a Dask cluster of this machine: two workers beside one, and beside this process.

Starts a scheduler and worker processes on loopback, sends the articles of the highlights corpus
(``BRIEFING_SHARED``), and looks whether all answers are the same. The clock tells how much faster
two workers are where two cores are idle; the processor's seconds tell what the cluster costs
besides the digests, which a machine that has other work to do hardly changes. Ends with 1 where
two workers are not 1.7 times as fast as one: by the clock, or with ``--busy`` by the seconds of
whichever process has most to do, which is what two idle cores would wait for.
"""

import argparse
import gzip
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from briefing.cli.batch import Answer
from briefing.cli.batch_digest import DigestLine
from briefing.cli.batch_scheduler import answer_lines_there
from tests.cli.dask_cluster import DaskCluster

_TIMES = 1.7
_ARCHIVE = 10_000_000  # articles


@dataclass(frozen=True, slots=True)
class Run:
    """What a batch took: seconds by the clock, and of processors by process."""

    answers: list[Answer]
    clock: float
    client: float
    workers: list[float]

    @property
    def longest(self) -> float:
        """Seconds of the process that has most to do."""
        return max(self.client, *self.workers)


def corpus(shared: Path, count: int) -> list[bytes]:
    """The first lines of the highlights corpus."""
    with gzip.open(shared / "data/highlights/cnn.jsonl.gz") as file:
        return list(islice(file, count))


def here(lines: Sequence[bytes], work: DigestLine) -> Run:
    """The batch in this process alone."""
    work(lines[0])
    began, used = time.perf_counter(), time.process_time()
    answers = [work(line) for line in lines]
    seconds = time.process_time() - used
    return Run(answers, time.perf_counter() - began, seconds, [0.0])


def there(lines: Sequence[bytes], work: DigestLine, workers: int) -> Run:
    """The batch over so many workers, which have digested a few articles before."""
    with tempfile.TemporaryDirectory() as folder, DaskCluster(Path(folder), workers) as cluster:
        cluster.wait_for_workers(workers)
        list(answer_lines_there(lines[: 32 * workers], work, cluster.address))
        before = cluster.worker_seconds()
        began, used = time.perf_counter(), time.process_time()
        answers = list(answer_lines_there(lines, work, cluster.address))
        clock, client = time.perf_counter() - began, time.process_time() - used
        after = cluster.worker_seconds()
    return Run(answers, clock, client, [after[name] - before[name] for name in before])


def main(arguments: Sequence[str] | None = None) -> int:
    """Time the batch as the options say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=600, help="articles")
    parser.add_argument("--busy", action="store_true", help="judge by the processors' seconds")
    options = parser.parse_args(arguments)
    lines = corpus(Path(os.environ.get("BRIEFING_SHARED", "../shared")), options.n)
    work = DigestLine(4, "briefing", "en")
    alone, one, two = here(lines, work), there(lines, work, 1), there(lines, work, 2)
    assert alone.answers == one.answers == two.answers, "the output is not the same"
    for name, run in (("this process", alone), ("one worker", one), ("two workers", two)):
        spent = " + ".join(f"{s:.1f}" for s in run.workers)
        print(
            f"  {name:13} {run.clock:6.1f} s by the clock, of processors: {run.client:5.1f} s"
            f" here, {spent} s in workers"
        )
    size = sum(map(len, lines)) / len(lines)
    given = sum(len(text) for text, _ in alone.answers) / len(lines)
    each = (sum(two.workers) + two.client) / len(lines)
    print(
        f"an article: {1000 * each:.1f} ms of a processor ({1000 * alone.client / len(lines):.1f}"
        f" here), {size:,.0f} bytes in, {given:,.0f} out; memory of this process:"
        f" {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
    )
    print(
        f"{_ARCHIVE:,} articles, as an estimate: {_ARCHIVE * each / 3600:,.0f} hours of a core;"
        f" one client can keep {sum(two.workers) / max(two.client, 0.01):.0f} workers busy"
    )
    by_clock, by_seconds = one.clock / two.clock, one.longest / two.longest
    print(
        f"two workers beside one: {by_clock:.2f} times by the clock, {by_seconds:.2f} by the"
        f" seconds of the busiest process (at least {_TIMES:g})"
    )
    return 0 if (by_seconds if options.busy else by_clock) >= _TIMES else 1


if __name__ == "__main__":
    sys.exit(main())
