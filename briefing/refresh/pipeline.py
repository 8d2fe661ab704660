"""The whole way, once: fetch, parse, extract, digest, link."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from briefing.config import Settings
from briefing.digest.version import is_quick, seem_current
from briefing.model import Article, BriefingError
from briefing.refresh.events import Finished, OnEvent, RefreshReport, Started, ignore
from briefing.refresh.fetching import FeedFetching, Network, due
from briefing.refresh.lock import refresh_lock
from briefing.refresh.options import RefreshOptions
from briefing.refresh.retention import drop_old_texts
from briefing.refresh.stages import Stage, StageSignal, first_error, run_stage
from briefing.refresh.stopping import run_to_end
from briefing.refresh.workers import FEW, Workers
from briefing.store import PendingEntry, Store

if TYPE_CHECKING:
    from briefing.ingest import Fetcher
    from briefing.refresh.ruling import Ruling

_DEFAULTS = RefreshOptions()


def clock() -> datetime:
    """The time of day."""
    return datetime.now(UTC)


async def refresh_async(
    store: Store,
    settings: Settings,
    options: RefreshOptions = _DEFAULTS,
    *,
    now: Callable[[], datetime] = clock,
    on_event: OnEvent = ignore,
    fetcher: "Callable[[], Fetcher] | None" = None,
) -> RefreshReport:
    """Fetch what ``options`` ask for, and bring the store up to date.

    Work that an earlier refresh left is taken up; running it twice changes nothing. Another
    refresh of the same store is waited for. May be cancelled at any time: what is complete is kept.
    The store is used in this thread, and writing to it waits for other writers: beside a screen
    this runs in a process of its own. The edition comes first: entries of its time become articles,
    digests by the quick judge and stories while other feeds are still being fetched (``Told``, as
    often as there are more). Then its articles are judged anew, those of the first stories first.
    What is older follows; at the end digests of an older program are made anew, newest first, some
    at each refresh (those of other data of this program from the next one on that brings something
    new). Where nothing waits and nothing comes, that is all that is looked at. now: the clock.
    fetcher: makes another than the settings' one.

    Raises StoreError.
    """
    async with (
        refresh_lock(store.path),
        Workers(options.jobs, low_priority=options.low_priority) as workers,
        Network(settings, fetcher) as network,
    ):
        chosen = due(store, options, now())
        on_event(Started(len(chosen)))
        if options.force or sum(feed.fetched_at is None for feed in chosen) > FEW:
            workers.warm_up()  # most answers will be whole feeds
        fetching = FeedFetching(store, settings, network, workers, now, on_event)
        entries = StageSignal()
        faults: list[BriefingError] = []
        since = store.window(now(), settings.edition.hours, settings.edition.max_days).since
        ruling = _ruling(store, settings, faults, now)
        digested = told = 0
        without_page: Counter[str] = Counter()
        with first_error():
            async with asyncio.TaskGroup() as group:
                group.create_task(fetching.run(chosen, entries, force=options.force))
                if not await _is_all_read(store, entries, since, now):
                    from briefing.refresh.reading import Reading

                    reading = Reading(
                        store, settings, network, workers, now, on_event, faults, ruling
                    )
                    await reading.run(group, entries, since)
                    digested, told = reading.digested, reading.told
                    without_page = reading.without_page
        if ruling is not None:
            await ruling.finish(since)
        if store.sync_server() is not None:
            store.settle_stories(now(), since)
        await drop_old_texts(store, settings, now())
    fetched = fetching.result
    offline = fetched.no_network
    report = RefreshReport(
        feeds=len(chosen),
        fetched=fetched.answered,
        new_articles=fetched.new,
        digested=digested,
        stories=told,
        failures=() if offline else tuple(fetched.failures),
        faults=tuple(faults),
        no_page=without_page.total(),
        no_page_why=without_page.most_common(1)[0][0] if without_page else "",
        offline=offline,
    )
    on_event(Finished(report))
    return report


def refresh(
    store: Store,
    settings: Settings,
    options: RefreshOptions = _DEFAULTS,
    *,
    now: Callable[[], datetime] = clock,
    on_event: OnEvent = ignore,
    fetcher: "Callable[[], Fetcher] | None" = None,
) -> RefreshReport:
    """``refresh_async``, to its end. SIGINT and SIGTERM stop it: it raises KeyboardInterrupt."""
    return run_to_end(
        refresh_async(store, settings, options, now=now, on_event=on_event, fetcher=fetcher)
    )


def judge_articles(store: Store, settings: Settings, articles: Sequence[str]) -> None:
    """Let the language's own judge see those of these articles that only the quick one has seen,
    in this process. Another refresh of the same store is waited for. Raises StoreError.
    """
    from briefing.refresh.digesting import Digesting
    from briefing.refresh.judging import Judging
    from briefing.refresh.linking import Linking

    async def judge() -> None:
        faults: list[BriefingError] = []
        async with refresh_lock(store.path), Workers(1) as workers:
            linking = Linking(store, workers, settings, ignore, faults)
            digesting = Digesting(store, settings.digest, workers, faults)
            await Judging(store, digesting, linking, ignore).run_of(articles)

    run_to_end(judge())


def ingest_articles(
    store: Store, settings: Settings, articles: Mapping[tuple[str, str], Article]
) -> RefreshReport:
    """Take the store's waiting entries from extraction on, with texts that are at hand.

    articles: by feed id and guid. An entry without one goes the way of its feed's own text; nothing
    is fetched, and all runs in this process. For the bundled sample and for benchmarks.
    """
    return run_to_end(_ingest(store, settings, articles))


def _ruling(
    store: Store, settings: Settings, faults: list[BriefingError], now: Callable[[], datetime]
) -> "Ruling | None":
    """What applies the reader's rules; None where there are none, and none to be undone."""
    rules = settings.reading_rules
    if not rules and not store.rules_wait(()):
        return None
    from briefing.refresh.ruling import Ruling

    return Ruling(store, settings, faults, now)


async def _is_all_read(
    store: Store, entries: StageSignal, since: datetime, now: Callable[[], datetime]
) -> bool:
    """Whether there is nothing to do but to fetch, which is known when ``entries`` has ended, or as
    soon as there is.
    """
    makers = store.digest_makers()
    quick = (maker for maker in makers if is_quick(maker))
    if not seem_current(makers) or any(store.articles_made_by(maker, since) for maker in quick):
        return False
    while not store.has_work(now()):
        if entries.ended:
            return True
        entries.more.clear()
        await entries.more.wait()
    return False


async def _ingest(
    store: Store, settings: Settings, articles: Mapping[tuple[str, str], Article]
) -> RefreshReport:
    from briefing.refresh.digesting import Digesting
    from briefing.refresh.extracting import ExtractResult
    from briefing.refresh.linking import Linking

    async def given(pending: PendingEntry, /, *, many: bool) -> ExtractResult:  # noqa: ARG001
        article = articles.get((pending.feed.id, pending.entry.guid))
        return ExtractResult(article, "" if article else "there is no text for it")

    def keep(pending: PendingEntry, result: ExtractResult) -> None:
        if result.article is None:
            store.mark_extract_failed(pending.article_id, result.problem)
        else:
            store.save_article(pending.article_id, result.article, pending.content_hash)

    def fail(pending: PendingEntry, error: Exception) -> None:
        raise BriefingError("the article cannot be kept", pending.entry.title) from error

    nothing = StageSignal(ended=True)
    faults: list[BriefingError] = []
    endless = 1_000_000  # few enough for this process, however many
    async with Workers(1) as workers:
        stage = Stage("extract", store.entries_to_extract, _key, given, keep, fail, 64)
        done = await run_stage(stage, store, ignore, nothing, few=endless)
        digesting = Digesting(store, settings.digest, workers, faults)
        await run_stage(digesting.stage(), store, ignore, nothing, few=endless)
        linking = Linking(store, workers, settings, ignore, faults)
        await linking.run()
    return RefreshReport(
        new_articles=done,
        digested=digesting.done,
        stories=len(linking.told),
        faults=tuple(faults),
    )


def _key(pending: PendingEntry) -> tuple[str, str]:
    return pending.article_id, pending.content_hash
