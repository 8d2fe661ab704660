"""``briefing import``: what another reader knows of its articles."""

import argparse
import os
from pathlib import Path

from briefing.cli.context import Context
from briefing.cli.parser import subcommand
from briefing.wording import format_count

EXAMPLES = (
    "briefing feeds import ~/.newsboat/urls && briefing refresh && briefing import newsboat",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """The commands below the command."""
    group = parser.add_subparsers(metavar="READER", title="reader", required=True, dest="reader")
    newsboat = subcommand(
        group,
        "newsboat",
        "read state and flags out of newsboat's cache",
        "briefing import newsboat",
        "briefing import newsboat ~/backup/cache.db",
    )
    newsboat.add_argument(
        "file", nargs="?", metavar="FILE", help="its cache.db; by default where newsboat keeps it"
    )
    newsboat.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace, context: Context) -> int:
    """Mark what was read and flagged there. What is not stored here is counted."""
    from briefing.store.newsboat_cache import read_newsboat_cache

    items = read_newsboat_cache(Path(args.file) if args.file else newsboat_cache())
    with context.store() as store:
        taken = store.take_marks(items)
    out = context.out
    if args.format == "json":
        out.json(
            {
                "version": 1,
                "read": taken.read,
                "starred": taken.starred,
                "unknown_articles": taken.unknown_items,
                "unknown_feeds": taken.unknown_feeds,
            }
        )
    out.say(
        f"{format_count(taken.read, 'article')} marked as read, {taken.starred:,} starred."
        f" Not stored here: {format_count(taken.unknown_items, 'article')}"
        f" and {format_count(taken.unknown_feeds, 'feed')}."
    )
    return 0


def newsboat_cache() -> Path:
    """Where newsboat keeps its cache: the first of its places with one, else the first."""
    home = Path.home()
    data = os.environ.get("XDG_DATA_HOME")
    places = [Path(data) / "newsboat"] if data else []
    places += [home / ".local" / "share" / "newsboat", home / ".newsboat"]
    files = [place / "cache.db" for place in places]
    return next((file for file in files if file.is_file()), files[0])
