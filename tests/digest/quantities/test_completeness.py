"""What stands beside a key figure is a whole noun phrase, and one number stands there once."""

import pytest

from briefing.digest.quantities.completeness import is_complete, names_several
from briefing.digest.quantities.figures import find_figures
from briefing.digest.quantities.numbers import find_quantities
from briefing.digest.sentences.document import read_document
from briefing.model import Article, Figure


def _key(*sentences: str) -> list[Figure]:
    document = read_document(Article("a", " ".join(sentences), title="Norrane rebuilds its pier"))
    return [figure for figure in find_figures(document) if figure.key]


@pytest.mark.parametrize(
    "phrase",
    ["herring boats", "toll revenue", "US troops in Velm", "increase", "said they missed it"],
)
def test_a_noun_phrase_can_be_shown(phrase: str) -> None:
    assert is_complete(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "saying",
        "agree",
        "over a decade",
        "boats in the",
        "away",
        "percent grew",
        "typically",
        "weeks",
        "injured early",
        "older ones",
        "they're",
        "sharply from the peak",
    ],
)
def test_what_is_cut_or_says_nothing_cannot(phrase: str) -> None:
    assert not is_complete(phrase)


def test_a_key_figure_says_what_it_counts() -> None:
    found = _key(
        "The port of Norrane will spend €14 million on a new pier.",
        "The work employs 340 builders from Velm.",
        "It was 60 percent, he said.",
    )
    assert found
    assert all(figure.counts and is_complete(figure.counts) for figure in found)


def test_a_rounded_value_and_its_plain_form_are_one_figure() -> None:
    found = _key(
        "Norrane paid nearly $449,000 for a campaign about otters.",
        "The campaign of Velm's agency cost the town roughly $449,000.",
        "A sum of $449K is a third of its budget for otters.",
    )
    assert len([figure for figure in found if figure.value == 449_000]) == 1


def test_equal_values_of_different_things_stay_two() -> None:
    found = _key(
        "The storm sank 40 herring boats in Norrane harbour.",
        "The government of Velm sent 40 divers.",
    )
    assert len([figure for figure in found if figure.value == 40]) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Voters over 55 liked the mayor of Norrane.",
        "The curfew holds for children 14 and younger.",
        "Ada Brun, lost at sea, would now be 21.",
        "The Gang of Eight met in Velm.",
        "The temple fell in 68 CE.",
        "He is 5 feet 7 inches tall.",
        "I agree 100 percent with the harbour master.",
        "She left before season 20 of the show.",
        "The ferry leaves at 9.30 A.M. from Velm.",
        "Judges blamed the top 1 percent of earners.",
        "He carried a .45-caliber pistol.",
        "Fashion for 20-something sailors is dear.",
    ],
)
def test_ages_names_clock_times_and_sayings_are_no_figures(sentence: str) -> None:
    assert not find_quantities(sentence)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Norrane lent over 55 boats to Velm.", 55),
        ("Only 100 percent of the votes would do.", 100),
        ("Seven Norranian pilots walked out.", 7),
        ("The pier is 5 feet too short.", 5),
    ],
)
def test_what_looks_like_one_stays(sentence: str, value: float) -> None:
    assert value in [quantity.value for quantity in find_quantities(sentence)]


def test_a_time_behind_money_is_not_what_it_buys() -> None:
    text = "The town has paid the agency $449,000 so far this year."
    document = read_document(Article("a", text))
    assert [figure.counts for figure in find_figures(document)] == ["town has paid the agency"]


def test_a_phrase_is_not_cut_in_the_middle() -> None:
    text = "Norrane bought 12 ferries for crossings between its outer islands and Velm, it said."
    (figure,) = find_figures(read_document(Article("a", text)))
    assert figure.counts is not None
    assert is_complete(figure.counts)


def _counts(text: str) -> dict[str, str]:
    document = read_document(Article("a", text, title="Norrane rebuilds its pier"))
    return {figure.surface: figure.counts for figure in find_figures(document)}


@pytest.mark.parametrize(
    ("sentence", "surface"),
    [
        ("By a vote of 168 to 55, the keepers of Norrane went forward.", "168"),
        ("A 12-story building fell in Velm, the port said.", "12"),
        ("The town opened a 30-business-day period for the 40 boats.", "30"),
        ("The rule of the port, led by Ada Brun, passed 364 to 62.", "364"),
        ("The needed 45,000 was set in May for Norrane.", "45,000"),
    ],
)
def test_a_count_without_its_plural_noun_stands_in_no_box(sentence: str, surface: str) -> None:
    assert surface not in [figure.surface for figure in _key(sentence)]


@pytest.mark.parametrize(
    ("phrase", "several"),
    [
        ("lorries on the pier", True),
        ("MPs from Velm", True),
        ("coastguardsmen were sent to the pier", True),
        ("people dead", True),
        ("killed", True),
        ("population of Norrane", True),
        ("vote", False),
        ("story building in Velm", False),
        ("Ada Brun", False),
        ("regimen", False),
    ],
)
def test_more_than_one_is_counted_by_a_plural_or_by_a_whole(phrase: str, several: bool) -> None:
    assert names_several(phrase) is several


@pytest.mark.parametrize(
    ("sentence", "surface", "counts"),
    [
        (
            "The port needs 1,500 signatures to remove Mr. Veld from office.",
            "1,500",
            "signatures to remove Mr. Veld",
        ),
        (
            "There were 40 arrests at the U.S.-Norrane border, he said.",
            "40",
            "arrests at the U.S.-Norrane border",
        ),
        (
            "The town bought 500 doses of the Velm-Brun vaccine in May.",
            "500",
            "doses of the Velm-Brun vaccine",
        ),
        (
            "Roughly 39 families of the port will begin receiving the first of six payments.",
            "Roughly 39",
            "families of the port",
        ),
        (
            "It is the third of six monthly payments of the enhanced harbour child tax credit.",
            "six",
            "monthly payments of the enhanced harbour child tax credit",
        ),
    ],
)
def test_what_is_counted_is_cut_neither_in_a_name_nor_in_a_clause(
    sentence: str, surface: str, counts: str
) -> None:
    assert _counts(sentence)[surface] == counts


def test_what_the_counted_will_do_stays_where_it_is_told_to_its_end() -> None:
    assert _counts("Some 40 keepers may have drowned.")["Some 40"] == "keepers may have drowned"
