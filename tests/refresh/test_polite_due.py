"""The checklist of polite fetching: when a feed is fetched next, and why."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import FeedRhythm, FeedSettings
from briefing.refresh.schedule import FLOOR, after_success, own_interval
from briefing.store import Store
from tests.fake_web import Newsroom
from tests.feed_builders import MORNING, rss
from tests.refresh.conftest import FERRY_ITEM, Clock, run

HOUR = timedelta(hours=1)
SYNDICATION = "http://purl.org/rss/1.0/modules/syndication/"


def with_head(head: str) -> str:
    """A feed with ``head`` in its channel."""
    text = rss("Outlet", [FERRY_ITEM]).decode()
    return text.replace("<channel>", f'<channel xmlns:sy="{SYNDICATION}">{head}', 1)


def wait_of(store: Store, clock: Clock) -> timedelta:
    """How long the only feed waits."""
    due_at = store.feeds()[0].next_fetch_at
    assert due_at is not None
    return due_at - clock()


def test_polite_04_a_304_moves_the_next_fetch_and_renews_validators_and_freshness(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    body = rss("Outlet", [FERRY_ITEM])
    feed = store.add_feed(room.put("/1.xml", body, etag='"1"'), "Outlet")
    run(store, clock)
    clock.pass_by(hours=1)
    fresh = {"ETag": '"2"', "Cache-Control": "max-age=7200"}
    room.fail("/1.xml", 304, headers=fresh)
    run(store, clock)
    after = store.feed(feed.id)
    assert (after.etag, after.error, wait_of(store, clock)) == ('"2"', None, 2 * HOUR)
    assert len(store.article_rows()) == 1


def test_polite_03_a_new_address_begins_without_the_old_ones_validators(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    body = rss("Outlet", [FERRY_ITEM])
    feed = store.add_feed(room.put("/1.xml", body, etag='"1"'), "Outlet")
    run(store, clock)
    store.edit_feed(feed.id, url=room.put("/2.xml", body, etag='"1"'))
    assert run(store, clock).fetched == 1  # due at once
    assert not {"if-none-match", "if-modified-since"} & set(room.last("/2.xml").headers)


def test_polite_06_retry_after_of_a_redirect_survives_a_restart(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    room.feed("/new.xml", rss("Outlet", [FERRY_ITEM]))
    room.fail("/old.xml", 302, retry_after=7200, headers={"Location": "/new.xml"})
    store.add_feed(room.url("/old.xml"), "Outlet")
    assert run(store, clock).new_articles == 1
    with Store.open(store.path) as reopened:
        assert wait_of(reopened, clock) == 2 * HOUR
        assert "Retry-After" in reopened.feeds()[0].due_reason


@pytest.mark.parametrize(
    ("head", "hours"),
    [
        ("<ttl>360</ttl>", 6),
        ("<ttl>5</ttl>", 1),
        ("<ttl>often</ttl>", 1),
        ("<ttl>-600</ttl>", 1),
        ("<ttl>9999999</ttl>", 24),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 24),
        (
            "<sy:updatePeriod> Daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            6,
        ),
        (
            "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            1,
        ),
        ("<sy:updatePeriod>weekly</sy:updatePeriod>", 24),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", 1),
        # The morning is a Tuesday, 7 o'clock.
        ("<skipHours><hour>8</hour><hour>9</hour></skipHours>", 3),
        ("<skipDays><day>Tuesday</day></skipDays>", 17),
        ("<skipHours><hour>7</hour><hour>77</hour><hour>x</hour></skipHours>", 1),
        (f"<skipHours>{''.join(f'<hour>{h}</hour>' for h in range(24))}</skipHours>", 1),
        ("<skipHours><hour>8</hour>", 1),
    ],
)
def test_polite_11_what_a_feed_says_of_its_rhythm_is_honoured_and_nonsense_is_not(
    room: Newsroom, store: Store, clock: Clock, head: str, hours: int
) -> None:
    clock.time = MORNING.replace(hour=7, minute=5)
    store.add_feed(room.put("/1.xml", with_head(head)), "Outlet")
    for _ in range(2):  # a 304 says nothing of it, and it still holds
        run(store, clock, force=False, feeds=store.feeds())
        wait = wait_of(store, clock) / HOUR
        if "skip" in head and hours > 1:
            assert hours - 0.1 <= wait <= hours + 0.2
        else:
            assert hours - 0.1 <= wait <= hours
        clock.pass_by(minutes=2)


def test_polite_11_a_users_own_interval_goes_before_ttl_but_not_before_skip_hours() -> None:
    rhythm = FeedRhythm(ttl_minutes=360)
    own = FeedSettings(interval_minutes=30)
    interval, why = own_interval(HOUR, own)
    due = after_success(MORNING, interval, why=why, own=own, rhythm=rhythm)
    assert (due.at, due.why) == (MORNING + HOUR / 2, "the interval set for this feed")
    night = FeedRhythm(skip_hours=tuple(range(6, 12)))
    assert after_success(MORNING.replace(hour=6), interval, own=own, rhythm=night).at.hour == 12


@given(
    st.integers(1_500_000_000, 1_900_000_000),
    st.sets(st.integers(0, 23), max_size=23),
    st.sets(st.integers(0, 6), max_size=6),
)
def test_polite_11_a_feed_is_never_due_at_an_hour_or_day_to_be_skipped(
    second: int, hours: set[int], days: set[int]
) -> None:
    now = datetime.fromtimestamp(second, UTC)
    rhythm = FeedRhythm(skip_hours=tuple(hours), skip_days=tuple(days))
    at = after_success(now, HOUR, rhythm=rhythm, key="1").at
    assert at.hour not in hours
    assert at.weekday() not in days
    assert at - now <= timedelta(days=8)


@given(st.integers(1, 600), st.text())
def test_polite_12_nothing_goes_under_15_minutes_but_a_users_word_for_one_feed(
    minutes: int, key: str
) -> None:
    usual = timedelta(minutes=minutes)
    interval, why = own_interval(usual)
    assert after_success(MORNING, interval, why=why, key=key).at - MORNING >= FLOOR
    own = FeedSettings(interval_minutes=5)
    wait = after_success(MORNING, own_interval(usual, own)[0], own=own, key=key).at - MORNING
    assert wait == timedelta(minutes=5)


def test_polite_14_fetches_are_spread_and_not_fired_together(
    room: Newsroom, store: Store, clock: Clock
) -> None:
    for number in range(8):
        store.add_feed(room.feed(f"/{number}.xml", rss(f"Outlet {number}", [FERRY_ITEM])))
    run(store, clock)
    waits = {feed.next_fetch_at - clock() for feed in store.feeds() if feed.next_fetch_at}
    assert len(waits) == 8
    assert timedelta(minutes=54) <= min(waits) <= max(waits) <= HOUR


def test_auto_learns_from_the_rhythm_of_the_entries() -> None:
    auto = FeedSettings(auto_interval=True)
    days = [MORNING - timedelta(hours=6) * n for n in range(10)]
    assert own_interval(HOUR, auto, days)[0] == timedelta(hours=6)
    assert own_interval(HOUR, auto, [MORNING - timedelta(seconds=n) for n in range(9)])[0] == FLOOR
    years = [MORNING - timedelta(days=300) * n for n in range(9)]
    assert own_interval(HOUR, auto, years)[0] == timedelta(days=1)
    assert own_interval(HOUR, auto, days[:2])[0] == HOUR  # too few to learn from
