"""A full disk, a closed output or input: one line and the right exit code, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.sample import copy_sample

NEEDS_FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
COMMANDS = [
    "print --since 2020-01-01",
    "print --since 2020-01-01 --format json",
    "feeds list",
    "feeds export",
    "search bridge",
    "doctor",
    "themes list",
]


def shell(line: str) -> subprocess.CompletedProcess[str]:
    """``briefing`` with the redirections of a shell."""
    return subprocess.run(  # noqa: S602 - redirections are what is tested; the lines are ours
        f"{sys.executable} -m briefing {line}",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(autouse=True)
def sample(home: Path) -> None:
    """Something to print."""
    copy_sample(home / "data" / "briefing.sqlite3")


@pytest.mark.parametrize("target", [pytest.param(">/dev/full", marks=NEEDS_FULL), ">&-", "<&- >&-"])
@pytest.mark.parametrize("command", COMMANDS)
def test_hostile_28_an_output_that_takes_nothing_is_told_in_a_line(
    command: str, target: str
) -> None:
    done = shell(f"{command} {target}")
    line = done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert line.startswith("briefing: the output cannot be written (")
    assert done.returncode == 3


def test_hostile_28_a_closed_input_is_told_in_a_line() -> None:
    done = shell("digest - <&-")
    assert done.stderr == "briefing: standard input: it is closed. Name a file.\n"
    assert done.returncode == 3


@pytest.mark.parametrize("target", ["2>&-", pytest.param("2>/dev/full", marks=NEEDS_FULL)])
def test_hostile_28_an_error_that_cannot_be_told_keeps_its_exit_code(target: str) -> None:
    assert shell(f"feeds remove nothing {target}").returncode == 3
    assert shell(f"feeds list {target}").returncode == 0
