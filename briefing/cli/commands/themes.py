"""``briefing themes``: list the colour themes, or check one."""

import argparse
from pathlib import Path

from briefing.cli.context import Context
from briefing.cli.options import add_list_format
from briefing.cli.output import columns
from briefing.cli.parser import subcommand
from briefing.config import user_themes_folder
from briefing.model import ConfigError

EXAMPLES = ("briefing themes list", "briefing themes check mine.toml")


def configure(parser: argparse.ArgumentParser) -> None:
    """The commands below the command."""
    group = parser.add_subparsers(metavar="WHAT", title="what", required=True, dest="what")
    listed = subcommand(group, "list", "list the themes there are", "briefing themes list")
    add_list_format(listed)
    check = subcommand(group, "check", "check a theme's file", "briefing themes check ~/mine.toml")
    check.add_argument("file", type=Path, metavar="FILE")


def run(args: argparse.Namespace, context: Context) -> int:
    """List, or check; 1 where a theme is wrong or hard to read."""
    return _list(args, context) if args.what == "list" else _check(args.file, context)


def _list(args: argparse.Namespace, context: Context) -> int:
    from briefing.ui.themes import read_theme, theme_files

    rows: list[dict[str, object]] = []
    for name, path in sorted(theme_files().items()):
        own = path.parent == user_themes_folder()
        row: dict[str, object] = {"id": name, "name": name, "path": str(path), "own": own}
        try:
            theme = read_theme(path)
        except ConfigError as error:
            row |= {"description": "", "dark": None, "error": error.what}
            context.out.warn(f"{path}: {error.what}")
        else:
            row |= {"description": theme.description, "dark": theme.dark, "error": None}
        rows.append(row)
    if args.format != "text":
        context.out.listed("themes", rows, lines=args.format == "jsonl")
        return 0
    lines = [
        (str(r["name"]), "yours" if r["own"] else "", str(r["description"] or r["error"] or ""))
        for r in rows
    ]
    for line in columns(lines):
        context.out.text(line)
    return 0


def _check(path: Path, context: Context) -> int:
    from briefing.ui.contrast import contrast_faults
    from briefing.ui.themes import read_theme

    try:
        theme = read_theme(path)
    except ConfigError as error:
        context.out.error(error)
        return 1
    faults = contrast_faults(theme)
    for fault in faults:
        context.out.error(ConfigError(fault, str(path)))
    if not faults:
        context.out.say(f"{path}: all is well.")
    return 1 if faults else 0
