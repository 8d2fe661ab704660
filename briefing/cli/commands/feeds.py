"""``briefing feeds``: the subscriptions."""

import argparse
from collections.abc import Mapping

from briefing.cli.context import NO_FEEDS, Context, feed_named
from briefing.cli.feed_options import add_options, for_argparse, is_given, settings_of, to_json
from briefing.cli.options import add_list_format
from briefing.cli.output import WIDEST_COLUMN, columns
from briefing.cli.parser import subcommand
from briefing.config import feed_values
from briefing.model import Feed, FeedRow, UsageError
from briefing.model.codec import time_to_json
from briefing.text.clean import shortened
from briefing.wording import described

EXAMPLES = (
    "briefing feeds add coast.example --category Local",
    "briefing feeds list --format json",
    "briefing feeds import subscriptions.opml",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """The commands below the command."""
    group = parser.add_subparsers(metavar="WHAT", title="what", required=True, dest="what")
    listed = subcommand(group, "list", "list the feeds", "briefing feeds list --format json")
    add_list_format(listed)
    add = subcommand(
        group,
        "add",
        "follow a feed, or the feed of a site",
        "briefing feeds add https://coast.example/feed.xml",
        "briefing feeds add coast.example --category Local",
        "briefing feeds add 'exec:~/bin/tides-feed --harbour Saltmere'",
    )
    add.add_argument(
        "address",
        metavar="ADDRESS",
        help="of the feed or its site, or exec:PROGRAM, filter:PROGRAM:URL, file:///PATH;"
        " - reads it from input",
    )
    _properties(add)
    add.add_argument(
        "--unchecked", action="store_true", help="do not fetch it now; the address is the feed's"
    )
    add.add_argument("--preview", action="store_true", help="only say what it would bring, as JSON")
    remove = subcommand(
        group, "remove", "stop following a feed", 'briefing feeds remove "Coast Courier"'
    )
    remove.add_argument("name", metavar="NAME|URL")
    edit = subcommand(
        group,
        "edit",
        "change a feed, and how it is fetched",
        'briefing feeds edit "Coast Courier" --category Local',
        'briefing feeds edit "Coast Courier" --interval auto --keep 90d',
    )
    edit.add_argument("name", metavar="NAME|URL")
    edit.add_argument("--url", metavar="URL", help="its new address")
    _properties(edit)
    add_options(edit)
    check = subcommand(
        group, "check", "fetch feeds without storing anything, and report", "briefing feeds check"
    )
    check.add_argument("names", nargs="*", metavar="NAME|URL", help="these only")
    add_list_format(check)
    imported = subcommand(
        group,
        "import",
        "follow the feeds of an OPML list or of newsboat's urls file",
        "briefing feeds import feeds.opml",
        "briefing feeds import ~/.newsboat/urls",
    )
    imported.add_argument("file", metavar="FILE", help="- for standard input")
    imported.add_argument("--format", choices=("text", "json"), default="text")
    exported = subcommand(
        group, "export", "write the feeds as OPML", "briefing feeds export feeds.opml"
    )
    exported.add_argument("file", nargs="?", metavar="FILE", help="standard output by default")
    exported.add_argument(
        "--passwords", action="store_true", help="with the names and passwords in addresses"
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Do the one asked for."""
    match args.what:
        case "list":
            return _list(args, context)
        case "add":
            if args.preview:
                from briefing.cli.feed_preview import preview

                return preview(args.address, context)
            from briefing.cli.feed_subscription import add

            return add(args, context)
        case "remove":
            return _remove(args, context)
        case "edit":
            return _edit(args, context)
        case "check":
            from briefing.cli.feed_check import check_feeds

            return check_feeds(args, context)
        case "import":
            from briefing.cli.opml_io import import_opml

            return import_opml(args, context)
        case _:
            from briefing.cli.opml_io import export_opml

            return export_opml(args, context)


def _properties(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--title", metavar="T", help="what it is called here")
    parser.add_argument("--category", metavar="C", help="the folder it stands in")
    parser.add_argument(
        "--weight",
        type=for_argparse(feed_values.weight),
        metavar="W",
        help="how much it counts, 0 to 10; 1 by default",
    )
    parser.add_argument(
        "--full-text",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="fetch the pages of its articles where it has only summaries",
    )


def _list(args: argparse.Namespace, context: Context) -> int:
    store = context.reading_store()
    rows: list[FeedRow] = []
    outlines: dict[str, dict[str, str]] = {}
    if store is not None:
        with store:
            rows, outlines = store.feed_rows(), store.outlines()
    if args.format != "text":
        listed = [_to_json(row, outlines.get(row.feed.id, {})) for row in rows]
        context.out.listed("feeds", listed, lines=args.format == "jsonl")
    else:
        lines = [
            (
                shortened(r.feed.category, WIDEST_COLUMN),
                shortened(r.feed.display_name, WIDEST_COLUMN),
                str(r.articles),
                r.feed.url,
            )
            for r in rows
        ]
        for line in columns(lines):
            context.out.text(line)
    if not rows:
        context.out.say(NO_FEEDS)
    for row in rows:
        if row.feed.error and args.format == "text":
            context.out.warn(f"{row.feed.display_name}: {row.feed.error}")
    return 0


def _remove(args: argparse.Namespace, context: Context) -> int:
    with context.store() as store:
        feed = feed_named(store, args.name)
        store.remove_feed(feed.id)
    context.out.say(f"Removed {feed.display_name} ({feed.url}).")
    return 0


def _edit(args: argparse.Namespace, context: Context) -> int:
    from briefing.cli.feed_subscription import address_of, changes_of

    changes = changes_of(args)
    if args.url is not None:
        changes["url"] = address_of(args.url)
    if args.keep is not None:
        changes["keep_days"] = args.keep or None
    if not changes and not is_given(args):
        raise UsageError("nothing to change", "feeds edit", "See `briefing feeds edit --help`")
    with context.store() as store:
        before = feed_named(store, args.name)
        if is_given(args):
            changes["settings"] = settings_of(args, before.settings)
        feed = store.edit_feed(before.id, **changes)
    context.out.say(f"Changed {feed.display_name} ({feed.url}).")
    if own := described(feed):
        context.out.say(f"Set for it alone: {'; '.join(own)}.")
    return 0


def _tags(feed: Feed, outline: Mapping[str, str]) -> list[str]:
    """What the list that the feed was imported from files it under besides its category."""
    paths = (part.split("/") for part in outline.get("category", "").split(","))
    names = [" / ".join(name.strip() for name in path if name.strip()) for path in paths]
    return [name for name in dict.fromkeys(names) if name not in ("", feed.category)]


def _to_json(row: FeedRow, outline: Mapping[str, str]) -> dict[str, object]:
    feed = row.feed
    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.display_name,
        "site_url": feed.site_url,
        "category": feed.category,
        "tags": _tags(feed, outline),
        "weight": feed.weight,
        "full_text": feed.full_text,
        "language": feed.language,
        "added_at": time_to_json(feed.added_at),
        "fetched_at": time_to_json(feed.fetched_at),
        "next_fetch_at": time_to_json(feed.next_fetch_at),
        "next_fetch_why": feed.due_reason,
        "settings": to_json(feed),
        "failures": feed.failures,
        "error": feed.error,
        "articles": row.articles,
        "unread": row.unread,
    }
