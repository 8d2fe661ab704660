"""``briefing keys``: the keys of the reader, the user's own among them."""

import argparse

from briefing.cli.context import Context
from briefing.cli.options import add_list_format
from briefing.cli.output import columns

EXAMPLES = ("briefing keys", "briefing keys --format json")


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_list_format(parser)


def run(args: argparse.Namespace, context: Context) -> int:
    """List every action with its keys. The names are those of [keys] in the configuration."""
    from briefing.ui.keymap import ACTIONS, keymap, keys_of
    from briefing.ui.keynames import shown

    changed = context.settings.keys
    effective = keymap(changed)
    conflicts, overridden = effective.conflicts, effective.overrides()
    if args.format != "text":
        listed = [
            {
                "id": action.id,
                "action": action.id,
                "keys": [key for key in keys_of(action, changed).split(",") if key],
                "help": action.help,
                "group": action.group,
                "changed": action.id in overridden,
            }
            for action in ACTIONS
        ]
        told = [str(c) for c in conflicts]
        context.out.listed("keys", listed, lines=args.format == "jsonl", conflicts=told)
        return 0
    rows = []
    for action in ACTIONS:
        keys = [shown(key) for key in keys_of(action, changed).split(",") if key]
        rows.append((action.id, " ".join(keys) or "–", action.help))
    for line in columns(rows):
        context.out.text(line)
    for conflict in conflicts:
        context.out.say(f"{conflict}. {conflict.mend}")
    return 0
