"""What an article's figures promise: value, unit, bound, what is counted, no bare number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.quantities.figures import MAX_KEY, find_figures
from briefing.digest.quantities.numbers import find_quantities
from briefing.digest.sentences.document import read_document
from briefing.digest.wordlists import table
from briefing.model import Article, Change, Figure
from tests.growth import assert_linear


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text of one article."""
    return find_figures(read_document(Article("a", text)))


def the_figure(text: str) -> Figure:
    """The only figure of a text."""
    found = figures(text)
    assert len(found) == 1, [f.surface for f in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("The yard built 1,900 barges.", "1,900", 1900, ""),
        ("The yard built twenty-five barges.", "twenty-five", 25, ""),
        ("Two dozen towns signed.", "Two dozen", 24, ""),
        ("A dozen towns signed.", "A dozen", 12, ""),
        ("Some 40,000 herders left.", "Some 40,000", 40_000, ""),
        ("Norrane spent $1.2bn on ferries.", "$1.2bn", 1.2e9, "USD"),
        ("Norrane spent £3.5 million on ferries.", "£3.5 million", 3.5e6, "GBP"),
        ("Norrane spent 300 million euros on ferries.", "300 million euros", 3e8, "EUR"),
        ("He lent Rs 24 lakh to an agent.", "Rs 24 lakh", 2.4e6, "INR"),
        ("Prices rose 3.4 per cent.", "3.4 per cent", 3.4, "%"),
        ("Prices rose 3.4%.", "3.4%", 3.4, "%"),
        ("Support fell 2.9 percentage points.", "2.9 percentage points", 2.9, "percentage points"),
        ("Two-thirds of the islanders agreed.", "Two-thirds", 0.667, ""),
        ("Half of the islanders agreed.", "Half", 0.5, ""),
        ("Half a million islanders agreed.", "Half a million", 500_000, ""),
        ("The repair takes 12 weeks.", "12 weeks", 12, "weeks"),
        ("The limit is 44 tonnes.", "44 tonnes", 44, "t"),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, surface: str, value: float, unit: str) -> None:
    """Digits, words, magnitudes, money and measures come out as plain numbers."""
    figure = the_figure(text)
    assert (figure.surface, figure.value, figure.unit) == (surface, value, unit)


@pytest.mark.parametrize(
    ("text", "surface", "bound"),
    [
        ("More than 20 villages were cut off.", "More than 20", "more"),
        ("At least three divers drowned.", "At least three", "more"),
        ("20 or more villages were cut off.", "20 or more", "more"),
        ("Up to 500 seals came.", "Up to 500", "less"),
        ("Fewer than 40 seals came.", "Fewer than 40", "less"),
        ("About 2000 seals came.", "About 2000", "about"),
        ("Nearly 150 seals came.", "Nearly 150", "about"),
        ("Only 12 seals came.", "Only 12", ""),
    ],
)
def test_a_bound_belongs_to_the_surface(text: str, surface: str, bound: str) -> None:
    """The words that make a number rough or a limit are shown with it and kept as a bound."""
    figure = the_figure(text)
    assert (figure.surface, figure.bound) == (surface, bound)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("The work takes 12 to 15 weeks.", 12, 15, "weeks"),
        ("The work takes 12-15 weeks.", 12, 15, "weeks"),
        ("Between 12 and 15 weeks of work remain.", 12, 15, "weeks"),
        ("The dam costs $3 to $5 billion.", 3e9, 5e9, "USD"),
        ("The dam costs $40-50 billion.", 4e10, 5e10, "USD"),
    ],
)
def test_a_range_is_one_figure(text: str, low: float, high: float, unit: str) -> None:
    """A range has its low end as value and its high end beside it."""
    figure = the_figure(text)
    assert (figure.value, figure.value_to, figure.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Unemployment rose to 6.6 from 6.9 per cent.", 6.9, 6.6),
        ("Its value fell from $47 billion to $8 billion.", 47e9, 8e9),
        ("The herd counts 2,000 animals, down from 2,900 in spring.", None, 2000),
    ],
)
def test_before_and_after_are_one_figure(text: str, before: float | None, after: float) -> None:
    """A move is one figure with the later value; without the same unit it stays two."""
    figure = figures(text)[0] if before is None else the_figure(text)
    if before is None:
        assert figure.value == after
    else:
        assert figure.change == Change(before, after)
        assert figure.value == after


@pytest.mark.parametrize(
    "text",
    [
        "The treaty was signed on May 4, 2016.",
        "It was signed on 4 May 2016, and again on 2016-05-04.",
        "In 1998 and 2003 the river froze.",
        "The ferry sails at 10:30 and at 6 p.m. daily.",
        "Ada Brun, 45, runs the port.",
        "A 45-year-old diver runs the port.",
        "Call 555-0134 before noon.",
        "The office is at 12 Harbour Street.",
        "Norrane beat Velm 3-0.",
        "The aircraft was a Boeing 737 from Flight 370.",
        "She was the 3rd to arrive.",
        "One does not simply leave.",
        "The rule is in Section 12.",
        "Read it at https://example.org/2041/7 soon.",
    ],
)
def test_what_is_no_figure_is_left_out(text: str) -> None:
    """Dates, times, ages, telephone numbers, addresses, scores, names and ordinals are none."""
    assert figures(text) == ()


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The council expelled 35 Velmian envoys.", "Velmian envoys expelled"),
        ("At least 145 teachers and students died.", "teachers and students died"),
        ("The office received the bodies of 25 divers killed.", "divers killed"),
        ("About 40% of the homes in Velm lost power.", "homes in Velm lost power"),
        ("Revenues from the tolls have totaled about $63 million.", "Revenues from the tolls"),
        ("A $9.5 billion lifeline came.", "lifeline"),
    ],
)
def test_a_figure_says_what_it_counts(text: str, counts: str) -> None:
    """The phrase of the text at the number's right, or the one it is said of at its left."""
    assert the_figure(text).counts == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The repairs would take eight weeks, she said.", "repairs"),
        ("Repairs to the quay, closed since Monday, will last 12 weeks.", "Repairs to the quay"),
        ("Dredging the basin costs €14m, the port says.", "basin"),
        ("Shares in the ferry line fell 4.2 percent.", "Shares in the ferry line fell"),
        ("The bridge keeps to a limit of 44 tonnes.", "limit"),
        ("The rock lies 300 miles from the coast of Velm.", "from the coast of Velm"),
        ("The port spent €3m on a crane.", "crane"),
        ("The blast hurt 12 people and injured officials left.", "people"),
    ],
)
def test_money_and_measures_say_what_they_are_of(text: str, counts: str) -> None:
    """The subject of a measuring verb, the noun before "of", or where a distance begins."""
    assert the_figure(text).counts == counts


def test_two_amounts_of_one_subject_both_name_it() -> None:
    """ "… to take 15 weeks and to cost €14m": the subject stands before the first."""
    found = figures("The firm expects the repairs to take 15 weeks and to cost €14m.")
    assert {f.surface: f.counts for f in found} == {"15 weeks": "repairs", "€14m": "repairs"}


def test_a_number_that_opens_a_clause_takes_nothing_from_before_it() -> None:
    """The words before "that" are about something else."""
    assert the_figure("It said on Monday morning that eight weeks would be enough.").counts == ""


def test_every_number_word_is_looked_at() -> None:
    """The quick look that saves most sentences the work lets no word of a number pass by."""
    data = table("numbers")
    spelled = [f"{word} barges" for word in data["words"]]
    spelled += [f"a {word} of the barges" for word in data["fractions"] if not word.endswith("s")]
    spelled += [f"a {word} barges" for word in data["magnitudes"] if len(word) > 3]
    missed = [s for s in spelled if not find_quantities(f"They saw {s}.")]
    assert missed == []


def test_an_elided_noun_is_inherited() -> None:
    """ "… 35 envoys …, 755 last year": the second number counts what the first did."""
    found = figures("The council expelled 35 envoys this week, against 755 last year.")
    assert {f.value: f.counts for f in found} == {35: "envoys expelled", 755: "envoys expelled"}


def test_a_repeat_is_key_once() -> None:
    """The same value for the same thing stands once in the box."""
    found = figures("Norrane expelled 60 envoys. The 60 envoys who left were Velmian spies.")
    assert [f.key for f in found].count(True) == 1


def test_a_number_that_a_correction_gives_is_not_key() -> None:
    """What an earlier version said is no longer so."""
    note = "Correction: An earlier version of this article said that 17 licences were granted."
    found = figures(f"Norrane granted eleven fishing licences. {note}")
    assert [f.surface for f in found if f.key] == ["eleven"]


def test_a_long_list_keeps_to_the_limit() -> None:
    """No box holds more than its limit, however many figures an article has."""
    text = " ".join(
        f"Region {c * 3} lost more than {n}00 houses." for n, c in enumerate("ABCDEFGHIJKLMN", 3)
    )
    assert sum(f.key for f in figures(text)) <= MAX_KEY


NEWS = st.lists(
    st.sampled_from(
        [
            "60",
            "two",
            "million",
            "$",
            "€",
            "%",
            "from",
            "to",
            "between",
            "and",
            "more than",
            "diplomats",
            "killed",
            "of",
            "the",
            "Rs",
            "1,900",
            "3.4",
            "dozen",
            "half",
            "a",
            "-",
            "–",
            ".",
            ",",
            "(",
            "2016",
            "May",
            "year-old",
            "weeks",
            "one",
            "in",
            "rose",
            "Norrane",
            "’s",
            "\n",
            "k",
            "per cent",
        ]
    ),
    max_size=40,
).map(" ".join)


@given(st.one_of(st.text(max_size=300), NEWS, NEWS.map(lambda t: t.replace(" ", ""))))
def test_any_text_gives_spans_that_show_their_surface(text: str) -> None:
    """Every span lies in the text and holds what is shown; nothing bare is key."""
    for figure in figures(text):
        assert 0 <= figure.span.start < figure.span.end <= len(text)
        assert figure.span.of(text) == figure.surface
        assert all(e.contains(figure.span) for e in figure.evidence)
        assert figure.counts or figure.unit or not figure.key


@pytest.mark.parametrize(
    "piece",
    ["9,", "1 ", "two ", "(1", "a1-", "http://", "more than ", "12-", "1 and ", "of the "],
)
def test_a_hostile_text_takes_linear_time(piece: str) -> None:
    """A sentence of 100,000 characters takes four times as long as a quarter: no backtracking."""
    assert_linear(
        lambda n: read_document(Article("a", piece * (n // len(piece)))), find_figures, 12_000
    )
