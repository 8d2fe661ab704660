"""Subscription lists in and out."""

import argparse
from dataclasses import replace
from pathlib import Path

from briefing.cli.context import Context
from briefing.cli.input import read_input
from briefing.cli.output import output_file
from briefing.ingest import parse_subscriptions, write_opml
from briefing.ingest.local_feeds import is_local
from briefing.model import ParseError, without_credentials
from briefing.wording import format_count

_MAX_FILE = 20_000_000  # bytes


def import_opml(args: argparse.Namespace, context: Context) -> int:
    """Follow every feed of the list; 1 where an outline could not be used."""
    content = read_input(args.file, _MAX_FILE + 1)
    if len(content) > _MAX_FILE:
        raise ParseError("the list is larger than 20 MB", args.file, "Import it in parts")
    # From a pipe a list may be anybody's.
    report = parse_subscriptions(content, args.file, own=args.file != "-")
    added, known_already = 0, report.repeated
    with context.store() as store, store.transaction():
        known = {feed.id for feed in store.feeds()}
        for entry in report.feeds:
            feed = store.add_feed(
                entry.url, entry.title, entry.site_url, entry.category, added_at=context.now
            )
            store.keep_outline(feed.id, dict(entry.attributes))
            added += feed.id not in known
            known_already += feed.id in known
            known.add(feed.id)
    out = context.out
    for label, reason in (*report.unusable, *report.notes):
        out.warn(f"{args.file}: {label}: {reason}")
    if args.format == "json":
        unusable = [{"outline": label, "reason": reason} for label, reason in report.unusable]
        notes = [{"feed": label, "note": note} for label, note in report.notes]
        out.json(
            {
                "version": 1,
                "added": added,
                "already": known_already,
                "unusable": unusable,
                "notes": notes,
            }
        )
    unusable_count = len(report.unusable)
    out.say(
        f"{format_count(added, 'feed')} added, {known_already:,} already there,"
        f" {unusable_count:,} unusable."
    )
    return 1 if report.unusable else 0


def export_opml(args: argparse.Namespace, context: Context) -> int:
    """Write every feed to the file, or to standard output."""
    store = context.reading_store()
    feeds, outlines = [], {}
    if store is not None:
        with store:
            feeds, outlines = store.feeds(), store.outlines()
    if not feeds:
        context.out.say("There are no feeds: the list is empty.")
    local = [feed for feed in feeds if is_local(feed.url)]
    feeds = [feed for feed in feeds if not is_local(feed.url)]
    for feed in local:
        context.out.warn(
            f"{feed.display_name} ({feed.url}) is left out: it is of this machine, and other"
            " programs rightly take none such from a list"
        )
    if not args.passwords:
        feeds = [replace(f, url=without_credentials(f.url)) for f in feeds]
    feeds = [replace(f, site_url=f.site_url and without_credentials(f.site_url)) for f in feeds]
    text = write_opml(feeds, "Briefing subscriptions", outlines)
    if args.file is None or args.file == "-":
        context.out.document(text)
        return 0
    with output_file(Path(args.file)) as file:
        file.write(text.encode())
    context.out.say(f"{format_count(len(feeds), 'feed')} written to {args.file}.")
    return 0
