"""Searching what was fetched."""

from datetime import timedelta
from pathlib import Path

import pytest

from briefing.editions import search
from briefing.model import ArticleFilter
from briefing.query import QueryError
from briefing.store import Store
from tests.store import builders


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three articles about one bridge, an hour apart."""
    opened = Store.open(tmp_path / "store.sqlite3")
    builders.filled(opened, 3)
    return opened


def test_a_search_gives_the_newest_first_and_at_most_so_many(store: Store) -> None:
    with store:
        rows = search(store, "bridge")
        assert len(rows) == 3
        assert rows == sorted(rows, key=lambda found: found.row.published, reverse=True)
        assert search(store, "bridge", limit=1) == rows[:1]


def test_a_search_since_a_moment_leaves_out_what_is_older(store: Store) -> None:
    with store:
        newest = search(store, "bridge")[0].row.published
        assert len(search(store, "bridge", ArticleFilter(since=newest))) == 1
        assert search(store, "bridge", ArticleFilter(since=newest + timedelta(minutes=1))) == []


def test_a_query_that_cannot_be_read_is_an_error_and_an_empty_one_asks_for_everything(
    store: Store,
) -> None:
    with store:
        assert len(search(store, "")) == 3
        assert search(store, "zebra") == []
        with pytest.raises(QueryError):
            search(store, '"')
