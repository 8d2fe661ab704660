"""Digests of an older program are made anew, newest first, some at each refresh."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.version import is_older, produced_by
from briefing.refresh import reading
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import MORNING, rss
from tests.refresh.conftest import FERRY_ITEM, Clock, bridge_item, run


def makers(store: Store) -> list[str]:
    """What made each digest, the newest article's first."""
    rows = store._rows(
        "SELECT produced_by FROM finding JOIN article ON article.id = article_id"
        " ORDER BY published DESC"
    )
    return [row[0] for row in rows]


@pytest.fixture
def filled(room: Newsroom, store: Store, clock: Clock) -> Store:
    """Three articles with their digests."""
    items = [bridge_item(n, published=MORNING - timedelta(hours=n)) for n in (1, 4)]
    store.add_feed(room.feed("/1.xml", rss("Outlet", [*items, FERRY_ITEM])), "Outlet")
    run(store, clock)
    assert makers(store) == [produced_by()] * 3
    return store


@pytest.mark.parametrize("maker", ["", "digest-0+abc", "digest-1+other"])
def test_an_older_programs_digests_are_made_anew_newest_first(
    filled: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch, maker: str
) -> None:
    monkeypatch.setattr(reading, "STALE_AT_ONCE", 2)
    filled._run("UPDATE finding SET produced_by = ?", (maker,))
    assert run(filled, clock).digested == 2
    assert makers(filled) == [produced_by(), produced_by(), maker]
    assert run(filled, clock).digested == 1
    assert run(filled, clock).digested == 0
    rows = filled.article_rows()
    assert all(filled.digest(row.id) is not None for row in rows)


def test_a_newer_programs_digests_are_left_alone(filled: Store, clock: Clock) -> None:
    filled._run("UPDATE finding SET produced_by = 'digest-99+abc'")
    assert run(filled, clock).digested == 0
    assert makers(filled) == ["digest-99+abc"] * 3


def test_what_can_not_be_made_anew_keeps_its_digest_and_is_not_tried_for_ever(
    filled: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [filled.digest(row.id) for row in filled.article_rows()]
    filled._run("UPDATE finding SET produced_by = ''")

    def failing(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("briefing.refresh.tasks.make_digest", failing)
    assert len(run(filled, clock).faults) == 3
    assert run(filled, clock).faults == ()
    assert [filled.digest(row.id) for row in filled.article_rows()] == before


@given(st.text(), st.text())
def test_of_two_makers_at_most_one_program_is_older(one: str, other: str) -> None:
    assert not is_older(one, one)
    if is_older(one, other) and is_older(other, one):  # the same program with other data
        assert one != other


def test_programs_are_compared_by_number_and_data_by_being_other() -> None:
    assert is_older("digest-9+a", "digest-10+a")
    assert not is_older("digest-10+a", "digest-9+a")
    assert is_older("digest-9+a", "digest-9+b")
    assert is_older("", "digest-1+a")
