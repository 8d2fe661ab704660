"""What may have been meant, out of the store's own words and names."""

from collections.abc import Iterator

import pytest

from briefing.query import parse_query
from briefing.store import Store
from tests.store.queried import queried_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that no test changes."""
    opened, _ = queried_store(tmp_path_factory.mktemp("queried") / "briefing.db")
    with opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("vacine", "vaccine"),
        ("vacine -toll", "vaccine -toll"),
        ('"harbuor bridge" is:unread', '"harbour bridge" is:unread'),
        ("title:brigde", "title:bridge"),
        ("feed:tidewyre", "feed:tidewire"),
        ("feed:courrier ferry", "feed:courier ferry"),
        ("category:nesw", "category:news"),
        ("#latre", "tag:Later"),
        ("cafee OR zebra", "cafe OR zebra"),
    ],
)
def test_the_nearest_that_is_there_is_told(store: Store, query: str, meant: str) -> None:
    suggestion = store.did_you_mean(parse_query(query))
    assert str(suggestion) == meant
    assert store.find(meant)


@pytest.mark.parametrize(
    "query",
    ["xylophone", "vaccin is:closed is:summary", "-vacine", "", "/vacine/", "feed:echo", "港港"],
)
def test_nothing_is_told_where_nothing_is_near_or_all_is_there(store: Store, query: str) -> None:
    assert store.did_you_mean(parse_query(query)) is None


def test_a_store_that_is_only_read_has_a_vocabulary_too(store: Store) -> None:
    with Store.open(store.path, read_only=True) as reading:
        assert str(reading.did_you_mean(parse_query("vacine"))) == "vaccine"
