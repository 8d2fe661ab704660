"""Articles become digests, on all cores."""

from datetime import datetime
from functools import partial

from briefing.config import DigestSettings
from briefing.digest.caveats.judges import has_quick_judge
from briefing.digest.version import is_older, produced_by
from briefing.model import Article, BriefingError, as_failure
from briefing.refresh import tasks
from briefing.refresh.stages import Stage, StageSignal
from briefing.refresh.workers import FIRST_ARTICLES, Urgency, Workers
from briefing.store import Store
from briefing.store.digests import PackedDigest


class Digesting:
    """Makes digests; an article that none can be made of stays readable, outside the edition.

    quick: by the judge that needs milliseconds, where the language has a better one beside it; what
    it made says so, and ``Judging`` makes it anew. signal: told of each that is made.
    """

    def __init__(
        self,
        store: Store,
        settings: DigestSettings,
        workers: Workers,
        failures: list[BriefingError],
        *,
        quick: bool = False,
        signal: StageSignal | None = None,
    ) -> None:
        self._quick = quick
        self._signal = signal
        self._failures = failures
        self._store = store
        self._settings = settings
        self._workers = workers
        self.done = 0

    def stage(self, since: datetime | None = None) -> Stage[Article, PackedDigest]:
        """The stage for ``run_stage``, of what was published from ``since`` on."""
        return Stage(
            name="digest",
            take=lambda limit: self._store.articles_to_digest(limit, since),
            key=lambda article: (article.id, hash(article.text)),
            work=self._digest,
            keep=self._keep,
            fail=self._fail,
            width=4 * self._workers.jobs,
            waiting=lambda: self._store.count_waiting(("extract", "digest"), since),
        )

    async def _digest(self, article: Article, /, *, many: bool) -> PackedDigest:
        settings = self._settings
        task = partial(
            tasks.make_packed_digest, article, settings.bullets, settings.algorithm, self._quick
        )
        urgency = Urgency.FIRST if self.done < FIRST_ARTICLES else Urgency.DIGEST
        return await self._workers.run(task, many=many, urgency=urgency)

    def _keep(self, article: Article, digest: PackedDigest) -> None:
        quick = self._quick and has_quick_judge(article.language)
        if self._store.save_digest(article.id, digest, produced_by(quick=quick)):
            self.done += 1
            if self._signal is not None:
                self._signal.notify(1)

    def is_stale(self, maker: str) -> bool:
        """Whether a digest made by ``maker`` is to be made anew: an older program or other data
        made it. What a newer program made is left as it is.
        """
        return is_older(maker, produced_by())

    def _fail(self, article: Article, error: Exception) -> None:
        where = article.title or article.id
        failure = as_failure(error, "the text could not be digested", where)
        self._failures.append(failure)
        self._store.mark_digest_failed(article.id, failure.what, produced_by())
