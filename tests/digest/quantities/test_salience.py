"""The features of figures stand in the order in which their weights are read."""

import re

from hypothesis import given
from hypothesis import strategies as st

from briefing.digest.quantities import salience
from briefing.digest.quantities.figures import read_figures, title_values
from briefing.digest.quantities.salience import (
    FEATURE_NAMES,
    figure_features,
    load_figure_model,
    start,
)
from briefing.digest.sentences.document import read_document
from briefing.model import Article
from tests.digest.documents import BRIDGE


def test_every_feature_of_a_figure_stands_where_its_weight_does() -> None:
    document = read_document(BRIDGE)
    candidates = read_figures(document)
    state = start(document, candidates, title_values(document))
    assert candidates
    for candidate in candidates:
        assert tuple(figure_features(candidate, state)) == FEATURE_NAMES
    assert load_figure_model().features == FEATURE_NAMES


def test_a_headline_repeated_in_the_text_leaves_its_figure_to_the_sentence_that_tells_it() -> None:
    text = (
        "Ulvane to close 41 ferry landings\n\n"
        "The port authority of Ulvane will close 41 ferry landings by spring, it said on Monday."
    )
    document = read_document(Article("a", text, title="Landings", language="en"))
    candidates = read_figures(document)
    state = start(document, candidates, title_values(document))
    again = [figure_features(c, state)["headline_again"] for c in candidates]
    assert again == [True, False]


@given(
    st.lists(st.text("abA", min_size=1, max_size=3), min_size=1), st.text("abA _.-", max_size=20)
)
def test_any_of_some_words_is_found_where_it_begins_and_ends(some: list[str], text: str) -> None:
    whole = re.compile(rf"\b(?:{'|'.join(some)})\b")
    found = salience._any_of(*some)
    assert [m.span() for m in found.finditer(text)] == [m.span() for m in whole.finditer(text)]
