"""Who says what: quotations have the speaker the article names, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.entities.entities import find_entities
from briefing.digest.quotations import find_quotations
from briefing.digest.sentences.document import read_document
from briefing.model import Article, Quotation


def quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of a text, by the entities found in it."""
    document = read_document(Article("a", text))
    return find_quotations(document, find_entities(document))


@pytest.mark.parametrize(
    "text",
    [
        "“We would rather wait than swim,” Ada Brun said.",
        "“We would rather wait than swim,” said Ada Brun, the port director.",
        "Ada Brun, the port director, said: “We would rather wait than swim.”",
        '"We would rather wait than swim," said port director Ada Brun on Monday.',
        "Ada Brun told the council that “we would rather wait than swim” in May.",
    ],
)
def test_the_speaker_stands_beside_the_verb(text: str) -> None:
    """Before, after and between, with a description or without."""
    (found,) = quotations(text)
    assert found.speaker == "Ada Brun"
    assert "rather wait than swim" in found.span.of(text)


def test_a_pronoun_goes_on_with_the_speaker_before() -> None:
    """ "She added" after a named speaker is she."""
    text = "“We would rather wait,” Ada Brun said. “The bridge can be mended soon,” she added."
    assert [q.speaker for q in quotations(text)] == ["Ada Brun", "Ada Brun"]


def test_nobody_speaks_where_nobody_is_named() -> None:
    """Without a verb of saying and a name there is no speaker."""
    (found,) = quotations("A sign reads “no lorries on this old bridge” in red. Ada Brun left.")
    assert found.speaker is None


def test_a_name_inside_the_quotation_is_no_speaker() -> None:
    """Who is spoken of is not who speaks."""
    text = "“I told them that Olt Veld said no to it,” Ada Brun said."
    assert [q.speaker for q in quotations(text)] == ["Ada Brun"]


def test_quoted_titles_are_no_quotations() -> None:
    """A word or three in marks are a name or a turn of phrase."""
    assert quotations("Ada Brun said the “catch” was known as “Tides of May”.") == ()


PIECES = st.lists(
    st.sampled_from(
        ["“", "”", '"', "Ada Brun", "said", "he said", ",", ".", "\n", "no to all of it", "Veld"]
    ),
    max_size=30,
).map(" ".join)


@given(st.one_of(st.text(max_size=200), PIECES))
def test_any_text_gives_spans_in_order(text: str) -> None:
    """Quotations lie in the text one after the other, each within its evidence."""
    document = read_document(Article("a", text))
    entities = find_entities(document)
    end = 0
    for found in find_quotations(document, entities):
        assert end <= found.span.start < found.span.end <= len(text)
        end = found.span.end
        assert found.speaker is None or found.speaker in {e.name for e in entities}
        assert all(0 <= a < b <= len(text) for a, b in found.evidence)
        assert found.speaker is None or found.evidence
