"""``briefing print``: the edition on standard output, for mail, cron or a pager."""

import argparse
from contextlib import nullcontext
from pathlib import Path

from briefing.cli.context import Context
from briefing.cli.edition_reading import add_edition_options, asked_edition
from briefing.cli.options import columns
from briefing.cli.output import write_rendered
from briefing.cli.run import DONE, IN_PART
from briefing.editions.gathering import tags_of_stories
from briefing.export import ExportOptions, edition_formats, exporter_named, is_text
from briefing.model import UsageError

EXAMPLES = (
    "briefing print | less",
    "briefing print --all --format markdown",
    "briefing print --since today --format html --output briefing.html",
    "briefing print --since 3d --category Science --format json",
    "briefing print --narrow 32 --output briefing.txt",
)
_WITH_TAGS = ("json", "jsonl")
_BRAILLE = 40  # cells of the commonest braille displays


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_edition_options(parser)
    parser.add_argument("--format", choices=edition_formats(), default="text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here instead")
    parser.add_argument(
        "--narrow",
        type=columns,
        nargs="?",
        const=_BRAILLE,
        metavar="COLUMNS",
        help=f"text for a braille display: no columns, no line longer ({_BRAILLE} by default)",
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Print the edition down to its line. What is read, seen or starred does not change. Raises
    UsageError where what only text can be is asked of another format."""
    if args.narrow is not None and args.format != "text":
        what = f"the format {args.format} has no lines of so many columns"
        raise UsageError(what, "--narrow", "Leave it out, or use --format text")
    with context.reading_store() or nullcontext() as store:
        asked = asked_edition(args, context, store)
        tagged = asked.edition.stories if args.format in _WITH_TAGS else ()
        tags = tags_of_stories(store, tagged) if store and tagged else None
    exporter = exporter_named(args.format)
    options = ExportOptions(
        width=args.narrow or (80 if args.output else context.out.width),
        narrow=args.narrow is not None,
        generated=context.now,
        sections=context.settings.edition.sections,
        groups=asked.groups,
        tags=tags,
    )
    printed = exporter.render_edition(asked.edition, options)
    write_rendered(context.out, printed, args.output, is_text=is_text(exporter))
    return IN_PART if asked.in_part else DONE
