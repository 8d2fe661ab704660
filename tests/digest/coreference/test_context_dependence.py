"""A bullet is understood alone: which sentences depend on others, and which name goes in."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.digest.coreference.context_dependence import ContextResolver
from briefing.digest.sentences.document import Document, Sentence, read_document
from briefing.model import Article, Insertion


def read(text: str, language: str = "en") -> Document:
    return read_document(Article(id="a", text=text, language=language))


def last_of(text: str, language: str = "en") -> tuple[Sentence, Document]:
    document = read(text, language)
    return document.sentences[-1], document


def is_dependent(text: str) -> bool:
    sentence, document = last_of(text)
    return ContextResolver(document).is_context_dependent(sentence)


def is_understood_alone(text: str) -> bool:
    sentence, document = last_of(text)
    return ContextResolver(document).is_understood_alone(sentence)


def put_in(text: str, language: str = "en") -> tuple[Insertion, ...]:
    """What goes into the last sentence of ``text``."""
    sentence, document = last_of(text, language)
    return ContextResolver(document).insertions(sentence, sentence.text)


def shown(text: str, language: str = "en") -> str:
    """The last sentence of ``text`` as a reader sees it."""
    sentence, document = last_of(text, language)
    out = sentence.text
    for i in ContextResolver(document).insertions(sentence, out):
        out = f"{out[: i.at]}[{i.text}]{out[i.at + len(i.replaces) :]}"
    return out


@pytest.mark.parametrize(
    "sentence",
    [
        "He was released on Monday.",
        "She said the port would open again.",
        "They blame the harbour board for the delay.",
        "It opened a second quay in Norrane.",
        "His lawyers want a new trial.",
        "Their boats have not left the harbour.",
        "Its members vote on Thursday.",
        "This could take another year.",
        "That angered the fishermen of Marenza.",
        "These boats are older than the harbour.",
        "Such closures are not uncommon.",
        "The two met in the town hall.",
        "The two men denied everything.",
        "Both were fined.",
        "Another was found under the quay.",
        "The same happened in 2019.",
        "Others were less pleased.",
        "None of them was hurt.",
        "But he denied the charge.",
        "However, they refused to sign.",
        "And this was only the beginning.",
        "On Monday, she told the council of the cracks.",
        "In a statement, he blamed the weather.",
        "If he is convicted, he could lose his boat.",
        "“He was the best pilot of the Sound,” his brother said.",
    ],
)
def test_a_sentence_that_opens_with_something_unresolved_depends_on_context(sentence: str) -> None:
    assert is_dependent(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The port authority closed the bridge.",
        "It was not immediately clear whether the ferry would sail.",
        "It is unclear how long the repairs will last.",
        "It is likely that the bridge stays shut.",
        "It remains to be seen who pays.",
        "It takes two days to cross the Sound.",
        "It was the first time that the bridge was shut.",
        "There is no other bridge.",
        "This week the council votes on the bridge.",
        "This year, the port made a loss.",
        "That said, the bridge is safe.",
        "Those who live on the island pay less.",
        "Both Ada Brun and Olle Lund voted against the plan.",
        "Both the union and the board declined to comment.",
        "The two candidates, Ada Brun and Olle Lund, met in Norrane.",
        "When the miners arrived, they found the gate shut.",
        "When he arrived, Olle Lund found the gate shut.",
        "The inspectors said they had found cracks.",
        "Her Majesty opened the bridge.",
        "IT workers in Norrane went on strike.",
        "Thistles grow on the quay.",
    ],
)
def test_a_sentence_that_explains_itself_needs_none(sentence: str) -> None:
    assert not is_dependent(sentence)
    assert is_understood_alone(sentence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Brun closed the bridge. She said it was cracked.", "[Ada Brun] said it was cracked."),
        (
            "The bridge is shut, said Ada Brun. She blamed the lorries.",
            "[Ada Brun] blamed the lorries.",
        ),
        (
            "Mayor Robert Lund opened the quay. The weather was fine. He wore a hat.",
            "[Robert Lund] wore a hat.",
        ),
        (
            "Robert Lund owns the ferry. Lund sold it. But he denied that he needed money.",
            "But [Robert Lund] denied that he needed money.",
        ),
        (
            "Robert Lund owns the ferry. However, he sold it.",
            "However, [Robert Lund] sold it.",
        ),
        (
            "Robert Lund owns the ferry. On Monday, he sold it.",
            "On Monday, [Robert Lund] sold it.",
        ),
        (
            "Robert Lund owns the ferry. In a statement, he blamed the weather.",
            "In a statement, [Robert Lund] blamed the weather.",
        ),
        ("Ada Brun owns the ferry. Her boats are old.", "[Ada Brun's] boats are old."),
        ("Robert Lund owns the ferry. His boats are old.", "[Robert Lund's] boats are old."),
        (
            "Robert Lund owns the ferry. He bought it in 1998. He never learned to swim.",
            "[Robert Lund] never learned to swim.",
        ),
        (
            "“The bridge will hold,” Ada Brun said. “It is old.” She added that ice was near.",
            "[Ada Brun] added that ice was near.",
        ),
        (
            "Mr Lund met Mrs Brun on the quay. She said the ferry was late.",
            "[Brun] said the ferry was late.",
        ),
        (
            "Speaking beside Olle Varga, Robert Lund said the quay was safe. He insisted on it.",
            "[Robert Lund] insisted on it.",
        ),
        (
            "Robert Lund, a fisherman, found the bell. He gave it to the museum.",
            "[Robert Lund] gave it to the museum.",
        ),
        (
            "Police arrested Robert Lund on Monday. He was charged with theft.",
            "[Robert Lund] was charged with theft.",
        ),
        (
            "The inspectors found cracks. They said the bridge was unsafe.",
            "[The inspectors] said the bridge was unsafe.",
        ),
        (
            "Prosecutors opened a case on Monday. But they said nobody was charged.",
            "But [prosecutors] said nobody was charged.",
        ),
        (
            "Two fishermen and three divers were rescued. The fishermen were cold. They said so.",
            "[The fishermen] said so.",
        ),
        (
            "The company closed its quay on Monday. It said the ice was too thick.",
            "[The company] said the ice was too thick.",
        ),
        (
            "The Norrane Ferry Company raised its fares. It said fuel was dear.",
            "[The Norrane Ferry Company] said fuel was dear.",
        ),
    ],
)
def test_a_name_goes_in_where_it_is_sure(text: str, expected: str) -> None:
    assert shown(text) == expected
    assert is_understood_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "He was released on Monday.",
        "The bridge is shut. He said it was cracked.",
        "Robert Lund and Peter Brun own the ferry. He sold it.",
        "Near the quay, Robert Lund saw Peter Brun. He was on a bicycle.",
        "Ada Brun owns the ferry. He sold it.",
        "Mrs Lund opened the quay. He wore a hat.",
        "Robert Lund's brother owns the ferry. He sold it.",
        "A man attacked Robert Lund. He was taken to a hospital.",
        "Robert Lund shot the officer. He died on Monday.",
        "The suspect was seen near the quay of Robert Lund. He fled.",
        "Robert Lund owns the ferry. He told Lund to sell it.",
        "Robert Lund owns the ferry. He's selling it.",
        "On the quay he saw Robert Lund. He stopped.",
        "Robert Lund was the best of all, he said. He called the loss a shame.",
        "Robert Lund spoke. “I know the man. He sold the ferry,” Lund said.",
        "“Robert Lund is old,” Peter Brun said. “He can barely swim.",
        "The inspectors met the fishermen. They said the bridge was unsafe.",
        "The inspectors found cracks in the piers. They were covered with rust.",
        "The company sued the union. It said the ice was too thick.",
        "The company closed its quay. It was a mistake.",
        "The storm hit the company on Monday. It said nothing.",
        "Robert Lund owns the ferry. This angered the council.",
        "Robert Lund owns the ferry. The two met on Monday.",
        "Robert Lund owns the ferry. It was not clear whether he would sell it.",
        "Robert Lund owns the ferry. The quay is shut. The ice is thick. Nobody sails. He waits.",
    ],
)
def test_no_name_goes_in_where_it_is_not_sure(text: str) -> None:
    assert put_in(text) == ()


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "Thomas Brun schloss die Brücke. Er sprach von Rissen.",
            "de",
            "[Thomas Brun] sprach von Rissen.",
        ),
        (
            "Paul Brun a fermé le pont. Il a parlé de fissures.",
            "fr",
            "[Paul Brun] a parlé de fissures.",
        ),
        (
            "Pedro Brun cerró el puente. Él habló de grietas.",
            "es",
            "[Pedro Brun] habló de grietas.",
        ),
    ],
)
def test_other_languages_take_the_person_a_sentence_began_with(
    text: str, language: str, expected: str
) -> None:
    assert shown(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Brücke ist zu. Er sprach von Rissen.", "de"),
        ("Gestern traf Thomas Brun den Rat. Er sprach von Rissen.", "de"),
        ("Thomas Brun schloss die Brücke. Seine Leute fanden Risse.", "de"),
        ("Paul Brun a fermé le pont. Il faut le réparer.", "fr"),
        ("Paul Brun chiuse il ponte. Lui parlò di crepe.", "it"),
    ],
)
def test_other_languages_take_nobody_else(text: str, language: str) -> None:
    assert put_in(text, language) == ()


def test_the_fullest_name_so_far_goes_in_with_its_sentence_as_evidence() -> None:
    text = "Ada Brun runs the port. The quay is old. Brun closed it. She said ice was near."
    sentence, document = last_of(text)
    (found,) = ContextResolver(document).insertions(sentence, sentence.text)
    assert found == Insertion(0, "She", "Ada Brun", (document.sentences[0].span,))


def test_a_name_that_comes_only_later_does_not_go_in() -> None:
    document = read("Brun closed the quay. She said ice was near. Ada Brun runs the port.")
    found = ContextResolver(document).insertions(document.sentences[1], document.sentences[1].text)
    assert all(i.text == "Brun" for i in found)


def test_positions_count_in_the_bullet_not_in_the_sentence() -> None:
    sentence, document = last_of("Ada Brun runs the port. But she closed the quay, a witness said.")
    (found,) = ContextResolver(document).insertions(sentence, "But she closed the quay.")
    assert (found.at, found.replaces) == (4, "she")
    (found,) = ContextResolver(document).insertions(sentence, "She closed the quay.")
    assert (found.at, found.replaces) == (0, "She")


def test_a_bullet_that_lost_its_pronoun_gets_no_name() -> None:
    sentence, document = last_of("Ada Brun runs the port. She closed the quay.")
    assert ContextResolver(document).insertions(sentence, "closed the quay.") == ()
    assert ContextResolver(document).insertions(sentence, "") == ()


def test_names_are_looked_for_only_when_a_pronoun_opens_a_bullet() -> None:
    document = read("Ada Brun runs the port. The quay is shut. She closed it. She was right.")
    asked = []

    def entities() -> tuple[()]:
        asked.append(1)
        return ()

    resolver = ContextResolver(document, entities)
    for sentence in document.sentences[:2]:
        assert resolver.is_understood_alone(sentence)
    assert asked == []
    for sentence in document.sentences[2:]:
        assert not resolver.is_understood_alone(sentence)
    assert asked == [1]


_PIECES = st.sampled_from(
    "He She They It His Her Their This But he And she “ ” \" ' Ada Brun Robert Lund Mr Mrs Brun’s "
    "Norrane Port Authority the company The inspectors said told closed was on Monday , . . . \n "
    "who is a fisherman his mother İ ß ² – Er Sie Il Elle".split(" ")
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.lists(_PIECES, max_size=60).map(" ".join), st.text(max_size=120)),
    st.sampled_from(["en", "de", "fr", "es", "it"]),
)
def test_whatever_the_text_insertions_fit_the_bullet_and_their_evidence(
    text: str, language: str
) -> None:
    document = read(text, language)
    resolver = ContextResolver(document)
    spans = {s.span for s in document.sentences}
    for sentence in document.sentences:
        bullet = " ".join(sentence.text.split())
        found = resolver.insertions(sentence, bullet)
        assert len(found) <= 1
        for insertion in found:
            end = insertion.at + len(insertion.replaces)
            assert insertion.replaces
            assert bullet[insertion.at : end] == insertion.replaces
            assert set(insertion.evidence) <= spans
            evidence = " ".join(s.of(document.text) for s in insertion.evidence).lower()
            words = re.sub(r"'s?\Z", "", insertion.text).lower()
            assert words
            assert words in " ".join(evidence.split())
