"""What joining names promises: one entity a person, namesakes apart, offices counted."""

import pytest

from briefing.digest.entities.entities import MAX_KEY, find_entities
from briefing.digest.sentences.document import Document, read_document
from briefing.model import Article
from tests.growth import assert_linear


def mentions(text: str) -> dict[str, list[str]]:
    """The mentions of each entity of a text, as they are written."""
    found = find_entities(read_document(Article("a", text)))
    return {e.name: [m.of(text) for m in e.mentions] for e in found}


def kinds(text: str) -> dict[str, str | None]:
    """The kind of each entity of a text."""
    return {e.name: e.kind for e in find_entities(read_document(Article("a", text)))}


def test_a_knight_is_one_person_by_any_part_of_the_name() -> None:
    """Title with full name, title with given name, surname alone."""
    found = mentions("Sir Brann Oldcastle opened the hall. Sir Brann spoke. Oldcastle left.")
    assert list(found.values()) == [["Brann Oldcastle", "Brann", "Oldcastle"]]


def test_an_office_that_one_person_holds_is_a_mention() -> None:
    """ "The Prime Minister" counts; another country's, or the office as such, does not."""
    text = (
        "Norranian Prime Minister Anna Veld spoke. Later the Prime Minister left."
        " The prime minister of Oltia stayed."
    )
    assert mentions(text) == {"Anna Veld": ["Anna Veld", "Prime Minister"]}


def test_an_office_of_two_persons_names_neither() -> None:
    """Where two are called mayor, "the mayor" is left open."""
    text = "Mayor Anna Veld met Mayor Olt Brun. Then the mayor left."
    assert mentions(text) == {"Anna Veld": ["Anna Veld"], "Olt Brun": ["Olt Brun"]}


def test_a_former_office_is_no_mention() -> None:
    """ "The president" is not the former one."""
    text = "Former President Anna Veld spoke. Then the president left."
    assert mentions(text) == {"Anna Veld": ["Anna Veld"]}


def test_namesakes_are_kept_apart() -> None:
    """Of two of one surname, a courtesy title or else the last named says who is meant."""
    text = (
        "Anna Veld and her husband, Paul Veld, run the port. Mr. Veld said no."
        " Mrs. Veld agreed. Later Paul Veld left. Veld was tired."
    )
    assert mentions(text) == {
        "Anna Veld": ["Anna Veld", "Veld"],
        "Paul Veld": ["Paul Veld", "Veld", "Paul Veld", "Veld"],
    }


def test_a_name_in_capitals_is_the_same_person() -> None:
    """A heading shouts the name; the entity has it as the text writes it."""
    text = "ANNA VELD SAID NO. Anna Veld runs the port. VELD left."
    assert mentions(text)["Anna Veld"][-2:] == ["Anna Veld", "VELD"]


def test_a_name_of_one_word_that_speaks_is_an_organisation() -> None:
    """People are introduced by two names: one word that says something is a company."""
    assert kinds("Tidewire said no on Monday.") == {"Tidewire": "organisation"}


def test_a_person_of_an_uncommon_name_is_known_by_the_company_it_keeps() -> None:
    """A surname used alone and a verb of saying make up for an unknown given name."""
    assert kinds("Zorvane Keltmoor left. Keltmoor said no.") == {"Zorvane Keltmoor": "person"}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Talks with minister of tides Ada Brun failed.", "Ada Brun", "minister of tides"),
        ("The talks bored port executives Ada Brun and Olt Veld.", "Olt Veld", "port executives"),
        ("Olt Veld’s mother, Ada Brun, spoke.", "Ada Brun", "Olt Veld’s mother"),
        ("Ada Brun - a tide researcher - spoke.", "Ada Brun", "tide researcher"),
        ("Ada Brun, one of the film’s producers, left.", "Ada Brun", "one of the film’s producers"),
        ("Ada Brun is also the owner and director of the port.", "Ada Brun",
         "owner and director of the port"),
        ("A call came from Ada Brun of the Norrane Police.", "Ada Brun", "of the Norrane Police"),
    ],
)  # fmt: skip
def test_roles_of_less_common_wording(text: str, name: str, role: str) -> None:
    """Complements, plurals, possessives, dashes, "one of", adverbs and where somebody belongs."""
    found = {e.name: e.role for e in find_entities(read_document(Article("a", text)))}
    assert found[name] == role


def _list_of_names(count: int) -> Document:
    letters = "bdfgklmnprstvz"
    people = [f"Anna {a.upper()}o{b}en" for a in letters for b in letters][:count]
    text = "The list holds " + ", ".join(people) + ". The port was shut on Monday."
    return read_document(Article("a", text))


def test_a_hundred_names_in_a_list_are_found_and_few_are_key() -> None:
    """A list of names fills no box beyond its limit."""
    found = find_entities(_list_of_names(100))
    assert len(found) == 100
    assert sum(e.key for e in found) <= MAX_KEY


def test_a_list_of_names_takes_linear_time() -> None:
    assert_linear(_list_of_names, find_entities, 40)
