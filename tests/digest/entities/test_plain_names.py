"""What is no person or organisation is none here, and a role keeps what changes its meaning."""

import pytest

from briefing.digest.entities.entities import find_entities
from briefing.digest.sentences.document import read_document
from briefing.model import Article, Entity


def _found(*sentences: str) -> dict[str, Entity]:
    document = read_document(Article("a", " ".join(sentences), title="Norrane"))
    return {entity.name: entity for entity in find_entities(document)}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("According to Ada Brun, the pier of Norrane is safe.", "According"),
        ("Unlike Veld Shipping Group, the town paid.", "Unlike Veld Shipping Group"),
        ("He was thirty when World War II began.", "War II"),
        ("The firm sold its Tidebook Pro to sailors.", "Tidebook Pro"),
        ("Typhoon Odalis struck the coast.", "Typhoon Odalis"),
        ("They signed the Norrane Harbour Agreement in Velm.", "Norrane Harbour Agreement"),
        ("Black Harbour Day is near.", "Harbour Day"),
    ],
)
def test_common_words_wars_products_storms_and_laws_are_no_names(sentence: str, name: str) -> None:
    assert name not in _found(sentence)


def test_the_weekday_behind_a_name_leaves_no_word_of_it() -> None:
    found = _found("House Speaker Ada Brun on Wednesday praised the pier.")
    assert "Ada Brun" in found


def test_initials_make_a_person_and_a_country_does_not() -> None:
    found = _found("J. Veld left.", "The U.S. Market House burned.")
    assert found["J. Veld"].kind == "person"
    assert all(e.kind != "person" for name, e in found.items() if name.startswith("U.S."))


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("Police held suspected smuggler Ivo Brun.", "Ivo Brun", "suspected"),
        ("Police held convicted smuggler Ivo Brun.", "Ivo Brun", "convicted"),
        ("They met former port director Anna Veld.", "Anna Veld", "former"),
        ("They met acting port director Anna Veld.", "Anna Veld", "acting"),
        ("Anna Veld, the acting director of the port, spoke.", "Anna Veld", "acting"),
        ("Ivo Brun, a suspected smuggler, fled.", "Ivo Brun", "suspected"),
    ],
)
def test_suspected_former_and_acting_stay_in_a_role(sentence: str, name: str, role: str) -> None:
    assert role in (_found(sentence)[name].role or "").split()


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Veld, who fled to Velm in March, spoke.",
        "Anna Veld, who lost her boat in the storm, spoke.",
        "Anna Veld, the port director did not say, will leave.",
    ],
)
def test_what_somebody_did_once_is_no_role(sentence: str) -> None:
    assert _found(sentence)["Anna Veld"].role is None


def test_a_role_ends_in_a_whole_word() -> None:
    role = _found("Anna Veld, director of the port and, he said, a friend, spoke.")[
        "Anna Veld"
    ].role
    assert role == "director of the port"
