"""What a program with all its processes takes: processor time and memory, sampled in /proc (Linux).

Memory is the sum of the processes' proportional set sizes (PSS), in which a page that several share
counts once in all; processor time is the sum of user and system time.
"""

import os
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

_PROC = Path("/proc")
_EVERY = 0.1  # seconds between two samples
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Taken:
    """peak: MB of all processes at once. main_peak: of the first one (resident). seconds: of the
    clock. cpu: seconds of all processors.
    """

    peak: float = 0.0
    main_peak: float = 0.0
    seconds: float = 0.0
    by_process: dict[int, float] = field(default_factory=dict)

    @property
    def cpu(self) -> float:
        """Processor seconds of all processes together, up to the last sample of each."""
        return sum(self.by_process.values())


class Watch:
    """Watches a process and its descendants while the block runs, which waits for it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._began = time.perf_counter()
        self.taken = Taken()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def mark(self) -> Taken:
        """What has been taken up to now."""
        self._sample()
        self.taken.seconds = self.passed()
        return self.taken

    def passed(self) -> float:
        """Seconds since the watch was made."""
        return time.perf_counter() - self._began

    def to_the_end(self) -> Taken:
        """Wait for the process; what it took."""
        _, _, used = os.wait4(self._process.pid, 0)
        self._process.returncode = 0  # so that nobody waits for it again
        self.taken.seconds = self.passed()
        # What the system counted: a short program is sampled too seldom.
        self.taken.by_process[self._process.pid] = used.ru_utime + used.ru_stime
        self.taken.main_peak = max(self.taken.main_peak, used.ru_maxrss / 1024)
        self.taken.peak = self.taken.peak or self.taken.main_peak
        return self.taken

    def _run(self) -> None:
        self._sample()
        while not self._ended.wait(_EVERY):
            self._sample()

    def _sample(self) -> None:
        total = 0.0
        for process, used in tree(self._process.pid).items():
            self.taken.by_process[process] = used
            total += _megabytes(process, "smaps_rollup", "Pss:")
        self.taken.peak = max(self.taken.peak, total)
        main = _megabytes(self._process.pid, "status", "VmHWM:")
        self.taken.main_peak = max(self.taken.main_peak, main)


def tree(root: int) -> dict[int, float]:
    """A process and its descendants, each with its processor seconds."""
    parents, used = {}, {}
    for folder in _PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        process = int(folder.name)
        parents[process] = int(fields[1])
        used[process] = (int(fields[11]) + int(fields[12])) / _TICKS
    found = [root]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return {process: used[process] for process in found if process in used}


def _megabytes(process: int, file: str, name: str) -> float:
    try:
        lines = (_PROC / str(process) / file).read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)
