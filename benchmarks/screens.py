"""Key to paint in every screen of the reader, each key beside one of a bare virtual list.

The two terminals stand side by side and get a key in turn, so that what else the machine does slows
both alike. Escape is not among the keys: a terminal's own escape sequences begin with it, for the
rest of which an application waits.
"""

import os
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.shared_tool import shared_tool

NAMED = {
    "enter": "\r",
    "space": " ",
    "tab": "\t",
    "backspace": "\x7f",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "left": "\x1b[D",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "ctrl+p": "\x10",
}
APART = 0.12  # seconds between two keys of the reader
QUIET = 0.008  # seconds without output that end a repaint
MOST_RATIO, MOST_MS = 1.5, 50.0  # what is marked as slow: the median, and 99 of 100


@dataclass(frozen=True, slots=True)
class Timed:
    """Keys that are timed in a screen. before: those that lead there, each waited for."""

    before: str
    keys: str


SCREENS = {
    "stories": Timed("", "j j j k"),
    "stories-pages": Timed("", "pagedown pagedown pageup"),
    "stories-unread": Timed("", "n"),
    "stories-through": Timed("", "space"),
    "stories-marks": Timed("", "j m s"),
    "stories-panes": Timed("", "tab"),
    "stories-zoom": Timed("", "z"),
    "stories-density": Timed("", "d"),
    "brief": Timed("enter", "j j j k"),
    "brief-opened": Timed("", "enter h"),
    "figures": Timed("tab tab", "j j k"),
    "linked": Timed("tab tab tab", "j j k"),
    "source": Timed("enter enter", "j j j k"),
    "source-pages": Timed("enter enter", "pagedown pageup"),
    "source-outlets": Timed("enter enter", "} ]"),
    "source-opened": Timed("enter", "enter h"),
    "feeds": Timed("f", "j j j k"),
    "feeds-opened": Timed("", "f h"),
    "articles": Timed("f enter", "j j j k"),
    "articles-unread": Timed("f enter", "n"),
    "articles-marks": Timed("f enter", "j m"),
    "article-opened": Timed("f enter", "enter h"),
    "article": Timed("f enter enter", "j j j k"),
    "search": Timed("/", "f e r r y backspace backspace backspace backspace backspace"),
    "hits": Timed("/ f e r r y enter", "j j j k"),
    "hit-opened": Timed("/ f e r r y enter", "enter h"),
    "help": Timed("?", "j j j k"),
    "help-opened": Timed("", "? h"),
    "palette": Timed("ctrl+p", "down down down up"),
    "palette-typed": Timed("ctrl+p", "t h e backspace backspace backspace"),
    "themes": Timed("t", "j j k"),
}


@dataclass(slots=True)
class Times:
    """Milliseconds by key, and of the bare list."""

    reader: dict[str, list[float]] = field(default_factory=dict)
    bare: list[float] = field(default_factory=list)


def _timed(terminal: Any, key: str) -> float | None:
    """Milliseconds from a key to the last byte of its repaint; None where nothing was painted."""
    while terminal.read(0.0):
        pass
    begin = time.perf_counter()
    _press(terminal, key)
    if not terminal.read(1.0):
        return None
    last = time.perf_counter()
    while terminal.read(QUIET):
        last = time.perf_counter()
    return 1000 * (last - begin)


def _press(terminal: Any, key: str) -> None:
    os.write(terminal.fd, NAMED.get(key, key).encode())


def time_screen(
    tool: Any, reader: list[str], pattern: str, wanted: Timed, n: int, size: str
) -> Times:
    """Time ``n`` keys in one screen."""
    times = Times()
    terminal = tool.Terminal(reader, size)
    bare = tool.Terminal([sys.executable, tool.__file__, "list", "200000"], size)
    try:
        for each, words in ((terminal, pattern), (bare, "ready")):
            each.until(words)
            each.settle(1.0)
        for key in wanted.before.split():
            _press(terminal, key)
            terminal.settle(0.8, limit=8)
        keys = wanted.keys.split()
        for number in range(n):
            key = keys[number % len(keys)]
            for one, pressed, into in (
                (terminal, key, times.reader.setdefault(key, [])),
                (bare, "jjjk"[number % 4], times.bare),
            ):
                taken = _timed(one, pressed)
                if taken is not None:
                    into.append(taken)
                time.sleep(APART / 2)
    finally:
        terminal.close()
        bare.close()
    return times


def time_screens(
    shared: Path, reader: list[str], pattern: str, names: Sequence[str], n: int, size: str
) -> None:
    """Time ``n`` keys in each screen and print a line for every key of it."""
    tool = shared_tool(shared / "terminal_bench.py")
    print(f"{'screen':16} {'key':10} {'n':>4} {'median':>8} {'p99':>7} {'bare':>6} {'ratio':>6}")
    for name in names:
        times = time_screen(tool, reader, pattern, SCREENS[name], n, size)
        bare = statistics.median(times.bare)
        for key, taken in times.reader.items():
            print(_line(name, key, sorted(taken), bare), flush=True)


def _line(name: str, key: str, taken: list[float], bare: float) -> str:
    if not taken:
        return f"{name:16} {key:10} nothing was painted"
    median, p99 = statistics.median(taken), taken[min(len(taken) - 1, int(0.99 * len(taken)))]
    slow = "  slow" if median > MOST_RATIO * bare or p99 > MOST_MS else ""
    return (
        f"{name:16} {key:10} {len(taken):4} {median:8.1f} {p99:7.1f} {bare:6.1f}"
        f" {median / bare:6.2f}{slow}"
    )
