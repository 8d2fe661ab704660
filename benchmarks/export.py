#!/usr/bin/env python3
"""Time the export of stories from a large store (``make_store``), with their evidence, per format.

Prints seconds of the processor's time, which a machine that has other work to do hardly changes,
for reading the stories with the texts that they quote, and for writing each format. Ends with 1
where reading and HTML together take longer than a second for 50 stories.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from briefing.editions import read_edition
from briefing.editions.gathering import evidence_texts
from briefing.export import EXPORTERS, ExportOptions
from briefing.model import Edition, Window
from briefing.store import ReadingStore, Store

_FLOOR = 1.0  # seconds, for 50 stories as HTML
T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What ``work`` gives, and the processor's seconds that it took."""
    began = time.process_time()
    given = work()
    return given, time.process_time() - began


def read(store: ReadingStore, count: int) -> tuple[Edition, ExportOptions]:
    """The ``count`` best stories of the store's last month, and how they are exported."""
    now = datetime.now(UTC)
    reading = read_edition(store, Window(now - timedelta(days=31), now), line=count, limit=count)
    texts = evidence_texts(store, reading.edition.stories)
    return reading.edition, ExportOptions(zone=UTC, name="edition", texts=texts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Time exports as the options say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("-n", type=int, default=50, help="stories")
    options = parser.parse_args(arguments)
    with Store.open(options.store, read_only=True) as store:
        (edition, how), reading = timed(lambda: read(store, options.n))
    articles = sum(len(s.brief.articles) for s in edition.stories)
    print(f"{len(edition.stories)} stories of {articles} articles, {len(how.texts)} of them quoted")
    print(f"  {'read':10} {reading:6.3f} s")
    html = reading
    for name, exporter in EXPORTERS.items():
        content, seconds = timed(lambda: exporter.render_edition(edition, how))  # noqa: B023
        html += seconds if name == "html" else 0.0
        print(f"  {name:10} {seconds:6.3f} s  {len(content):>11,} bytes")
    print(f"read and written as HTML: {html:.3f} s (at most {_FLOOR:g})")
    return 0 if html <= _FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
