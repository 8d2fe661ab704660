"""Lines of the user's crontab, each with a mark by which it is known again."""

import re
import shlex
from collections.abc import Sequence

from briefing.model import BriefingError
from briefing.schedule.plan import Command, Installed, Plan, Time, must_run, refuse_change, run_tool

_MARK = " # briefing schedule"
_OURS = re.compile(rf"(\d+) (\d+) \* \* \* .* schedule run {re.escape(_MARK)}")
_NONE_YET = re.compile(r"no crontab|no such file", re.IGNORECASE)  # the latter of busybox


class Crontab:
    """``crontab -l`` and ``crontab -``: every line but ours stays as it is (crontab(5))."""

    name = "cron"

    def plan(self, times: Sequence[Time], command: Command) -> Plan:
        """The lines to be added and taken away."""
        before = _lines()
        return _changes(before, _with(before, times, command))

    def install(self, times: Sequence[Time], command: Command) -> None:
        """Put our lines at the end of the crontab."""
        refuse_change()
        before = _lines()
        after = _with(before, times, command)
        if after != before:
            _write(after)

    def status(self) -> Installed:
        """The times of our lines."""
        found = [_OURS.fullmatch(line) for line in _lines()]
        times = sorted((int(each[2]), int(each[1])) for each in found if each)
        return Installed(tuple(times), "the crontab")

    def removal(self) -> Plan:
        """Our lines."""
        before = _lines()
        return _changes(before, _without(before))

    def remove(self) -> None:
        """Take our lines out."""
        refuse_change()
        before = _lines()
        after = _without(before)
        if after != before:
            _write(after)


def line_of(time: Time, command: Command) -> str:
    """A line of a crontab. A percent sign would end the command (crontab(5))."""
    variables = [f"{name}={shlex.quote(value)}" for name, value in command.environment.items()]
    words = " ".join([*variables, *map(shlex.quote, command.words)])
    if "\n" in words:
        raise BriefingError("a path has a line break, which no crontab takes", "schedule")
    return f"{time[1]} {time[0]} * * * {words.replace('%', chr(92) + '%')} {_MARK}"


def _with(before: list[str], times: Sequence[Time], command: Command) -> list[str]:
    return [*_without(before), *(line_of(time, command) for time in times)]


def _without(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if not _OURS.fullmatch(line)]


def _changes(before: Sequence[str], after: Sequence[str]) -> Plan:
    gone = [f"- {line}" for line in before if line not in after]
    new = [f"+ {line}" for line in after if line not in before]
    return Plan(("the crontab:", *gone, *new), list(before) != list(after))


def _lines() -> list[str]:
    code, output, complaints = run_tool(["crontab", "-l"])
    if code and not _NONE_YET.search(complaints):
        raise BriefingError(
            f"the crontab cannot be read ({complaints.strip() or f'crontab ended with {code}'})",
            "schedule",
        )
    return output.removesuffix("\n").split("\n") if not code and output else []


def _write(lines: Sequence[str]) -> None:
    must_run(["crontab", "-"], "".join(f"{line}\n" for line in lines))
