"""After a refresh: each hook is given what is new and what waits, one after the other."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from briefing.config import HookSettings, Settings
from briefing.hooks.calling import call_hook
from briefing.hooks.notifying import notifies, notify_once
from briefing.hooks.subjects import Subject, article_subject, story_subject
from briefing.model import BriefingError, LimitError, StoreError
from briefing.model.hooks import AT_ARRIVAL, NOTIFICATION, HookCall
from briefing.query import Query, parse_query

if TYPE_CHECKING:
    from briefing.store import Store

MOST_CALLS = 200
"""So often one hook is run in a round; what is left waits for the next."""
MOST_SECONDS = 120.0
"""So long one hook is run again and again in a round; what is left waits as well."""
_MOST_FAULTS = 3  # in a row; then the rest of what waits for the hook is left to the next round
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class HookReport:
    """What hooks did. calls: how often one was run. faults: one a hook, with how often it failed.
    waiting: calls that are left to the next round. not_told: why the notification could not be
    shown.
    """

    calls: int = 0
    faults: tuple[BriefingError, ...] = ()
    waiting: int = 0
    not_told: BriefingError | None = None

    @property
    def problems(self) -> tuple[str, ...]:
        """What went wrong, in words."""
        return tuple(map(str, filter(None, (*self.faults, self.not_told))))

    def to_json(self) -> dict[str, object]:
        """As ``briefing refresh --format json`` shows it."""
        faults = [{"what": f.what, "where": f.where, "mend": f.mend} for f in self.faults]
        not_told = None if self.not_told is None else self.not_told.what
        return {
            "calls": self.calls,
            "failures": faults,
            "waiting": self.waiting,
            "not_notified": not_told,
        }


@dataclass(slots=True)
class _Told:
    """What has been done, and what went wrong first, by hook."""

    calls: int = 0
    waiting: int = 0
    first: dict[str, BriefingError] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def failed(self, hook: str, fault: BriefingError) -> None:
        self.first.setdefault(hook, fault)
        self.counts[hook] = self.counts.get(hook, 0) + 1

    @property
    def report(self) -> HookReport:
        faults = []
        for hook, fault in self.first.items():
            often = f" ({self.counts[hook]} times)" if self.counts[hook] > 1 else ""
            faults.append(BriefingError(fault.what + often, fault.where, fault.mend))
        return HookReport(self.calls, tuple(faults), self.waiting)


def begin_round(store: "Store", settings: Settings) -> bool:
    """Before a refresh: note what is there, so that what comes is known as new to hooks; whether
    there is anything to be run after it. Raises StoreError."""
    told = notifies(settings)
    if told or any(hook.on in AT_ARRIVAL or _asks_for_new(hook) for hook in settings.hooks):
        store.begin_hooks()
    elif store.watches_for_hooks():
        store.end_hooks()
    return told or bool(settings.hooks)


async def run_round(
    store: "Store", settings: Settings, refreshed: Mapping[str, object], now: datetime
) -> HookReport:
    """After a refresh, whose report as JSON is ``refreshed``: run the hooks for what is new, for
    what still waits, and those for the refresh itself. Raises StoreError.

    Each new story is given to a hook once, also where two refreshes end at once. What fails is not
    tried again; what is left because of a stop, or because a hook fails time and again, waits.
    """
    told = _Told()
    matched = _queue_new(store, settings, told, now)
    await _call_waiting(store, settings, told, now)
    for hook in settings.hooks:
        if hook.on == "refresh" and (not _asks_for_new(hook) or hook.known_as in matched):
            subject = Subject("refresh", {"version": 1, **refreshed})
            await _call(hook, subject, "refresh", told)
    problem = await notify_once(store, settings, now) if notifies(settings) else None
    return replace(told.report, not_told=problem)


async def run_waiting(store: "Store", settings: Settings, now: datetime) -> HookReport:
    """Run what waits for hooks, as of stories that were starred. Raises StoreError."""
    told = _Told()
    await _call_waiting(store, settings, told, now)
    return told.report


def _queue_new(store: "Store", settings: Settings, told: _Told, now: datetime) -> set[str]:
    """Queue the calls for articles that came; the hooks for a refresh whose query found some."""
    matched: set[str] = set()
    queries = _queries(settings.hooks)
    names = {hook.known_as for hook in settings.hooks}
    tells, wanted = notifies(settings), settings.notify.when.strip()
    about = parse_query(wanted) if tells and wanted else None
    # What is older came with its feed's archive: it is new here, but no news.
    since = now - timedelta(days=settings.edition.max_days)
    while came := store.new_for_hooks(_BATCH):
        articles = store.published_since(came, since)
        calls: list[HookCall] = []
        for hook, query in queries:
            found = _found(store, hook.known_as, query, articles, told, now)
            if hook.on == "refresh":
                matched |= {hook.known_as} if found else set()
                continue
            new = (article for article in articles if article in found)
            calls += [HookCall(hook.known_as, "new", article_id=each) for each in new]
        if about is not None:
            found = _found(store, "the notification", about, articles, told, now)
            calls += [
                HookCall(NOTIFICATION, "new", article_id=each) for each in sorted(found, key=int)
            ]
        for article, action in store.actions_of_rules(articles):
            name = action.partition(":")[2]
            if action == "notify" and tells:
                calls.append(HookCall(NOTIFICATION, "new", article_id=article))
            elif name in names:
                calls.append(HookCall(name, "rule", article_id=article))
        store.queue_new(came, calls)
    return matched


def _queries(hooks: Sequence[HookSettings]) -> list[tuple[HookSettings, Query | None]]:
    """The hooks that are about what is new, each with its query; None for all."""
    wanted = [hook for hook in hooks if hook.on == "new" or _asks_for_new(hook)]
    return [(hook, parse_query(hook.when) if hook.when.strip() else None) for hook in wanted]


def _asks_for_new(hook: HookSettings) -> bool:
    """Whether a hook for a refresh is run only where that has brought certain articles."""
    return hook.on == "refresh" and bool(hook.when.strip())


async def _call_waiting(store: "Store", settings: Settings, told: _Told, now: datetime) -> None:
    names = [hook.known_as for hook in settings.hooks]
    store.keep_calls_of([*names, NOTIFICATION] if notifies(settings) else names)
    for hook in settings.hooks:
        left, faults = MOST_CALLS, 0
        end = time.monotonic() + MOST_SECONDS
        while left and faults < _MOST_FAULTS and time.monotonic() < end:
            call = store.take_call(hook.known_as)
            if call is None:
                break
            if not _is_wanted(store, hook, call, told, now):
                continue
            subject = _subject(store, call, now)
            if subject is None:
                continue  # it went meanwhile
            left -= 1
            went_well = await _call(hook, subject, call.event, told)
            faults = 0 if went_well else faults + 1
        told.waiting += store.count_calls(hook.known_as)


def _is_wanted(
    store: "Store", hook: HookSettings, call: HookCall, told: _Told, now: datetime
) -> bool:
    """Whether the hook's query finds what was starred or opened, or an article of that story."""
    if call.event in AT_ARRIVAL or not hook.when.strip():
        return True
    if call.story_id is not None:
        articles = store.articles_of_stories([call.story_id])
    else:
        articles = [call.article_id] if call.article_id is not None else []
    return bool(_found(store, hook.known_as, parse_query(hook.when), articles, told, now))


def _found(
    store: "Store",
    name: str,
    query: Query | None,
    articles: Sequence[str],
    told: _Told,
    now: datetime,
) -> set[str]:
    """The articles that a query finds; none, and why is told, where it takes too long. name: of
    the hook whose query it is."""
    try:
        return set(articles) if query is None else store.matching(query, articles, now)
    except LimitError as error:
        told.failed(name, BriefingError(error.what, f"hook “{name}”", error.mend))
        return set()


def _subject(store: "Store", call: HookCall, now: datetime) -> Subject | None:
    """What a call is about; None where it is gone or cannot be read."""
    try:
        if call.story_id is not None:
            return story_subject(store, call.story_id, now)
        if call.article_id is None:
            return None
        story = store.article_row(call.article_id).story_id
        if call.event in AT_ARRIVAL and story is not None:
            return story_subject(store, story, now)
        return article_subject(store, call.article_id)
    except StoreError:
        return None


async def _call(hook: HookSettings, subject: Subject, event: str, told: _Told) -> bool:
    answer = await call_hook(hook, subject, event)
    told.calls += 1
    if answer.fault is not None:
        told.failed(hook.known_as, answer.fault)
    return answer.fault is None
