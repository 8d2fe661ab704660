"""Programs for feeds of this machine, written by tests, and word on whether they still run."""

import os
import select
from pathlib import Path
from typing import Self


def script(path: Path, *lines: str) -> str:
    """An executable shell script of these lines; its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o700)
    return str(path)


def feed_script(path: Path, content: bytes, *lines: str) -> str:
    """A script that writes ``content`` and counts its runs in a file beside it; its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".xml").write_bytes(content)
    return script(path, f"echo run >>'{path}.runs'", *lines, f"cat '{path.with_suffix('.xml')}'")


def runs(path: str) -> int:
    """How often a ``feed_script`` has run."""
    log = Path(f"{path}.runs")
    return len(log.read_text().splitlines()) if log.exists() else 0


class Lifeline:
    """A pipe that a script and what it starts hold open for as long as they live."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.hold = f"exec 3>'{path}'"  # a line for the script
        self.tell = "echo x >&3"  # another: that all is under way
        self._end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._end)

    def assert_started(self) -> None:
        """Wait until the script says so."""
        assert select.select([self._end], [], [], 60)[0], "the script does not start"
        assert os.read(self._end, 2) == b"x\n"

    def assert_ended(self) -> None:
        """Nobody holds the pipe any more."""
        assert select.select([self._end], [], [], 60)[0], "something still runs"
        assert os.read(self._end, 2) == b""
