"""Where lines break: nothing is lost, no line is wider than its room, words stay whole."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from briefing.ui.widgets.line_breaks import line_breaks

WORDS = st.text(st.sampled_from("ab .,-é“–漢語한👍é"), max_size=120).map(
    lambda words: " ".join(words.split())
)


@given(WORDS, st.integers(2, 30), st.integers(2, 30))
def test_lines_fit_and_hold_every_character_but_the_spaces_between(
    text: str, first: int, later: int
) -> None:
    lines = line_breaks(text, first, later)
    shown = [text[a:b] for a, b in lines]
    assert "".join("".join(shown).split()) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(lines))
    rooms = [first, *[later] * len(lines)]
    assert all(cell_len(line) <= room for line, room in zip(shown, rooms, strict=False))


@given(st.lists(st.text(st.sampled_from("abc漢"), min_size=1, max_size=3), max_size=30))
def test_words_that_fit_are_never_cut(words: list[str]) -> None:
    text = " ".join(words)
    assert [w for a, b in line_breaks(text, 10, 8) for w in text[a:b].split()] == words


@given(st.text(st.sampled_from("ab 漢"), max_size=60), st.integers(2, 20))
def test_code_breaks_at_the_column_and_keeps_its_spaces(text: str, width: int) -> None:
    lines = line_breaks(text, width, width, hard=True)
    assert "".join(text[a:b] for a, b in lines) == text


def test_a_paragraph_that_fits_is_one_line() -> None:
    assert line_breaks("The ferry left.", 20, 20) == [(0, 15)]
    assert line_breaks("", 20, 20) == [(0, 0)]
    assert line_breaks("The ferry left late.", 9, 6) == [(0, 9), (10, 14), (15, 20)]
