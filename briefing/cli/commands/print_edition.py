"""``briefing print``: the edition on standard output, for mail, cron or a pager."""

import argparse
from contextlib import nullcontext
from pathlib import Path

from briefing.cli.context import Context
from briefing.cli.edition_reading import add_edition_options, asked_edition
from briefing.cli.output import output_file
from briefing.export import ExportOptions, edition_formats, exporter_named, is_text

EXAMPLES = (
    "briefing print | less",
    "briefing print --all --format markdown",
    "briefing print --since today --format html --output briefing.html",
    "briefing print --since 3d --category Science --format json",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_edition_options(parser)
    parser.add_argument("--format", choices=edition_formats(), default="text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here instead")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print the edition down to its line. What is read, seen or starred does not change."""
    with context.reading_store() or nullcontext() as store:
        asked = asked_edition(args, context, store)
    exporter = exporter_named(args.format)
    options = ExportOptions(
        width=80 if args.output else context.out.width,
        generated=context.now,
        sections=context.settings.edition.sections,
        groups=asked.groups,
    )
    printed = exporter.render_edition(asked.edition, options)
    if args.output is None:
        context.out.rendered(printed, is_text=is_text(exporter))
    else:
        with output_file(args.output) as file:
            file.write(printed)
    return 1 if asked.in_part else 0
