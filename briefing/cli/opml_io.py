"""Subscription lists in and out."""

import argparse
import sys
from pathlib import Path

from briefing.cli.context import Context
from briefing.cli.output import output_file
from briefing.ingest import parse_opml, write_opml
from briefing.model import BriefingError

_MAX_FILE = 20_000_000  # bytes


def import_opml(args: argparse.Namespace, context: Context) -> int:
    """Follow every feed of the list; 1 where an outline could not be used."""
    report = parse_opml(_content(args.file), args.file)
    added = there = 0
    with context.store() as store:
        known = {feed.id for feed in store.feeds()}
        for entry in report.feeds:
            feed = store.add_feed(
                entry.url, entry.title, entry.site_url, entry.category, added_at=context.now
            )
            added += feed.id not in known
            there += feed.id in known
            known.add(feed.id)
    out = context.out
    for label, reason in report.unusable:
        out.warn(f"{args.file}: {label}: {reason}")
    if args.format == "json":
        unusable = [{"outline": label, "reason": reason} for label, reason in report.unusable]
        out.json({"version": 1, "added": added, "already": there, "unusable": unusable})
    out.say(f"{added} feeds added, {there} already there, {len(report.unusable)} unusable.")
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
    text = write_opml(feeds, "Briefing subscriptions")
    if args.file is None or args.file == "-":
        context.out.document(text)
        return 0
    with output_file(Path(args.file)) as file:
        file.write(text.encode())
    context.out.say(f"{len(feeds)} feeds written to {args.file}.")
    return 0


def _content(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(_MAX_FILE)
    try:
        with Path(source).open("rb") as file:
            return file.read(_MAX_FILE)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BriefingError(f"the file cannot be read ({reason})", source) from error
