"""``briefing schedule``: refresh at set times, and what is written or mailed then."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.cli.context import Context
from briefing.cli.parser import subcommand
from briefing.cli.run import DONE, IN_PART
from briefing.config.times import time_of_day
from briefing.model import UsageError

if TYPE_CHECKING:
    from briefing.schedule import Installed, Plan

EXAMPLES = ("briefing schedule install --at 06:30 --at 18:00", "briefing schedule status")


def configure(parser: argparse.ArgumentParser) -> None:
    """The commands below the command."""
    group = parser.add_subparsers(metavar="WHAT", title="what", required=True, dest="what")
    install = subcommand(
        group,
        "install",
        "show what would be written, ask, and write it",
        "briefing schedule install --at 06:30",
        "briefing schedule install --cron --yes",
    )
    install.add_argument(
        "--at",
        action="append",
        metavar="HH:MM",
        help="a time of the day; may be given again; by default those of the configuration",
    )
    status = subcommand(
        group, "status", "when it runs, and how it went", "briefing schedule status"
    )
    status.add_argument("--format", choices=("text", "json"), default="text")
    remove = subcommand(
        group,
        "remove",
        "take away what `schedule install` wrote, and nothing else",
        "briefing schedule remove",
    )
    for each in (install, status, remove):
        kind = each.add_mutually_exclusive_group()
        for name, words in (("cron", "the user's crontab"), ("systemd", "a timer of systemd")):
            kind.add_argument(
                f"--{name}", action="store_const", const=name, dest="kind", help=words
            )
    for each in (install, remove):
        each.add_argument("--yes", action="store_true", help="do not ask")
    subcommand(
        group,
        "run",
        "what is run at these times: sync, refresh, editor, export, mail",
        "briefing schedule run",
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Do the one asked for."""
    match args.what:
        case "install":
            return _install(args, context)
        case "remove":
            return _remove(args, context)
        case "status":
            return _status(args, context)
    from briefing.cli.scheduled import run_scheduled

    return run_scheduled(context)


def _install(args: argparse.Namespace, context: Context) -> int:
    """Raises UsageError without a time, BriefingError where it cannot be installed."""
    from briefing.schedule import Command, also_installed, scheduler

    times = _times(args.at or context.settings.schedule.at)
    chosen, command = scheduler(args.kind or ""), Command.of_process()
    plan = chosen.plan(times, command)
    if other := also_installed(chosen):
        context.out.warn(
            f"it is there for {other} too; `schedule remove --{other}` takes that away"
        )
    if not plan.is_new:
        context.out.say("It is there already; nothing was changed.")
        return DONE
    if not _agreed(plan, "Write this?", args, context):
        return IN_PART
    chosen.install(times, command)
    context.out.say(f"It runs at {_words(times)}. `briefing schedule status` tells how it went.")
    if chosen.name == "systemd":
        context.out.say("Also while nobody is logged in, after: loginctl enable-linger")
    return DONE


def _times(given: Sequence[str]) -> list[tuple[int, int]]:
    times = set()
    for text in (part for each in given for part in each.split(",")):
        time = time_of_day(text)
        if time is None:
            raise UsageError(f"'{text}' is no time of the day", "--at", "Write 06:30.")
        times.add(time)
    if not times:
        mend = 'Give --at 06:30, or write at = ["06:30"] under [schedule] in the configuration.'
        raise UsageError("no time is given", "schedule install", mend)
    return sorted(times)


def _words(times: Sequence[tuple[int, int]]) -> str:
    from briefing.cli.output import join
    from briefing.schedule.plan import time_words

    return join(map(time_words, times))


def _agreed(plan: "Plan", question: str, args: argparse.Namespace, context: Context) -> bool:
    """Show what would be done, and ask; whether it is to be done. Raises UsageError where nobody
    can be asked."""
    out = context.out
    for line in plan.shown:
        out.aligned(line)
    if args.yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("nobody is there to be asked", f"schedule {args.what}", "Give --yes.")
    out.ask(f"{question} [y/N] ")
    if sys.stdin.readline().strip().lower() in ("y", "yes"):
        return True
    out.say("Nothing was changed.")
    return False


def _remove(args: argparse.Namespace, context: Context) -> int:
    from briefing.schedule import scheduler

    chosen = scheduler(args.kind or "")
    plan = chosen.removal()
    if not plan.is_new:
        context.out.say("There is nothing to take away.")
        return DONE
    if not _agreed(plan, "Take this away?", args, context):
        return IN_PART
    chosen.remove()
    context.out.say("It runs no more.")
    return DONE


def _status(args: argparse.Namespace, context: Context) -> int:
    """1 where the schedule has a fault, or the last run had one."""
    from briefing.cli.scheduled import last_run
    from briefing.schedule import scheduler

    chosen = scheduler(args.kind or "")
    installed = chosen.status()
    last = last_run()
    if args.format == "json":
        context.out.json({"version": 1, **_to_json(installed, chosen.name), "last": last})
    else:
        _show(installed, chosen.name, context)
        for line in _last_words(last):
            context.out.text(line)
    failed = last is not None and last.get("code") not in (0, None)
    return IN_PART if installed.problem or failed else DONE


def _to_json(installed: "Installed", name: str) -> dict[str, object]:
    from briefing.schedule.plan import time_words

    return {
        "scheduler": name,
        "at": [time_words(time) for time in installed.times],
        "where": installed.where,
        "problem": installed.problem or None,
    }


def _show(installed: "Installed", name: str, context: Context) -> None:
    if installed.problem:
        context.out.warn(f"{installed.where}: {installed.problem}")
    if installed.times:
        words = f"runs at {_words(installed.times)} ({name}: {installed.where})"
    else:
        words = f"nothing is scheduled ({name})"
    context.out.text(words)


def _last_words(last: dict[str, object] | None) -> list[str]:
    if last is None:
        return ["has not run yet"]
    steps = last.get("steps")
    lines = [f"last run: {last.get('began')}, ended with {last.get('code')}"]
    if isinstance(steps, dict):
        lines += [f"  {step}: {json.dumps(how)}" for step, how in steps.items()]
    return lines
