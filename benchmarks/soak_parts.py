"""What two processes of a soak do, each turn of each giving what it saw (``soak.py``).

A turn gives ``count`` (what happened, to be counted) and ``wrong`` (what ought not to happen).
"""

import json
import logging
import random
import re
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.invented import town
from briefing.config import config_path, load_settings
from briefing.editions import edition_window, read_article, read_edition
from briefing.model import BriefingError
from briefing.refresh import RefreshOptions, refresh
from briefing.store import ReadingStore, Store

Told = dict[str, list[str]]
TOKEN = re.compile(r"p\d+n\d+$")
"""What the title of each entry of ``moods.py`` ends with."""
_OWN = re.compile(r"\d[\d.:]*|'[^']*'|\"[^\"]*\"|Outlet \d+")
_CRASH = re.compile(r"Traceback|[A-Z]\w+Warning:")


def _same(words: str) -> str:
    """``words`` without what tells one happening from another of its kind."""
    return _OWN.sub("…", words)[:160]


class _Unhandled(logging.Handler):
    """Keeps what is logged of errors that are none of ours, and all warnings."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record where it tells of what nobody expected."""
        error = record.exc_info[1] if record.exc_info else None
        foreign = error is not None and not isinstance(error, BriefingError)
        if foreign or record.levelno >= logging.ERROR:
            trace = "".join(traceback.format_exception(error)[-3:]) if error else ""
            self.seen.append(f"{record.name}: {record.getMessage()} {trace}")


def refreshing(rng: random.Random, home: Path) -> Iterator[Told]:
    """Refresh after refresh with one open store: what is due, all at once, some by name, anew."""
    del home
    settings = load_settings(config_path())
    log = _Unhandled()
    logging.getLogger("briefing").setLevel(logging.INFO)
    logging.getLogger().addHandler(log)
    with Store.open(settings.store_path) as store:
        while True:
            feeds = store.feeds()
            some = tuple(rng.sample(feeds, len(feeds) // 4))
            options = rng.choice(
                (
                    RefreshOptions(),
                    RefreshOptions(manual=True),
                    RefreshOptions(feeds=some),
                    RefreshOptions(feeds=some, force=True),
                    RefreshOptions(feeds=some, force=True),
                    RefreshOptions(force=True),
                )
            )
            report = refresh(store, settings, options)
            counted = ["refreshes", *(f"feed: {_same(e.what)}" for _, _, e in report.failures)]
            counted += [f"article: {_same(fault.what)}" for fault in report.faults]
            wrong, log.seen = log.seen, []
            yield {"count": counted, "wrong": wrong}


_COMMANDS = (
    ("print",),
    ("print", "--format", "json", "--since", "3h"),
    ("print", "--format", "html"),
    ("feeds", "list"),
    ("feeds", "export"),
    ("backup", "copy.zip"),
    ("search", "harbour"),
    ("doctor",),
)


def reading(rng: random.Random, home: Path) -> Iterator[Told]:
    """Read, search and mark with one open store, and run commands beside it."""
    settings = load_settings(config_path())
    marks: dict[str, list[str]] = {"star": [], "read mark": []}
    with ReadingStore.open(settings.store_path) as store:
        while True:
            told: Told = {"count": ["turns"], "wrong": []}
            window = edition_window(store, settings.edition, datetime.now(UTC))
            read = read_edition(store, window, line=settings.edition.line, limit=50)
            told["wrong"] += [str(error) for error in read.unreadable]
            rows = store.search(rng.choice(("board", "quay", town(rng.randrange(768)), "p1*")))
            for row in rows[:5]:
                read_article(store, row.id)
            for row in rng.sample(rows, min(1, len(rows))):
                store.set_article_starred(row.id, True)
                marks["star"].append(row.id)
                store.mark_article_read(row.id)
                marks["read mark"].append(row.id)
            (home / "marks.json").write_text(json.dumps(marks), encoding="ascii")
            words = rng.choice(_COMMANDS)
            done = subprocess.run(
                [sys.executable, "-m", "briefing", *words],
                cwd=home, capture_output=True, text=True, check=False,
            )  # fmt: skip
            told["count"].append(f"{words[0]} ended with {done.returncode}")
            expected = words == ("doctor",) and _only_feeds(done.stderr)
            if (done.returncode and not expected) or _CRASH.search(done.stderr):
                told["wrong"].append(f"{' '.join(words)}: {done.returncode} {done.stderr[-1500:]}")
            yield told


def _only_feeds(findings: str) -> bool:
    """Whether all that ``doctor`` found is that feeds failed."""
    lines = [line for line in findings.splitlines() if line.startswith("briefing:")]
    return all(line.startswith("briefing: feed Outlet") for line in lines)


PARTS: dict[str, Callable[[random.Random, Path], Iterator[Told]]] = {
    "refreshing": refreshing,
    "reading": reading,
}
