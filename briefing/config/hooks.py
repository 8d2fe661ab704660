"""The hooks of the configuration, checked: their commands, names and queries."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from briefing.config.searches import Fault, query_faults
from briefing.config.times import quiet_hours, time_of_day

PLACEHOLDERS = ("url", "title", "description", "feed", "id", "event")
"""What may stand, in braces, in place of an argument of a hook."""
NOTIFY_PLACEHOLDERS = ("title", "text")
_COMMANDS: tuple[tuple[str, str, Sequence[str]], ...] = (
    ("open", "bookmark", PLACEHOLDERS),
    ("notify", "command", NOTIFY_PLACEHOLDERS),
    ("schedule", "mail", ()),
)
_BRACED = re.compile(r"\{([A-Za-z_]\w*)\}")


def hook_faults(
    entry: Mapping[str, Any], keys: tuple[str, ...], names: set[str]
) -> Iterator[Fault]:
    """What is wrong with a hook whose values have the right types: the key, what, the mend.

    names: of the hooks before; this one's is added.
    """
    run = entry.get("run", ())
    name = hook_name(entry)
    yield from command_faults("hooks.run", run, (*keys, "run"), PLACEHOLDERS)
    if name and name in names:
        what = f"'hooks.name' is “{name}” for the second time"
        yield (*keys, "name"), what, "Give each hook a name of its own."
    names.add(name)
    if str(entry.get("when", "")).strip():
        yield from query_faults("hooks.when", f"the hook “{name}”", entry, keys)


def command_faults(
    setting: str, command: Sequence[str], keys: tuple[str, ...], known: Sequence[str]
) -> Iterator[Fault]:
    """What is wrong with a command, one string an argument, that may hold the placeholders
    ``known``: it is missing, or one of them is no argument by itself."""
    if not command or not command[0].strip():
        yield keys, f"'{setting}' is missing", 'Write it as ["program", "argument"].'
        return
    for number, word in enumerate(command):
        if "\0" in word:
            yield keys, f"'{setting}' has a null character, which no argument may have", ""
        for found in _BRACED.finditer(word):
            name = found[1]
            alone = found[0] == word and number > 0
            if name in known and not alone:
                what = f"'{setting}': {{{name}}} is no argument by itself in {word!r}"
                yield keys, what, f'Write it as ["program", "{{{name}}}"].'
            elif name not in known and alone:
                near = get_close_matches(name, known, n=1)
                told = ", ".join(f"{{{each}}}" for each in known) or "none here"
                mend = f"Did you mean {{{near[0]}}}?" if near else f"There are {told}."
                yield keys, f"'{setting}': there is no {{{name}}}", mend


def command_setting_faults(values: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the commands outside of ``[[hooks]]``. values: of the whole file, of
    whatever types."""
    for table, key, known in _COMMANDS:
        settings = values.get(table)
        command = settings.get(key) if isinstance(settings, dict) else None
        if isinstance(command, list) and command and all(isinstance(w, str) for w in command):
            yield from command_faults(f"{table}.{key}", command, (table, key), known)


def notify_faults(values: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the query and the hours of notifications. values: of the whole file, of
    whatever types."""
    notify = values.get("notify")
    if not isinstance(notify, dict):
        return
    when, quiet = notify.get("when", ""), notify.get("quiet", "")
    if isinstance(when, str) and when.strip():
        yield from query_faults("notify.when", "the notification", notify, ("notify",))
    if isinstance(quiet, str) and quiet.strip() and quiet_hours(quiet) is None:
        what = f"'notify.quiet' must be two hours of the day, not {quiet[:40]!r}"
        yield ("notify", "quiet"), what, 'Write "22-07" or "22:30-7:15".'


def schedule_faults(values: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the times of the schedule, and with its mail. values: of the whole file,
    of whatever types."""
    schedule = values.get("schedule")
    if not isinstance(schedule, dict):
        return
    times = schedule.get("at", [])
    for text in times if isinstance(times, list) else ():
        if isinstance(text, str) and time_of_day(text) is None:
            what = f"'schedule.at' has {text[:40]!r}, which is no time of the day"
            yield ("schedule", "at"), what, 'Write at = ["06:30", "18:00"].'
    if schedule.get("mail") and not schedule.get("mail_to"):
        what = "'schedule.mail_to' is missing: nobody would get the mail"
        yield ("schedule", "mail"), what, 'Write mail_to = ["ann@coast.example"].'


def missing_hooks(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Rules that name a hook which is not there. values: of the whole file, of whatever types."""
    rules, hooks = _tables(values.get("rules")), _tables(values.get("hooks"))
    names = {hook_name(hook) for hook in hooks}
    for number, rule in enumerate(rules):
        actions = rule.get("do")
        for action in actions if isinstance(actions, list) else ():
            kind, _, name = str(action).partition(":")
            if kind.strip() != "hook" or not name.strip() or name.strip() in names:
                continue
            near = get_close_matches(name.strip(), names, n=1)
            mend = f"Did you mean hook:{near[0]}?" if near else "Add it under [[hooks]]."
            what = f"'rules.do' names a hook that is not there: {name.strip()}"
            yield ("rules", f"[{number}]", "do"), what, mend


def hook_name(entry: Mapping[str, Any]) -> str:
    """What a hook of the file is called: its name, else its program's; empty where it has none."""
    run = entry.get("run")
    program = run[0] if isinstance(run, list) and run and isinstance(run[0], str) else ""
    return str(entry.get("name", "")).strip() or Path(program).name


def _tables(value: object) -> list[Mapping[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
