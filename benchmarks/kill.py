#!/usr/bin/env python3
"""Kill refreshes at random moments, and look at what is left each time.

Feeds on the loopback give new articles at each fetch. A refresh in a process group of its own is
ended by SIGKILL after a random time; then the store has to be whole, every article, star and read
mark that was there has to be there still, and at the end one refresh has to finish the work.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.invented import story
from briefing.store import Store

ROOT = Path(__file__).resolve().parent.parent
FRESH = 4  # new articles of a feed at each fetch
_ITEM = (
    "<item><guid>{name}</guid><title>{title}</title><link>https://outlet.example/{name}</link>"
    "<pubDate>{date}</pubDate><description>{text}</description></item>"
)


class Feeds(ThreadingHTTPServer):
    """Feeds at ``/0.xml``, ``/1.xml``, …: new articles at each fetch, before the old ones."""

    daemon_threads = True

    def __init__(self, seed: int = 1) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seed = seed
        self.fetches: dict[str, int] = {}
        self.guard = threading.Lock()

    def address(self, number: int) -> str:
        """The address of a feed."""
        return f"http://127.0.0.1:{self.server_port}/{number}.xml"

    def document(self, path: str) -> bytes:
        """The feed as it is at this fetch."""
        with self.guard:
            count = self.fetches[path] = self.fetches.get(path, 0) + 1
        items = []
        now = datetime.now(UTC)
        for number in range(count * FRESH - 1, max(-1, count * FRESH - 1 - 5 * FRESH), -1):
            told = story(number, self.seed)
            one = told[sum(path.encode()) % len(told)]
            items.append(
                _ITEM.format(
                    name=f"{path.strip('/')}-{number}",
                    title=escape(one.title),
                    text=escape(f"<p>{escape(one.text)}</p>"),
                    date=format_datetime(now - timedelta(minutes=30 + count * FRESH - number)),
                )
            )
        head = f"<title>Outlet {escape(path)}</title><link>https://outlet.example</link>"
        return f"<rss version='2.0'><channel>{head}{''.join(items)}</channel></rss>".encode()


class _Handler(BaseHTTPRequestHandler):
    server: Feeds

    def do_GET(self) -> None:
        """Answer with the feed."""
        content = self.server.document(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass(slots=True)
class Kept:
    """What has to be there after each kill: articles by guid, those read, those starred."""

    articles: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    starred: set[str] = field(default_factory=set)


def kill_refreshes(
    folder: Path, kills: int, *, feeds: int = 8, longest: float = 2.5, seed: int = 1
) -> list[str]:
    """Kill so many refreshes of a new store in ``folder``; what was lost or wrong, in words."""
    rng = random.Random(seed)
    home = {**os.environ, "BRIEFING_HOME": str(folder), "PYTHONPATH": str(ROOT)}
    environment = {**home, "BRIEFING_ENCODER": "off", "NO_PROXY": "*"}
    path = folder / "data" / "briefing.sqlite3"
    wrong: list[str] = []
    kept = Kept()
    (folder / "config").mkdir()
    (folder / "config" / "config.toml").write_text("[fetch]\nfull_text = false\n")  # no pages
    with _serving(Feeds(seed)) as server:
        with Store.open(path) as store:
            for number in range(feeds):
                store.add_feed(server.address(number), f"Outlet {number}")
        for number in range(kills):
            process = _refresh(folder, environment)
            after = 0.1 + rng.random() * longest
            _wait(process, after)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            wrong += [f"kill {number + 1} after {after:.2f} s: {w}" for w in _look(path, kept, rng)]
        last = _refresh(folder, environment)
        if (code := last.wait(600)) != 0:
            wrong.append(f"the last refresh ended with {code}")
        wrong += _look(path, kept, rng)
        with Store.open(path) as store:
            stats = store.stats()
            if stats.to_extract or stats.to_digest or stats.to_link:
                wrong.append(f"work is left: {stats}")
            wrong += [f"set aside: {row}" for row in store.set_aside_rows()]
            if stats.articles < feeds * FRESH:
                wrong.append(f"only {stats.articles} articles were stored")
    return wrong


def _refresh(folder: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "briefing", "refresh", "--force"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Wait so long, or until it has ended by itself."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        time.sleep(0.005)


def _look(path: Path, kept: Kept, rng: random.Random) -> Iterator[str]:
    """What is wrong with the store; then read and star some more of what it holds."""
    with Store.open(path) as store:
        yield from store.check()
        rows = store._rows("SELECT id, guid, is_read, is_starred FROM article")  # noqa: SLF001
        for name, before, now in (
            ("articles", kept.articles, {r["guid"] for r in rows}),
            ("read marks", kept.read, {r["guid"] for r in rows if r["is_read"]}),
            ("stars", kept.starred, {r["guid"] for r in rows if r["is_starred"]}),
        ):
            if lost := before - now:
                yield f"{len(lost)} {name} were lost: {sorted(lost)[:3]}"
            before |= now
        for row in rng.sample(rows, min(3, len(rows))):
            store.set_article_starred(str(row["id"]), True)
            store.mark_article_read(str(row["id"]), True)
            kept.starred.add(row["guid"])
            kept.read.add(row["guid"])


@contextmanager
def _serving(server: Feeds) -> Iterator[Feeds]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main(arguments: Sequence[str] | None = None) -> None:
    """Kill as often as the options say; exit code 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=100, metavar="KILLS")
    parser.add_argument("--longest", type=float, default=2.5, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    began = time.monotonic()
    with TemporaryDirectory(prefix="briefing-kill-") as folder:
        wrong = kill_refreshes(Path(folder), options.n, longest=options.longest, seed=options.seed)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{options.n} kills, {len(wrong)} faults, {time.monotonic() - began:.0f} s")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
