#!/usr/bin/env python3
"""Record the five-minute path as the real program shows it: docs/five-minutes.cast.

The reader opens on the sample in a pseudo-terminal; the space bar walks it down to the line, a few
keys drill into what it passes. What it writes to the terminal is kept with its times, as an
asciicast (https://docs.asciinema.org/manual/asciicast/v2/): ``asciinema play`` shows it again.

usage: record_session.py [FILE]
"""

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COLUMNS, LINES = 80, 24
LOOK, READ = 0.6, 1.6  # seconds on what is passed, and on what is read
DRILL = ((1, ("enter", "escape")), (3, ("p", "p")), (5, ("enter", "]", "escape")))
"""After so many presses of the space bar these keys."""
ENVIRONMENT = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "TZ": "UTC",
    "BRIEFING_ENCODER": "off",
    "PYTHONPATH": str(ROOT),
}
SENT = {"space": b" ", "enter": b"\r", "escape": b"\x1b"}
ANSWERS = {b"\x1b[c": b"\x1b[?62;22c", b"\x1b[6n": b"\x1b[1;1R"}
"""What a terminal answers: who it is, where its cursor is."""


def presses(most: int) -> Iterator[tuple[str, float]]:
    """The keys, each with how long its screen stays, in seconds."""
    for number in range(1, most + 1):
        yield "space", LOOK
        for key in dict(DRILL).get(number, ()):
            yield key, READ


def until_quiet(terminal: int, seconds: float, began: float) -> Iterator[tuple[float, bytes]]:
    """What the program writes within ``seconds``, with the time since ``began``."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            data = os.read(terminal, 1 << 16)
            for asked, answer in ANSWERS.items():
                if asked in data:
                    os.write(terminal, answer)
            yield time.monotonic() - began, data


def record(command: Sequence[str], home: Path) -> list[tuple[float, bytes]]:
    """Everything that the program wrote, until it said that the reader is up to date."""
    terminal, inner = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    reader = subprocess.Popen(
        command,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        cwd=home,
        env={**os.environ, **ENVIRONMENT, "BRIEFING_HOME": str(home)},
        start_new_session=True,
    )
    os.close(inner)
    began = time.monotonic()
    written = list(until_quiet(terminal, 4.0, began))
    for key, stays in presses(most=150):
        os.write(terminal, SENT.get(key, key.encode()))
        come = list(until_quiet(terminal, stays, began))
        written += come
        if b"up to date" in b"".join(data for _, data in come):
            break
    written += list(until_quiet(terminal, 3.0, began))
    reader.kill()
    reader.wait()
    os.close(terminal)
    return written


def asciicast(written: Sequence[tuple[float, bytes]]) -> str:
    """The recording as an asciicast, version 2. A character split between two reads is whole."""
    head = {"version": 2, "width": COLUMNS, "height": LINES, "title": "Five minutes of Briefing"}
    lines, rest = [json.dumps(head)], b""
    for at, data in written:
        data = rest + data
        text = data.decode("utf-8", "ignore")
        rest = data[len(text.encode()) :]
        lines.append(json.dumps([round(at, 3), "o", text], ensure_ascii=False))
    return "\n".join([*lines, ""])


def main() -> None:
    """Record, and write the file."""
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/five-minutes.cast"
    with tempfile.TemporaryDirectory() as home:
        written = record([sys.executable, "-m", "briefing", "demo"], Path(home))
    output.write_text(asciicast(written), encoding="utf-8")
    print(f"{output}: {written[-1][0]:.0f} s, {output.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
