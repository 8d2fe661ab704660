#!/usr/bin/env python3
"""How soon the first refresh of many feeds shows a story, the edition, and all that was fetched.

    python -m benchmarks.refresh [--feeds 100] [--entries 50] [--again]

Serves feeds of real news (``feed_server.py`` of the shared tools: one entry in five is of the last
day) on loopback and runs ``briefing refresh`` on them in a process of its own, as the reader does.
It is stopped when the edition stands, unless ``--again`` asks for a second refresh in which every
feed answers 304. Prints seconds from the start of the process. Where newsboat is installed, it
fetches the same feeds before, with 20 threads.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


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


def briefing(home: Path, *words: str) -> subprocess.Popen[str]:
    """A command on a store of its own."""
    environment = {**os.environ, "BRIEFING_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-m", "briefing", *words]
    return subprocess.Popen(
        command, cwd=home, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    )  # fmt: skip


def first_refresh(home: Path, *, to_the_end: bool) -> None:
    """Refresh, and print when what stood."""
    began = time.perf_counter()
    process = briefing(home, "refresh", "--events")
    told: list[tuple[float, int]] = []
    fetched = 0.0
    for line in process.stdout or ():
        event, passed = json.loads(line), time.perf_counter() - began
        if event["event"] == "feed":
            fetched = passed
        elif event["event"] == "told":
            told.append((passed, event["stories"]))
        if event["event"] == "progress" and event["stage"] == "judge" and not to_the_end:
            process.terminate()
            break
    process.wait()
    print(f"first story after {told[0][0]:.1f} s")
    print(f"all fetched, stored and found by their titles after {fetched:.1f} s")
    print(f"the edition ({told[-1][1]} stories) after {told[-1][0]:.1f} s")
    print(f"peak memory of the process {peak():.0f} MB")


def peak() -> float:
    """The peak memory of the processes that were waited for, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def newsboat(home: Path, addresses: list[str]) -> float:
    """Seconds that newsboat needs to fetch and keep all."""
    urls, settings = home / "urls", home / "config"
    urls.write_text("\n".join(addresses) + "\n")
    settings.write_text("reload-threads 20\n")
    files = ["-u", str(urls), "-C", str(settings), "-c", str(home / "cache.db")]
    began = time.perf_counter()
    subprocess.run(["newsboat", *files, "-x", "reload"], check=True)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=100)
    parser.add_argument("--entries", type=int, default=50, help="of a feed")
    parser.add_argument("--again", action="store_true", help="and once more, all unchanged")
    parser.add_argument("--port", type=int, default=18970)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(args.entries, args.port) as address:
        addresses = [address.format(number) for number in range(1, args.feeds + 1)]
        if shutil.which("newsboat"):
            print(f"newsboat: {newsboat(Path(folder), addresses):.1f} s")
        outlines = "".join(f'<outline type="rss" xmlUrl="{url}"/>' for url in addresses)
        opml = Path(folder) / "feeds.opml"
        opml.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
        home = Path(folder) / "home"
        home.mkdir()
        briefing(home, "feeds", "import", str(opml)).wait()
        first_refresh(home, to_the_end=args.again)
        if args.again:
            began = time.perf_counter()
            briefing(home, "refresh", "--manual").wait()
            print(f"once more, all unchanged: {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
