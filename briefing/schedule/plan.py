"""What a scheduler is asked for, and what it does: values, and the interface of both of them."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from briefing.model import BriefingError
from briefing.model.writing import refuse_where_read_only
from briefing.text import clean_line

Time = tuple[int, int]
"""Hour and minute of the local day."""
_PATIENCE = 30  # seconds for a program of the system
_PASSED_ON = ("BRIEFING_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")


@dataclass(frozen=True, slots=True)
class Command:
    """What is run at each time, with the variables that it needs to find the same folders."""

    words: tuple[str, ...]
    environment: Mapping[str, str]

    @classmethod
    def of_process(cls) -> "Command":
        """``briefing schedule run`` as this process was started."""
        script = Path(sys.executable).with_name("briefing")
        words = (str(script),) if script.exists() else (sys.executable, "-P", "-m", "briefing")
        given = {name: os.environ[name] for name in _PASSED_ON if os.environ.get(name)}
        return cls((*words, "schedule", "run"), given)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be changed. shown: its lines, as a person reads them. is_new: whether anything is
    otherwise than it should be."""

    shown: tuple[str, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Installed:
    """What is there. times: when it runs, empty where it does not. where: the file, or whose
    crontab. problem: what is wrong with it, in words."""

    times: tuple[Time, ...]
    where: str
    problem: str = ""


class Scheduler(Protocol):
    """Something that runs a command at times of the day. All raise BriefingError."""

    @property
    def name(self) -> str:
        """``systemd`` or ``cron``."""

    def plan(self, times: Sequence[Time], command: Command) -> Plan:
        """What ``install`` would change."""

    def install(self, times: Sequence[Time], command: Command) -> None:
        """Run the command at these times and no others; twice is as once."""

    def status(self) -> Installed:
        """What is there."""

    def removal(self) -> Plan:
        """What ``remove`` would change."""

    def remove(self) -> None:
        """Take away what ``install`` wrote; where that is gone, nothing."""


def refuse_change() -> None:
    """Raises BriefingError where nothing may be written."""
    refuse_where_read_only("the schedule is not changed", "schedule")


def time_words(time: Time) -> str:
    """``06:30``."""
    return f"{time[0]:02}:{time[1]:02}"


def run_tool(words: Sequence[str], given: str = "") -> tuple[int, str, str]:
    """Run a program of the system; its exit code, output and complaints. Raises BriefingError where
    it cannot be run, or does not end."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words, no shell
            words,
            input=given.encode("utf-8", "surrogateescape"),
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except OSError as error:
        raise BriefingError(
            f"{words[0]} cannot be run ({error.strerror or error})", "schedule"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise BriefingError(f"{words[0]} did not answer", "schedule", "Try again") from error
    # Not as text: that would change the ends of other people's lines.
    output, complaints = (
        each.decode("utf-8", "surrogateescape") for each in (done.stdout, done.stderr)
    )
    return done.returncode, output, complaints


def must_run(words: Sequence[str], given: str = "") -> str:
    """The output of a program of the system. Raises BriefingError where it fails."""
    code, output, complaints = run_tool(words, given)
    if code:
        said = clean_line(complaints)[:200]
        raise BriefingError(
            f"{' '.join(words)} ended with {code}{f': {said}' if said else ''}", "schedule"
        )
    return output
