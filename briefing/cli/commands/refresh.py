"""``briefing refresh``: fetch what is due, store, digest, link."""

import argparse
import os
from typing import TYPE_CHECKING

from briefing.cli.context import Context, feed_named
from briefing.cli.output import WIDEST_COLUMN, Output, Progress
from briefing.model import BriefingError, FetchError, StoreError
from briefing.text.clean import shortened
from briefing.wording import format_count

if TYPE_CHECKING:
    from briefing.hooks import HookReport
    from briefing.refresh import Event, OnEvent, RefreshReport
    from briefing.store import Store

EXAMPLES = (
    "briefing refresh",
    'briefing refresh --feed "Coast Courier" --force',
    "briefing refresh --format json >report.json",
)

_OF_A_HOOK = "BRIEFING_HOOK"  # a variable that every hook has
_MOST_FAULTS = 20  # of single articles; each is a line
_FETCHING = "Fetching feeds"
_STAGES = {
    "extract": "Reading articles",
    "digest": "Digesting",
    "link": "Telling stories",
    "judge": "Judging",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--feed",
        action="append",
        metavar="NAME|URL",
        help="only this feed, due or not; may be given again",
    )
    parser.add_argument(
        "--force", action="store_true", help="all feeds, due or not, and read them anew"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="of the report")
    # What the reader asks for when it runs this command beside itself.
    parser.add_argument("--events", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--manual", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--judge", action="append", metavar="ARTICLE", help=argparse.SUPPRESS)
    parser.add_argument("--low-priority", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace, context: Context) -> int:
    """Refresh; 1 where feeds failed, 3 where there is no network."""
    from briefing.refresh import HooksDone, RefreshOptions, judge_articles, refresh

    out, settings = context.out, context.settings
    if args.judge:
        with context.store() as store:
            judge_articles(store, settings, args.judge)
        return 0
    with context.store() as store:
        chosen = None
        if args.feed:
            named = (feed_named(store, name) for name in args.feed)
            chosen = tuple({feed.id: feed for feed in named}.values())
        elif not store.has_feeds():
            out.say("No feeds yet. Add one with `briefing feeds add ADDRESS`.")
        served = len(store.served_feeds())
        has_hooks = _begin_hooks(store, context)
        with out.progress() as progress:
            report = refresh(
                store,
                settings,
                RefreshOptions(
                    feeds=chosen,
                    force=args.force,
                    manual=args.manual,
                    low_priority=args.low_priority,
                ),
                on_event=_json_lines(out) if args.events else _told(out, progress),
            )
        hooks = _run_hooks(store, context, report) if has_hooks else None
    if args.events:
        if hooks is not None:
            out.json(HooksDone(hooks.problems).to_json(), lines=True)
    elif args.format == "json":
        told = {} if hooks is None else {"hooks": hooks.to_json()}
        out.json({"version": 1, **report.to_json(), **told})
    _summarise(report, out, by_name=bool(args.feed), named=not args.events, served=served)
    if hooks is not None and not args.events:
        _summarise_hooks(hooks, out)
    code = _code(report, alone=bool(args.feed) and chosen is not None and len(chosen) == 1)
    return code or int(hooks is not None and bool(hooks.faults))


def _begin_hooks(store: "Store", context: Context) -> bool:
    """Whether programs of the person's own are run after the refresh. One that is run by such a
    program runs none: they would go on for ever. One that ignores the configuration leaves what is
    new to the next."""
    if context.ignore_config or _OF_A_HOOK in os.environ:
        return False
    settings = context.settings
    if not (settings.hooks or store.watches_for_hooks()):
        return False
    from briefing.hooks import begin_round

    return begin_round(store, settings)


def _run_hooks(store: "Store", context: Context, report: "RefreshReport") -> "HookReport":
    from briefing.hooks import HookReport, run_round
    from briefing.refresh.stopping import run_to_end

    try:
        return run_to_end(run_round(store, context.settings, report.to_json(), context.now))
    except StoreError as error:  # the refresh was well all the same
        return HookReport(faults=(error,))


def _summarise_hooks(hooks: "HookReport", out: Output) -> None:
    for fault in hooks.faults:
        out.error(fault)
    if hooks.not_told is not None:  # the refresh was well all the same
        out.warn(str(hooks.not_told))
    if hooks.waiting:
        calls = format_count(hooks.waiting, "call")
        out.say(f"{calls} of hooks wait for the next refresh.")


def _told(out: Output, progress: Progress) -> "OnEvent":
    """Progress for people: a bar on a terminal, a line a feed elsewhere."""
    from briefing.refresh import FeedDone, StageProgress, Started

    counts = {"feeds": 0, "done": 0}

    def tell(event: "Event") -> None:
        match event:
            case Started(feeds=feeds):
                counts["feeds"] = feeds
            case FeedDone():
                counts["done"] += 1
                progress.update(_FETCHING, counts["done"], counts["feeds"])
                if event.waits_for == "server":
                    out.say(f"{event.feed_title}: not asked, its server is left alone for now")
                elif not (out.has_bar or event.error or event.waits_for):
                    out.say(_feed_line(event.feed_title, event.new, event.not_modified))
            case StageProgress(stage=stage, done=done, total=total):
                progress.update(_STAGES.get(stage, stage.capitalize()), done, total)

    return tell


def _feed_line(title: str, new: int, not_modified: bool) -> str:
    title = shortened(title, WIDEST_COLUMN)
    return f"{title}: {'unchanged' if not_modified else f'{new} new' if new else 'nothing new'}"


def _json_lines(out: Output) -> "OnEvent":
    """Progress for a program: an event a line."""
    return lambda event: out.json(event.to_json(), lines=True)


def _summarise(
    report: "RefreshReport", out: Output, *, by_name: bool, named: bool, served: int
) -> None:
    if report.offline:
        return
    if named:
        for title, url, error in report.failures:
            out.error(BriefingError(error.what, f"{title} ({url})", error.mend))
        for fault in report.faults[:_MOST_FAULTS]:
            out.error(fault)
        if len(report.faults) > _MOST_FAULTS:
            out.say(f"… and {len(report.faults) - _MOST_FAULTS} more articles that failed.")
    if not (report.feeds or report.failures) and named:
        out.say(
            "Fetched less than a minute ago. `--force` fetches again."
            if by_name
            else f"No feed is due yet; those of the sync server ({served}) come by `briefing sync`."
            if served
            else "No feed is due yet. `--force` fetches all of them now."
        )
    if report.no_page:
        pages = format_count(report.no_page, "page")
        out.say(
            f"{pages} could not be had now (such as: {report.no_page_why}). The feeds' summaries"
            " stand in; the next refresh asks again."
        )
    if report.feeds or report.digested or report.stories:
        out.say(
            f"Feeds fetched: {report.fetched} of {report.feeds}. New articles:"
            f" {report.new_articles}, digested: {report.digested}. Stories told: {report.stories}."
        )


def _code(report: "RefreshReport", *, alone: bool) -> int:
    if report.offline:
        raise FetchError(
            "there is no network", "refresh", "What was stored is all there", offline=True
        )
    if not report.failures:
        return 1 if report.faults else 0
    error = report.failures[0][2]
    gone = isinstance(error, FetchError) and error.status in (404, 410)
    return 3 if alone and gone else 1
