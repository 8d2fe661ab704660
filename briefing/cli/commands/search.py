"""``briefing search``: find articles by their words."""

import argparse

from briefing.cli.context import Context
from briefing.cli.options import positive
from briefing.cli.since import parse_since
from briefing.editions import search
from briefing.model import ArticleFilter, ArticleRow
from briefing.model.codec import time_to_json

EXAMPLES = (
    "briefing search bridge",
    'briefing search "weight limit" --since 2w --limit 5',
    "briefing search harbour --format json",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("query", nargs="+", metavar="QUERY", help="words; a phrase in quotes")
    parser.add_argument("--since", metavar="WHEN", help="only articles published since then")
    parser.add_argument("--limit", type=positive, default=50, metavar="N", help="50 by default")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print what was found, newest first; that nothing was found is no error."""
    query = " ".join(args.query)
    rows: list[ArticleRow] = []
    store = context.reading_store()
    if store is None and args.since:
        parse_since(args.since, context.now)
    if store is not None:
        with store:
            last = store.last_visit()
            since = parse_since(args.since, context.now, last) if args.since else None
            rows = search(store, query, ArticleFilter(since=since), limit=args.limit)
    if args.format == "json":
        results = [_to_json(row) for row in rows]
        context.out.json({"version": 1, "query": query, "results": results})
    else:
        for row in rows:
            _show(row, context)
    if not rows:
        context.out.say(f"Nothing found for '{query}'.")
    return 0


def _show(row: ArticleRow, context: Context) -> None:
    from briefing.export.rendering import web_address
    from briefing.export.wrap import wrap
    from briefing.wording import full_time

    out = context.out
    out.line(out.style(out.plain(row.title), "bold"))
    out.line(f"  {out.plain(row.source)}, {full_time(row.published, None)} {web_address(row.url)}")
    if row.snippet:
        for line in wrap(out.plain(row.snippet), min(out.width, 100), "  "):
            out.line(line)


def _to_json(row: ArticleRow) -> dict[str, object]:
    return {
        "id": row.id,
        "title": row.title,
        "source": row.source,
        "url": row.url,
        "published": time_to_json(row.published),
        "story": row.story_id,
        "snippet": row.snippet,
        "basis": row.basis.value,
    }
