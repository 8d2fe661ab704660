"""A store with stories of today, for a server that is a process of its own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.store import Store
from tests.store import builders


@pytest.fixture
def stored(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own store, with three stories of the last hours."""
    from briefing.config import load_settings

    monkeypatch.setattr(builders, "NOW", datetime.now(UTC))
    path = load_settings().store_path
    with Store.open(path) as store:
        for article in builders.filled(store, 3):
            builders.story_of(store, article)
    return path
