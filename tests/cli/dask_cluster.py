"""A real Dask scheduler and its workers as processes on loopback, and work for them to do."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
_QUIET = {
    "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error",
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",  # a line that kills does it once
}


class DaskCluster:
    """A scheduler that knows nothing of the program, and ``workers`` processes of one thread."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._count = workers
        self.scheduler: subprocess.Popen[bytes]
        self.workers: list[subprocess.Popen[bytes]] = []
        self.address = ""

    def __enter__(self) -> Self:
        listening = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self._file))
        # Where this process is killed, nobody ends them: they end themselves.
        self.scheduler = self._started("scheduler", *listening, "--idle-timeout", "10m", path="")
        while not self.address:
            assert self.scheduler.poll() is None, "the scheduler does not start"
            if self._file.exists() and (text := self._file.read_text(encoding="utf-8")):
                self.address = json.loads(text)["address"]
            threading.Event().wait(0.05)  # a process of others: its file is all that it tells by
        for _ in range(self._count):
            where = (
                self.address,
                "--host",
                "127.0.0.1",
                "--nthreads",
                "1",
                "--death-timeout",
                "60",
            )
            self.workers.append(self._started("worker", *where, path=str(ROOT)))
        return self

    def __exit__(self, *_: object) -> None:
        for process in (*self.workers, self.scheduler):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # a worker and the process that minds it
            process.wait()

    def wait_for_workers(self, count: int) -> None:
        """Return once so many workers are there. Raises TimeoutError after a minute."""
        import distributed

        with distributed.Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)

    def worker_seconds(self) -> dict[str, float]:
        """The processor's seconds that each worker has used, by its address."""
        import distributed

        with distributed.Client(self.address, set_as_default=False) as client:
            used = client.run(os.times)
        return {address: times.user + times.system for address, times in used.items()}

    def _started(self, what: str, *argv: str, path: str) -> subprocess.Popen[bytes]:
        environment: Mapping[str, str] = {**os.environ, **_QUIET, "PYTHONPATH": path}
        command = (sys.executable, "-m", f"distributed.cli.dask_{what}", *argv, "--no-dashboard")
        with (self._folder / f"{what}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self._folder,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


def shout(line: bytes) -> tuple[str, bool]:
    """Work: the line in capitals."""
    return json.dumps({"id": line.decode().upper()}), True


def dies_of_poison(line: bytes) -> tuple[str, bool]:
    """Work: as above, but a line of poison ends the process."""
    if b"poison" in line:
        os._exit(1)
    return shout(line)


def gives_what_is_none(line: bytes) -> object:
    """Work: what no answer may be, as the line says."""
    return {b"lines": ("a\nb", True), b"pair": ("a",), b"flag": ("a", 1), b"none": None}[line]


def fails(line: bytes) -> tuple[str, bool]:
    """Work: an error."""
    raise RuntimeError(line.decode())


@dataclass
class Counted:
    """Lines, and how many of them have been taken."""

    count: int
    taken: int = field(default=0)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        if self.taken >= self.count:
            raise StopIteration
        self.taken += 1
        return b"line %d" % self.taken
