"""Digits in groups and in other scripts are one number, and where that is unsure they are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.quantities.digits import with_plain_digits
from briefing.digest.quantities.numbers import find_quantities


def values(sentence: str, *, decimal_comma: bool = False) -> list[float]:
    return [q.value for q in find_quantities(sentence, decimal_comma=decimal_comma)]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009"])
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The mine sold 816 000 tonnes of ore.", [816000]),
        ("It paid 12 500 workers and planted 3 200 trees.", [12500, 3200]),
        ("Nearly 3 200 000 fish died in the bay.", [3200000]),
        ("The town paid 12 000 000.5 dollars.", [12000000.5]),
        ("Ore was worth $1 964 million, not £12 500.", [1964000000, 12500]),
        ("The ticket costs EUR 12 500.", [12500]),
        ("In Ostend 12 500 people marched.", [12500]),
        ("12 500 people marched.", [12500]),
    ],
)
def test_groups_of_three_digits_are_one_number(
    sentence: str, expected: list[float], space: str
) -> None:
    digits = "0123456789"
    spaced = "".join(
        space if c == " " and sentence[i - 1] in digits and sentence[i + 1] in digits else c
        for i, c in enumerate(sentence)
    )
    assert values(spaced) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In 2021 300 people came.", [300]),
        ("In section 4 200 people sat.", [200]),
        ("Read chapter 12 300 times.", [300]),
        ("On May 3 200 people came.", [200]),
        ("They ordered roughly 400 737 Max jets.", [400]),
        # what cannot be told is no figure
        ("In 2021 3 200 people left.", []),
        ("At 7 300 people came.", []),
        ("The harbour saw Orbiter 4 300 times.", []),
        ("The columns are 1 200 3 450 here.", []),
        ("Call 555 123 456 for tickets.", []),
        ("The desk answers 020 794 600 all day.", []),
    ],
)
def test_other_numbers_side_by_side_are_not_one(sentence: str, expected: list[float]) -> None:
    assert values(sentence) == expected


def test_a_range_of_grouped_numbers_is_one_figure() -> None:
    (found,) = find_quantities("The fair drew 12 000–15 000 people.")
    assert (found.value, found.value_to) == (12000, 15000)


@pytest.mark.parametrize(
    ("sentence", "decimal_comma", "expected"),
    [
        ("The boat costs CHF 1'200.50 now.", False, [1200.5]),
        ("Die Barke kostet 1’200’000 Franken.", True, [1200000]),
        ("Die Barke kostet 1'200.50 Franken.", True, [1200.5]),
        ("The port counted 12,34,567 crates.", False, [1234567]),
        ("Die Stadt zahlt 350.000 Euro.", True, [350000]),
        ("Die Stadt zahlt 1.350.000,50 Euro.", True, [1350000.5]),
        ("Die Stadt zahlt 12 000 000,5 Euro.", True, [12000000.5]),
        ("Der Server 192.168.100.200 fiel aus.", True, []),
        ("La ville verse 200 000 euros.", True, [200000]),
        ("The port counted ١٢٬٥٠٠ crates.", False, [12500]),
        ("The port counted ١٢٫٥ tonnes.", False, [12.5]),
        ("The port counted १२,५०० crates.", False, [12500]),
        ("The port counted １２，５００ crates and １２．５ tonnes.", False, [12500, 12.5]),
        ("The port opened in ２０２１.", False, []),
    ],
)
def test_separators_and_digits_of_other_places_are_read(
    sentence: str, decimal_comma: bool, expected: list[float]
) -> None:
    assert values(sentence, decimal_comma=decimal_comma) == expected


@given(st.text(st.sampled_from("0123456789 '’.,٣，％９aA:-–"), max_size=60), st.booleans())
def test_a_sentence_stays_as_long_as_it_was(sentence: str, decimal_comma: bool) -> None:
    plain, unsure = with_plain_digits(sentence, decimal_comma=decimal_comma)
    assert len(plain) == len(sentence)
    assert all(0 <= span.start < span.end <= len(sentence) for span in unsure)
