#!/usr/bin/env python3
"""A long run in which everything happens at once, and what it leaves behind.

Publishers on the loopback are in all their moods (``moods.py``). Against one store: a process that
refreshes again and again, one that reads, searches, marks and prints, and the real reader in tmux,
open with ``refresh.every``. Each minute: memory, open files, threads and processes, the store, what
was served and what of it is there. At the end the publishers are calm, and it is looked at whether
anything leaked, was lost or doubled, and whether ``doctor`` says that all is well. Linux only.
"""

import argparse
import json
import os
import random
import re
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.moods import Publishers
from benchmarks.process_tree import tree
from benchmarks.soak_parts import PARTS, TOKEN
from briefing.model import FeedSettings
from briefing.store import Store

ROOT = Path(__file__).resolve().parent.parent
LOOK_EVERY = 5.0  # seconds between two looks at the processes
CONFIG = """[fetch]
connect_timeout = 3
read_timeout = 3
total_timeout = 8
max_feed_mb = 2
max_page_mb = 1
[refresh]
every = 1
"""
KEYS = ("j", "j", "k", "Enter", "Escape", "Tab", "n", "]", "}", "U", "f", "/", "?", "g", "G", "e")
_TROUBLE = re.compile(r"Traceback|ended with|refresh failed|[A-Z]\w+Error\b|Not kept")
GROWTH_MB, GROWTH_SHARE = 25.0, 0.2
"""By so much more in the last third than in the middle one, a process's memory leaks."""
MORE_FILES = 4
"""As many more open files or threads in the last third than in the middle one are a leak."""


@dataclass(frozen=True, slots=True)
class Look:
    """One process and those that it started, at one moment. Memory in MB, resident."""

    memory: float
    files: int
    threads: int
    children: int
    of_children: float


def look(process: int) -> Look | None:
    """What /proc says; None where the process has ended."""
    below = [each for each in tree(process) if each != process]
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
        files = sum(1 for _ in Path(f"/proc/{process}/fd").iterdir())
        threads = int(re.findall(r"Threads:\s+(\d+)", status)[0])
    except (OSError, IndexError):
        return None
    return Look(_resident(process), files, threads, len(below), sum(map(_resident, below)))


def _resident(process: int) -> float:
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0.0
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


@dataclass(slots=True)
class Soak:
    """A run: where, and what was seen. wrong: what ought not to be."""

    home: Path
    publishers: Publishers
    given: Mapping[str, str]
    rng: random.Random
    looks: dict[str, list[Look]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    tmux: tuple[str, ...] = ()
    parts: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What the processes are given to know where they are."""
        return {**os.environ, **self.given}

    @property
    def store(self) -> Path:
        """The store's file."""
        return self.home / "data" / "briefing.sqlite3"

    def briefing(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "briefing", *words], cwd=self.home, env=self.environment,
            capture_output=True, text=True, check=False, timeout=900,
        )  # fmt: skip

    # ── The processes ────────────────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Subscribe, and start the three."""
        (self.home / "config").mkdir(parents=True)
        (self.home / "config" / "config.toml").write_text(CONFIG, encoding="ascii")
        with Store.open(self.store) as store:
            for number, address in enumerate(self.publishers.addresses):
                feed = store.add_feed(address, f"Outlet {number + 1}")
                store.edit_feed(feed.id, settings=FeedSettings(interval_minutes=1))
        for name in PARTS:
            with (self.home / f"{name}.out").open("wb") as output:
                self.parts[name] = subprocess.Popen(
                    [sys.executable, "-m", "benchmarks.soak", "--part", name],
                    cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=output,
                    stderr=output,
                )  # fmt: skip
        self.tmux = ("tmux", "-L", f"briefing-soak-{os.getpid()}")
        given = " ".join(shlex.quote(f"{n}={v}") for n, v in self.given.items())
        reader = f"env {given} {sys.executable} -m briefing; echo ended with $?; sleep 999"
        size = ["-x", "140", "-y", "40", "-c", str(self.home)]
        subprocess.run([*self.tmux, "new-session", "-d", *size, reader], check=True)

    def reader(self) -> int | None:
        """The reader's process."""
        shell = self._tmux("display-message", "-p", "#{pane_pid}").strip()
        try:
            first = Path(f"/proc/{shell}/task/{shell}/children").read_text(encoding="ascii")
            return int(first.split()[0])
        except (OSError, IndexError):
            return None

    def _tmux(self, *words: str) -> str:
        return subprocess.run(
            [*self.tmux, *words], capture_output=True, text=True, check=False
        ).stdout

    def stop(self) -> None:
        """Tell all three to stop, as they are told."""
        for name, part in self.parts.items():
            if part.stdin is not None:
                part.stdin.close()
            try:
                code = part.wait(300)
            except subprocess.TimeoutExpired:
                part.kill()
                code = part.wait()
            if code:
                self.wrong.append(f"the part {name} ended with {code}")
        for _ in range(4):
            self._tmux("send-keys", "Escape")
            time.sleep(0.5)
        print(f"\nthe reader, as it was left:\n{self._tmux('capture-pane', '-p')}")
        self._tmux("send-keys", "q")
        for _ in range(100):
            screen = self._tmux("capture-pane", "-p")
            if "ended with" in screen:
                break
            time.sleep(0.2)
        if "ended with 0" not in screen:
            self.wrong.append(f"the reader did not leave well:\n{screen}")
        self._tmux("kill-server")

    # ── Each minute ──────────────────────────────────────────────────────────────────────────

    def run(self, minutes: float) -> None:
        """Look, press keys, and print a line each minute."""
        end, minute = time.monotonic() + 60 * minutes, 1
        next_line = time.monotonic() + 60
        print(_HEAD, flush=True)
        while (now := time.monotonic()) < end:
            processes = {name: part.pid for name, part in self.parts.items()}
            if reader := self.reader():
                processes["reader"] = reader
            for name, process in processes.items():
                if (seen := look(process)) is not None:
                    self.looks.setdefault(name, []).append(seen)
            self._press()
            if now >= next_line:
                print(self._line(minute), flush=True)
                minute, next_line = minute + 1, next_line + 60
            time.sleep(LOOK_EVERY)

    def _press(self) -> None:
        screen = self._tmux("capture-pane", "-p")
        if found := _TROUBLE.search(screen):
            words = f"the reader's screen says {found[0]!r}"
            if not any(w.startswith(words) for w in self.wrong):
                self.wrong.append(f"{words}:\n{screen}")
        for _ in range(self.rng.randrange(3)):
            self._tmux("send-keys", self.rng.choice(KEYS))
        if self.rng.random() < 0.05:
            for key in ("Escape", "Escape", "r"):
                self._tmux("send-keys", key)

    def _line(self, minute: int) -> str:
        last = int(60 / LOOK_EVERY)
        cells = [f"{minute:3}"]
        for name in (*PARTS, "reader"):
            looks = self.looks.get(name, [])[-last:]
            if not looks:
                cells.append("gone".center(32))
                continue
            top = {n: max(getattr(one, n) for one in looks) for n in Look.__slots__}
            cells.append(
                f"{name} {top['memory']:.0f} MB {top['files']:3} f {top['threads']:2} t"
                f" {top['children']:2} c {top['of_children']:4.0f} MB"
            )
        titles = self.titles()
        missing = len(self._missing(titles, 150.0))
        size = sum(p.stat().st_size for p in self.store.parent.glob(self.store.name + "*")) / 1e6
        cells.append(f"{size:6.1f} MB")
        cells.append(f"{len(self.publishers.served):5} served {len(titles):5} kept {missing} late")
        return " | ".join(cells)

    def titles(self) -> list[str]:
        """The titles of all articles in the store."""
        with Store.open(self.store) as store:
            return [row["title"] for row in store._rows("SELECT title FROM article")]  # noqa: SLF001

    def _missing(self, titles: Sequence[str], after: float) -> list[str]:
        """What was served so many seconds ago and is not in the store."""
        there = {found[0] for title in titles if (found := TOKEN.search(title))}
        until = time.monotonic() - after
        return [n for n, at in self.publishers.served.items() if at < until and n not in there]

    # ── The end ──────────────────────────────────────────────────────────────────────────────

    def judge(self) -> None:
        """Let the publishers be calm, refresh, and say what is wrong."""
        wrong = self.wrong
        wrong += self.publishers.faults
        self.publishers.calm = True
        for _ in range(3):
            done = self.briefing("refresh", "--force")
            if done.returncode != 0 or done.stderr.count("Traceback"):
                wrong.append(f"a calm refresh ended with {done.returncode}: {done.stderr[-2000:]}")
        titles = self.titles()
        if missing := self._missing(titles, 0):
            wrong.append(f"{len(missing)} entries were lost: {missing[:5]}")
        found = Counter(m[0] for title in titles if (m := TOKEN.search(title)))
        doubled = [f"{n} times {name}" for name, n in found.items() if n > 1]
        if doubled:
            wrong.append(f"{len(doubled)} articles are there more than once: {doubled[:5]}")
        strange = [t for t in titles if not (m := TOKEN.search(t)) or m[0] not in self.made]
        if strange:
            wrong.append(f"{len(strange)} articles that nobody wrote: {strange[:3]}")
        wrong += self._in_store()
        wrong += leaks(self.looks)
        wrong += self._told()
        if left := [str(p.relative_to(self.home)) for p in (self.home / "tmp").iterdir()]:
            wrong.append(f"{len(left)} temporary files were left: {left[:5]}")
        doctor = self.briefing("doctor")
        if doctor.returncode or "All is well" not in doctor.stdout + doctor.stderr:
            wrong.append(f"doctor says: {(doctor.stdout + doctor.stderr)[-2000:]}")

    @property
    def made(self) -> set[str]:
        """The tokens of all entries that were written."""
        return self.publishers.made

    def _in_store(self) -> Iterator[str]:
        with Store.open(self.store) as store:
            yield from store.check()
            stats = store.stats()
            if stats.to_digest or stats.to_link:
                yield f"work is left: {stats}"
            yield from (f"set aside: {row}" for row in store.set_aside_rows())
            print(f"\nthe store: {stats}")
            forgotten = store._rows(  # noqa: SLF001
                "SELECT title FROM article WHERE pending IS NOT NULL AND problem IS NULL"
            )
            if forgotten:
                yield f"{len(forgotten)} articles were left undone: {forgotten[0]['title']}"
            for row in store._rows(  # noqa: SLF001
                "SELECT coalesce(pending, '') AS pending, coalesce(problem, '') AS problem,"
                " count(*) AS n FROM article GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 20"
            ):
                print(f"{row['n']:6} articles wait for {row['pending'] or 'nothing'!r}:"
                      f" {row['problem'][:120]}")  # fmt: skip
            kept = self.home / "marks.json"
            if kept.exists():
                marks = json.loads(kept.read_text(encoding="ascii"))
                for what, column in (("star", "is_starred"), ("read mark", "is_read")):
                    rows = store._rows(f"SELECT id FROM article WHERE {column}")  # noqa: S608, SLF001
                    if lost := set(marks[what]) - {str(row["id"]) for row in rows}:
                        yield f"{len(lost)} of {len(marks[what])} {what}s were lost"

    def _told(self) -> Iterator[str]:
        """What the parts said: counts are printed, faults are given."""
        counts: Counter[str] = Counter()
        for name in PARTS:
            for line in (self.home / f"{name}.out").read_text(errors="replace").splitlines():
                try:
                    told = json.loads(line)
                except ValueError:
                    counts[f"{name} wrote: {line[:200]}"] += 1
                    continue
                for what in told.get("count", ()):
                    counts[f"{name}: {what}"] += 1
                yield from (f"{name}: {what}" for what in told.get("wrong", ()))
        for what, number in counts.most_common():
            print(f"{number:6} {what}")
        print("moods:", ", ".join(f"{n} {m}" for m, n in self.publishers.moods.most_common()))


_HEAD = "min | each process: memory, open files, threads, children and their memory; the most"


def leaks(looks: Mapping[str, Sequence[Look]]) -> Iterator[str]:
    """What grew from the middle third of the time to the last one, in words."""
    for name, seen in looks.items():
        third = len(seen) // 3
        if third < 12:
            continue  # too short to tell
        middle, last = seen[third : 2 * third], seen[2 * third :]
        for what in ("files", "threads", "children"):
            before, after = (max(getattr(one, what) for one in part) for part in (middle, last))
            if after > before + MORE_FILES:
                yield f"{name}: {what} grew from {before} to {after}"
        before, after = (
            sorted(one.memory for one in part)[len(part) // 2] for part in (middle, last)
        )
        if after > before + max(GROWTH_MB, GROWTH_SHARE * before):
            yield f"{name}: memory grew from {before:.0f} to {after:.0f} MB"


@contextmanager
def _home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="briefing-soak-") as folder:
        home = Path(folder) / "home"
        (home / "tmp").mkdir(parents=True)
        yield home


def run_part(name: str) -> None:
    """Do the work of one part, a turn after another, until standard input ends."""
    turns = PARTS[name](random.Random(name), Path(os.environ["BRIEFING_HOME"]))
    for told in turns:
        print(json.dumps(told), flush=True)
        if select.select([sys.stdin], [], [], 0.5)[0]:
            return


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--publishers", type=int, default=40)
    parser.add_argument("--part", choices=sorted(PARTS), help=argparse.SUPPRESS)
    args = parser.parse_args(arguments)
    if args.part:
        run_part(args.part)
        return 0
    if not Path("/proc/self/statm").exists() or shutil.which("tmux") is None:
        sys.exit("this needs Linux and tmux")
    print(f"{datetime.now(UTC):%H:%M:%S} seed {args.seed}, {args.publishers} publishers")
    with _home() as home, Publishers(args.publishers, args.seed) as publishers:
        given = {
            "BRIEFING_HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "NO_PROXY": "*",
            "BRIEFING_ENCODER": "off",
            "TMPDIR": str(home / "tmp"),
        }
        soak = Soak(home, publishers, given, random.Random(args.seed))
        soak.start()
        try:
            soak.run(args.minutes)
        finally:
            soak.stop()
        soak.judge()
    print(*soak.wrong, sep="\n", end="\n" if soak.wrong else "")
    verdict = f"{len(soak.wrong)} faults" if soak.wrong else "no leak, no error, nothing lost"
    print(f"{datetime.now(UTC):%H:%M:%S} {args.minutes:g} minutes: {verdict}")
    return 1 if soak.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
