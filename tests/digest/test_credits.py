"""What attributions promise: who is credited with the report, and who had it first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.credits import find_credits
from briefing.digest.sentences.document import read_document
from briefing.model import Article, Attribution
from tests.growth import assert_linear


def credits_of(text: str, source: str | None = None) -> tuple[Attribution, ...]:
    """The attributions of a text."""
    return find_credits(read_document(Article("a", text, source=source)))


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        (
            "The Sound Courier first reported the news on Friday.",
            "The Sound Courier",
            "first reported",
        ),
        ("The plan was first reported by Reuters.", "Reuters", "was first reported"),
        ("Reuters was the first to report the plan.", "Reuters", "the first to report"),
    ],
)
def test_a_first_report_is_credited(text: str, source: str, cue: str) -> None:
    """An explicit credit says who had it first, in the words of the article."""
    (credit,) = credits_of(text)
    assert (credit.source, credit.cue, credit.first) == (source, cue, True)


@pytest.mark.parametrize(
    "text",
    [
        "Reuters reported that the bridge is shut.",
        "The bridge is shut, according to Reuters.",
        "The mayor told Reuters that the bridge is shut.",
        "Documents reviewed by Reuters show that the bridge is shut.",
    ],
)
def test_another_outlet_is_credited_but_not_as_first(text: str) -> None:
    """Weaker wordings credit a known outlet without a claim of being first."""
    (credit,) = credits_of(text)
    assert (credit.source, credit.first) == ("Reuters", False)


def test_an_outlet_does_not_credit_itself() -> None:
    """ "told Reuters" in Reuters is an interview of its own."""
    assert credits_of("The mayor told Reuters that the bridge is shut.", source="Reuters") == ()


def test_a_poll_or_a_pronoun_is_no_credit() -> None:
    """Data of an outlet is no report of it, and "it first reported" names nobody."""
    assert (
        credits_of("The party leads, according to CNN exit polls. It first reported gains.") == ()
    )


@given(st.text(max_size=300))
def test_any_text_gives_whole_sentences_as_evidence(text: str) -> None:
    """Evidence is a sentence that holds the source and the cue."""
    document = read_document(Article("a", text))
    sentences = {s.span for s in document.sentences}
    for credit in find_credits(document):
        assert set(credit.evidence) <= sentences


@pytest.mark.parametrize(
    "piece", ["first reported a ", "Aa ", "reported by The ", "first a b c by "]
)
def test_a_hostile_text_takes_linear_time(piece: str) -> None:
    """A sentence of 100,000 characters takes four times as long as one of 25,000."""
    assert_linear(
        lambda n: read_document(Article("a", piece * (n // len(piece)))), find_credits, 25_000
    )
