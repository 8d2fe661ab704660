"""Old texts are dropped at the end of a refresh, where the settings say so."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from briefing.config import Settings, StoreSettings
from briefing.model import Feed
from briefing.refresh.retention import SHORTEST, drop_old_texts, kept_for
from briefing.store import Store
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
