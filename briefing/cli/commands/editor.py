"""``briefing editor``: the second editor looks at articles of the edition."""

import argparse
from argparse import Namespace
from collections.abc import Sequence

from briefing.cli.context import Context
from briefing.model import UsageError
from briefing.wording import format_count

EXAMPLES = (
    "briefing editor",
    "briefing refresh && briefing editor --all",
    "briefing editor --undo 5f2c9a1e",
)
_MOST_SHOWN = 5  # answers that could not be used; each is a line


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "articles", nargs="*", metavar="ARTICLE", help="only these, by the id that JSON shows"
    )
    parser.add_argument("--since", metavar="WHEN", help="of an edition since then, as for print")
    parser.add_argument("--all", action="store_true", help="below the line too")
    parser.add_argument("--undo", action="store_true", help="make their digests ours alone again")
    # What the reader asks for after a refresh: nothing where the editor is only to be asked by key.
    parser.add_argument("--queue", action="store_true", help=argparse.SUPPRESS)


def run(args: Namespace, context: Context) -> int:
    """Ask about one article after the other; 1 where answers could not be used."""
    from briefing.refresh import configured_editor, edit_articles, without_editor

    out, settings = context.out, context.settings
    if args.articles and (args.all or args.since or args.queue):
        raise UsageError("give articles, or an edition", "editor", "See `briefing editor --help`")
    if args.queue and (not settings.editor.is_set or settings.editor.when == "asked"):
        return 0
    if not args.undo:
        configured_editor(settings)
    with context.store() as store:
        if args.articles:
            chosen: Sequence[str] = args.articles
        else:
            from briefing.cli.edition_reading import asked_edition

            args.limit = args.category = None
            # What was above the line when it was asked about may be below it now.
            in_queue = args.queue and settings.editor.when == "all"
            args.all = args.all or args.undo or in_queue
            edition = asked_edition(args, context, store).edition
            chosen = [a.article_id for story in edition.stories for a in story.brief.articles]
        if args.undo:
            count = without_editor(store, settings, chosen)
            out.say(f"{format_count(count, 'digest')} made ours alone again.")
            return 0
        with out.progress() as progress:
            report = edit_articles(
                store,
                settings,
                chosen,
                asked=bool(args.articles),
                on_article=lambda done, total: progress.update("Asking", done, total),
            )
    for error in report.refused[:_MOST_SHOWN]:
        out.error(error)
    if len(report.refused) > _MOST_SHOWN:
        out.say(f"… and {len(report.refused) - _MOST_SHOWN} more that could not be used.")
    out.say(f"{format_count(report.edited, 'digest')} made with the second editor.")
    return 1 if report.refused else 0
