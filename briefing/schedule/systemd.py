"""A timer of systemd's user manager, and the service that it starts.

Both files bear a hash of what was written: one that is another's, or was changed, is left alone.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from briefing.model import BriefingError
from briefing.schedule.plan import (
    Command,
    Installed,
    Plan,
    Time,
    must_run,
    refuse_change,
    run_tool,
    time_words,
)

SERVICE, TIMER = "briefing.service", "briefing.timer"
_MARK = "# Written by `briefing schedule install`, taken away by `briefing schedule remove`: "
_AT = re.compile(r"^OnCalendar=\*-\*-\* (\d\d):(\d\d):00$", re.MULTILINE)
_CTL = ("systemctl", "--user")


class Systemd:
    """Writes the units (systemd.timer(5), systemd.service(5)) and lets ``systemctl`` know."""

    name = "systemd"

    @staticmethod
    def is_there() -> bool:
        """Whether this user has a manager that answers."""
        if shutil.which("systemctl") is None:
            return False
        return run_tool([*_CTL, "show-environment"])[0] == 0

    def plan(self, times: Sequence[Time], command: Command) -> Plan:
        """The files as they would be, and the commands that follow."""
        units = unit_files(times, command)
        shown: list[str] = []
        for name, content in units.items():
            shown += [f"{_folder() / name}:", *(f"  {line}" for line in content.splitlines()), ""]
        shown += [" ".join(words) for words in _started()]
        is_new = any(_read(_folder() / name) != content for name, content in units.items())
        return Plan(tuple(shown), is_new or not _is_enabled())

    def install(self, times: Sequence[Time], command: Command) -> None:
        """Write the units and start the timer."""
        refuse_change()
        for path in _paths():
            _refuse_others(path)
        try:
            _folder().mkdir(parents=True, exist_ok=True)
            for name, content in unit_files(times, command).items():
                (_folder() / name).write_text(content, encoding="utf-8")
        except OSError as error:
            what = f"the timer cannot be written ({error.strerror or error})"
            raise BriefingError(what, str(_folder())) from error
        for words in _started():
            must_run(words)

    def status(self) -> Installed:
        """The times of the timer, where it is ours and enabled."""
        path = _folder() / TIMER
        content = _read(path)
        if content is None:
            return Installed((), str(path))
        times = tuple((int(hour), int(minute)) for hour, minute in _AT.findall(content))
        problem = ""
        if not _is_ours(content):
            problem = "the timer is not as `briefing schedule install` wrote it"
        elif not _is_enabled():
            problem = "the timer is not enabled: `briefing schedule install` starts it"
        return Installed(times, str(path), problem)

    def removal(self) -> Plan:
        """The commands, and the files that are ours."""
        ours = [path for path in _paths() if _is_ours(_read(path) or "")]
        shown = [" ".join([*_CTL, "disable", "--now", TIMER]), *(f"rm {path}" for path in ours)]
        return Plan(tuple(shown) if ours else (), bool(ours))

    def remove(self) -> None:
        """Stop the timer and take both files away. Raises BriefingError, with nothing done, where
        one of them is not ours any more."""
        refuse_change()
        present = [path for path in _paths() if _read(path) is not None]
        for path in present:
            _refuse_others(path)
        if not present:
            return
        disable = [*_CTL, "disable", "--now", TIMER]
        if _folder() / TIMER in present:
            must_run(disable)
        else:  # the service alone is left: it fails, or stops what runs without a file
            run_tool(disable)
        try:
            for path in present:
                path.unlink()
        except OSError as error:
            what = f"the timer cannot be taken away ({error.strerror or error})"
            raise BriefingError(what, str(_folder())) from error
        must_run([*_CTL, "daemon-reload"])


def unit_files(times: Sequence[Time], command: Command) -> dict[str, str]:
    """The content of both files, by their names."""
    service = [
        "[Unit]",
        "Description=Briefing: fetch the feeds, and write or mail the edition",
        "",
        "[Service]",
        "Type=oneshot",
        *(f"Environment={_quoted(f'{n}={v}')}" for n, v in command.environment.items()),
        f"ExecStart={_command_line(command)}",
        "SuccessExitStatus=1",  # some feeds failed, the rest is done
        "TimeoutStartSec=1h",
        "Nice=10",
    ]
    timer = [
        "[Unit]",
        "Description=Briefing at set times",
        "",
        "[Timer]",
        *(f"OnCalendar=*-*-* {time_words(time)}:00" for time in times),
        "Persistent=true",  # what was missed while the machine slept is done when it wakes
        "",
        "[Install]",
        "WantedBy=timers.target",
    ]
    return {SERVICE: _marked(service), TIMER: _marked(timer)}


def _command_line(command: Command) -> str:
    """As systemd.service(5), "Command lines": variables are replaced in arguments only."""
    program, *arguments = command.words
    if set(program) & set("\\\"'"):
        what = "systemd runs no program that has a quotation mark or a backslash in its path"
        raise BriefingError(what, program, "Take --cron.")
    return " ".join([_quoted(program), *(_quoted(word.replace("$", "$$")) for word in arguments)])


def _quoted(word: str) -> str:
    """A word as units have it (systemd.syntax(7), "Quoting"), its specifiers doubled."""
    if any(ord(c) < 32 for c in word):
        raise BriefingError("a path has a control character, which no unit takes", "schedule")
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _marked(lines: Sequence[str]) -> str:
    body = "".join(f"{line}\n" for line in lines)
    return f"{_MARK}{_hash(body)}\n{body}"


def _hash(body: str) -> str:
    return hashlib.blake2b(body.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def _is_ours(content: str) -> bool:
    first, _, body = content.partition("\n")
    return first == f"{_MARK}{_hash(body)}"


def _refuse_others(path: Path) -> None:
    content = _read(path)
    if content is not None and not _is_ours(content):
        raise BriefingError(
            "the file is not as `briefing schedule install` wrote it, and is left alone",
            str(path),
            "Move it away first.",
        )


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return None
    except OSError as error:
        what = f"the file cannot be read ({error.strerror or error})"
        raise BriefingError(what, str(path)) from error


def _folder() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(home).expanduser() / "systemd" / "user"


def _paths() -> list[Path]:
    return [_folder() / SERVICE, _folder() / TIMER]


def _is_enabled() -> bool:
    return run_tool([*_CTL, "is-enabled", TIMER])[0] == 0


def _started() -> list[list[str]]:
    return [[*_CTL, "daemon-reload"], [*_CTL, "enable", "--now", TIMER]]
