"""Runs at set times: a timer of systemd's user manager, or lines of the user's crontab.

``scheduler`` gives the one that this machine has. What is to be written can be seen before it is;
what others wrote, or changed, is left alone.
"""

import shutil
from contextlib import suppress

from briefing.model import BriefingError
from briefing.schedule.crontab import Crontab
from briefing.schedule.plan import Command, Installed, Plan, Scheduler
from briefing.schedule.systemd import Systemd

__all__ = [
    "Command",
    "Crontab",
    "Installed",
    "Plan",
    "Scheduler",
    "Systemd",
    "also_installed",
    "scheduler",
]


def scheduler(kind: str = "") -> Scheduler:
    """The one of that kind, ``systemd`` or ``cron``; without one that which is there, systemd
    first. Raises BriefingError where there is none."""
    if kind == "systemd" or (not kind and Systemd.is_there()):
        return Systemd()
    if kind == "cron" or shutil.which("crontab") is not None:
        return Crontab()
    raise BriefingError(
        "neither systemd's user manager nor a crontab is here",
        "schedule",
        "Let another scheduler run `briefing schedule run`.",
    )


def also_installed(chosen: Scheduler) -> str:
    """The name of the other scheduler, where that has the schedule as well; else nothing."""
    other: Scheduler = Crontab() if chosen.name == "systemd" else Systemd()
    if other.name == "cron" and shutil.which("crontab") is None:
        return ""
    with suppress(BriefingError):  # it is not asked for
        return other.name if other.status().times else ""
    return ""
