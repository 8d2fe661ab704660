"""Digests that a quick judge made are made anew by the language's own, the first stories' first."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from briefing.config import DigestSettings
from briefing.digest.encoder.encoder import why_not_tried
from briefing.digest.version import produced_by
from briefing.model import Article, BriefingError, Digest, StoreError, as_failure
from briefing.refresh import tasks
from briefing.refresh.events import OnEvent, StageProgress
from briefing.refresh.linking import Linking
from briefing.refresh.stages import Stage, StageSignal, run_stage
from briefing.refresh.workers import FEW, Workers
from briefing.store import Store

BATCH = 60
"""Articles judged before their stories are told anew: some seconds' work."""


class Judging:
    """The second look at what ``Digesting`` made quickly. A stop loses a few digests at most."""

    def __init__(
        self,
        store: Store,
        settings: DigestSettings,
        workers: Workers,
        linking: Linking,
        on_event: OnEvent,
        failures: list[BriefingError],
    ) -> None:
        self._store = store
        self._settings = settings
        self._workers = workers
        self._linking = linking
        self._on_event = on_event
        self._failures = failures
        self._waits = produced_by(quick=True)

    async def run(self, since: datetime) -> None:
        """All articles published from ``since`` on that wait for it, by the rank of their story."""
        waiting = self._store.articles_made_by(self._waits, since)
        for first in range(0, len(waiting), BATCH):
            await self.judge(waiting[first : first + BATCH], done=first, of=len(waiting))

    async def run_of(self, articles: Sequence[str]) -> None:
        """Those of these articles that wait for it, whenever they were published."""
        if why_not_tried() is None:
            await self.judge([a for a in articles if self._store.digest_maker(a) == self._waits])

    async def judge(self, articles: Sequence[str], *, done: int = 0, of: int = 0) -> None:
        """These articles, and their stories are told anew. done, of: for whoever is told."""
        waiting = dict.fromkeys(articles)

        def take(count: int) -> list[Article]:
            first = list(waiting)[:count]
            return [article for name in first if (article := self._article(name)) is not None]

        def keep(article: Article, digest: Digest) -> None:
            waiting.pop(article.id, None)
            self._store.replace_digest(article.id, digest, produced_by())

        def fail(article: Article, error: Exception) -> None:
            waiting.pop(article.id, None)
            self._fail(article, error)

        def tell(event: object) -> None:
            if isinstance(event, StageProgress):
                self._on_event(StageProgress("judge", done + event.done, max(of, len(articles))))

        stage: Stage[Article, Digest] = Stage(
            name="judge",
            take=take,
            key=lambda article: article.id,
            work=self._digest,
            keep=keep,
            fail=fail,
            width=4 * self._workers.jobs,
        )
        await run_stage(stage, self._store, tell, StageSignal(ended=True), few=FEW)
        await self._linking.tell_again(articles)

    def _article(self, article_id: str) -> Article | None:
        try:
            return self._store.article(article_id)
        except StoreError:  # it went with its feed meanwhile, or cannot be read
            return None

    async def _digest(self, article: Article, /, *, many: bool) -> Digest:
        settings = self._settings
        task = partial(tasks.make_digest, article, settings.bullets, settings.algorithm)
        return await self._workers.run(task, many=many)

    def _fail(self, article: Article, error: Exception) -> None:
        """It keeps the digest that it has, and is not tried again."""
        where = article.title or article.id
        failure = as_failure(error, "the text could not be digested", where)
        self._failures.append(failure)
        self._store.mark_digest_failed(article.id, failure.what, produced_by())
