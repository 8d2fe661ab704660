#!/usr/bin/env python3
"""The reader's speed as a user feels it: first paint, and key to paint, from outside.

Wraps terminal_bench.py of the shared tools; ``screens`` times the keys of every screen, a line for
each. With --refreshing, refreshes against a newsroom on the
loopback (every feed has new articles each time) run beside it all the while, in the same store:
measure on a copy.
"""

import argparse
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.invented import story
from benchmarks.screens import SCREENS, time_screens
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import Item, rss

ROOT = Path(__file__).resolve().parent.parent


def first_headline(home: Path) -> str:
    """A pattern for the headline that the edition of ``home`` opens with, its first letters."""
    with Store.open(home / "data/briefing.sqlite3") as store:
        rows = store.edition_rows(store.window(datetime.now(UTC)), limit=1)
    if not rows:
        sys.exit(
            f"{home}: the edition is empty; make the store anew (python -m benchmarks.make_store)"
        )
    return re.escape(rows[0].headline[:16])


def bench(shared: Path, what: str, options: Sequence[str], home: Path, pattern: str) -> int:
    """Run terminal_bench.py on the reader of ``home``; its exit code."""
    tool = shared / "tools/terminal_bench.py"
    reader = [sys.executable, "-m", "briefing"]
    command = [sys.executable, str(tool), what, *options, pattern, "--", *reader]
    yardstick = ["list", "200000"] if what == "keys" else ["empty"]
    command += ["--vs", "ready", "--", sys.executable, str(tool), *yardstick]
    environment = {**os.environ, "BRIEFING_HOME": str(home)}
    return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


@contextmanager
def refreshing(home: Path, feeds: int) -> Iterator[None]:
    """Refreshes of ``feeds`` feeds of a newsroom, one after another, until the block ends."""
    stop = threading.Event()
    with Newsroom() as room:
        with Store.open(home / "data/briefing.sqlite3") as store:
            for number in range(feeds):
                store.add_feed(room.url(f"/{number}.xml"), f"Newsroom {number}")
        thread = threading.Thread(target=_refresh, args=(room, home, feeds, stop))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()


def _refresh(room: Newsroom, home: Path, feeds: int, stop: threading.Event) -> None:
    environment = {**os.environ, "BRIEFING_HOME": str(home)}
    edition = 0
    while not stop.is_set():
        edition += 1
        now = datetime.now(UTC)
        for number in range(feeds):
            room.feed(f"/{number}.xml", rss(f"Newsroom {number}", _items(edition, number, now)))
        options = [f"--feed={room.url(f'/{number}.xml')}" for number in range(feeds)]
        command = [sys.executable, "-m", "briefing", "refresh", "--force", "--events", *options]
        with subprocess.Popen(
            command,
            env=environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            while process.poll() is None:
                if stop.wait(0.1):
                    process.terminate()
                    process.wait()


def _items(edition: int, feed: int, now: datetime) -> list[Item]:
    items = []
    for number in range(5):
        told = story(edition * 1000 + number, seed=7)
        one = told[feed % len(told)]
        paragraphs = "".join(f"<p>{line}</p>" for line in one.text.split("\n"))
        link = f"https://newsroom-{feed}.example/{edition}/{number}"
        published = now - timedelta(minutes=number)
        items.append(Item(one.title, link, content=paragraphs, published=published))
    return items


def main() -> None:
    """Measure as the options say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("paint", "keys", "screens"))
    parser.add_argument(
        "home", type=Path, help="a BRIEFING_HOME: its store is data/briefing.sqlite3"
    )
    parser.add_argument("-n", type=int, help="runs, or keys")
    parser.add_argument("--size", default="140x40")
    parser.add_argument("--keys", default="jjjk")
    parser.add_argument(
        "--screen", action="append", choices=SCREENS, help="one of the screens; all where not given"
    )
    parser.add_argument("--pattern", help="what to wait for; the first headline where not given")
    parser.add_argument("--refreshing", type=int, default=0, metavar="FEEDS")
    shared = Path(os.environ.get("BRIEFING_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="the shared tools")
    options = parser.parse_args()
    home = options.home.absolute()
    pattern = options.pattern or first_headline(home)
    with refreshing(home, options.refreshing) if options.refreshing else nullcontext():
        sys.exit(measured(options, home, pattern))


def measured(options: argparse.Namespace, home: Path, pattern: str) -> int:
    """Measure what was asked for; the exit code."""
    if options.what == "screens":
        reader = ["env", f"BRIEFING_HOME={home}", sys.executable, "-m", "briefing"]
        names = options.screen or list(SCREENS)
        tools = options.shared / "tools"
        time_screens(tools, reader, pattern, names, options.n or 40, options.size)
        return 0
    passed = ["--size", options.size]
    passed += ["-n", str(options.n)] if options.n else []
    passed += ["--keys", options.keys] if options.what == "keys" else []
    return bench(options.shared, options.what, passed, home, pattern)


if __name__ == "__main__":
    main()
