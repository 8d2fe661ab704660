"""Word pieces: as the encoder's base reads text, whatever the text is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.encoder.word_pieces import WordPieces

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "bridge", "##s", "b", "##r", "ca", "##fe"]
PIECES += [".", "-", "€", "5", "##5"]


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(PIECES)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The bridges.", ["the", "bridge", "##s", "."]),
        ("Café", ["ca", "##fe"]),  # without accents
        ("br", ["b", "##r"]),
        ("the-bridge", ["the", "-", "bridge"]),
        ("€55", ["€", "##5", "##5"]),  # a sign of currency is no punctuation
        ("the\u200b bridge\x00\ttheta", ["the", "bridge", "[UNK]"]),
        ("b" * 101, ["[UNK]"]),
        ("  ", []),
    ],
)
def test_text_is_read_in_the_longest_pieces(pieces: WordPieces, text: str, read: list[str]) -> None:
    assert [PIECES[number] for number in pieces.read(text)] == read


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert all(0 <= number < len(PIECES) for number in WordPieces(PIECES).read(text))
