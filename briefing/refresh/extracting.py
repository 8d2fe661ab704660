"""Entries become articles: by the feed's own text where it is whole, else by their pages."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from briefing.config import Settings
from briefing.ingest.local_feeds import NO_HOME, web_address
from briefing.ingest.results import Response
from briefing.ingest.site_rules import site_rule
from briefing.model import (
    AddressError,
    Article,
    Basis,
    BriefingError,
    Feed,
    FetchError,
    LimitError,
    RowError,
    as_failure,
)
from briefing.refresh import tasks
from briefing.refresh.fetching import Network
from briefing.refresh.host_rests import ASK_FOR_REST, HostRests
from briefing.refresh.limits import ENTRY, PAGE, SUMMARY_CUT
from briefing.refresh.stages import Stage, StageSignal
from briefing.refresh.workers import FIRST_ARTICLES, Urgency, Workers
from briefing.store import PendingEntry, Store
from briefing.store.hosts import KnownPage
from briefing.text.urls import host_and_port

if TYPE_CHECKING:
    from briefing.ingest.articles import EntryArticle

_log = logging.getLogger(__name__)

OLD_PAGES = 10
"""Pages fetched per feed of entries too old for any edition: its newest, not an archive."""
CLOSED_FOR = timedelta(days=30)
"""How long a page that asks for a login or for payment is not asked for again."""
_CLOSED = frozenset({401, 402, 403, 451})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_ONCE_MORE = timedelta(minutes=10)
_MOST_TRIES = 2


@dataclass(frozen=True, slots=True)
class ExtractResult:
    """An article, None where there is none. problem: why there is none, or why its page is asked
    for again; retry_at: when that is done, or the article tried again (None: never)."""

    article: Article | None
    problem: str = ""
    retry_at: datetime | None = None


class Extracting:
    """Makes articles. Pages are fetched where the feed has a summary only, and each once.

    Where a page cannot be had the feed's summary stands in; one that fails for a passing reason is
    asked for at the next refresh, once. ``closed`` pages are left alone for 30 days;
    one that is asked for again (its entry was changed) is asked conditionally.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        network: Network,
        workers: Workers,
        now: Callable[[], datetime],
        signal: StageSignal,
        failures: list[BriefingError],
    ) -> None:
        self._failures = failures
        self._store = store
        self._settings = settings
        self._network = network
        self._workers = workers
        self._now = now
        self._signal = signal
        self._old_pages: Counter[str] = Counter()
        self._rests = HostRests(store, now)
        self._hosts: dict[str, asyncio.Semaphore] = {}
        store.forget_old_pages(now())
        self._made = 0
        self.without_page: Counter[str] = Counter()
        """How many articles' pages could not be had now, by the reason."""

    def stage(self, since: datetime | None = None) -> Stage[PendingEntry, ExtractResult]:
        """The stage for ``run_stage``, of what was published from ``since`` on."""
        return Stage(
            name="extract",
            take=lambda limit: self._store.entries_to_extract(limit, self._now(), since),
            key=lambda pending: (pending.article_id, pending.content_hash),
            work=self._extract,
            keep=self._keep,
            fail=self._fail,
            width=2 * self._settings.fetch.concurrency + 4 * self._workers.jobs,
            waiting=lambda: self._store.count_waiting(("extract",), since),
        )

    def _keep(self, pending: PendingEntry, result: ExtractResult) -> None:
        problem, retry_at = result.problem, result.retry_at
        if retry_at is not None:
            self.without_page[problem] += 1
        if result.article is None:
            self._store.mark_extract_failed(pending.article_id, problem, retry_at)
        elif self._store.save_article(
            pending.article_id,
            result.article,
            pending.content_hash,
            problem=problem,
            retry_at=retry_at,
        ):
            self._made += 1
            self._signal.notify(1)

    def _fail(self, pending: PendingEntry, error: Exception) -> None:
        where = pending.entry.title or pending.entry.guid
        failure = as_failure(error, "no article could be made of it", where)
        self._failures.append(failure)
        self._store.mark_extract_failed(pending.article_id, failure.what)

    async def _extract(self, pending: PendingEntry, /, *, many: bool) -> ExtractResult:
        allowed = self._may_fetch(pending)  # before the first wait: in the order of the entries
        urgency = Urgency.FIRST if self._made < FIRST_ARTICLES else Urgency.ARTICLE
        extracted = await self._from_entry(pending, urgency, many=many)
        if not extracted.needs_page or not allowed:
            return ExtractResult(extracted.article)
        return await self._with_page(pending, extracted.article, many=many)

    async def _from_entry(
        self, pending: PendingEntry, urgency: Urgency, *, many: bool
    ) -> "EntryArticle":
        """What the feed itself gives; of an entry that costs too much, the first of its summary."""
        entry = pending.entry
        task = partial(tasks.extract_entry, pending.article_id, pending.feed, entry)
        size = len(entry.content_html + entry.summary_html)
        run = partial(self._workers.run, task, many=many, urgency=urgency)
        try:
            return await run(limits=ENTRY, size=size)
        except LimitError as error:
            self._tell(pending, error, "The beginning of its summary stands in")
            less = replace(entry, content_html="", summary_html=entry.summary_html[:SUMMARY_CUT])
            task = partial(tasks.extract_entry, pending.article_id, pending.feed, less)
            return await self._workers.run(task, many=many, limits=ENTRY)

    def _tell(self, pending: PendingEntry, error: LimitError, instead: str) -> None:
        where = pending.entry.title or pending.entry.url or pending.entry.guid
        self._failures.append(LimitError(error.what, where, instead))

    def _may_fetch(self, pending: PendingEntry) -> bool:
        if not (pending.feed.full_text and self._settings.fetch.full_text):
            return False
        recent = self._now() - timedelta(days=self._settings.edition.max_days)
        if pending.entry.published is None or pending.entry.published >= recent:
            return True
        self._old_pages[pending.feed.id] += 1
        return self._old_pages[pending.feed.id] <= OLD_PAGES

    async def _with_page(
        self, pending: PendingEntry, article: Article, *, many: bool
    ) -> ExtractResult:
        url, feed = article.url or "", pending.feed
        known = self._store.known_page(url)
        if known.closed_until is not None and known.closed_until > self._now():
            return ExtractResult(replace(article, basis=Basis.CLOSED))
        before = self._text_of_before(pending) if known.etag or known.last_modified else None
        try:
            page = await self._page(url, feed, known if before else KnownPage())
        except FetchError as error:
            return self._without_page(pending, article, error)
        self._remember(url, page, known)
        if page.not_modified and before is not None:
            kept = ("text", "links", "blocks", "basis", "pictures")
            of_page = {n: getattr(before, n) for n in kept}
            return ExtractResult(replace(article, **of_page))
        named = pending.feed.title is not None
        rule = site_rule(self._settings.sites, page.final_url)
        task = partial(tasks.extract_page, article, page, source_known=named, rule=rule)
        try:
            size = len(page.content)
            made = await self._workers.run(task, many=many, limits=PAGE, size=size)
        except LimitError as error:
            self._tell(pending, error, "The feed's own text stands in for its page")
            return ExtractResult(article)
        return ExtractResult(made)

    async def _page(self, url: str, feed: Feed, known: KnownPage) -> Response:
        """The page at ``url``, if changed since ``known``; not while its server is to be left
        alone. Raises FetchError.
        """
        host = f"{host_and_port(url)} (pages)"
        per_host = self._settings.fetch.per_host
        async with self._hosts.setdefault(host, asyncio.Semaphore(per_host)):
            if (rest := self._rests.rest(host)) is not None:
                left = (rest.until - self._now()).total_seconds()
                what = f"its server is left alone for now ({rest.problem})"
                raise FetchError(what, url, status=503, retry_after=left)
            try:
                page = await self._network.get(
                    url,
                    "page",
                    etag=known.etag,
                    last_modified=known.last_modified,
                    validated_url=known.validated_url,
                    own=feed.settings,
                    home=web_address(feed.url) or NO_HOME,
                )
            except FetchError as error:
                if error.status in ASK_FOR_REST:
                    self._rests.note_failure(host, error.status, error.retry_after)
                raise
            self._rests.note_success(host, force=False)
            return page

    def _text_of_before(self, pending: PendingEntry) -> Article | None:
        """The article that was made of the page before; None where there is none to be read."""
        try:
            before = self._store.article(pending.article_id)
        except RowError:
            return None
        return before if before.basis is Basis.FULL and before.text else None

    def _remember(self, url: str, page: Response, known: KnownPage) -> None:
        """Keep the page's validators; a 304 without any leaves those of before."""
        kept = known if page.not_modified else KnownPage()
        told = KnownPage(
            page.etag or kept.etag,
            page.last_modified or kept.last_modified,
            page.final_url if page.final_url != url else None,
        )
        self._store.keep_page(url, told, self._now())

    def _without_page(
        self, pending: PendingEntry, article: Article, error: FetchError
    ) -> ExtractResult:
        _log.info("no page for %s: %s", article.url, error.what)
        if error.status in _CLOSED:
            closed = KnownPage(closed_until=self._now() + CLOSED_FOR)
            self._store.keep_page(article.url or "", closed, self._now())
            return ExtractResult(replace(article, basis=Basis.CLOSED))
        passing = error.status is None or error.status in _PASSING
        passing = passing and not isinstance(error, AddressError)
        if error.offline or (passing and pending.tries + 1 < _MOST_TRIES):
            wait = max(_ONCE_MORE, timedelta(seconds=error.retry_after or 0))
            summary = article if article.text else None
            return ExtractResult(
                summary, error.what, self._now() + (timedelta() if error.offline else wait)
            )
        return ExtractResult(article)
