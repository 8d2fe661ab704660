"""``briefing hooks``: the hooks of the configuration, and what one does with a story or article."""

import argparse
from typing import TYPE_CHECKING

from briefing.cli.context import NO_FEEDS, Context
from briefing.cli.options import add_list_format
from briefing.cli.output import columns, join
from briefing.cli.parser import subcommand
from briefing.cli.run import DONE, IN_PART
from briefing.config import HookSettings
from briefing.model import BriefingError, StoreError, UsageError

if TYPE_CHECKING:
    from briefing.hooks import Answer, Subject
    from briefing.store import ReadingStore

EXAMPLES = ("briefing hooks list", "briefing hooks test notes 17")
_NO_HOOKS = "There are no hooks. Write [[hooks]] into the configuration: see docs/hooks.md."
_ARTICLE = "article-"
_MOST_SHOWN = 20_000  # characters of an answer


def configure(parser: argparse.ArgumentParser) -> None:
    """The commands below the command."""
    group = parser.add_subparsers(metavar="WHAT", title="what", required=True, dest="what")
    listing = subcommand(group, "list", "when each hook runs what", "briefing hooks list")
    add_list_format(listing)
    trial = subcommand(
        group,
        "test",
        "run a hook for a story or an article, and show what it answers",
        "briefing hooks test notes 17",
        "briefing hooks test notes article-230 --dry-run",
    )
    trial.add_argument("name", metavar="NAME", help="of the hook, as `hooks list` shows it")
    trial.add_argument("id", metavar="STORY|ARTICLE", help="17 is a story, article-230 an article")
    trial.add_argument("--dry-run", action="store_true", help="show what would be run, no more")
    trial.add_argument("--format", choices=("text", "json"), default="text")
    # What the reader asks for when a story is starred or opened.
    waiting = group.add_parser("run")
    waiting.set_defaults(what="run")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do the one asked for."""
    if args.what == "list":
        return _list(args, context)
    return _test(args, context) if args.what == "test" else _run(context)


# ── list ─────────────────────────────────────────────────────────────────────────────────────


def _list(args: argparse.Namespace, context: Context) -> int:
    hooks = context.settings.hooks
    found = [_to_json(hook) for hook in hooks]
    if args.format != "text":
        context.out.listed("hooks", found, lines=args.format == "jsonl")
        return DONE
    if not hooks:
        context.out.say(_NO_HOOKS)
    for line in columns([(h.known_as, h.on, _command(h.run), h.when) for h in hooks]):
        context.out.line(line)
    return DONE


def _to_json(hook: HookSettings) -> dict[str, object]:
    return {
        "id": hook.known_as,
        "on": hook.on,
        "when": hook.when,
        "run": list(hook.run),
        "seconds": hook.seconds,
        "max_mb": hook.max_mb,
    }


def _command(words: tuple[str, ...]) -> str:
    from briefing.ingest.programs import command_line

    return command_line(words)


# ── test ─────────────────────────────────────────────────────────────────────────────────────


def _test(args: argparse.Namespace, context: Context) -> int:
    """Raises UsageError where there is no such hook, StoreError where nothing has that id."""
    from briefing.hooks import call_hook
    from briefing.refresh.stopping import run_to_end

    hook = _named(args.name, context)
    event = "rule" if hook.on == "refresh" else hook.on
    with _store(context) as store:
        subject = _subject(store, args.id, context)
    _show_call(hook, subject, event, args, context)
    if args.dry_run:
        return DONE
    answer = run_to_end(call_hook(hook, subject, event))
    if args.format == "json":
        context.out.json({"version": 1, **_call_json(hook, subject, event), **_answer_json(answer)})
    else:
        _show_answer(answer, context)
    return DONE if answer.fault is None else IN_PART


def _named(name: str, context: Context) -> HookSettings:
    hooks = {hook.known_as: hook for hook in context.settings.hooks}
    if name in hooks:
        return hooks[name]
    mend = f"There are {join(hooks)}." if hooks else _NO_HOOKS
    raise UsageError(f"there is no hook '{name}'", "hooks test", mend)


def _store(context: Context) -> "ReadingStore":
    store = context.reading_store()
    if store is None:
        raise StoreError("there is no story yet", "", NO_FEEDS)
    return store


def _subject(store: "ReadingStore", name: str, context: Context) -> "Subject":
    from briefing.hooks import article_subject, story_subject

    if name.startswith(_ARTICLE):
        return article_subject(store, name.removeprefix(_ARTICLE))
    return story_subject(store, name, context.now)


def _show_call(
    hook: HookSettings, subject: "Subject", event: str, args: argparse.Namespace, context: Context
) -> None:
    if args.format == "json":
        if args.dry_run:
            context.out.json({"version": 1, **_call_json(hook, subject, event)})
        return
    from briefing.hooks import hook_command

    out = context.out
    out.say(f"runs: {_command(hook_command(hook, subject, event))}")
    out.say(f"given: {len(subject.json):,} bytes of JSON, the {subject.kind} “{subject.title}”")
    if args.dry_run:
        out.document(subject.json.decode())


def _call_json(hook: HookSettings, subject: "Subject", event: str) -> dict[str, object]:
    from briefing.hooks import hook_command

    return {
        "hook": hook.known_as,
        "run": list(hook_command(hook, subject, event)),
        "environment": subject.environment(hook.known_as, event),
        "input": dict(subject.document),
    }


def _answer_json(answer: "Answer") -> dict[str, object]:
    return {
        "code": answer.code,
        "seconds": round(answer.seconds, 3),
        "output": answer.output.decode("utf-8", "replace"),
        "failure": None if answer.fault is None else answer.fault.what,
    }


def _show_answer(answer: "Answer", context: Context) -> None:
    written = answer.output.decode("utf-8", "replace")
    if written:
        context.out.document(written[:_MOST_SHOWN].removesuffix("\n") + "\n")
    if len(written) > _MOST_SHOWN:
        context.out.say(f"… and {len(written) - _MOST_SHOWN:,} characters more")
    if answer.fault is not None:
        context.out.error(answer.fault)
    else:
        context.out.say(f"ended with 0 after {answer.seconds:.1f} s")


# ── run ──────────────────────────────────────────────────────────────────────────────────────


def _run(context: Context) -> int:
    from briefing.hooks import run_waiting
    from briefing.refresh.stopping import run_to_end

    with context.store() as store:
        report = run_to_end(run_waiting(store, context.settings, context.now))
    return say_faults(report.faults, context)


def say_faults(faults: tuple[BriefingError, ...], context: Context) -> int:
    """Tell of hooks that failed; the exit code."""
    for fault in faults:
        context.out.error(fault)
    return IN_PART if faults else DONE
