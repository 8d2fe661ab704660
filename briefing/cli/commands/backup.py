"""``briefing backup``: the store, the configuration and the themes in one file."""

import argparse
from pathlib import Path

from briefing.cli.context import Context
from briefing.config import config_path, user_themes_folder
from briefing.model import StoreError, UsageError
from briefing.model.writing import is_read_only

EXAMPLES = ("briefing backup", "briefing backup ~/backups/briefing.zip")


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="where to; briefing-DATE.zip in this folder without it. What was there is replaced",
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Write the backup, also while a refresh is at work. Raises StoreError, UsageError."""
    from briefing.store.archive import CONFIGURATION, write_archive

    store = context.settings.store_path
    if not store.exists():
        raise StoreError("there is no store yet", str(store), "Run `briefing refresh`.")
    day = context.now.astimezone().date().isoformat()
    target: Path = (args.file or Path(f"briefing-{day}.zip")).expanduser().absolute()
    if target.exists() and (not target.is_file() or target.samefile(store)):
        raise UsageError("a backup cannot be written there", str(target), "Name another file.")
    if is_read_only():
        raise StoreError("nothing is written", str(target), "Start without --read-only to write it")
    context.store_to_read().close()  # an older one is brought up to date, a damaged one refused
    others = {}
    if config_path().is_file():
        others[CONFIGURATION] = config_path()
    for theme in sorted(user_themes_folder().glob("*.toml")):
        if theme.is_file():
            others[f"themes/{theme.name}"] = theme
    write_archive(store, others, target)
    context.out.say(f"Written to {target} ({target.stat().st_size / 1e6:.1f} MB).")
    return 0
