"""``briefing print``: the edition on standard output, for mail, cron or a pager."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.context import Context
from briefing.cli.options import positive
from briefing.cli.output import output_file
from briefing.cli.since import parse_since
from briefing.export import EDITION_FORMATS, render_edition
from briefing.model import Edition, EditionCounts, RowError, Story, StoryRow, Window

if TYPE_CHECKING:
    from briefing.store import Store

EXAMPLES = (
    "briefing print | less",
    "briefing print --since today --format html --output briefing.html",
    "briefing print --since 3d --category Science --format json",
)

_PAGE = 200


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
        if args.since:
            parse_since(args.since, context.now)
        context.out.say("No feeds yet. Add one with `briefing feeds add ADDRESS`.")
        edition = Edition(_window(None, None, context), EditionCounts(0, 0, 0, 0, 0))
        unreadable: tuple[RowError, ...] = ()
    else:
        with store:
            edition, unreadable = read_edition(
                store,
                _window(store, args.since, context),
                line=context.settings.edition.line,
                limit=args.limit,
                category=args.category,
            )
        for error in unreadable:
            context.out.error(error)
        if not edition.stories:
            context.out.say("The edition is empty: nothing was published in this time.")
    text = render_edition(
        edition,
        args.format,
        width=80 if args.output else context.out.width,
        generated=context.now,
        sections=context.settings.edition.sections,
    )
    code = 1 if unreadable else 0
    if args.output is None:
        context.out.document(text)
        return code
    with output_file(args.output) as file:
        file.write(text.encode("utf-8", "replace"))
    return code


def read_edition(
    store: "Store",
    window: Window,
    *,
    line: int,
    limit: int | None = None,
    category: str | None = None,
) -> tuple[Edition, tuple[RowError, ...]]:
    """The stories of ``window``, best first; ``line`` of them, or ``limit``, above the line.

    Beside it, what kept those from being read that are left out.
    """
    rows: list[StoryRow] = []
    while limit is None or len(rows) < limit:
        size = _PAGE if limit is None else min(_PAGE, limit - len(rows))
        page = store.edition_rows(
            window, after=rows[-1] if rows else None, limit=size, category=category
        )
        rows += page
        if len(page) < size:
            break
    stories, unreadable = _stories(store, rows)
    counts = store.edition_counts(window, line if limit is None else limit)
    if category is not None:
        counts = _counted(stories, counts.above)
    return Edition(window, counts, stories), unreadable


def _stories(
    store: "Store", rows: Sequence[StoryRow]
) -> tuple[tuple[Story, ...], tuple[RowError, ...]]:
    """The stories of the rows, and what kept those from being read that are left out."""
    stories, unreadable = [], []
    for row in rows:
        try:
            stories.append(_story(store, row))
        except RowError as error:
            unreadable.append(error)
    return tuple(stories), tuple(unreadable)


def _story(store: "Store", row: StoryRow) -> Story:
    """The story with what is new in it since the reader last looked."""
    from dataclasses import replace

    from briefing.stories.revised import whats_new

    story = store.story(row.id)
    return replace(story, changed=whats_new(story, store.snapshot(row.id), store.revisions))


def _window(store: "Store | None", since: str | None, context: Context) -> Window:
    edition = context.settings.edition
    if store is None:
        from datetime import timedelta

        return Window(context.now - timedelta(hours=edition.hours), context.now)
    if since is None:
        return store.window(context.now, edition.hours, edition.max_days)
    return Window(parse_since(since, context.now, store.last_visit()), context.now)


def _counted(stories: tuple[Story, ...], above: int) -> EditionCounts:
    """The counts of one category's stories, which are all here."""
    articles = [a for s in stories for a in s.brief.articles]
    return EditionCounts(
        stories=len(stories),
        above=min(above, len(stories)),
        articles=len(articles),
        sources=len({a.source for a in articles}),
        unread=sum(s.row.state == "unread" for s in stories),
    )
