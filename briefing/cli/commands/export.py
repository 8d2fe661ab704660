"""``briefing export``: stories for other programs and other screens, in any format.

What is read, seen or starred does not change.
"""

import argparse
import os
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.context import NO_FEEDS, Context
from briefing.cli.edition_reading import (
    add_edition_options,
    asked_edition,
    no_edition,
    say_unreadable,
)
from briefing.cli.options import positive
from briefing.cli.output import write_rendered
from briefing.cli.parser import subcommand
from briefing.cli.run import DONE, IN_PART
from briefing.cli.since import parse_since
from briefing.editions import EditionReading
from briefing.export import (
    Exporter,
    ExportOptions,
    StoryExporter,
    edition_formats,
    exporter_named,
    is_text,
)
from briefing.model import Edition, Section, StoreError, UsageError, Window
from briefing.query import parse_query
from briefing.text import clean_line
from briefing.wording import format_count

if TYPE_CHECKING:
    from briefing.query import Query
    from briefing.store import Store

EXAMPLES = (
    "briefing export edition --format html --output briefing.html",
    "briefing export starred --format markdown --output notes/",
    "briefing export search 'title:ferry' --format epub --output ferries.epub",
    "briefing export story 17 --format eml --to ann@coast.example | sendmail -t",
)
_MAIL = "eml"


def configure(parser: argparse.ArgumentParser) -> None:
    """What is exported, and the options that all of it takes."""
    group = parser.add_subparsers(metavar="WHAT", title="what", required=True, dest="what")
    edition = subcommand(
        group,
        "edition",
        "today's edition down to its line",
        "briefing export edition --since today --format epub --output today.epub",
    )
    add_edition_options(edition)
    story = subcommand(group, "story", "one story", "briefing export story 17 --format markdown")
    story.add_argument("id", metavar="ID", help="as `print --format json` has it")
    search = subcommand(
        group,
        "search",
        "the stories of the articles that a query finds",
        "briefing export search 'bridge outlets:>=3' --since 2w --format atom",
    )
    search.add_argument("query", nargs="+", metavar="QUERY", help="in the query language")
    search.add_argument("--since", metavar="WHEN", help="only articles published since then")
    search.add_argument("--limit", type=positive, default=50, metavar="N", help="50 by default")
    starred = subcommand(
        group,
        "starred",
        "all that is starred",
        "briefing export starred --format markdown --output notes/",
    )
    for each in (edition, story, search, starred):
        _add_output_options(each)


def _add_output_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=edition_formats(), default="text")
    parser.add_argument(
        "--output",
        metavar="FILE|DIR",
        help="a file; a folder, which is there or ends with /, takes a file a story",
    )
    parser.add_argument(
        "--to", action="append", default=[], metavar="ADDRESS", help="of a mail; may be repeated"
    )
    parser.add_argument("--from", dest="sender", default="", metavar="ADDRESS", help="of a mail")


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What is exported. name: the same at each export; title: empty for an edition."""

    edition: Edition
    name: str
    title: str = ""
    groups: tuple[Section, ...] = ()
    in_part: bool = False


def run(args: argparse.Namespace, context: Context) -> int:
    """Write the export. Raises QueryError, StoreError, UsageError."""
    exporter = exporter_named(args.format)
    if (args.to or args.sender) and exporter.name != _MAIL:
        what = f"the format {exporter.name} has no addresses"
        raise UsageError(what, "--to" if args.to else "--from", f"Use --format {_MAIL}")
    folder = _folder(args.output, exporter)
    query = parse_query(" ".join(args.query)) if args.what == "search" else None
    with context.reading_store() or nullcontext() as store:
        gathered = _gathered(args, query, context, store)
        options = _options(args, gathered, context, store)
    in_part = gathered.in_part
    if folder is None:
        _write_file(args, gathered.edition, exporter, options, context)
    elif not _write_folder(gathered.edition, *folder, options, context):
        in_part = True
    return IN_PART if in_part else DONE


# ── What is exported ─────────────────────────────────────────────────────────────────────────


def _gathered(
    args: argparse.Namespace, query: "Query | None", context: Context, store: "Store | None"
) -> _Gathered:
    if args.what == "edition":
        asked = asked_edition(args, context, store)
        return _Gathered(asked.edition, "edition", groups=asked.groups, in_part=asked.in_part)
    if args.what == "story":
        return _one_story(args.id, context, store)
    if query is None:
        name, title, nothing = "starred", "Starred", "Nothing is starred."
    else:
        words = clean_line(" ".join(args.query))
        name, title = f"search/{words}", f"Search: {words}"
        nothing = f"Nothing found for '{words}'."
    reading = _reading(args, query, context, store)
    say_unreadable(reading, context)
    if not reading.edition.stories and store is not None:
        context.out.say(nothing)
    return _Gathered(reading.edition, name, title, in_part=bool(reading.unreadable))


def _one_story(story_id: str, context: Context, store: "Store | None") -> _Gathered:
    if store is None:
        raise StoreError("there is no story yet", "", NO_FEEDS)
    from briefing.editions.gathering import one_story

    edition = one_story(store, story_id, context.now).edition
    (story,) = edition.stories
    return _Gathered(edition, f"story/{story.id}", clean_line(story.brief.headline))


def _reading(
    args: argparse.Namespace, query: "Query | None", context: Context, store: "Store | None"
) -> EditionReading:
    """The stories that a query finds, or those starred where there is none."""
    from briefing.editions.gathering import found_stories, starred_stories

    last = None if store is None else store.last_visit()
    asks = query is not None and args.since
    since = parse_since(args.since, context.now, last) if asks else None
    if store is None:
        return EditionReading(no_edition(Window(context.now, context.now), context))
    if query is None:
        return starred_stories(store, context.now)
    return found_stories(store, query, context.now, since=since, limit=args.limit, last=last)


def _options(
    args: argparse.Namespace, gathered: _Gathered, context: Context, store: "Store | None"
) -> ExportOptions:
    """How it is written: with the evidence, which ``print`` leaves out."""
    from briefing.editions.gathering import evidence_texts, tags_of_stories

    stories = gathered.edition.stories
    return ExportOptions(
        width=80 if args.output else context.out.width,
        generated=context.now,
        sections=context.settings.edition.sections and args.what == "edition",
        groups=gathered.groups,
        name=gathered.name,
        title=gathered.title,
        texts={} if store is None else evidence_texts(store, stories),
        tags=None if store is None else tags_of_stories(store, stories),
        sender=args.sender,
        recipients=tuple(args.to),
    )


# ── Where it goes ────────────────────────────────────────────────────────────────────────────


def _folder(output: str | None, exporter: Exporter) -> tuple[Path, StoryExporter] | None:
    """The folder that takes a file a story, where one is asked for, and the format if it can."""
    if not output or not (output.endswith((os.sep, "/")) or Path(output).is_dir()):
        return None
    if not isinstance(exporter, StoryExporter) or not exporter.is_marked:
        suffix = exporter.suffix
        raise UsageError(
            f"{exporter.name} is one file",
            f"--output {output}",
            f"Name it: --output {Path(output) / f'briefing{suffix}'}",
        )
    return Path(output), exporter


def _write_folder(
    edition: Edition,
    folder: Path,
    exporter: StoryExporter,
    options: ExportOptions,
    context: Context,
) -> bool:
    """Whether all could be written; says how many are new, and which files are left alone."""
    from briefing.cli.story_folder import write_stories

    done = write_stories(edition.stories, folder, exporter, options)
    for path in done.left:
        context.out.warn(f"{path} was changed by somebody else, and is left as it is")
    stories = format_count(len(edition.stories), "story", "stories")
    left = f", {len(done.left)} left alone" if done.left else ""
    context.out.say(
        f"{stories} in {folder}: {done.new} new, {done.changed} changed,"
        f" {done.same} as before{left}."
    )
    return not done.left


def _write_file(
    args: argparse.Namespace,
    edition: Edition,
    exporter: Exporter,
    options: ExportOptions,
    context: Context,
) -> None:
    if args.what == "story" and isinstance(exporter, StoryExporter):
        (story,) = edition.stories
        content = exporter.render_story(story, options)
    else:
        content = exporter.render_edition(edition, options)
    write_rendered(context.out, content, args.output, is_text=is_text(exporter))
