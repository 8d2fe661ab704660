"""clean promises: what cannot be seen is gone, what a script or an emoji is written with stays."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text import clean_line, clean_text, shortened, strip_controls
from tests.growth import assert_linear

ODD = (
    "ab1 \n\u00ad\u0301\u0323\u064b\u200b\u200c\u200d\u200e\u202e\u2060\u2067\ufe0e\ufe0f"
    "\ufeff\u180b\u034f\U000e0100"
    "\U0001f468\U0001f469\U0001f3fb\U0001f3f4\U000e0067\U000e007f❤#\u20e3میک्र్ന\u0d4dไท١२ᠠ\x1b]["
)
ODD_TEXT = st.text(alphabet=st.sampled_from(ODD), max_size=40)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("Unter\u00adnehmens\u00adkredite", "Unternehmenskredite"),
        ("Lan\u200bdes\u200cbank\u200d", "Landesbank"),
        ("word\u2060joiner \ufeffmark", "wordjoiner mark"),
        ("1\u200b2\u200c3\u200d4\u20605", "12345"),
        ("١\u200c٢\u200d٣", "١٢٣"),
        ("१\u200d२", "१२"),
        ("\u202eabc\u202c \u2066d\u2069 \u200ee\u200f\u061c", "abc d e"),
        ("A\ufe0f文\U000e0100", "A文"),
        ("tag\U000e0067\U000e0062", "tag"),
        ("in\u2063visible\u180e\ufff9", "invisible"),
    ],
)
def test_hostile_03_what_is_not_seen_is_gone(dirty: str, clean: str) -> None:
    assert clean_line(dirty) == clean
    assert clean_text(dirty) == clean


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم خانه\u200cها",  # Persian
        "ক\u09cd\u200dষ র\u200d\u09cdয",  # Bengali
        "അവന\u0d4d\u200d പറഞ്ഞു",  # Malayalam, at a word's end
        "क\u094d\u200cष क\u094d\u200dष",  # Devanagari
        "ශ\u0dca\u200dරී",  # Sinhala
        "ภาษา\u200bไทย",  # Thai
        "👨\u200d👩\u200d👧\u200d👦 and 🏳\ufe0f\u200d🌈",
        "❤\ufe0f\u200d🔥 👩🏽\u200d🚒 1\ufe0f\u20e3 ☺\ufe0e",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "שָׁלוֹם עֲלֵיכֶם",  # pointed Hebrew
        "العَرَبِيَّة",
        "e\u0323\u0302 Việt",
        "རྒྱུད་",
    ],
)
def test_hostile_03_what_a_script_or_an_emoji_is_written_with_stays(text: str) -> None:
    assert clean_line(text) == text


def test_hostile_04_marks_are_limited_on_each_character() -> None:
    assert clean_line("Z" + "\u0301" * 1_000 + "a\u0300") == "Z" + "\u0301" * 4 + "a\u0300"
    assert clean_line("!" + "\u0336\u0489" * 500) == "!" + "\u0336\u0489" * 2
    assert clean_line("ب" + "\u064b\u200d" * 500 + "ب").count("\u064b") == 4
    assert clean_line("…" * 20 + "——————") == "…" * 20 + "——————"


def test_hostile_04_emoji_are_joined_to_short_sequences() -> None:
    chain = clean_line("\u200d".join("👨" * 500))
    assert chain.count("👨") == 500
    assert chain.count("\u200d") == 3


@given(st.text() | ODD_TEXT)
def test_hostile_04_no_character_has_more_marks_than_the_most(text: str) -> None:
    marks = 0
    for character in strip_controls(text):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else marks if category == "Cf" else 0
        assert marks <= 4


@given(st.text() | ODD_TEXT)
def test_cleaning_is_done_in_one_go(text: str) -> None:
    for clean in (strip_controls, clean_line, clean_text):
        assert clean(clean(text)) == clean(text)


@given(ODD_TEXT)
def test_hostile_03_letters_and_digits_stay_in_their_order(text: str) -> None:
    plain = "".join(re.findall(r"\w", text.replace("\x1b", "")))
    assert "".join(re.findall(r"\w", strip_controls(text.replace("\x1b", "")))) == plain


@pytest.mark.parametrize(
    "piece", ["\u0301", "👨\u200d", "\u00ad", "م\u200c", "\U000e0067", "—", "a\u0301"]
)
def test_cleaning_takes_time_in_proportion_to_the_text(piece: str) -> None:
    assert_linear(lambda size: piece * size, strip_controls, 100_000)


@pytest.mark.parametrize(
    ("line", "most", "cut"),
    [
        ("short", 5, "short"),
        ("a long title", 7, "a long…"),
        ("a long title", 8, "a long…"),
        ("cafe\u0301s", 5, "caf…"),
        ("x👨\u200d👩\u200d👧!!!", 4, "x…"),
        ("\u0301" * 9, 3, "…"),
    ],
)
def test_hostile_05_a_cut_line_ends_in_an_ellipsis_and_cuts_no_character(
    line: str, most: int, cut: str
) -> None:
    assert shortened(line, most) == cut


@given(st.text() | ODD_TEXT, st.integers(1, 30))
def test_hostile_05_a_cut_line_is_no_longer_than_it_may_be(line: str, most: int) -> None:
    assert len(shortened(line, most)) <= most


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("Ferry\nstops", "Ferry stops"),
        ("Ferry\r\n\t stops", "Ferry stops"),
        ("Fer\0ry stops", "Ferry stops"),
        ("\tFerry stops\n", "Ferry stops"),
        ("Ferry\u2028stops\u2029at once", "Ferry stops at once"),
    ],
)
def test_hostile_06_newlines_and_tabs_are_spaces_in_a_line_and_nul_is_gone(
    dirty: str, clean: str
) -> None:
    assert clean_line(dirty) == clean
