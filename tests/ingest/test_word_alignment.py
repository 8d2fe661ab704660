"""Which lines an extractor's answer holds."""

from briefing.ingest.word_alignment import lines_in
from tests.growth import assert_linear


def test_lines_are_found_by_their_words_in_order() -> None:
    lines = ["Home", "The bridge was closed on Monday", "Home", "Lorries have to go around", "Top"]
    kept, share = lines_in(
        "The bridge was closed on Monday. Home. Lorries have to go round!", lines
    )
    assert kept == [False, True, True, True, False]
    assert 0.8 < share < 1


def test_of_a_line_that_stands_twice_the_one_beside_the_others_is_meant() -> None:
    lines = [
        "Bridge closed now",
        "Menu of the day",
        "Bridge closed now",
        "A bolt was cracked, they say",
    ]
    kept, share = lines_in("Bridge closed now\nA bolt was cracked, they say", lines)
    assert kept == [False, False, True, True]
    assert share == 1


def test_an_answer_from_elsewhere_is_not_found() -> None:
    assert lines_in("Nothing of this is on the page at all", ["One", "Two lines of it"])[1] == 0


def test_a_long_page_is_compared_in_time_that_grows_with_its_length() -> None:
    def page(size: int) -> list[str]:
        again = ["the same words again and again"] * size
        return again + [f"line {n} of it" for n in range(size)]

    assert_linear(page, lambda lines: lines_in("\n".join(lines), lines), 2_000)
