"""Cleaning, sentences and addresses: what everything else counts on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text import (
    clean_line,
    clean_text,
    detect_language,
    language_of,
    paragraphs,
    sentences,
    stem,
    strip_controls,
    terms,
    words,
)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("title\x1b]0;owned\x07!", "title!"),
        ("\x1b]52;c;aGk=\x1b\\copied", "copied"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("c1 \x9b31m here", "c1 here"),
        ("over\u202eride\u202c", "override"),
        ("two\nlines\tand  spaces ", "two lines and spaces"),
    ],
)
def test_a_cleaned_line_holds_nothing_that_moves_a_cursor(dirty: str, clean: str) -> None:
    assert clean_line(dirty) == clean


@given(st.text())
def test_no_control_character_survives_cleaning(text: str) -> None:
    for cleaned in (strip_controls(text), clean_line(text), clean_text(text)):
        assert not any(ord(c) < 32 and c not in "\n\t" for c in cleaned)
        assert not any(0x7F <= ord(c) <= 0x9F for c in cleaned)
        assert "\u202e" not in cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


@given(st.text(alphabet=st.sampled_from('abc ABC.!?…"”)\n 12 U.S. Dr.'), max_size=200))
def test_sentences_lie_in_order_and_leave_no_word_out(text: str) -> None:
    spans = sentences(text)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert "\n" not in span.of(text)
        assert span.of(text) == span.of(text).strip()
        end = span.end
    assert "".join("".join(s.of(text) for s in spans).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Adeyemi spoke to Mr. Ruud. He agreed.", 2),
        ("The U.S. Senate met. It voted.", 2),
        ("He lives in the U.S. The law differs.", 2),
        ("It grew by 6.1 percent. Prices fell.", 2),
        ("The port shut on Jan. 4 after a storm.", 1),
        ("“Is it safe?” she asked. “Yes.”", 2),
        ("J. R. Mols wrote the report. No. 7 was missing.", 2),
        ("First line without stop\nSecond line.", 2),
        ("She said: “We stop here.” Then she left.", 2),
    ],
)
def test_a_full_stop_ends_a_sentence_only_where_one_ends(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_german_ordinals_and_abbreviations_do_not_end_a_sentence() -> None:
    assert len(sentences("Am 3. Mai kam Dr. Ohlsen an. Er blieb.", "de")) == 2


def test_paragraphs_are_the_lines_with_words() -> None:
    text = "  one \n\n two\n"
    assert [p.of(text) for p in paragraphs(text)] == ["one", "two"]


def test_terms_are_stems_without_function_words() -> None:
    assert terms("The bridges were closed to lorries") == [
        stem("bridges"),
        stem("closed"),
        stem("lorries"),
    ]
    assert words("It’s the port-authority's") == ["it's", "the", "port-authority's"]


@pytest.mark.parametrize("word", ["accord", "l'accord", "d'accords", "qu'accord", "l’accord"])
def test_french_words_share_a_stem_with_and_without_an_elision(word: str) -> None:
    assert terms(f"Il signe {word} demain", "fr")[1] == stem("accord", "fr")


def test_no_other_apostrophe_cuts_a_word() -> None:
    assert stem("presqu'île", "fr") != stem("île", "fr")
    assert stem("d'accord", "en") != stem("accord", "en")


def test_a_language_is_told_from_a_few_sentences_and_not_from_a_few_letters() -> None:
    german = "Die Hafenbehörde hat die Brücke am Montag für Lastwagen gesperrt, sagte ein Sprecher."
    assert detect_language(german) == "de"
    assert detect_language("OK", default="fr") == "fr"


def test_a_text_that_is_surely_in_another_language_stands_over_what_its_page_says() -> None:
    german = "Die Hafenbehörde hat die Brücke am Montag für Lastwagen gesperrt. " * 5
    assert language_of(german, "en") == "de"
    assert language_of(german[:70], "en") == "en"
    assert language_of(german, None) == "de"
    assert language_of("12 345 " * 90, "fr") == "fr"
