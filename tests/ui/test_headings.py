"""What stands at the head of the screen and on the borders of its panes fits there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import EditionCounts, FetchHealth
from briefing.ui.panes.headings import brief_title, edition_head, empty_words, source_title
from briefing.ui.targets import Passage
from tests.ui.frozen import NOW

COUNTS = EditionCounts(stories=14, above=10, articles=212, sources=38, unread=9)
WORDS = st.text("abc", min_size=1, max_size=90)
ROOMS = st.integers(56, 120)


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (40, " Tue 5 May   14 stories · 9 unread"),
        (50, " Briefing   Tue 5 May   14 stories · 9 unread"),
        (80, " Briefing   Tue 5 May · morning   14 stories · 9 unread"),
        (
            120,
            " Briefing   Tue 5 May · morning   14 stories · 212 articles · 38 sources · 9 unread",
        ),
    ],
)
def test_a_wider_terminal_is_told_more_of_the_edition(width: int, words: str) -> None:
    assert edition_head(NOW, COUNTS, width).plain == words


@given(st.integers(40, 200), st.integers(0, 60))
def test_whatever_stands_beside_it_the_day_and_the_unread_stay(width: int, beside: int) -> None:
    room = max(22, width - beside)
    head = edition_head(NOW, COUNTS, width, room).plain
    assert "Tue 5 May" in head
    assert head.endswith("9 unread")
    assert len(head) <= room


def test_before_the_counts_the_head_has_the_date_alone() -> None:
    assert edition_head(NOW, None, 80).plain == " Briefing   Tue 5 May · morning"


@given(WORDS, ROOMS, st.booleans())
def test_a_brief_title_fits_and_says_whether_it_is_an_earlier_chapter(
    headline: str, room: int, earlier: bool
) -> None:
    title = brief_title(headline, room, earlier=earlier).plain
    assert len(title) <= room
    assert title.startswith("Earlier › ") is earlier


@given(WORDS, WORDS, WORDS, ROOMS)
def test_a_source_title_fits_however_long_its_parts_are(
    headline: str, label: str, outlet: str, room: int
) -> None:
    assert len(source_title(headline, Passage("1", label), outlet, room).plain) <= room


def test_a_source_title_names_an_outlet_once_where_the_line_is_the_outlet() -> None:
    passage = Passage("1", "Fell Beacon")
    title = source_title("Quarry shuts", passage, "Fell Beacon", 80).plain
    assert title == "Edition › Quarry shuts › Fell Beacon"


@pytest.mark.parametrize(
    ("feeds", "words"),
    [
        (1, "The feed could not be fetched."),
        (2, "None of 2 feeds could be fetched."),
        (1200, "None of 1,200 feeds could be fetched."),
    ],
)
def test_that_no_feed_could_be_fetched_is_a_sentence(feeds: int, words: str) -> None:
    assert " ".join(empty_words(FetchHealth(feeds, feeds, None), "")[:2]) == words
