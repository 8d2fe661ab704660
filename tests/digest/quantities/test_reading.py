"""How figures are read: shares, locales, dollars, before and after, what is no number."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.digest.quantities.figures import find_figures
from briefing.digest.quantities.numbers import find_quantities, may_count
from briefing.digest.sentences.document import read_document
from briefing.digest.wordlists import table
from briefing.model import Article, Change, Figure
from briefing.text import words
from tests.growth import assert_linear


def figures(text: str, language: str = "en", url: str | None = None) -> tuple[Figure, ...]:
    """The figures of a text of one article."""
    return find_figures(read_document(Article("a", text, language=language, url=url)))


@pytest.mark.parametrize(
    ("text", "value", "surface"),
    [
        ("Eight out of ten ferries ran late.", 0.8, "Eight out of ten"),
        ("One in five ferries ran late.", 0.2, "One in five"),
        ("3 in every 4 ferries ran late.", 0.75, "3 in every 4"),
        ("The mill employs one in nine of the people of Velm.", 0.1111, "one in nine"),
        ("Two thirds of the ferries ran late.", 0.667, "Two thirds"),
        ("A quarter of the ferries ran late.", 0.25, "A quarter"),
    ],
)
def test_a_share_in_words_is_a_fraction(text: str, value: float, surface: str) -> None:
    """A share told in words has the plain fraction as its value and no unit."""
    (figure,) = figures(text)
    assert (figure.value, figure.unit, figure.surface) == (value, "", surface)


@pytest.mark.parametrize(
    ("text", "value", "surface"),
    [
        ("Thirty-one people were hurt.", 31, "Thirty-one"),
        ("They counted twenty-two seals.", 22, "twenty-two"),
        ("They counted twenty-one thousand seals.", 21_000, "twenty-one thousand"),
    ],
)
def test_a_number_of_two_words_is_read_whole(text: str, value: float, surface: str) -> None:
    """ "Thirty-one" is not thirty."""
    (figure,) = figures(text)
    assert (figure.value, figure.surface) == (value, surface)


@pytest.mark.parametrize(
    "text", ["Two in three days sank.", "He was one of five.", "The ferry won two in 2019."]
)
def test_what_only_looks_like_a_share_is_none(text: str) -> None:
    """Two events in three days, and a member of five, are no fractions."""
    assert all(f.value >= 1 for f in figures(text))


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("Norrane owes 12,34,567 crowns.", "en", 1_234_567),
        ("Norrane owes 1,234.5 crowns.", "en", 1234.5),
        ("Norrane owes 1.234,5 crowns.", "en", 1234.5),
        ("Norrane owes 1\u00a0234\u00a0567 crowns.", "en", 1_234_567),
        ("Norrane schuldet 1.234,5 Kronen.", "de", 1234.5),
        ("Norrane schuldet 1.234 Kronen.", "de", 1234),
        ("Norrane schuldet 2,5 Kronen.", "de", 2.5),
    ],
)
def test_separators_of_other_places(text: str, language: str, value: float) -> None:
    """Indian groups, the German comma and spaces between groups give the number that is meant."""
    assert [f.value for f in figures(text, language)] == [value]


def test_numbers_of_a_list_are_not_run_together() -> None:
    """ "10,11 and 12" are three numbers, not one of four digits."""
    assert 1011 not in {q.value for q in find_quantities("The gates 10,11 and 12 barges closed.")}


@pytest.mark.parametrize(
    ("text", "url", "unit"),
    [
        ("The dam cost $4 million.", None, "USD"),
        ("The dam cost $4 million.", "https://news.example.com.au/dam", "AUD"),
        ("The dam cost $4 million.", "https://example.ca/dam", "CAD"),
        ("The dam cost US$4 million.", "https://example.ca/dam", "USD"),
        ("The dam cost A$4 million.", None, "AUD"),
        ("The dam cost C$4 million.", None, "CAD"),
        ("The dam cost 4 million Canadian dollars.", None, "CAD"),
        ("The dam cost $4 million. All figures are in Australian dollars.", None, "AUD"),
        ("The dam cost €4 million.", "https://example.ca/dam", "EUR"),
        ("The dam cost $4 million.", "http://[broken", "USD"),
    ],
)
def test_a_dollar_is_that_of_the_text_or_its_country(text: str, url: str | None, unit: str) -> None:
    """A bare "$" follows what the text states, then its address; a marked one stays."""
    assert figures(text, url=url)[0].unit == unit


def test_a_text_that_marks_its_own_dollar_means_the_american_one_by_the_bare_sign() -> None:
    """ "A$6 million ($4 million)": the second is the same sum in US dollars."""
    found = figures("The dam cost A$6 million ($4 million).", url="https://example.com.au/dam")
    assert {f.value: f.unit for f in found} == {6e6: "AUD", 4e6: "USD"}


@pytest.mark.parametrize(
    ("text", "change", "unit"),
    [
        ("Unemployment rose to 6.6 from 6.9 per cent.", Change(6.9, 6.6), "%"),
        ("Its value was slashed from $47 billion to $8 billion.", Change(47e9, 8e9), "USD"),
    ],
)
def test_a_move_is_one_figure(text: str, change: Change, unit: str) -> None:
    """Before and after are one figure, its value the later one."""
    (figure,) = figures(text)
    assert (figure.change, figure.value, figure.unit) == (change, change.after, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Brun was 55.",
        "Ada Brun Jr., 55, of Velm, ran the port.",
        "He flew a 737 Max.",
        "She rang 911 operators.",
        "A guard called 911 when he spotted the ferry.",
        "The price rose over 2013.",
        "The shop closes at 1800hrs.",
        "It carried two-wheeled carts.",
    ],
)
def test_more_that_is_no_figure(text: str) -> None:
    """Ages behind a verb, aircraft, calls for help, years behind "over", hours of a day."""
    assert figures(text) == ()


def test_a_count_above_a_year_like_number_is_one() -> None:
    """ "Over 2000 seals" is a count: something counted follows."""
    (figure,) = figures("Over 2000 seals came ashore.")
    assert (figure.value, figure.bound) == (2000, "more")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The blast killed 12 people in Velm.", "people killed in Velm"),
        ("Roughly 900 US troops remain in Velm.", "US troops remain in Velm"),
        ("Four of them had eaten the soup.", "had eaten the soup"),
        ("The dam is 3,200 feet (975 m) long.", "dam"),
    ],
)
def test_what_is_counted_has_what_happened_to_it(text: str, counts: str) -> None:
    """The verb before a toll, the predicate after a count; "US" is no pronoun."""
    assert figures(text)[0].counts == counts


def test_an_article_without_numbers_has_no_figures() -> None:
    """Prose alone gives nothing, and nothing fails."""
    assert figures("The ferry sailed. Nobody saw it leave, and nobody waited.") == ()
    assert figures("") == ()


@pytest.mark.parametrize(
    "text",
    [
        "12 14 18 22\n31 7 9 2\n" * 40,
        " ".join(str(n) for n in range(3, 200)),
        "Norrane 3-0 Velm\nOrsk 2-2 Tarn\nHalle 104-98 Brun\n" * 20,
    ],
)
def test_tables_and_results_have_no_key_figure(text: str) -> None:
    """Numbers with nothing counted never stand in the box."""
    assert not any(f.key for f in figures(text))


NUMBERS = st.sampled_from(
    ["2,000", "1.234,5", "12,34,567", "$4m", "one in five", "more than 20", "3 to 5", "6%", "half"]
)
WORDS = st.sampled_from(
    ["seals", "of the", "killed", "in Velm", ".", ",", "(", "from", "rose", "-"]
)


@settings(deadline=None)  # the first text reads the grammar
@given(
    st.lists(st.one_of(NUMBERS, WORDS), max_size=25).map(" ".join), st.sampled_from(["en", "de"])
)
def test_a_span_lies_in_its_sentence_and_shows_its_surface(text: str, language: str) -> None:
    """Whatever stands together, the span is that of the surface, inside the evidence."""
    for figure in figures(text, language):
        assert figure.span.of(text) == figure.surface
        assert len(figure.evidence) == 1
        assert figure.evidence[0].contains(figure.span)


@pytest.mark.parametrize("list_of", ["words", "magnitudes", "fractions"])
def test_a_number_is_looked_for_wherever_a_word_may_count(list_of: str) -> None:
    for word in table("numbers")[list_of]:
        for text in (f"The {word} of them", f"one {word} of the ships", f"{word}-odd", f"5{word}"):
            if find_quantities(text):
                assert may_count(words(text)), text


@given(st.text("one in out of tw3½-’ \n"))
def test_a_sentence_without_a_word_that_may_count_has_no_number(text: str) -> None:
    assert may_count(words(text)) or not find_quantities(text)


def test_a_very_long_article_takes_no_longer_for_each_sentence() -> None:
    """Thousands of sentences with figures take time that grows with their number alone."""
    sold = "The port of Velm sold 40 ships for $3 million in May. "
    assert_linear(lambda n: read_document(Article("a", sold * n)), find_figures, 1_000)
