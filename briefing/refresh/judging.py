"""Digests that a quick judge made are made anew by the language's own, the first stories' first."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from briefing.digest.encoder.encoder import why_not_tried
from briefing.digest.version import produced_by
from briefing.model import Article, StoreError
from briefing.refresh.digesting import Digesting
from briefing.refresh.events import OnEvent, StageProgress
from briefing.refresh.linking import Linking
from briefing.refresh.stages import StageSignal, cancel_tasks, run_stage
from briefing.refresh.workers import FEW
from briefing.store import Store
from briefing.store.digests import PackedDigest

BATCH = 60
"""Articles judged before their stories are told anew: some seconds' work."""


class Judging:
    """The second look at what ``Digesting`` made quickly. A stop loses a few digests at most.

    digesting: that does not do it quickly; what fails keeps the digest that it has.
    """

    def __init__(
        self, store: Store, digesting: Digesting, linking: Linking, on_event: OnEvent
    ) -> None:
        self._store = store
        self._digesting = digesting
        self._linking = linking
        self._on_event = on_event
        self._waits = produced_by(quick=True)

    async def run(self, since: datetime) -> None:
        """All articles published from ``since`` on that wait for it, by the rank of their story.

        While the workers judge a batch, the stories of the one before are told in this process.
        """
        if why_not_tried() is not None:
            return  # they wait until there is a better judge
        waiting = self._store.articles_made_by(self._waits, since)
        telling = asyncio.ensure_future(self._linking.tell_again(()))
        try:
            for first in range(0, len(waiting), BATCH):
                batch = waiting[first : first + BATCH]
                await self._judge(batch, done=first, of=len(waiting))
                await telling
                telling = asyncio.ensure_future(self._linking.tell_again(batch))
            await telling
        finally:
            await cancel_tasks([telling])

    async def run_of(self, articles: Sequence[str]) -> None:
        """Those of these articles that wait for it, whenever they were published."""
        if why_not_tried() is not None:
            return
        waiting = [a for a in articles if self._store.digest_maker(a) == self._waits]
        await self._judge(waiting, done=0, of=len(waiting))
        await self._linking.tell_again(waiting)

    async def _judge(self, articles: Sequence[str], *, done: int, of: int) -> None:
        """These articles anew. done, of: for whoever is told."""
        waiting = {name: a for name in articles if (a := self._article(name)) is not None}
        stage = self._digesting.stage()

        def keep(article: Article, digest: PackedDigest) -> None:
            waiting.pop(article.id, None)
            self._store.replace_digest(article.id, digest, produced_by())

        def fail(article: Article, error: Exception) -> None:
            waiting.pop(article.id, None)
            stage.fail(article, error)

        def tell(event: object) -> None:
            if isinstance(event, StageProgress):
                self._on_event(StageProgress("judge", done + event.done, of))

        judging = replace(
            stage,
            name="judge",
            take=lambda count: list(waiting.values())[:count],
            keep=keep,
            fail=fail,
        )
        await run_stage(judging, self._store, tell, StageSignal(ended=True), few=FEW)

    def _article(self, article_id: str) -> Article | None:
        try:
            return self._store.article(article_id)
        except StoreError:  # it went with its feed meanwhile, or cannot be read
            return None
