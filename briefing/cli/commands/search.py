"""``briefing search``: find articles by a query of the query language."""

import argparse
from collections.abc import Sequence

from briefing.cli.context import Context
from briefing.cli.options import add_list_format, positive
from briefing.cli.run import DONE
from briefing.cli.since import parse_since
from briefing.editions import did_you_mean, search
from briefing.model import ArticleFilter, Span
from briefing.model.codec import time_to_json
from briefing.model.tags import Tag
from briefing.query import Query, explained, parse_query
from briefing.store import FoundArticle

EXAMPLES = (
    "briefing search bridge",
    'briefing search "weight limit" --since 2w --limit 5',
    "briefing search 'title:ferry -toll outlets:>=3' --format json",
    "briefing search --explain '(vaccin OR is:starred) -title:toll'",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "query", nargs="+", metavar="QUERY", help='words, "a phrase", -without, field:value'
    )
    parser.add_argument("--since", metavar="WHEN", help="only articles published since then")
    parser.add_argument("--limit", type=positive, default=50, metavar="N", help="50 by default")
    parser.add_argument("--explain", action="store_true", help="how the query is read, no more")
    add_list_format(parser)


def run(args: argparse.Namespace, context: Context) -> int:
    """Print what was found, the best first; that nothing was found is no error."""
    text = " ".join(args.query)
    query = parse_query(text)
    if args.explain:
        return _explain(query, text, args.format, context)
    found, tags, suggestion = _found(args, query, context)
    if args.format != "text":
        results = [_to_json(each, tags[each.row.id]) for each in found]
        context.out.listed("results", results, lines=args.format == "jsonl", query=text)
    else:
        for each in found:
            _show(each, context)
    if not found:
        near = f" Did you mean: {suggestion}" if suggestion else ""
        context.out.say(f"Nothing found for '{text}'.{near}")
    return DONE


def _found(
    args: argparse.Namespace, query: Query, context: Context
) -> tuple[list[FoundArticle], dict[str, tuple[Tag, ...]], Query | None]:
    """What there is, with the tags of each article for JSON, or else what may have been meant."""
    store = context.reading_store()
    if store is None:
        if args.since:
            parse_since(args.since, context.now)
        return [], {}, None
    with store:
        last = store.last_visit()
        since = parse_since(args.since, context.now, last) if args.since else None
        chosen = ArticleFilter(since=since)
        found = search(store, query, chosen, limit=args.limit, now=context.now, last=last)
        tagged = found if args.format != "text" else ()
        tags = {each.row.id: store.article_tags(each.row.id) for each in tagged}
        return found, tags, None if found else did_you_mean(store, query)


def _explain(query: Query, text: str, form: str, context: Context) -> int:
    lines = explained(query)
    if form != "text":
        context.out.listed("explanation", lines, lines=form == "jsonl", query=text)
    else:
        context.out.text("\n".join(lines))
    return DONE


def _show(each: FoundArticle, context: Context) -> None:
    from briefing.export.rendering import web_address
    from briefing.export.wrap import wrap
    from briefing.wording import full_time

    out, row = context.out, each.row
    out.line(out.style(out.plain(row.title), "bold"))
    out.line(f"  {out.plain(row.source)}, {full_time(row.published, None)} {web_address(row.url)}")
    at = 0
    snippet = out.plain(row.snippet)
    spans = each.in_snippet if snippet == row.snippet else ()
    for line in wrap(snippet, min(out.width, 100), "  ") if snippet else ():
        words = line.strip()
        at = max(snippet.find(words, at), at)
        out.line("  " + _marked(words, at, spans, context))
        at += len(words)


def _marked(words: str, at: int, spans: Sequence[Span], context: Context) -> str:
    """A part of a snippet that begins ``at``, what was found in it standing out."""
    pieces, done = [], 0
    for span in spans:
        start, end = max(span.start - at, done), min(span.end - at, len(words))
        if start < end:
            pieces += [words[done:start], context.out.style(words[start:end], "yellow")]
            done = end
    return "".join([*pieces, words[done:]])


def _to_json(each: FoundArticle, tags: Sequence[Tag]) -> dict[str, object]:
    from briefing.export.formats.json import tags_to_json

    row = each.row
    return {
        "id": row.id,
        "title": row.title,
        "source": row.source,
        "url": row.url,
        "published": time_to_json(row.published),
        "story": row.story_id,
        "snippet": row.snippet,
        "basis": row.basis.value,
        "tags": tags_to_json(tags),
        "title_spans": [list(span) for span in each.in_title],
        "snippet_spans": [list(span) for span in each.in_snippet],
    }
