"""``briefing config``: check the configuration file, say where it is, write one to start from."""

import argparse
from pathlib import Path

from briefing.cli.context import Context
from briefing.cli.parser import subcommand
from briefing.cli.settings_check import rule_notes
from briefing.config import (
    config_path,
    documented_defaults,
    load_settings,
    settings_to_toml,
    write_defaults,
)
from briefing.ui.settings_faults import all_faults

EXAMPLES = ("briefing config check", "briefing config init && $EDITOR $(briefing config path)")


def configure(parser: argparse.ArgumentParser) -> None:
    """The commands below the command."""
    group = parser.add_subparsers(metavar="WHAT", title="what", required=True, dest="what")
    check = subcommand(group, "check", "check the configuration", "briefing config check")
    check.add_argument("file", nargs="?", type=Path, help="another file than your own")
    subcommand(group, "path", "say where the file is", "briefing config path")
    show = subcommand(group, "show", "show the settings as they stand", "briefing config show")
    show.add_argument(
        "--defaults", action="store_true", help="a commented file of all settings instead"
    )
    subcommand(group, "init", "write a commented file to start from", "briefing config init")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do the one asked for; ``check`` gives 1 where it finds a fault."""
    match args.what:
        case "check":
            return _check(args.file or config_path(), context, named=args.file is not None)
        case "path":
            context.out.text(str(config_path()))
        case "init":
            write_defaults(config_path())
            context.out.say(f"Written: {config_path()}")
        case _:
            text = documented_defaults() if args.defaults else settings_to_toml(context.settings)
            context.out.text(text)
    return 0


def _check(path: Path, context: Context, *, named: bool) -> int:
    out = context.out
    if not named and not path.exists():
        out.say(f"There is no {path}: the defaults hold.")
        return 0
    faults = all_faults(path)
    for fault in faults:
        out.error(fault)
    if not faults:
        for note in rule_notes(load_settings(path)):
            out.say(note)
        out.say(f"{path}: all is well.")
    return 1 if faults else 0
