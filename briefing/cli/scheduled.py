"""What runs at set times: sync, refresh, the second editor, export, mail; one run at a time."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from briefing.cli.context import Context
from briefing.cli.run import DONE, IN_PART, INTERRUPTED, NOTHING_DONE
from briefing.cli.run import run as run_command
from briefing.config import folders, opened_private, private_folder, replace_private
from briefing.config.locking import try_lock
from briefing.ingest.programs import expanded
from briefing.model import BriefingError, StoreError
from briefing.model.codec import time_to_json
from briefing.model.writing import refuse_where_read_only

_SECONDS = 120.0  # that a mail may take
_MORE_PATHS = "/usr/local/bin:/usr/sbin:/usr/local/sbin"
"""Where sendmail often is, and a timer does not look."""


def run_scheduled(context: Context) -> int:
    """Do what the configuration asks for, step by step; the worst of their exit codes. Another run
    that is at work is left to it: that is said, and is well. Raises StoreError where nothing can be
    kept of it, BriefingError where nothing may be written.
    """
    refuse_where_read_only("nothing is fetched, written or mailed", "schedule run")
    with _alone() as is_alone:
        if not is_alone:
            context.out.say("Another scheduled run is at work; it does what is to be done.")
            return DONE
        began = datetime.now(UTC)
        steps: dict[str, int] = {}
        for name, step in _steps(context):
            steps[name] = step()
            if steps[name] == INTERRUPTED:
                break
        code = max(steps.values())
        _keep({"began": time_to_json(began), "code": code, "steps": steps})
        return code


def last_run() -> dict[str, Any] | None:
    """When the last run began, its exit code, and that of each step; None where there was none."""
    try:
        kept = json.loads(_path("json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return kept if isinstance(kept, dict) else None


def _steps(context: Context) -> Iterator[tuple[str, Callable[[], int]]]:
    """What is done, in this order, whatever becomes of the others; each gives its exit code."""
    settings = context.settings
    ignore = ["--ignore-config"] if context.ignore_config else []

    def command(*words: str) -> tuple[str, Callable[[], int]]:
        return words[0], partial(run_command, [*words, *ignore])

    if settings.sync.kind != "off":
        yield command("sync", "now")
    yield command("refresh")
    if settings.editor.is_set and settings.editor.when != "asked":
        yield command("editor", "--queue")
    if settings.schedule.export:
        yield command("export", *map(expanded, settings.schedule.export))
    if settings.schedule.mail:
        yield "mail", partial(_mail, context, ignore)


# ── The mail ─────────────────────────────────────────────────────────────────────────────────


def _mail(context: Context, ignore: Sequence[str]) -> int:
    """Give the edition to the mail command; where it has no story, none is sent."""
    settings = context.settings.schedule
    if not _has_stories(context):
        context.out.say("There is nothing new to be mailed.")
        return DONE
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        file = Path(folder) / "edition.eml"
        to = [f"--to={each}" for each in settings.mail_to]
        sender = [f"--from={settings.mail_from}"] if settings.mail_from else []
        words = ["export", "edition", "--format=eml", f"--output={file}", *to, *sender, *ignore]
        code = run_command(words)
        if code not in (DONE, IN_PART):
            return code
        fault = _sent(settings.mail, file.read_bytes())
    if fault is not None:
        context.out.error(fault)
        return NOTHING_DONE
    return code


def _has_stories(context: Context) -> bool:
    from briefing.editions import edition_window, read_edition

    store = context.reading_store()
    if store is None:
        return False
    with store:
        window = edition_window(store, context.settings.edition, context.now)
        return bool(read_edition(store, window, line=1, limit=1).edition.stories)


def _sent(command: Sequence[str], mail: bytes) -> BriefingError | None:
    from briefing.hooks.calling import MEGABYTE, call_program
    from briefing.refresh.stopping import run_to_end

    paths = f"{os.environ.get('PATH', os.defpath)}:{_MORE_PATHS}"
    sending = call_program(
        command, mail, "the mail", seconds=_SECONDS, limit=MEGABYTE, own={"PATH": paths}
    )
    return run_to_end(sending).fault


# ── One at a time, and what is kept ──────────────────────────────────────────────────────────


def _path(suffix: str) -> Path:
    return folders().data / f"schedule.{suffix}"


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other run is at work. The lock goes with the process; its file stays."""
    path = _path("lock")
    try:
        private_folder(path.parent)
        file = os.fdopen(opened_private(str(path), os.O_CREAT | os.O_RDWR), "r+b")
    except OSError as error:
        raise StoreError(f"it cannot be written ({error.strerror or error})", str(path)) from error
    with file:
        yield try_lock(file)


def _keep(report: dict[str, object]) -> None:
    with suppress(OSError):  # the run was well all the same
        replace_private(_path("json"), json.dumps(report))
