"""Runs at set times: a timer of systemd's user manager, or lines of the user's crontab.

``scheduler`` gives the one that this machine has. What is to be written can be seen before it is;
what others wrote, or changed, is left alone.
"""

import shutil

from briefing.model import BriefingError
from briefing.schedule.crontab import Crontab
from briefing.schedule.plan import Command, Installed, Plan, Scheduler
from briefing.schedule.systemd import Systemd

__all__ = ["Command", "Crontab", "Installed", "Plan", "Scheduler", "Systemd", "scheduler"]


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
