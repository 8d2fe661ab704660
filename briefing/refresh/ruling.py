"""Rules of the reader, applied to what a refresh brings, and to all where they have changed."""

import asyncio
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from briefing.config import Settings
from briefing.model import BriefingError
from briefing.store import Store
from briefing.store.rules import RULE_BATCH

LONGEST = 20.0
"""Seconds that a refresh spends on older articles after rules have changed; the next goes on."""


class Ruling:
    """Applies the rules of ``settings``. What is switched off is told in ``faults``, once."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        faults: list[BriefingError],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._settings = settings
        self._faults = faults
        self._now = now
        self._rules = settings.reading_rules
        self._seen: set[str] = set()
        self._changed = store.begin_rules(self._rules)

    def apply(self, stories: Iterable[str]) -> None:
        """To the articles of stories that were told. Raises StoreError."""
        if self._rules:
            articles = self._store.articles_of_stories(stories)
            for at in range(0, len(articles), RULE_BATCH):
                self._apply(articles[at : at + RULE_BATCH])
            self._seen.update(articles)

    async def finish(self, since: datetime) -> None:
        """To new articles that no story tells, and to all, the latest first, where rules changed.

        since: of the stories that are ranked anew where a rule boosts them otherwise now. May be
        cancelled between two batches; the next refresh goes on there. Raises StoreError.
        """
        while self._rules and (articles := self._store.new_for_rules()):
            self._apply([name for name in articles if name not in self._seen])
            self._store.rules_done_up_to(articles[-1])
            await asyncio.sleep(0)
        if self._changed:
            await self._apply_to_older()
        if self._rules or self._changed:
            self._rank_anew(since)

    async def _apply_to_older(self) -> None:
        end = time.monotonic() + LONGEST
        while articles := self._store.next_for_rules():
            self._apply(articles)
            self._store.rules_done_down_to(articles[-1])
            await asyncio.sleep(0)
            if time.monotonic() > end:
                return
        self._store.rules_done_down_to(None)

    def _apply(self, articles: list[str]) -> None:
        if articles:
            done = self._store.apply_rules(self._rules, articles, self._now())
            self._faults.extend(done.switched_off)

    def _rank_anew(self, since: datetime) -> None:
        from briefing.stories import rank_again

        preferences = self._settings.preferences
        key = preferences.key(self._store.feed_preferences())
        self._store.rank_anew(key, since, partial(rank_again, preferences=preferences, key=key))
