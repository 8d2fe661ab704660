"""Numbers as they are spoken, measures in a time, and clock times, which are no figures."""

import pytest

from briefing.digest.quantities.numbers import find_quantities


def read(sentence: str) -> list[tuple[float, str]]:
    return [(q.value, q.unit) for q in find_quantities(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The dam holds one point two million litres.", [(1.2e6, "l")]),
        ("Rates rose to three point five percent.", [(3.5, "%")]),
        ("Zero point two five percent is little.", [(0.25, "%")]),
        ("Some two and a half million people fled.", [(2.5e6, "")]),
        ("The boat won by one and a half miles.", [(1.5, "miles")]),
        ("It took five-and-a-half years.", [(5.5, "years")]),
        ("A million and a half people came.", [(1.5e6, "")]),
        ("About 2 and a half million people fled.", [(2.5e6, "")]),
        ("She hired two hundred and fifty people.", [(250, "")]),
        ("He keeps a hundred and one cows.", [(101, "")]),
        ("It cost one hundred and twenty thousand dollars.", [(120000, "USD")]),
        ("Three hundred twenty-four workers came.", [(324, "")]),
        # two numbers, or no number at all
        ("At one point two men entered.", [(2, "")]),
        ("The vote was put off by one point two weeks ago.", []),
        ("Six hundred died and two hundred more were hurt.", [(600, ""), (200, "")]),
    ],
)
def test_a_number_in_several_words_is_one(sentence: str, expected: list[tuple[float, str]]) -> None:
    assert read(sentence) == expected


def test_between_two_hundreds_lies_a_range() -> None:
    (found,) = find_quantities("Between a hundred and two hundred people came.")
    assert (found.value, found.value_to) == (100, 200)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Some 1.2m people live in Ostend.", [(1.2e6, "")]),
        ("The firm has 3m paying customers.", [(3e6, "")]),
        ("The site has 2.5b users.", [(2.5e9, "")]),
        ("The yard shipped 4m tonnes.", [(4e6, "t")]),
        # as likely a length: no figure
        ("The wall is 1.2m high.", []),
        ("They laid 3m of cable.", []),
        ("Waves of 5m above the pier hit people.", []),
    ],
)
def test_a_letter_scales_what_is_counted_and_no_length(
    sentence: str, expected: list[tuple[float, str]]
) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Wind of 34 metres a second was measured.", [(34, "m/s")]),
        ("The pump moves 12 litres per minute.", [(12, "l/min")]),
        ("The van went 30 miles an hour.", [(30, "mph")]),
        ("The mill presses 40 tonnes a day.", [(40, "t/day")]),
        ("The lift climbs 40 feet a second.", [(40, "feet a second")]),
        ("Wind of 34 m/s was measured.", [(34, "m/s")]),
        ("The pump moves 40 gallons / hr.", [(40, "gallons an hour")]),
        ("The lift climbs 40 feet / sec.", [(40, "feet a second")]),
        ("The road climbed 5 percent a year ago.", [(5, "%")]),
        ("The mill pressed 40 tonnes a year ago.", [(40, "t")]),
    ],
)
def test_a_measure_in_a_time_is_one_figure(
    sentence: str, expected: list[tuple[float, str]]
) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The office opens at half past eight.",
        "The office opens at a quarter to nine.",
        "The office opens at twenty past ten.",
        "The ferry leaves at ten to five.",
        "She left at six o'clock.",
        "She left between six and seven o’clock.",
        "Shots rang out at two in the morning.",
        "The office stays open until six this evening.",
        "The game starts at nine tonight.",
        "The session opens at ten thirty tomorrow morning.",
        "The bell rang at three p.m. on the pier.",
        "The doors open at six.",
        "The doors open at seven thirty.",
        "The game starts at nine on Friday.",
        "They met at noon and left at two.",
        "The ferry left at six sharp.",
        "By half six the fire was out.",
        "She left between six and seven in the morning.",
        "The ferry leaves at five past eight, the last at twenty to nine.",
    ],
)
def test_a_clock_time_in_words_is_no_figure(sentence: str) -> None:
    assert read(sentence) == []


def test_what_only_looks_like_a_clock_time_is_read() -> None:
    assert [(q.value, q.value_to) for q in find_quantities("He ran from five to ten miles.")] == [
        (5, 10)
    ]
    assert read("Five people left on Sunday night.") == [(5, "")]
    assert read("The toll stood at six.") == [(6, "")]
    assert read("The mill opened at two sites.") == [(2, "")]


@pytest.mark.parametrize(
    "sentence",
    [
        "He reads Nineteen Eighty-Four again.",
        "It ended four four.",
        "The odds are fifty-fifty.",
        "The vote was split 3:1.",
        "They open with a one-two-three.",
    ],
)
def test_words_side_by_side_that_make_no_number_are_none(sentence: str) -> None:
    assert read(sentence) == []
