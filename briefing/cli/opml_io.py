"""Subscription lists in and out."""

import argparse
from dataclasses import replace
from pathlib import Path

from briefing.cli.context import Context
from briefing.cli.input import read_input
from briefing.cli.output import output_file
from briefing.ingest import parse_opml, write_opml
from briefing.model import without_credentials
from briefing.wording import format_count

_MAX_FILE = 20_000_000  # bytes


def import_opml(args: argparse.Namespace, context: Context) -> int:
    """Follow every feed of the list; 1 where an outline could not be used."""
    report = parse_opml(read_input(args.file, _MAX_FILE), args.file)
    added = known_already = 0
    with context.store() as store:
        known = {feed.id for feed in store.feeds()}
        for entry in report.feeds:
            feed = store.add_feed(
                entry.url, entry.title, entry.site_url, entry.category, added_at=context.now
            )
            added += feed.id not in known
            known_already += feed.id in known
            known.add(feed.id)
    out = context.out
    for label, reason in report.unusable:
        out.warn(f"{args.file}: {label}: {reason}")
    if args.format == "json":
        unusable = [{"outline": label, "reason": reason} for label, reason in report.unusable]
        out.json({"version": 1, "added": added, "already": known_already, "unusable": unusable})
    unusable_count = len(report.unusable)
    out.say(
        f"{format_count(added, 'feed')} added, {known_already:,} already there,"
        f" {unusable_count:,} unusable."
    )
    return 1 if report.unusable else 0


def export_opml(args: argparse.Namespace, context: Context) -> int:
    """Write every feed to the file, or to standard output."""
    store = context.reading_store()
    feeds = []
    if store is not None:
        with store:
            feeds = store.feeds()
    if not feeds:
        context.out.say("There are no feeds: the list is empty.")
    if not args.passwords:
        feeds = [replace(f, url=without_credentials(f.url)) for f in feeds]
    feeds = [replace(f, site_url=f.site_url and without_credentials(f.site_url)) for f in feeds]
    text = write_opml(feeds, "Briefing subscriptions")
    if args.file is None or args.file == "-":
        context.out.document(text)
        return 0
    with output_file(Path(args.file)) as file:
        file.write(text.encode())
    context.out.say(f"{format_count(len(feeds), 'feed')} written to {args.file}.")
    return 0
