"""``briefing sync``: feeds and marks in step with a server that is there already."""

import argparse
import shlex
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.cli.context import Context
from briefing.cli.output import Output, columns
from briefing.cli.parser import subcommand
from briefing.config import SyncSettings, config_path, set_sync
from briefing.model import UsageError
from briefing.model.codec import time_to_json
from briefing.wording import format_count
from briefing.wording.syncs import done_in_sync, marks_wait
from briefing.wording.times import full_time

if TYPE_CHECKING:
    from briefing.store import SyncServer
    from briefing.sync import Probe, SyncReport

EXAMPLES = (
    "briefing sync setup miniflux https://reader.example --user ann --keyring",
    "briefing sync now && briefing refresh",
    "briefing sync status",
)
_KINDS = ("miniflux", "greader", "fever")
_CALLED = {"miniflux": "Miniflux", "greader": "the Google Reader API", "fever": "the Fever API"}
_STAGES = {"entries": "Taking entries", "marks": "Sending marks", "feeds": "Sending feeds"}


def configure(parser: argparse.ArgumentParser) -> None:
    """The commands below the command; ``now`` where none is given."""
    group = parser.add_subparsers(metavar="WHAT", title="what", dest="what")
    setup = subcommand(
        group,
        "setup",
        "try the server, and write it into the configuration",
        "briefing sync setup miniflux https://reader.example --user ann --keyring",
        "briefing sync setup greader https://rss.example/api/greader.php --user ann"
        " --password-command 'pass show rss'",
        "briefing sync setup --anew",
    )
    setup.add_argument("kind", nargs="?", choices=_KINDS, metavar="KIND", help=", ".join(_KINDS))
    setup.add_argument("url", nargs="?", metavar="URL", help="where the server stands")
    setup.add_argument(
        "--user", metavar="NAME", help="your name there; none: the password is a Miniflux token"
    )
    setup.add_argument(
        "--password-command", metavar="COMMAND", help="what writes the password or token"
    )
    setup.add_argument(
        "--keyring",
        action="store_true",
        help="ask for the password now, and keep it in the system's keyring",
    )
    setup.add_argument(
        "--feeds", choices=("both", "server", "local"), help="whose feeds are followed"
    )
    setup.add_argument("--entries", choices=("server", "fetched"), help="where entries come from")
    setup.add_argument(
        "--local", action="append", metavar="NAME", help="a feed that the server never hears of"
    )
    setup.add_argument(
        "--anew",
        action="store_true",
        help="forget the server of before; feeds, articles and marks stay, and are sent to it",
    )
    now = subcommand(group, "now", "do it; without a command, too", "briefing sync now")
    now.add_argument(
        "--force", action="store_true", help="also where the server asked to be left alone"
    )
    status = subcommand(
        group, "status", "which server, when, and what waits", "briefing sync status --format json"
    )
    for each in (now, status):
        each.add_argument("--format", choices=("text", "json"), default="text")


def run(args: argparse.Namespace, context: Context) -> int:
    """Do the one asked for."""
    match args.what:
        case "setup":
            return _setup(args, context)
        case "status":
            return _status(args, context)
        case _:
            return _now(args, context)


# ── setup ────────────────────────────────────────────────────────────────────────────────────


def _setup(args: argparse.Namespace, context: Context) -> int:
    from briefing.refresh.stopping import run_to_end
    from briefing.sync import check, keep_password, probe

    settings = _given(args, context.settings.sync)
    password = None
    if args.keyring or not settings.password_command:
        settings = replace(settings, keyring=True, password_command=())
        check(settings)
        password = _typed_password(settings)
    check(settings)
    with context.store() as store:
        seen = run_to_end(probe(settings, context.settings.fetch, store.feeds(), password))
        bound = store.sync_server()
        if (
            bound
            and not args.anew
            and (bound.kind, bound.account)
            != (
                settings.kind,
                seen.identity.account,
            )
        ):
            raise UsageError(
                f"this store is in step with the account {bound.account} of {bound.url}",
                "sync setup",
                "--anew forgets that server; feeds, articles and marks stay",
            )
        if password is not None:
            keep_password(settings, password)
        set_sync(config_path(), settings)
        if args.anew:
            store.forget_sync()
    _tell_probe(context.out, settings, seen)
    return 0


def _given(args: argparse.Namespace, before: SyncSettings) -> SyncSettings:
    """The settings of before with what was given."""
    if args.kind is None and before.kind == "off":
        raise UsageError("which server?", "sync setup", EXAMPLES[0])
    if args.kind is not None and args.url is None:
        raise UsageError("the server's address is missing", "sync setup", EXAMPLES[0])
    if args.kind is not None:
        before = replace(SyncSettings(), kind=args.kind, url=args.url)
    given = {
        name: value
        for name in ("user", "feeds", "entries")
        if (value := getattr(args, name)) is not None
    }
    after = replace(before, **given)
    if args.local is not None:
        after = replace(after, local=tuple(args.local))
    if args.password_command is not None:
        try:
            command = tuple(shlex.split(args.password_command))
        except ValueError as error:
            raise UsageError(f"it cannot be read ({error})", "--password-command") from None
        after = replace(after, password_command=command, keyring=False)
    return after


def _typed_password(settings: SyncSettings) -> str:
    """The password as it is typed, unseen; from a pipe its first line."""
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        from getpass import getpass

        whose = f"Password of {settings.user}: " if settings.user else "Token: "
        password = getpass(whose)
    if not password:
        raise UsageError(
            "there is no password", "sync setup", "Type it, or give --password-command COMMAND"
        )
    return password


def _tell_probe(out: Output, settings: SyncSettings, seen: "Probe") -> None:
    version = f" {seen.identity.version}" if seen.identity.version else ""
    out.say(
        f"Logged in to {_CALLED[settings.kind]}{version} at {settings.url}:"
        f" {format_count(seen.there, 'feed')}. Written into {config_path()}."
    )
    if settings.feeds != "local" and seen.new_here:
        out.say(f"The first sync brings {format_count(seen.new_here, 'feed')} of the server here.")
    if settings.feeds == "both" and seen.new_there:
        if seen.edits_feeds:
            out.say(
                f"It lets the server follow up to {format_count(seen.new_there, 'feed')} of yours;"
                " `--feeds server` keeps them to yourself."
            )
        else:
            out.say(
                f"{format_count(seen.new_there, 'feed')} of yours stay here alone: this protocol"
                " cannot follow feeds."
            )
    out.say("`briefing sync now` begins.")


# ── now ──────────────────────────────────────────────────────────────────────────────────────


def _now(args: argparse.Namespace, context: Context) -> int:
    from briefing.refresh.stopping import run_to_end
    from briefing.sync import check, sync_async

    out, settings = context.out, context.settings
    check(settings.sync)
    force = getattr(args, "force", False)
    with context.store() as store, out.progress() as progress:
        report = run_to_end(
            sync_async(
                store,
                settings,
                on_progress=lambda stage, done: progress.update(_STAGES[stage], done, done),
                force=force,
            )
        )
    if getattr(args, "format", "text") == "json":
        out.json({"version": 1, **report.to_json()})
    _tell(report, out)
    return 1 if report.problem or report.feeds_refused else 0


def _tell(report: "SyncReport", out: Output) -> None:
    for note in report.notes:
        out.say(note)
    done = done_in_sync(report.counts)
    if report.problem is not None:
        out.error(report.problem)
        out.say(f"Done before that: {done}. {_waits(report.waiting)}")
    else:
        out.say(f"In step with {report.server}: {done or 'nothing new'}.")
        if report.new_articles:
            out.say("`briefing refresh` digests what came.")


def _waits(number: int) -> str:
    return f"{marks_wait(number)} for the server." if number else "No mark waits."


# ── status ───────────────────────────────────────────────────────────────────────────────────


def _status(args: argparse.Namespace, context: Context) -> int:
    settings = context.settings.sync
    store = context.reading_store()
    bound, outbox, feeds = None, (0, 0), []
    if store is not None:
        with store:
            bound, outbox, feeds = store.sync_server(), store.outbox_counts(), store.sync_feeds()
    linked = sum(f.feed_id is not None and not f.is_gone for f in feeds)
    if args.format == "json":
        context.out.json(
            {
                "version": 1,
                "kind": settings.kind,
                "url": settings.url or None,
                "user": settings.user or None,
                "server_version": bound.version or None if bound else None,
                "synced_at": time_to_json(bound.synced_at) if bound and bound.synced_at else None,
                "tried_at": time_to_json(bound.tried_at) if bound and bound.tried_at else None,
                "problem": bound.problem or None if bound else None,
                "feeds": linked,
                "marks_waiting": outbox[0],
                "marks_unmatched": outbox[1],
            }
        )
    elif settings.kind == "off":
        context.out.say("No sync server is set up. `briefing sync setup KIND URL` does so.")
    else:
        for line in columns(_facts(settings, bound, linked, outbox)):
            context.out.text(line)
    return 1 if bound is not None and bound.problem and settings.kind != "off" else 0


def _facts(
    settings: SyncSettings, bound: "SyncServer | None", linked: int, outbox: tuple[int, int]
) -> list[tuple[str, str]]:
    version = f" {bound.version}" if bound and bound.version else ""
    whose = f" as {settings.user}" if settings.user else ""
    last = bound.synced_at if bound else None
    facts = [
        ("server", f"{_CALLED[settings.kind]}{version} at {settings.url}{whose}"),
        ("last in step", full_time(last, None) if last else "never; `briefing sync now` begins"),
        ("feeds", f"{linked:,} in step; entries come from the {_SOURCE[settings.entries]}"),
        ("waiting", _waits(outbox[0])),
    ]
    if outbox[1]:
        facts.append(
            ("kept here", f"{format_count(outbox[1], 'mark')} of articles that it does not have")
        )
    if bound is not None and bound.problem:
        tried = full_time(bound.tried_at, None) if bound.tried_at else ""
        facts.append(("problem", f"{tried}: {bound.problem}"))
    if bound is not None and bound.retry_at is not None:
        facts.append(("left alone until", full_time(bound.retry_at, None)))
    return facts


_SOURCE = {"server": "server", "fetched": "feeds themselves"}
