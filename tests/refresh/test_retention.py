"""Old texts are dropped at the end of a refresh, where the settings say so."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import Settings, StoreSettings
from briefing.model import Feed
from briefing.refresh.retention import SHORTEST, Pace, drop_old_texts, kept_for
from briefing.store import Store
from briefing.store.retention import RetentionStep
from tests.store.builders import NOW, filled

NINETY = replace(Settings(), store=StoreSettings(keep="90d"))


@pytest.mark.parametrize(
    ("own", "settings", "days"),
    [
        (None, Settings(), None),
        (None, NINETY, 90),
        (30, NINETY, 30),
        (400, NINETY, 400),
        (30, Settings(), 30),
        (1, Settings(), SHORTEST.days),
    ],
)
def test_a_feeds_own_setting_comes_before_the_one_for_all(
    own: int | None, settings: Settings, days: int | None
) -> None:
    kept = kept_for(Feed("1", "https://courier.example/feed", keep_days=own), settings)
    assert kept == (None if days is None else timedelta(days=days))


def test_texts_go_only_where_the_settings_say_so(store: Store) -> None:
    names = filled(store, 5)
    store._run("UPDATE article SET published = published - ?, pending = NULL", (100 * 86400,))
    assert asyncio.run(drop_old_texts(store, Settings(), NOW)) == 0
    assert all(store.article(name).text for name in names)
    assert asyncio.run(drop_old_texts(store, NINETY, NOW, longest=0)) == 0
    assert asyncio.run(drop_old_texts(store, NINETY, NOW)) == 5
    assert not any(store.article(name).text for name in names)


class Busy(Store):
    """A store in which each article costs the same; its clock is ours."""

    each: float  # seconds
    sizes: list[int]

    def drop_texts(
        self, feed_id: str | None, before: datetime, now: datetime, at_most: int = 64
    ) -> RetentionStep:
        """Drops as always, and says how long that would have taken."""
        step = super().drop_texts(feed_id, before, now, at_most)
        self.sizes.append(at_most)
        return RetentionStep(step.done, step.done * self.each)

    def merge_search(self, at_most: int) -> RetentionStep:
        """There is nothing to merge."""
        return RetentionStep(0, 0.0)


@pytest.mark.parametrize(("each", "least", "most"), [(0.004, 1, 2), (0.0005, 10, 20), (0.1, 1, 1)])
def test_steps_become_so_large_that_none_keeps_the_reader_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, each: float, least: int, most: int
) -> None:
    async def at_once(_store: Store, _held: float) -> None: ...

    monkeypatch.setattr("briefing.refresh.retention._let_others_write", at_once)
    with Busy.open(tmp_path / "briefing.db") as store:
        store.each, store.sizes = each, []
        filled(store, 120)
        store._run("UPDATE article SET published = published - ?, pending = NULL", (1e7,))
        assert asyncio.run(drop_old_texts(store, NINETY, NOW)) == 120
        settled = store.sizes[5:]
        assert settled
        assert all(least <= size <= most for size in settled), store.sizes


@given(
    st.floats(0.00001, 0.2),
    st.floats(0, 0.005),
    st.lists(st.integers(0, 40), max_size=8),
)
def test_whatever_a_step_costs_the_pace_finds_its_size(
    each: float, once: float, disturbed: list[int]
) -> None:
    """each, once: seconds of an article, and of a step; disturbed: steps that took a second."""
    pace = Pace()
    for number in range(60):
        held = 1.0 if number in disturbed else once + each * pace.size
        pace = pace.after(held)
        assert 1 <= pace.size <= 64
    held = once + each * pace.size
    assert held <= 0.016 or pace.size == 1
    assert held >= 0.003 or pace.size == 64
