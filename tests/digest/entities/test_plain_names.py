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
        "What spoke for the keeper, Anna Veld, weighed against the harbour school's claims.",
    ],
)
def test_what_somebody_did_once_is_no_role(sentence: str) -> None:
    assert _found(sentence)["Anna Veld"].role is None


def test_a_role_ends_in_a_whole_word() -> None:
    role = _found("Anna Veld, director of the port and, he said, a friend, spoke.")[
        "Anna Veld"
    ].role
    assert role == "director of the port"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norrane-born Anna Veld spoke.", "Anna Veld"),
        ("Port-winner Anna Veld spoke.", "Anna Veld"),
        ("Anna Anna Veld spoke.", "Anna Veld"),
        ("Department of Tidal Works Secretary Anna Veld spoke.", "Anna Veld"),
        ("Director of Public Harbours Anna Veld spoke.", "Anna Veld"),
        ("U.S. Attorney Olun Veld spoke.", "Olun Veld"),
        ("She asked the Norrane Sheriff's Office, which refused.", "Norrane Sheriff's Office"),
        ("The Norrane Search and Rescue Agency said no.", "Norrane Search and Rescue Agency"),
    ],
)
def test_a_name_is_neither_glued_nor_cut(text: str, name: str) -> None:
    """What leads up to a name is no part of it; what belongs to it is not cut off."""
    assert name in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Tide Council Director refused. The Tide Council Director left.",
        "They met on Anna Square and left Anna Square late.",
        "They used tidal flow analysis (TFA). TFA is slow.",
    ],
)
def test_offices_sites_and_acronyms_of_things_are_no_names(text: str) -> None:
    """Neither person nor organisation."""
    assert not _found(text)


def test_what_stands_with_the_article_is_no_person() -> None:
    """A given name alone makes nobody of a programme."""
    text = "They watched the Anna File. Then the Anna File ended."
    assert "person" not in [e.kind for e in _found(text).values()]


def test_two_bodies_are_not_joined() -> None:
    """An "and" between two names of bodies stays between them."""
    assert "FBI and Tide Department" not in _found("The FBI and Tide Department said so.")


def test_an_acronym_in_brackets_joins_its_name() -> None:
    """Also where it leaves out some of the words."""
    text = "The Office for Tides and Harbours (OTH) said no. OTH staff left. OTH said more."
    assert len(_found(text)) == 1


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Norrane detectives held suspected pirate captain Ada Brun.", "suspected pirate captain"),
        ("The sheriff believes runaway sailor Ada Brun is near.", "runaway sailor"),
        ("The report names harbour engineer Ada Brun as its author.", "harbour engineer"),
        ("Then-President Ada Brun spoke.", "Then-President"),
        ("Police arrested accused bomber Ada Brun.", "accused bomber"),
        ("Ada Brun, the mayor said, had left.", None),
        ("Ada Brun, the mayor told reporters, had left.", None),
        ("They met former acting director Ada Brun.", "former acting director"),
    ],
)
def test_a_role_is_no_clause_and_keeps_what_limits_it(text: str, role: str | None) -> None:
    """No verb and its subject are part of a role; "suspected", "then", "acting" are."""
    assert _found(text)["Ada Brun"].role == role


def test_a_relative_does_not_take_the_mentions_of_the_office() -> None:
    """ "President Brun" is not the president's daughter of that name."""
    found = _found("Ada Brun, the president's daughter, spoke.", "President Brun left.")
    assert len(found["Ada Brun"].mentions) == 1


def test_a_surname_of_two_goes_to_the_one_named_last() -> None:
    """Namesakes with full names stay two."""
    found = _found("Olt Brun met Ada Brun.", "Olt Brun left.", "Brun was tired.")
    assert len(found["Olt Brun"].mentions) == 3


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("She spoke of the fire at Harbour House, her spokesman said.", "Harbour House"),
        ("Olt Veld spoke of the riot at Corvin, her deputy, Ada Brun, said.", "Corvin"),
        ("No word of the fire at Corvin, port secretary Ada Brun said.", "Corvin"),
        ("They sold it to Corvin, tide keeper Ada Brun's boat.", "Corvin"),
    ],
)
def test_a_description_of_who_speaks_is_no_role_of_the_name_before_it(
    sentence: str, name: str
) -> None:
    assert all(e.role is None for n, e in _found(sentence).items() if n == name)


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Olt Veld, spokesman for port secretary Ada Brun, left.", "spokesman for port secretary"),
        ("Olt Veld, Queen Ada's third daughter, left.", "Queen Ada's third daughter"),
    ],
)
def test_a_description_may_hold_the_name_of_another(sentence: str, role: str) -> None:
    assert (_found(sentence)["Olt Veld"].role or "").startswith(role)


@pytest.mark.parametrize(
    "text",
    [
        "The Norrane Secretary of State said so. The Secretary of State said more.",
        "The Minister for the Coast resigned.",
        "He is a North Carolina Republican who sails.",
        "Many ships of North Carolina and South Carolina came.",
    ],
)
def test_an_office_without_its_holder_and_a_place_are_no_persons(text: str) -> None:
    assert not any(e.kind == "person" for e in _found(text).values())


def test_a_given_name_that_is_a_common_word_too_belongs_to_its_name() -> None:
    found = _found("They met former port director Bill Oden.", "Bill de Veld came.")
    assert found["Bill Oden"].role == "former port director"
    assert "Bill de Veld" in found


def test_a_role_that_points_back_gives_way_to_one_that_tells_whose() -> None:
    """ "His deputy" says little where its sentence is not read."""
    text = "Olt Veld left. His deputy, Ada Brun, left too. Ada Brun, the port's treasurer, spoke."
    assert _found(text)["Ada Brun"].role == "port's treasurer"


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada Brun left the port of Norrane, the Washington Post reported.",
        "Ada Brun left the port of Norrane, she told CNN.",
        "Ada Brun left the port of Norrane, according to the Associated Press.",
    ],
)
def test_an_outlet_that_only_reports_is_no_part_of_the_story(sentence: str) -> None:
    outlets = ("Washington Post", "CNN", "Associated Press")
    assert not any(e.key for name, e in _found(sentence).items() if name in outlets)


def test_an_outlet_that_acts_is_part_of_its_story() -> None:
    text = "CNN sued the port of Norrane. CNN dismissed its editor. CNN moved to Velm."
    assert _found(text)["CNN"].key
