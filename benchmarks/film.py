#!/usr/bin/env python3
"""The first import as a user sees it, filmed as text: every frame that changed, with its time.

The real reader is opened in tmux with an empty ``BRIEFING_HOME``; in its welcome card an OPML list
of feeds is imported (``feed_server.py`` of the shared tools serves them on loopback). The screen is
taken every half second until nothing is left to do. The feeds are other people's news: the film is
for looking at, not for keeping in the repository.
"""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from benchmarks.refresh import ROOT, outline, serving

WAITING = re.compile(
    r"fetching|reading|telling|digesting|judging|finishing|working|Fetching|Welcome to"
)
"""What the screen says while more is to come."""


class Screen:
    """A terminal of 140 x 40 in which a command runs; a context manager that ends it."""

    def __init__(self, command: str, size: str) -> None:
        self._tmux = ("tmux", "-L", f"briefing-film-{os.getpid()}")
        width, height = size.split("x")
        self._run("new-session", "-d", "-x", width, "-y", height, command)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._run("kill-server")

    def _run(self, *words: str) -> str:
        return subprocess.run(
            [*self._tmux, *words], check=True, capture_output=True, text=True
        ).stdout

    def press(self, *keys: str) -> None:
        """Press keys by their names in tmux."""
        self._run("send-keys", *keys)

    def write(self, words: str) -> None:
        """Type words."""
        self._run("send-keys", "-l", words)

    def frame(self) -> str:
        """What is on the screen."""
        lines = self._run("capture-pane", "-p").split("\n")
        return "\n".join(line.rstrip() for line in lines)

    def wait_for(self, words: str, seconds: float = 30.0) -> None:
        """Wait until these words are on the screen. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while words not in self.frame():
            if time.monotonic() > end:
                raise TimeoutError(f"{words!r} did not appear:\n{self.frame()}")
            time.sleep(0.05)


@contextmanager
def reader(home: Path, size: str) -> Iterator[Screen]:
    """The reader on an empty home."""
    given = {"BRIEFING_HOME": str(home), "PYTHONPATH": str(ROOT)}
    given |= {n: v for n, v in os.environ.items() if n == "BRIEFING_ENCODER"}
    words = " ".join(shlex.quote(f"{name}={value}") for name, value in given.items())
    with Screen(f"cd {home}; env {words} {sys.executable} -m briefing", size) as screen:
        yield screen


def film(screen: Screen, opml: Path, every: float, longest: float) -> Iterator[tuple[float, str]]:
    """Import ``opml`` in the reader; the frames that changed, by seconds since it was asked for."""
    screen.wait_for("Import an OPML file")
    yield -1.0, screen.frame()
    screen.press("Down", "Down", "Enter")
    screen.wait_for("path of the OPML file")
    screen.write(str(opml))
    time.sleep(0.3)
    yield 0.0, screen.frame()
    screen.press("Enter")
    began = time.monotonic()
    last, quiet = "", 0.0
    while (at := time.monotonic() - began) < longest:
        now = screen.frame()
        if now != last:
            yield at, now
            last = now
        quiet = 0.0 if WAITING.search(now) else quiet + every
        if quiet >= 8.0:
            return
        time.sleep(max(0.0, began + at + every - time.monotonic()))


def main() -> None:
    """Film, and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("output", type=Path, help="the text file to write")
    parser.add_argument("--feeds", type=int, default=100)
    parser.add_argument("--entries", type=int, default=50, help="of a feed")
    parser.add_argument("--every", type=float, default=0.5, metavar="SECONDS")
    parser.add_argument("--longest", type=float, default=300.0, metavar="SECONDS")
    parser.add_argument("--size", default="140x40")
    parser.add_argument("--port", type=int, default=18971)
    args = parser.parse_args()
    if shutil.which("tmux") is None:
        sys.exit("this needs tmux")
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(args.entries, args.port) as address,
        args.output.open("w", encoding="utf-8") as output,
    ):
        opml = Path(folder) / "feeds.opml"
        addresses = [address.format(number) for number in range(1, args.feeds + 1)]
        opml.write_text(outline(addresses), encoding="utf-8")
        home = Path(folder) / "home"
        home.mkdir()
        frames = 0
        with reader(home, args.size) as screen:
            for at, frame in film(screen, opml, args.every, args.longest):
                output.write(f"──── {at:.1f} s ────\n{frame}\n")
                output.flush()
                frames += 1
        print(f"{frames} frames in {args.output}")


if __name__ == "__main__":
    main()
