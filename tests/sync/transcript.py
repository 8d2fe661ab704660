"""Makes the transcripts of docs/sync.md with real servers: ``python -m tests.sync.transcript``.

Marks of both sides, some of them offline, while the server dies: before a sync, and in the middle.
"""

import os
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from briefing.store import Store
from tests.fake_web import Item, Newsroom, rss
from tests.sync.real_servers import Postgres, RealColdsweat, RealMiniflux
from tests.sync.record import opml_of

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "sync.md"
BEGIN, END = "<!-- transcripts: begin -->\n", "<!-- transcripts: end -->\n"
DAYS = tuple(f"The ferry of Saltmere, day {n}" for n in range(1, 6))


class Session:
    """A user's machine: commands, what they answer, and what is marked in the reader."""

    def __init__(self, secret: str) -> None:
        self.home = Path(tempfile.mkdtemp())
        self.lines: list[str] = []
        self._password = self.home / "password"
        self._password.write_text(secret)

    def say(self, words: str) -> None:
        """A line of the story."""
        self.lines.append(f"# {words}")

    def run(self, *words: str) -> None:
        """A command, what it says, and its exit code where that is not 0."""
        shown = [w.replace(str(self._password), "~/.reader") for w in words]
        self.lines.append(f"$ briefing {shlex.join(shown)}")
        done = subprocess.run(
            [sys.executable, "-m", "briefing", *words],
            env={**os.environ, "BRIEFING_HOME": str(self.home), "TZ": "UTC", "COLUMNS": "100"},
            capture_output=True,
            text=True,
            check=False,
        )
        self.lines += (done.stdout + done.stderr).rstrip().splitlines()
        if done.returncode:
            self.lines.append(f"[exit code {done.returncode}]")

    def setup(self, kind: str, url: str, user: str) -> None:
        command = f"cat {self._password}"
        self.run("sync", "setup", kind, url, "--user", user, "--password-command", command)

    def mark(self, day: str, read: bool | None = None, starred: bool | None = None) -> None:
        """What the keys of the reader do."""
        with Store.open(self.home / "data" / "briefing.sqlite3") as store:
            (name,) = [row.id for row in store.article_rows() if row.title == day]
            if read is not None:
                store.mark_article_read(name, read=read)
            if starred is not None:
                store.set_article_starred(name, starred)

    def text(self) -> str:
        """The transcript, the places of this machine taken out."""
        whole = "\n".join(self.lines).replace(str(self._password), "~/.reader")
        whole = whole.replace(str(self.home / "config"), "~/.config/briefing")
        return re.sub(r"127\.0\.0\.1(:\d+)", "127.0.0.1:8080", whole)


@contextmanager
def dying(port: int, requests: int) -> Iterator[str]:
    """A way to a server on the loopback that breaks after so many requests, and is closed then."""
    door = socket.create_server(("127.0.0.1", 0))

    def pass_on(from_: socket.socket, to: socket.socket, count: Callable[[bytes], bool]) -> None:
        with suppress(OSError):
            while (some := from_.recv(65536)) and count(some):
                to.sendall(some)
        for end in (from_, to):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def serve() -> None:
        seen = 0

        def is_served(some: bytes) -> bool:
            nonlocal seen
            seen += some.count(b" HTTP/1.1\r\n")
            return seen <= requests

        with suppress(OSError):
            while seen <= requests:
                client, _ = door.accept()
                server = socket.create_connection(("127.0.0.1", port))
                back = threading.Thread(
                    target=pass_on, args=(server, client, lambda _some: True), daemon=True
                )
                back.start()
                pass_on(client, server, is_served)
                back.join()
        door.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        door.close()


def of_miniflux(postgres: Postgres, feed: str) -> str:
    """With Miniflux of trixie."""
    server = RealMiniflux("trixie", postgres, Path(tempfile.mkdtemp()))
    server.ask("POST", "/v1/feeds", {"feed_url": feed})
    here = Session(server.password)
    try:
        here.setup("miniflux", server.url, server.user)
        here.run("sync", "now")
        server.running.kill()
        here.say("The server dies. In the reader meanwhile: day 1 read; day 2 starred; day 3 read,")
        here.say("and unread again.")
        here.mark(DAYS[0], read=True)
        here.mark(DAYS[1], starred=True)
        here.mark(DAYS[2], read=True)
        here.mark(DAYS[2], read=False)
        here.run("sync", "now")
        here.run("sync", "status")
        server.running.start()
        here.say("It is back. On the telephone: day 3 read, day 4 read and starred.")
        server.mark(DAYS[2], "read")
        server.mark(DAYS[3], "read", star=True)
        here.run("sync", "now")
        told(here, server)
        here.say("In the reader: day 1 unread, day 5 starred. The server dies while it is told so.")
        here.mark(DAYS[0], read=False)
        here.mark(DAYS[4], starred=True)
        port = int(server.url.rpartition(":")[2])
        with dying(port, 7) as url:
            config = here.home / "config" / "config.toml"
            before = config.read_text()
            config.write_text(before.replace(server.url, url))
            here.run("sync", "now")
            config.write_text(before)
        here.run("sync", "now")
        told(here, server)
        here.run("sync", "now")
    finally:
        server.running.kill()
    return here.text()


def told(here: Session, server: RealMiniflux) -> None:
    """What the server has now."""
    here.say("What the server has:")
    for title, entry in sorted(server.entries().items()):
        star = ", starred" if entry["starred"] else ""
        here.lines.append(f"    {title.rpartition(', ')[2]}: {entry['status']}{star}")


def of_coldsweat(feed: str) -> str:
    """With coldsweat, by Fever."""
    server = RealColdsweat(opml_of(feed), Path(tempfile.mkdtemp()))
    here = Session(server.password)
    try:
        here.setup("fever", server.url, server.user)
        here.run("sync", "now")
        server.running.kill()
        here.say("The server dies. In the reader meanwhile: day 1 read, day 2 starred.")
        here.mark(DAYS[0], read=True)
        here.mark(DAYS[1], starred=True)
        here.run("sync", "now")
        server.running.start()
        here.say("It is back.")
        here.run("sync", "now")
        here.run("sync", "status")
    finally:
        server.running.kill()
    return here.text()


def main() -> None:
    """Write them into the page."""
    postgres = Postgres()
    now = datetime.now(UTC).replace(microsecond=0)
    items: list[Any] = [
        Item(day, link=f"https://courier.example/{n}", published=now - timedelta(hours=n))
        for n, day in enumerate(DAYS, 1)
    ]
    try:
        with Newsroom() as room:
            feed = room.feed("/courier.xml", rss("Coast Courier", items))
            made = {
                "Miniflux 2.2 of Debian trixie": of_miniflux(postgres, feed),
                "coldsweat 0.10 by the Fever API": of_coldsweat(feed),
            }
    finally:
        postgres.stop()
    parts = [f"{name}:\n\n```console\n{text}\n```\n" for name, text in made.items()]
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    PAGE.write_text(head + BEGIN + "\n" + "\n".join(parts) + "\n" + END + tail, encoding="utf-8")


if __name__ == "__main__":
    main()
