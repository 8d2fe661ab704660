"""The reader leaves the terminal as it found it, however it is ended, and comes back from Ctrl-Z.

It runs in a pseudo-terminal of its own; what it writes there is what a terminal would obey.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator

import pytest

ALTERNATE, LEFT = b"\x1b[?1049h", b"\x1b[?1049l"
MOUSE_OFF, CURSOR = b"\x1b[?1000l", b"\x1b[?25h"
PATIENCE = 60  # seconds that a busy machine may take


class Terminal:
    """A reader in a terminal. ``written``: everything it wrote so far."""

    def __init__(self) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.before = termios.tcgetattr(theirs)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "briefing", "demo"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color"},
        )
        self.theirs = theirs
        self.written = b""
        self._is_gone = False

    def read_until(self, reached: Callable[[bytes], bool]) -> bytes:
        """What is written until ``reached`` of it."""
        start = len(self.written)
        while not reached(self.written[start:]):
            assert select.select([self._ours], [], [], PATIENCE)[0], self.written[-500:]
            self.written += os.read(self._ours, 65536)
        return self.written[start:]

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._ours, keys)

    def hang_up(self) -> None:
        """Its window is closed: the terminal is gone, and the kernel says so by two signals."""
        self._is_gone = True
        os.close(self._ours)
        os.close(self.theirs)
        self.process.send_signal(signal.SIGHUP)
        self.process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """End what is left of it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()
        if not self._is_gone:
            os.close(self._ours)
            os.close(self.theirs)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """A reader on the sample, whose first screen stands."""
    it = Terminal()
    it.read_until(lambda written: b"unread" in written)
    yield it
    it.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_hostile_29_a_signal_leaves_the_terminal_clean(
    terminal: Terminal, number: signal.Signals
) -> None:
    terminal.process.send_signal(number)
    left = terminal.read_until(lambda written: LEFT in written and CURSOR in written)
    assert MOUSE_OFF in left
    assert terminal.process.wait(PATIENCE) == 128 + number
    assert termios.tcgetattr(terminal.theirs) == terminal.before


def test_hostile_29_a_window_that_is_closed_ends_the_reader(terminal: Terminal) -> None:
    terminal.hang_up()
    assert terminal.process.wait(PATIENCE) == 128 + signal.SIGHUP


def test_hostile_29_ctrl_z_leaves_the_terminal_and_fg_comes_back(terminal: Terminal) -> None:
    terminal.type(b"\x1a")
    left = terminal.read_until(lambda written: LEFT in written and CURSOR in written)
    assert MOUSE_OFF in left
    pid, status = os.waitpid(terminal.process.pid, os.WUNTRACED)
    assert pid == terminal.process.pid
    assert os.WIFSTOPPED(status)
    terminal.process.send_signal(signal.SIGCONT)
    terminal.read_until(lambda written: ALTERNATE in written and b"unread" in written)
    terminal.type(b"q")
    terminal.read_until(lambda written: LEFT in written)
    assert terminal.process.wait(PATIENCE) == 0
