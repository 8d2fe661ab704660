"""Articles become digests, on all cores."""

import logging
from functools import partial

from briefing.config import DigestSettings
from briefing.model import Article, BriefingError, Digest
from briefing.refresh import tasks
from briefing.refresh.stages import Stage
from briefing.refresh.workers import Workers
from briefing.store import Store

_log = logging.getLogger(__name__)


class Digesting:
    """Makes digests; an article that none can be made of stays readable, outside the edition."""

    def __init__(self, store: Store, settings: DigestSettings, workers: Workers) -> None:
        self._store = store
        self._settings = settings
        self._workers = workers
        self.done = 0

    def stage(self) -> Stage[Article, Digest | BriefingError]:
        """The stage for ``run_stage``."""
        return Stage(
            name="digest",
            take=self._store.articles_to_digest,
            key=lambda article: (article.id, hash(article.text)),
            work=self._digest,
            keep=self._keep,
            width=4 * self._workers.jobs,
        )

    async def _digest(self, article: Article, /, *, many: bool) -> Digest | BriefingError:
        settings = self._settings
        try:
            return await self._workers.run(
                partial(tasks.make_digest, article, settings.bullets, settings.algorithm),
                many=many,
            )
        except BriefingError as error:
            return error

    def _keep(self, article: Article, result: Digest | BriefingError) -> None:
        if isinstance(result, BriefingError):
            _log.warning("%s", result)
            self._store.mark_digest_failed(article.id, str(result))
        elif self._store.save_digest(article.id, result):
            self.done += 1
