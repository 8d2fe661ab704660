#!/usr/bin/env python3
"""How soon a refresh of many feeds has stored all and shows a story, and what it takes.

    python -m benchmarks.refresh [--feeds 100] [--entries 50] [--turns 1]
    python -m benchmarks.refresh --doubling 250,500,1000,2000

Serves feeds of real news (``feed_server.py`` of the shared tools: one entry in five is of the last
day) on loopback and runs ``briefing refresh`` on them in a process of its own, as the reader does,
in turn with newsboat (20 threads) where that is installed. Three figures of each: until all is
stored and found by its title (newsboat indexes nothing), the same again when every feed answers
304, and the memory. ``--edition`` waits until the stories of the last day are told, too;
``--doubling`` is for a series of numbers of feeds, each until all is stored.

Seconds are counted from the start of the process. Processor seconds and memory are those of all its
processes (``process_tree``): a busy machine lengthens the first, hardly the others. For the second
look all that was stored counts as read and as fetched two hours ago.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process_tree import Taken, Watch

ROOT = Path(__file__).resolve().parent.parent
_AGO = 7200  # seconds: what was asked for within the last minute is not asked for again


@dataclass(frozen=True, slots=True)
class Stored:
    """A first refresh: what it took until all was stored, and when (seconds) what could be read."""

    taken: Taken
    first_story: float | None = None
    edition: float | None = None
    stories: int = 0


@contextmanager
def serving(entries: int, port: int) -> Iterator[str]:
    """The feeds' address while they are served: ``{}`` stands for the number of one."""
    shared = Path(os.environ.get("BRIEFING_SHARED", ROOT.parent / "shared"))
    server = subprocess.Popen(
        [sys.executable, str(shared / "tools/feed_server.py"), str(port), str(entries)]
    )
    address = f"http://127.0.0.1:{port}/feed/{{}}.xml"
    try:
        while True:
            try:
                urllib.request.urlopen(address.format(1)).read()  # noqa: S310 - our own server
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.kill()


def made(addresses: Sequence[str]) -> None:
    """Let the server make each feed before anybody is timed."""
    for address in addresses:
        urllib.request.urlopen(address).read()  # noqa: S310 - our own server


def briefing(home: Path, *words: str) -> subprocess.Popen[str]:
    """A command on a store of its own."""
    environment = {**os.environ, "BRIEFING_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-m", "briefing", *words]
    return subprocess.Popen(
        command, cwd=home, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    )  # fmt: skip


def outline(addresses: Iterable[str]) -> str:
    """A list of these feeds, as OPML."""
    feeds = "".join(f'<outline type="rss" xmlUrl="{url}"/>' for url in addresses)
    return f'<opml version="2.0"><body>{feeds}</body></opml>'


def subscribed(home: Path, addresses: Sequence[str]) -> None:
    """A new store that follows these feeds."""
    home.mkdir()
    opml = home / "feeds.opml"
    opml.write_text(outline(addresses))
    briefing(home, "feeds", "import", str(opml)).wait()


def first_refresh(home: Path, feeds: int, *, edition: bool) -> Stored:
    """Refresh until all is stored; with ``edition`` until its stories are told."""
    process = briefing(home, "refresh", "--events")
    first = stood = None
    stories = answered = 0
    with Watch(process) as watch:
        taken = watch.taken
        for line in process.stdout or ():
            event = json.loads(line)
            kind = event["event"]
            if kind == "feed":
                answered += 1
                if answered == feeds:
                    taken = watch.mark()
                    if not edition:
                        break
            elif kind == "told" and event["stories"]:
                passed, stories = watch.passed(), event["stories"]
                first = first or passed
                stood = passed
                if edition and event["complete"]:
                    break
            elif kind == "progress" and event["stage"] == "judge" and edition:
                break
        process.terminate()
        process.wait()
    return Stored(taken, first, stood, stories)


def second_refresh(home: Path) -> Taken:
    """Refresh once more, to the end: every feed answers 304."""
    with sqlite3.connect(home / "data/briefing.sqlite3") as store:
        store.execute("UPDATE article SET pending = NULL")
        store.execute("UPDATE finding SET produced_by = replace(produced_by, ' quick', '')")
        store.execute(
            "UPDATE feed SET fetched_at = fetched_at - ?, next_fetch_at = next_fetch_at - ?",
            (_AGO, _AGO),
        )
    store.close()
    process = briefing(home, "refresh", "--manual")
    return _to_the_end(process)


def newsboat(home: Path, addresses: Sequence[str]) -> Taken:
    """Let newsboat fetch and keep all; what is kept already is asked for conditionally."""
    home.mkdir(exist_ok=True)
    urls, settings = home / "urls", home / "config"
    urls.write_text("\n".join(addresses) + "\n")
    settings.write_text("reload-threads 20\n")
    files = ["-u", str(urls), "-C", str(settings), "-c", str(home / "cache.db")]
    return _to_the_end(subprocess.Popen(["newsboat", *files, "-x", "reload"], text=True))


def _to_the_end(process: subprocess.Popen[str]) -> Taken:
    with Watch(process) as watch:
        return watch.to_the_end()


def compared(folder: Path, addresses: Sequence[str], *, edition: bool) -> None:
    """Both programs on the same feeds, twice each; figures and what the lines ask for."""
    ours, theirs = folder / "briefing", folder / "newsboat"
    has_newsboat = shutil.which("newsboat") is not None
    subscribed(ours, addresses)
    other = newsboat(theirs, addresses) if has_newsboat else None
    stored = first_refresh(ours, len(addresses), edition=edition)
    print(f"{len(addresses)} feeds, all stored and searchable:")
    _print(stored.taken, other)
    if stored.first_story is not None:
        print(f"  first story after {stored.first_story:.1f} s")
    if edition and stored.edition is not None:
        print(f"  the edition ({stored.stories} stories) after {stored.edition:.1f} s")
    if has_newsboat:
        newsboat(theirs, addresses)  # its first look at what it has kept takes far longer
        other = newsboat(theirs, addresses)
    print(f"{len(addresses)} feeds, all answered 304:")
    _print(second_refresh(ours), other)


def _print(own: Taken, other: Taken | None) -> None:
    print(f"  briefing {_figures(own)} (its main process {own.main_peak:.0f} MB)")
    if other is not None:
        print(f"  newsboat {_figures(other)}")
        print(
            f"  ratio    {own.seconds / other.seconds:.2f}, of processor time"
            f" {own.cpu / other.cpu:.2f}, of memory {own.peak / other.peak:.2f}"
        )


def _figures(taken: Taken) -> str:
    return f"{taken.seconds:7.1f} s, {taken.cpu:6.1f} s of processors, {taken.peak:5.0f} MB"


def doubling(folder: Path, address: str, numbers: Sequence[int]) -> None:
    """Time and memory until all is stored, for a series of numbers of feeds."""
    print("until all is stored, and how many times that of the line before:")
    before: Taken | None = None
    for number in numbers:
        addresses = [address.format(n) for n in range(1, number + 1)]
        made(addresses)
        home = folder / f"series-{number}"
        subscribed(home, addresses)
        taken = first_refresh(home, number, edition=False).taken
        growth = ""
        if before is not None:
            growth = (
                f"; {taken.seconds / before.seconds:.2f} of time,"
                f" {taken.cpu / before.cpu:.2f} of processor time,"
                f" {taken.peak / before.peak:.2f} of memory"
            )
        print(f"  {number:5} feeds: {_figures(taken)}{growth}", flush=True)
        before = taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=100)
    parser.add_argument("--entries", type=int, default=50, help="of a feed")
    parser.add_argument("--turns", type=int, default=1, help="how often both are run in turn")
    parser.add_argument("--edition", action="store_true", help="wait for the last day's stories")
    parser.add_argument("--doubling", metavar="N,N,…", help="numbers of feeds, each until stored")
    parser.add_argument("--port", type=int, default=18970)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, serving(args.entries, args.port) as address:
        folder = Path(name)
        if args.doubling:
            doubling(folder, address, [int(number) for number in args.doubling.split(",")])
            return
        addresses = [address.format(number) for number in range(1, args.feeds + 1)]
        made(addresses)
        for turn in range(args.turns):
            place = folder / str(turn)
            place.mkdir()
            compared(place, addresses, edition=args.edition)


if __name__ == "__main__":
    main()
