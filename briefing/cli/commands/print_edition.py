"""``briefing print``: the edition on standard output, for mail, cron or a pager."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.context import Context
from briefing.cli.options import positive
from briefing.cli.output import output_file
from briefing.cli.since import parse_since
from briefing.editions import (
    EditionReading,
    apply_preferences,
    edition_window,
    read_edition,
)
from briefing.export import EDITION_FORMATS, render_edition
from briefing.model import Edition, EditionCounts, Window

if TYPE_CHECKING:
    from briefing.store import Store

EXAMPLES = (
    "briefing print | less",
    "briefing print --since today --format html --output briefing.html",
    "briefing print --since 3d --category Science --format json",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--since", metavar="WHEN", help="90m, 24h, 3d, 2w, today, yesterday, last, or an ISO time"
    )
    parser.add_argument("--limit", type=positive, metavar="N", help="at most N stories")
    parser.add_argument("--category", metavar="C", help="only stories of this category")
    parser.add_argument("--format", choices=EDITION_FORMATS, default="text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here instead")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print the edition. What is read, seen or starred does not change."""
    store = context.reading_store()
    if store is None:
        window = _window(None, args.since, context)
        context.out.say("No feeds yet. Add one with `briefing feeds add ADDRESS`.")
        reading = EditionReading(Edition(window, EditionCounts(0, 0, 0, 0, 0)))
    else:
        with store:
            window = _window(store, args.since, context)
            apply_preferences(store, context.settings.preferences, window.since)
            reading = read_edition(
                store,
                window,
                line=context.settings.edition.line,
                limit=args.limit,
                category=args.category,
            )
        for error in reading.unreadable:
            context.out.error(error)
        if not reading.edition.stories:
            context.out.say("The edition is empty: nothing was published in this time.")
    text = render_edition(
        reading.edition,
        args.format,
        width=80 if args.output else context.out.width,
        generated=context.now,
        sections=context.settings.edition.sections,
    )
    code = 1 if reading.unreadable else 0
    if args.output is None:
        context.out.document(text)
        return code
    with output_file(args.output) as file:
        file.write(text.encode("utf-8", "replace"))
    return code


def _window(store: "Store | None", since: str | None, context: Context) -> Window:
    last = None if store is None else store.last_visit()
    begin = None if since is None else parse_since(since, context.now, last)
    return edition_window(store, context.settings.edition, context.now, since=begin)
