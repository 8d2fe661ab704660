"""How long a sync takes: the first one, one with marks of both sides, and one with nothing new.

The servers are the fakes of the tests, each in a process of its own on the loopback. Times are of
the clock, of this process's processor, and of the server's.
"""

import argparse
import asyncio
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from briefing.config import Settings, SyncSettings
from briefing.store import Store
from briefing.sync import SyncReport, sync_async
from tests.fake_sync_server import FakeAccount, FakeFeed, FakeSyncServer
from tests.sync.conftest import SERVERS

CHOSEN = ("miniflux 2.3", "miniflux 2.2", "greader of freshrss", "fever of coldsweat")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--marks", type=int, default=2_000, help="half of them on each side")
    parser.add_argument("--server", choices=sorted(SERVERS), action="append")
    args = parser.parse_args()
    print(
        f"{args.entries:,} entries, {args.marks:,} marks; seconds (processor: ours, the server's)"
    )
    for name in args.server or CHOSEN:
        with tempfile.TemporaryDirectory() as folder:
            measure(name, Path(folder), args.entries, args.marks)


def measure(name: str, folder: Path, entries: int, marks: int) -> None:
    """One kind of server."""
    ours, theirs = multiprocessing.Pipe()
    context = multiprocessing.get_context("fork")
    process = context.Process(target=serve, args=(name, entries, theirs), daemon=True)
    process.start()
    url, kind, user, password = ours.recv()
    settings = Settings(
        sync=SyncSettings(kind=kind, url=url, user=user, password_command=("echo", password))
    )
    try:
        with Store.open(folder / "briefing.sqlite3") as store:
            print(name)
            timed("first", lambda: sync(store, settings), ours)
            rows = store.article_rows(limit=marks // 2)
            for number, row in enumerate(rows):
                if number % 4:
                    store.mark_article_read(row.id)
                else:
                    store.set_article_starred(row.id, True)
            ours.send(marks - len(rows))
            ours.recv()
            report = timed("marks", lambda: sync(store, settings), ours)
            assert report.sent == len(rows), report
            assert report.applied == marks - len(rows), report
            ours.send(0)
            ours.recv()
            timed("nothing", lambda: sync(store, settings), ours)
    finally:
        process.terminate()
        process.join()


def sync(store: Store, settings: Settings) -> SyncReport:
    """One sync."""
    return asyncio.run(sync_async(store, settings))


def timed(what: str, work: Callable[[], SyncReport], server: Connection) -> SyncReport:
    """Print how long it took."""
    theirs = used_by(server)
    began, used = time.perf_counter(), time.process_time()
    report = work()
    took, used = time.perf_counter() - began, time.process_time() - used
    theirs = used_by(server) - theirs
    print(
        f"  {what:<8} {took:6.2f} ({used:5.2f}, {theirs:5.2f})  {report.new_articles:,} articles,"
        f" {report.applied:,} marks taken, {report.sent:,} sent"
    )
    return report


def used_by(server: Connection) -> float:
    """The processor's seconds that the server has used."""
    server.send(None)
    used: float = server.recv()
    return used


def serve(name: str, entries: int, pipe: Connection) -> None:
    """The server's process: it marks so many entries as read as it is told, the oldest first."""
    account = FakeAccount(now=datetime.now(UTC) - timedelta(hours=1))
    feeds = [account.add_feed(f"outlet{number}", f"Folder {number % 9}") for number in range(50)]
    for number in range(entries):
        add_entry(account, feeds[number % len(feeds)], number)
    server: FakeSyncServer = SERVERS[name]()
    server.account = account
    with server:
        pipe.send((server.url, server.kind, account.user, account.password))
        while True:
            number = pipe.recv()
            if number is None:
                pipe.send(time.process_time())
                continue
            account.now = datetime.now(UTC) - timedelta(minutes=5)
            oldest = sorted(account.entries.values(), key=lambda entry: entry.published)
            for entry in oldest[:number]:
                account.mark(entry, read=True)
            account.now = datetime.now(UTC) + timedelta(minutes=5 if not number else 0)
            pipe.send("marked")


def add_entry(account: FakeAccount, feed: FakeFeed, number: int) -> None:
    """An entry of some 400 words."""
    entry = account.add_entry(feed, hours=number / 20)
    words = " ".join(
        f"The board of Marenza met on the matter {number}.{part}" for part in range(45)
    )
    entry.content = f"<p>{words}</p>"


if __name__ == "__main__":
    main()
