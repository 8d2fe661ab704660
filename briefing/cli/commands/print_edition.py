"""``briefing print``: the edition on standard output, for mail, cron or a pager."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.context import NO_FEEDS, Context
from briefing.cli.options import columns, positive
from briefing.cli.output import output_file
from briefing.cli.since import parse_since
from briefing.editions import (
    EditionReading,
    apply_preferences,
    edition_window,
    read_edition,
    searched_sections,
)
from briefing.export import ExportOptions, edition_formats, exporter_named, is_text
from briefing.model import Edition, EditionCounts, LimitError, UsageError, Window
from briefing.model.tags import Tag

if TYPE_CHECKING:
    from briefing.store import Store

EXAMPLES = (
    "briefing print | less",
    "briefing print --all --format markdown",
    "briefing print --since today --format html --output briefing.html",
    "briefing print --since 3d --category Science --format json",
    "briefing print --narrow 32 --output briefing.txt",
)
_BRAILLE = 40  # cells of the commonest braille displays


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--since", metavar="WHEN", help="90m, 24h, 3d, 2w, today, yesterday, last, or an ISO time"
    )
    parser.add_argument("--limit", type=positive, metavar="N", help="at most N stories")
    parser.add_argument("--all", action="store_true", help="below the line too")
    parser.add_argument("--category", metavar="C", help="only stories of this category")
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
    store = context.reading_store()
    groups: tuple[tuple[str, frozenset[str]], ...] = ()
    tags: dict[str, tuple[Tag, ...]] = {}
    if store is None:
        window = _window(None, args.since, context)
        context.out.say(NO_FEEDS)
        reading = EditionReading(Edition(window, EditionCounts(0, 0, 0, 0, 0)))
    else:
        with store:
            window = _window(store, args.since, context)
            apply_preferences(store, context.settings.preferences, window.since)
            line = context.settings.edition.line
            reading = read_edition(
                store,
                window,
                line=line,
                # The stories of a category are counted as they are read.
                limit=args.limit or (None if args.all or args.category else line),
                category=args.category,
            )
            groups = _groups(store, reading.edition, context)
            tags = {story.id: store.story_tags(story.id) for story in reading.edition.stories}
        for error in reading.unreadable:
            context.out.error(error)
        if not reading.edition.stories:
            context.out.say("The edition is empty: nothing was published in this time.")
    edition = reading.edition
    if not args.all:
        edition = replace(edition, stories=edition.stories[: edition.counts.above])
    exporter = exporter_named(args.format)
    options = ExportOptions(
        width=args.narrow or (80 if args.output else context.out.width),
        narrow=args.narrow is not None,
        generated=context.now,
        sections=context.settings.edition.sections,
        groups=groups,
        tags=tags,
    )
    printed = exporter.render_edition(edition, options)
    if args.output is None:
        context.out.rendered(printed, is_text=is_text(exporter))
    else:
        with output_file(args.output) as file:
            file.write(printed)
    return 1 if reading.unreadable else 0


def _groups(
    store: "Store", edition: Edition, context: Context
) -> tuple[tuple[str, frozenset[str]], ...]:
    """The sections of saved searches; none where one takes too long, which is said."""
    searches, last = context.settings.searches, store.last_visit()
    try:
        return searched_sections(store, edition, searches, context.now, last)
    except LimitError as error:
        context.out.warn(str(error))
        return ()


def _window(store: "Store | None", since: str | None, context: Context) -> Window:
    last = None if store is None else store.last_visit()
    begin = None if since is None else parse_since(since, context.now, last)
    return edition_window(store, context.settings.edition, context.now, since=begin)
