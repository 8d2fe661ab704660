"""One notification after a refresh, for all that is new and matters."""

import logging
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.config import NotifySettings, Settings
from briefing.hooks.calling import MEGABYTE, Answer, call_program, filled
from briefing.hooks.subjects import Subject, article_subject, story_subject
from briefing.model import BriefingError, StoreError
from briefing.model.hooks import NOTIFICATION
from briefing.wording import format_count

if TYPE_CHECKING:
    from briefing.store import Store

_log = logging.getLogger(__name__)

_NAMED = 5  # headlines of a notification
_GIVEN = 50  # stories in its JSON
_SECONDS = 10.0
_BUS = "DBUS_SESSION_BUS_ADDRESS"


def notifies(settings: Settings) -> bool:
    """Whether there are to be notifications."""
    notify = settings.notify
    rules = settings.reading_rules
    return bool(notify.command) and bool(
        notify.when.strip() or any(rule.does("notify") for rule in rules)
    )


async def notify_once(store: "Store", settings: Settings, now: datetime) -> BriefingError | None:
    """Tell of all that waits, in one notification; what went wrong. In quiet hours it goes on to
    wait. Stories that rules mute, and what has gone, are left out. Raises StoreError.

    Where there is no desktop to show it, nothing is wrong.
    """
    if settings.notify.is_quiet(now.astimezone()):
        return None
    subjects = _waiting(store, now)
    if not subjects:
        return None
    answer = await _show(settings.notify, subjects)
    if answer.fault is None:
        return None
    if not _has_desktop() and Path(settings.notify.command[0]).name == "notify-send":
        _log.info("no notification, as there is no D-Bus: %s", answer.fault)
        return None
    return answer.fault


def _waiting(store: "Store", now: datetime) -> list[Subject]:
    subjects: dict[tuple[str, str], Subject] = {}
    while (call := store.take_call(NOTIFICATION)) is not None:
        try:
            story = store.article_row(call.article_id or "").story_id
            if story is None:
                subject = article_subject(store, call.article_id or "")
            elif store.is_muted(story):
                continue
            else:
                subject = story_subject(store, story, now)
        except StoreError:
            continue  # it went meanwhile
        subjects[subject.kind, subject.id] = subject
    return list(subjects.values())


async def _show(notify: NotifySettings, subjects: Sequence[Subject]) -> Answer:
    titles = [subject.words("notify")["title"] for subject in subjects]
    if len(titles) == 1:
        title, text = titles[0], subjects[0].words("notify")["description"]
    else:
        title = f"Briefing: {format_count(len(titles), 'story', 'stories')}"
        more = [f"and {len(titles) - _NAMED} more"] if len(titles) > _NAMED else []
        text = "\n".join([*titles[:_NAMED], *more])
    given = {"version": 1, "stories": [dict(each.document) for each in subjects[:_GIVEN]]}
    subject = Subject("notification", given, title=title)
    own = {"BRIEFING_HOOK": "notify", "BRIEFING_EVENT": "notify", "BRIEFING_TITLE": title}
    return await call_program(
        filled(notify.command, {"title": title, "text": text}),
        subject.json,
        "the notification",
        seconds=_SECONDS,
        limit=MEGABYTE,
        own={**_bus(), **own},
    )


def _bus() -> dict[str, str]:
    """The desktop's address, which a timer or cron does not always know."""
    if _BUS in os.environ or not _socket().exists():
        return {}
    return {_BUS: f"unix:path={_socket()}"}


def _socket() -> Path:
    return Path(os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}")) / "bus"


def _has_desktop() -> bool:
    return _BUS in os.environ or _socket().exists()
