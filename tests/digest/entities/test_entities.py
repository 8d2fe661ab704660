"""What the people and organisations of an article promise: one each, by name, with their role."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.digest.entities.entities import MAX_KEY, find_entities
from briefing.digest.sentences.document import read_document
from briefing.model import Article, Entity
from tests.growth import assert_linear


def entities(text: str) -> dict[str, Entity]:
    """The entities of a text by name."""
    return {e.name: e for e in find_entities(read_document(Article("a", text)))}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("The attack hit former Velmian military intelligence officer Sergei Olt on Monday.",
         "Sergei Olt", "former Velmian military intelligence officer"),
        ("Norranian President Anna Veld spoke on Monday.", "Anna Veld", "Norranian President"),
        ("Anna Veld, a spokeswoman for the port authority, spoke.", "Anna Veld",
         "spokeswoman for the port authority"),
        ("Anna Veld, 45, the director of the port, spoke.", "Anna Veld", "director of the port"),
        ("Its largest union leader, Anna Veld, spoke.", "Anna Veld", "Its largest union leader"),
        ("Anna Veld is a professor of tides. She left.", "Anna Veld", "professor of tides"),
        ("Anna Veld, who runs the ferry line, spoke.", "Anna Veld", "runs the ferry line"),
    ],
)  # fmt: skip
def test_a_person_has_the_role_the_article_gives(text: str, name: str, role: str) -> None:
    """Title, description, apposition on either side, copula and relative clause are read."""
    entity = entities(text)[name]
    assert entity.kind == "person"
    assert entity.role == role
    assert entity.role_span is not None
    assert entity.role_span.of(text) == role


def test_full_and_short_names_are_one_person() -> None:
    """A surname alone is a mention of the full name, the possessive stripped."""
    text = "Anna Veld runs the port. Veld said no. Ferries are Veld’s pride. Ms. Veld left."
    found = entities(text)
    assert [m.of(text) for m in found["Anna Veld"].mentions] == [
        "Anna Veld",
        "Veld",
        "Veld",
        "Veld",
    ]
    assert "Veld" not in found


def test_places_days_and_first_words_are_no_entities() -> None:
    """What is only written with a capital is not shown as somebody."""
    text = "However, ferries left Germany on Monday. They reached New York in May. Ferries sink."
    assert entities(text) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Ministry of Tides said no.", "Ministry of Tides"),
        ("Harbour Works Ltd said no.", "Harbour Works Ltd"),
        ("The Norrane Tide Commission said no.", "Norrane Tide Commission"),
        (
            "The Centers for Tide Control and Prevention said no.",
            "Centers for Tide Control and Prevention",
        ),
    ],
)
def test_an_organisation_is_known_by_its_words(text: str, name: str) -> None:
    """Suffixes and heads of names say what they are."""
    assert entities(text)[name].kind == "organisation"


def test_an_acronym_joins_its_long_form() -> None:
    """Both spellings are one organisation, by the full name."""
    found = entities("The Norrane Tide Commission met. The NTC said no.")
    assert list(found) == ["Norrane Tide Commission"]
    assert len(found["Norrane Tide Commission"].mentions) == 2


def test_no_kind_is_better_than_a_wrong_one() -> None:
    """A name that could be anything has no kind."""
    found = entities("Many came to see Zulvane again. The doors of Zulvane were shut.")
    assert found["Zulvane"].kind is None


def test_the_box_keeps_to_its_limit() -> None:
    """At most six are key."""
    text = " ".join(f"Anna V{c * 4} said no." for c in "abcdefghijkl")
    assert sum(e.key for e in entities(text).values()) == MAX_KEY


PIECES = st.lists(
    st.sampled_from(
        [
            "President",
            "Anna",
            "Veld",
            "of",
            "the",
            "and",
            "Ministry",
            "’s",
            "'s",
            ",",
            ".",
            "who",
            "is",
            "a",
            "said",
            "Inc.",
            "J.",
            "45",
            "&",
            "al-Olt",
            "de",
            "(",
            "“",
            "spy",
            "former",
            "NTC",
            "The",
            "\n",
            "—",
            "Secretary",
            "for",
            "İ",
            "ß",
        ]
    ),
    max_size=40,
).map(" ".join)


@given(st.one_of(st.text(max_size=300), PIECES, PIECES.map(lambda t: t.replace(" ", ""))))
@example("B(THE PRESIDENT")
def test_any_text_gives_spans_that_show_their_words(text: str) -> None:
    """Mentions and roles lie in the text, and a mention has a word of the name, or of the role."""
    for entity in find_entities(read_document(Article("a", text))):
        assert entity.name
        assert entity.mentions
        letters = {w[0].casefold() for w in entity.name.replace("-", " ").split()}
        for mention in entity.mentions:
            assert 0 <= mention.start < mention.end <= len(text)
            shown = mention.of(text)
            acronym = shown.replace(".", "").isupper() and shown[0].casefold() in letters
            office = shown.casefold() in (entity.role or "").casefold()  # "the president"
            assert acronym or office or set(shown.split()) & set(entity.name.split())
        if entity.role_span is not None:
            assert entity.role_span.of(text) == entity.role
            assert entity.role


@pytest.mark.parametrize(
    "piece", ["Aa ", "A.", "President ", "of the A ", "“", "Anna, a spy, ", "A’s "]
)
def test_a_hostile_text_takes_linear_time(piece: str) -> None:
    """A sentence of 100,000 characters takes four times as long as one of 25,000."""
    assert_linear(
        lambda n: read_document(Article("a", piece * (n // len(piece)))), find_entities, 12_000
    )


def test_a_clause_after_a_name_is_no_role() -> None:
    """Words with a verb of their own do not say who is named."""
    found = entities(
        "Cracks run through Harbour Works Ltd, the port authority confirmed on Monday after talks."
    )
    assert found["Harbour Works Ltd"].role is None


def test_a_common_word_is_a_name_only_as_part_of_one() -> None:
    """ "The League" alone is nobody; with its full name in the text it is that one."""
    assert entities("The League met in May. Later the Association left.") == {}
    found = entities("The Property Owners' League met. The League said no.")
    assert list(found) == ["Property Owners' League"]
    assert len(found["Property Owners' League"].mentions) == 2


@pytest.mark.parametrize(
    "text",
    [
        "A slide hit a mill at Ulvane. The road near Ulvane is shut.",
        "ULVANE (Tidewire) - A slide hit a mill on Monday.",
        "Guns fell silent on Lake Sumeri. Boats are back on Lake Sumeri.",
        "The slide closed the Kalder valley. Rain fell on the Kalder valley.",
        "They met outside Velm, Germany, on Monday.",
    ],
)
def test_what_is_used_as_a_place_is_nobody(text: str) -> None:
    """After "in" and the like, as a dateline, with a word for land or water: left out."""
    assert not {"Ulvane", "ULVANE", "Lake Sumeri", "Kalder", "Velm"} & set(entities(text))
