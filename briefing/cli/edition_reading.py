"""Reading the edition that ``print`` and ``export`` are asked for: the same options, one answer."""

import argparse
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.cli.context import NO_FEEDS, Context
from briefing.cli.options import positive
from briefing.cli.since import parse_since
from briefing.editions import (
    EditionReading,
    apply_preferences,
    edition_window,
    read_edition,
    searched_sections,
)
from briefing.model import Edition, EditionCounts, LimitError, Section, Window

if TYPE_CHECKING:
    from briefing.store import Store


@dataclass(frozen=True, slots=True)
class AskedEdition:
    """An edition down to its line, or to its end, and the sections of saved searches in it."""

    edition: Edition
    groups: tuple[Section, ...] = ()
    in_part: bool = False  # some story could not be read, which has been said


def add_edition_options(parser: argparse.ArgumentParser) -> None:
    """What of the edition is asked for."""
    parser.add_argument(
        "--since", metavar="WHEN", help="90m, 24h, 3d, 2w, today, yesterday, last, or an ISO time"
    )
    parser.add_argument("--limit", type=positive, metavar="N", help="at most N stories")
    parser.add_argument("--all", action="store_true", help="below the line too")
    parser.add_argument("--category", metavar="C", help="only stories of this category")


def no_edition(window: Window, context: Context) -> Edition:
    """An edition without stories, where nothing was ever fetched; says so."""
    context.out.say(NO_FEEDS)
    return Edition(window, EditionCounts(0, 0, 0, 0, 0))


def asked_edition(
    args: argparse.Namespace, context: Context, store: "Store | None"
) -> AskedEdition:
    """The edition that the options of ``add_edition_options`` ask for; ``store``: None before the
    first refresh. What is read, seen or starred does not change. Raises StoreError, UsageError.
    """
    if store is None:
        return AskedEdition(no_edition(_window(None, args.since, context), context))
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
    edition = reading.edition
    groups = _groups(store, edition, context)
    say_unreadable(reading, context)
    if not edition.stories:
        context.out.say("The edition is empty: nothing was published in this time.")
    if not args.all:
        edition = replace(edition, stories=edition.stories[: edition.counts.above])
    return AskedEdition(edition, groups, in_part=bool(reading.unreadable))


def say_unreadable(reading: EditionReading, context: Context) -> None:
    """Name the stories that could not be read."""
    for error in reading.unreadable:
        context.out.error(error)


def _groups(store: "Store", edition: Edition, context: Context) -> tuple[Section, ...]:
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
