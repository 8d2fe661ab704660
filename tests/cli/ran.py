"""What a command did."""

import json
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from typing import Any
from unittest import mock

from briefing.__main__ import main


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


def briefing(*argv: str, stdin: bytes = b"", timeout: float = 300) -> Ran:
    """``python -m briefing`` in a process of its own, in this process's environment."""
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *argv],
        input=stdin,
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def briefing_here(*argv: str, stdin: bytes = b"") -> Ran:
    """The same in this process, which has read its lexicons already: a second saved each time.

    Standard input, output and error are streams of bytes as a process has them.
    """
    streams = [TextIOWrapper(BytesIO(given), encoding="utf-8") for given in (stdin, b"", b"")]
    with mock.patch.multiple(sys, stdin=streams[0], stdout=streams[1], stderr=streams[2]):
        code = main(argv)
    out, err = (_written(stream) for stream in streams[1:])
    return Ran(code, out, err)


def _written(stream: TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, BytesIO)
    return stream.buffer.getvalue().decode()
