"""Windows: every sentence is judged once, in a window that is not too long."""

from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.encoder.windows import WINDOW, window_of, windows_of

TOKENS = st.lists(st.integers(4, 90), max_size=200)


@given(TOKENS, st.lists(TOKENS, max_size=40))
def test_each_sentence_is_judged_once_where_it_stands(
    title: list[int], sentences: list[list[int]]
) -> None:
    windows = list(windows_of(title, sentences, opener=2, separator=3))
    places = [place for window in windows for place in window.places]
    assert [number for number, _, _ in places] == list(range(len(sentences)))
    for window in windows:
        assert len(window.tokens) <= WINDOW
        for number, first, end in window.places:
            own = sentences[number][: end - first] or [3]
            assert list(window.tokens[first:end]) == own


def test_a_later_window_begins_with_the_opening_and_the_two_sentences_before() -> None:
    sentences = [[10 + number] * 60 for number in range(9)]
    second = list(windows_of([9], sentences, opener=2, separator=3))[1]
    first_judged = second.places[0][0]
    assert second.tokens[:3] == (2, 9, 3)
    assert second.tokens[3:51] == (10,) * 48
    before = second.tokens[52 : second.places[0][1]]
    assert before == (8 + first_judged,) * 60 + (9 + first_judged,) * 60


@given(TOKENS, st.lists(TOKENS, min_size=1, max_size=12))
def test_the_shortest_window_of_a_sentence_ends_with_it(
    title: list[int], sentences: list[list[int]]
) -> None:
    number = len(sentences) - 1
    window = window_of(number, title, sentences, opener=2, separator=3)
    ((judged, first, end),) = window.places
    assert judged == number
    assert list(window.tokens[first:end]) == (sentences[-1][: end - first] or [3])
    assert window.tokens[end:] == (3,)
    assert len(window.tokens) <= WINDOW + 128
