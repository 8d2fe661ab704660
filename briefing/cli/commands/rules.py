"""``briefing rules``: what the rules of the configuration do, and what they would have done."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from briefing.cli.context import Context
from briefing.cli.options import add_list_format, positive
from briefing.cli.output import columns
from briefing.cli.parser import subcommand
from briefing.cli.since import parse_since
from briefing.editions.rules import RuleTrial, try_rule
from briefing.model import BriefingError, Span, UsageError
from briefing.model.codec import time_to_json
from briefing.model.rules import Rule, RuleAction, contradictions
from briefing.query import parse_query
from briefing.store import FoundArticle
from briefing.text.clean import strip_controls
from briefing.text.credentials import strip_credentials

EXAMPLES = ("briefing rules list", "briefing rules test 'title:horoscope' --since 2w")
_SINCE = timedelta(weeks=2)
_NO_RULES = "There are no rules. Write [[rules]] into the configuration: see docs/rules.md."


def configure(parser: argparse.ArgumentParser) -> None:
    """The commands below the command."""
    group = parser.add_subparsers(metavar="WHAT", title="what", required=True, dest="what")
    listing = subcommand(group, "list", "what each rule does, and has done", "briefing rules list")
    trial = subcommand(
        group,
        "test",
        "what rules would have done; nothing is changed",
        "briefing rules test 'title:horoscope OR title:lottery'",
        "briefing rules test --rule 'no horoscopes' --since 2w",
    )
    trial.add_argument("query", nargs="*", metavar="QUERY", help="a query instead of the rules'")
    trial.add_argument("--rule", metavar="NAME", help="only the rule of this name")
    trial.add_argument("--limit", type=positive, default=10, metavar="N", help="articles shown")
    for each in (listing, trial):
        each.add_argument("--since", metavar="WHEN", help="of articles since then; 2w by default")
        add_list_format(each)


def run(args: argparse.Namespace, context: Context) -> int:
    """Do the one asked for. That a rule finds nothing is no error."""
    return _list(args, context) if args.what == "list" else _test(args, context)


# ── list ─────────────────────────────────────────────────────────────────────────────────────


def _list(args: argparse.Namespace, context: Context) -> int:
    rules = context.settings.reading_rules
    done: dict[str, dict[str, int]] = {}
    faults: dict[str, tuple[str, str]] = {}
    store = context.reading_store()
    if store is None:
        since = _since(args, context, None)
    else:
        with store:
            since = _since(args, context, store.last_visit())
            for tally in store.rule_tallies(since):
                done.setdefault(tally.rule, {})[tally.source] = tally.articles
            faults = store.rule_faults()
    off = {r.name: faults[r.name][1] for r in rules if faults.get(r.name, ("",))[0] == r.version}
    if args.format != "text":
        listed = [_rule_json(r, done.get(r.name, {}), off.get(r.name)) for r in rules]
        is_lines = args.format == "jsonl"
        context.out.listed("rules", listed, lines=is_lines, since=time_to_json(since))
        return 0
    if not rules:
        context.out.say(_NO_RULES)
    rows = [(r.name, _did(done.get(r.name, {})), _does(r), r.when) for r in rules]
    for line in columns(rows):
        context.out.line(line)
    for name, problem in off.items():
        context.out.warn(f"“{name}”: {problem}")
    for pair in contradictions(rules):
        context.out.say(
            f"“{pair.first}” and “{pair.second}” contradict each other: of an article that both"
            f" find, “{pair.first}” decides."
        )
    return 0


def _does(rule: Rule) -> str:
    where = f" in {', '.join(rule.feeds)}" if rule.feeds else ""
    keep = " all but" if rule.keep else ""
    return f"{', '.join(map(str, rule.actions))}{where}{keep}"


def _did(by_feed: Mapping[str, int]) -> str:
    total = sum(by_feed.values())
    return f"{total:,} of {len(by_feed)} feed{'' if len(by_feed) == 1 else 's'}" if total else "0"


def _rule_json(rule: Rule, by_feed: Mapping[str, int], off: str | None) -> dict[str, object]:
    return {
        "id": rule.name,
        "name": rule.name,
        "when": rule.when,
        "do": [str(action) for action in rule.actions],
        "feeds": list(rule.feeds),
        "keep": rule.keep,
        "articles": sum(by_feed.values()),
        "by_feed": dict(by_feed),
        "switched_off": off,
    }


# ── test ─────────────────────────────────────────────────────────────────────────────────────


def _test(args: argparse.Namespace, context: Context) -> int:
    rules = _chosen(args, context)
    store = context.reading_store()
    trials: list[RuleTrial] = []
    faults: list[BriefingError] = []
    if store is None:
        since = _since(args, context, None)
        context.out.say("There are no articles yet. Run `briefing refresh`.")
    else:
        with store:
            since = _since(args, context, store.last_visit())
            for rule in rules:
                try:
                    trials.append(try_rule(store, rule, since, context.now))
                except BriefingError as error:
                    if len(rules) == 1:
                        raise
                    faults.append(error)
                    context.out.warn(f"rule “{rule.name}”: {error}")
    if args.format != "text":
        tried = [_trial_json(trial) for trial in trials]
        is_lines = args.format == "jsonl"
        context.out.listed("rules", tried, lines=is_lines, since=time_to_json(since))
    else:
        for trial in trials:
            _show(trial, args.limit, context)
    return 1 if faults else 0


def _chosen(args: argparse.Namespace, context: Context) -> Sequence[Rule]:
    query = " ".join(args.query)
    if query and args.rule:
        raise UsageError("a query and --rule were given", "--rule", "Give one of them.")
    if query:
        parse_query(query)  # what is wrong with it is told even where there is no store
        return (Rule(query, query, (RuleAction("mute"),)),)
    rules = context.settings.reading_rules
    if args.rule:
        named = [rule for rule in rules if rule.name.casefold() == args.rule.casefold()]
        if not named:
            import difflib

            near = difflib.get_close_matches(args.rule, [r.name for r in rules], n=1, cutoff=0.5)
            mend = f"Did you mean '{near[0]}'?" if near else "`briefing rules list` shows them."
            raise UsageError(f"there is no rule '{args.rule}'", "--rule", mend)
        return named
    if not rules:
        context.out.say(_NO_RULES)
    return rules


def _since(args: argparse.Namespace, context: Context, last: datetime | None) -> datetime:
    return parse_since(args.since, context.now, last) if args.since else context.now - _SINCE


def _show(trial: RuleTrial, limit: int, context: Context) -> None:
    out, rule = context.out, trial.rule
    head = f"{rule.name}: {len(trial.caught):,} of {trial.looked_at:,} articles"
    out.line(out.style(out.plain(head), "bold"))
    for line in columns([(f"{count:,}", feed) for feed, count in trial.by_feed.items()]):
        out.line(f"  {line}")
    for caught in trial.caught[:limit]:
        row = caught.row
        out.line(f"  {_marked(row.title, caught.in_title, context)}  ({out.plain(row.source)})")
        if caught.in_snippet and not caught.in_title:
            out.line(f"      {_marked(row.snippet, caught.in_snippet, context)}")
    if len(trial.caught) > limit:
        out.line(f"  … and {len(trial.caught) - limit:,} more")


def _marked(text: str, spans: Sequence[Span], context: Context) -> str:
    """The text with what was found in it bold, or between brackets where nothing can be bold."""
    out = context.out
    parts, at = [], 0
    for span in spans:
        word = _clean(text[span.start : span.end])
        bold = out.style(word, "bold")
        parts += [_clean(text[at : span.start]), bold if bold != word else f"[{word}]"]
        at = span.end
    return "".join([*parts, _clean(text[at:])])


def _clean(part: str) -> str:
    """A part of a line, its spaces kept."""
    return strip_credentials(strip_controls(part).replace("\n", " "))


def _trial_json(trial: RuleTrial) -> dict[str, object]:
    rule = trial.rule
    return {
        "id": rule.name,
        "name": rule.name,
        "when": rule.when,
        "do": [str(action) for action in rule.actions],
        "articles": len(trial.caught),
        "looked_at": trial.looked_at,
        "by_feed": dict(trial.by_feed),
        "found": [_caught_json(caught) for caught in trial.caught],
    }


def _caught_json(caught: FoundArticle) -> dict[str, object]:
    row = caught.row
    return {
        "id": row.id,
        "title": row.title,
        "source": row.source,
        "published": time_to_json(row.published),
        "story": row.story_id,
        "in_title": [[span.start, span.end] for span in caught.in_title],
        "snippet": row.snippet,
        "in_snippet": [[span.start, span.end] for span in caught.in_snippet],
    }
