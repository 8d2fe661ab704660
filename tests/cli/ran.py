"""What a command did."""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Ran:
    """Exit code, standard output and standard error of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which is one JSON document."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output, which has a JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def briefing(*argv: str, stdin: bytes = b"", timeout: float = 60) -> Ran:
    """``python -m briefing`` in a process of its own, in this process's environment."""
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *argv],
        input=stdin,
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
