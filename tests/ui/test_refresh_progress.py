"""What the status line says of a refresh is true, and says what is still to come."""

from datetime import UTC, datetime, timedelta

import pytest

from briefing.model import BriefingError, FetchHealth
from briefing.refresh import (
    Event,
    FeedDone,
    Finished,
    RefreshReport,
    StageProgress,
    Started,
    Told,
)
from briefing.ui.panes.headings import health_words
from briefing.ui.refresh_progress import RefreshProgress, outcome_words

NOW = datetime(2026, 5, 5, 7, 30, tzinfo=UTC)


def last_words(*events: tuple[float, Event]) -> str:
    progress = RefreshProgress()
    return [progress.words(event, at) for at, event in events][-1]


def test_feeds_are_counted_and_so_are_those_that_failed() -> None:
    begun = (0.0, Started(1200))
    good = (0.1, FeedDone("Coast Courier", "https://courier.example/feed", 3))
    bad = (0.2, FeedDone("Kerrin Post", "https://kerrin.example/feed", 0, "it is gone"))
    assert last_words(begun) == "fetching 1,200 feeds …"
    assert last_words(begun, good) == "fetching 1 of 1,200 feeds"
    assert last_words(begun, good, bad) == "fetching 2 of 1,200 feeds · 1 failed"


def test_while_feeds_are_fetched_no_other_stage_is_told() -> None:
    assert last_words((0, Started(2)), (1, StageProgress("digest", 3, 9))) == ""


@pytest.mark.parametrize(
    ("done", "at", "words"),
    [
        (1, 1.0, "digesting 1 of 1,000"),  # too soon to tell
        (100, 10.0, "digesting 100 of 1,000 · 90 s left"),
        (50, 10.0, "digesting 50 of 1,000 · 3 min left"),
        (990, 99.0, "digesting 990 of 1,000"),
    ],
)
def test_the_time_left_is_told_when_it_can_be_foretold(done: int, at: float, words: str) -> None:
    first = (0.0, StageProgress("digest", 0, 1000))
    told = last_words((0, Started(0)), first, (at, StageProgress("digest", done, 1000)))
    assert told == words


@pytest.mark.parametrize("edition", [StageProgress("judge", 9, 9), Told(9, complete=True)])
def test_what_comes_behind_the_edition_is_called_older(edition: Event) -> None:
    told = (1.0, edition)
    assert last_words(told, (2.0, StageProgress("extract", 1, 80))) == "reading older 1 of 80"
    assert last_words(told, (2.0, StageProgress("link", 7, 80))) == "telling older 7 of 80"


def test_more_stories_come_until_the_refresh_says_that_all_are_told() -> None:
    progress = RefreshProgress()
    assert progress.words(Told(4), 1.0) == ""
    assert not progress.has_told
    assert progress.words(Told(9, complete=True), 2.0) == "all stories told · finishing …"
    assert progress.has_told


def test_a_refresh_that_told_nothing_does_not_speak_of_stories() -> None:
    assert last_words((0, Started(2)), (1, Told(0, complete=True))) == ""


def test_stages_that_work_side_by_side_do_not_take_turns_in_the_status_line() -> None:
    progress = RefreshProgress()
    steps = (
        StageProgress("extract", 8, 100),
        StageProgress("digest", 4, 100),
        StageProgress("extract", 60, 100),
        StageProgress("link", 4, 30),
        StageProgress("digest", 100, 100),
        StageProgress("link", 90, 100),
        StageProgress("digest", 101, 101),
    )
    told = [words for at, step in enumerate(steps) if (words := progress.words(step, at / 10))]
    assert told == [
        "reading 8 of 100",
        "digesting 4 of 100",
        "digesting 100 of 100",
        "telling 90 of 100",
    ]


def test_the_time_left_is_that_of_the_work_since_the_stage_is_told() -> None:
    begun = (0.0, StageProgress("digest", 500, 1000))
    words = last_words(begun, (10.0, StageProgress("digest", 600, 1000)))
    assert words == "digesting 600 of 1,000 · 40 s left"


FAILED = (("Kerrin Post", "https://kerrin.example/feed", BriefingError("it is gone")),)


@pytest.mark.parametrize(
    ("code", "report", "words"),
    [
        (0, RefreshReport(feeds=3, fetched=3), ""),
        (0, RefreshReport(), "nothing is due: asked a moment ago"),
        (
            1,
            RefreshReport(feeds=1, failures=FAILED),
            "the feed could not be fetched · f tells why",
        ),
        (1, RefreshReport(feeds=2, fetched=1, failures=FAILED), ""),  # the health line has it
        (
            0,
            RefreshReport(feeds=2, fetched=2, no_page=4, no_page_why="HTTP 503"),
            "4 pages not to be had now: summaries stand in",
        ),
        (
            3,
            RefreshReport(feeds=2, offline=True),
            "no network: the briefing is what was last fetched",
        ),
        (2, None, ""),
    ],
)
def test_a_refresh_that_failed_never_looks_like_one_that_worked(
    code: int, report: RefreshReport | None, words: str
) -> None:
    assert outcome_words(code, report) == words
    if report is not None:
        progress = RefreshProgress()
        progress.words(Finished(report), 0.0)
        assert progress.report == report


@pytest.mark.parametrize(
    ("health", "upcoming", "width", "words"),
    [
        (FetchHealth(0, 0, None), None, 80, ""),
        (FetchHealth(97, 0, NOW - timedelta(minutes=28)), None, 80, "updated 07:02"),
        (
            FetchHealth(97, 12, NOW - timedelta(minutes=28)),
            NOW + timedelta(minutes=30),
            80,
            "12 of 97 feeds failed · updated 07:02 · next 08:00",
        ),
        (FetchHealth(2, 2, NOW), None, 40, "2 of 2 feeds failed"),
        (FetchHealth(9, 0, NOW - timedelta(days=1)), None, 60, "updated Mon 07:30"),
    ],
)
def test_the_age_of_the_edition_and_the_feeds_that_failed_stand_in_the_status_line(
    health: FetchHealth, upcoming: datetime | None, width: int, words: str
) -> None:
    assert health_words(health, NOW, width, upcoming) == words
