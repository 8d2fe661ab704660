"""``briefing keys``: the keys of the reader, the user's own among them."""

import argparse

from briefing.cli.context import Context
from briefing.cli.output import columns

EXAMPLES = ("briefing keys", "briefing keys --format json")


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace, context: Context) -> int:
    """List every action with its keys. The names are those of [keys] in the configuration."""
    from briefing.ui.keymap import ACTIONS, check_keys, keys_of, shown

    changed = context.settings.keys
    check_keys(changed)
    if args.format == "json":
        listed = [
            {
                "action": action.id,
                "keys": [key.strip() for key in keys_of(action, changed).split(",")],
                "help": action.help,
                "group": action.group,
                "changed": action.id in changed,
            }
            for action in ACTIONS
        ]
        context.out.json({"version": 1, "keys": listed})
        return 0
    rows = []
    for action in ACTIONS:
        keys = [shown(key.strip()) for key in keys_of(action, changed).split(",")]
        rows.append((action.id, " ".join(keys), action.help))
    for line in columns(rows):
        context.out.text(line)
    return 0
