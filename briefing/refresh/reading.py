"""From entries to stories: extract, digest, link and judge, what is in the edition first.

Imported when something is to be read: a refresh that brings nothing needs none of its libraries.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from briefing.config import Settings
from briefing.model import BriefingError
from briefing.refresh.digesting import Digesting
from briefing.refresh.events import OnEvent
from briefing.refresh.extracting import Extracting
from briefing.refresh.fetching import Network
from briefing.refresh.judging import Judging
from briefing.refresh.linking import Linking
from briefing.refresh.ruling import Ruling
from briefing.refresh.stages import Stage, StageSignal, run_stage
from briefing.refresh.workers import FEW, Workers
from briefing.store import Store

STALE_AT_ONCE = 300
"""Digests of an older program that a refresh makes anew: some seconds' work."""


class Reading:
    """Reads what waits in the store, and what comes while it runs. faults: what went wrong."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        network: Network,
        workers: Workers,
        now: Callable[[], datetime],
        on_event: OnEvent,
        faults: list[BriefingError],
        ruling: Ruling | None = None,
    ) -> None:
        self._store = store
        self._on_event = on_event
        self._texts, self._digests = StageSignal(), StageSignal()
        self._extracting = Extracting(store, settings, network, workers, now, self._texts, faults)
        digest = settings.digest
        self._digesting = Digesting(
            store, digest, workers, faults, quick=True, signal=self._digests
        )
        self._linking = Linking(store, workers, settings, on_event, faults, ruling)
        better = Digesting(store, digest, workers, faults)
        self._judging = Judging(store, better, self._linking, on_event)

    @property
    def digested(self) -> int:
        """How many digests were made."""
        return self._digesting.done

    @property
    def without_page(self) -> Counter[str]:
        """How many articles' pages could not be had now, by the reason."""
        return self._extracting.without_page

    @property
    def told(self) -> int:
        """How many stories were told."""
        return len(self._linking.told)

    async def run(self, group: asyncio.TaskGroup, entries: StageSignal, since: datetime) -> None:
        """Read all, what was published from ``since`` on first; ``entries`` tells of more.

        group: whose body this runs in; what is done at once become tasks of it.
        """
        store, on_event = self._store, self._on_event
        extracting, digesting, linking = self._extracting, self._digesting, self._linking
        parts = (
            self._run_and_end(extracting.stage(since), entries, self._texts),
            self._run_and_end(digesting.stage(since), self._texts, self._digests),
            linking.follow(self._digests, entries),
        )
        await asyncio.wait([group.create_task(part) for part in parts])
        await self._judging.run(since)
        await linking.finish()
        nothing_more = StageSignal(ended=True)
        await run_stage(extracting.stage(), store, on_event, nothing_more, few=FEW)
        store.queue_stale_digests(digesting.is_stale, STALE_AT_ONCE)
        if await run_stage(digesting.stage(), store, on_event, nothing_more, few=FEW):
            late = await linking.run()
            await linking.settle(late, since)
            await self._judging.run(since)
        linking.apply_rules()

    async def _run_and_end(
        self, stage: Stage[Any, Any], source: StageSignal, sink: StageSignal
    ) -> None:
        """Run a stage to its end; then ``sink``, the signal to the next one, ends too."""
        with sink.until_done():
            await run_stage(stage, self._store, self._on_event, source, few=FEW)
