"""When a feed is fetched next."""

from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from briefing.refresh import RefreshOptions
from briefing.refresh.fetching import due
from briefing.refresh.schedule import LONGEST_WAIT, after_failure, after_success
from briefing.store import Store
from tests.feed_builders import MORNING

HOUR = timedelta(hours=1)


def test_polite_05_a_server_may_ask_for_fewer_fetches_but_not_for_more() -> None:
    assert after_success(MORNING, HOUR, None).at == MORNING + HOUR
    assert after_success(MORNING, HOUR, 10).at == MORNING + HOUR
    assert after_success(MORNING, HOUR, 7200).at == MORNING + 2 * HOUR
    assert after_success(MORNING, HOUR, 10**9).at == MORNING + timedelta(days=1)


@given(st.integers(1, 10_000), st.text())
def test_polite_07_failures_never_silence_a_feed_for_much_more_than_a_day(
    failures: int, key: str
) -> None:
    wait = after_failure(MORNING, HOUR, failures, key=key) - MORNING
    assert HOUR <= wait <= timedelta(hours=27)


@given(st.floats(0, 1e12))
def test_polite_06_retry_after_is_never_undercut_within_reason(seconds: float) -> None:
    wait = after_failure(MORNING, HOUR, 1, retry_after=seconds) - MORNING
    assert wait >= min(timedelta(seconds=min(seconds, 1e8)), LONGEST_WAIT)


def test_polite_08_a_feed_that_is_gone_is_not_asked_for_again() -> None:
    assert after_failure(MORNING, HOUR, 1, status=410) - MORNING > timedelta(days=3000)


def test_a_person_who_asks_gets_all_feeds_but_those_that_were_told_to_wait(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.sqlite3") as store:
        well = store.add_feed("https://well.example/feed", "Well")
        waits = store.add_feed("https://waits.example/feed", "Waits")
        fresh = store.add_feed("https://fresh.example/feed", "Fresh")
        later = MORNING + 3 * HOUR
        store.record_fetch(well.id, fetched_at=MORNING - HOUR, next_fetch_at=later)
        store.record_fetch(
            waits.id,
            fetched_at=MORNING - HOUR,
            next_fetch_at=later,
            error="too many requests",
            failures=1,
        )
        store.record_fetch(fresh.id, fetched_at=MORNING, next_fetch_at=later)
        by_hand = due(store, RefreshOptions(manual=True), MORNING)
        assert [f.title for f in by_hand] == ["Well"]
        assert due(store, RefreshOptions(), MORNING) == []
