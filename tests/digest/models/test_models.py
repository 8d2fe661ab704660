"""The learned models give one answer, whatever order a set of n-grams comes in."""

import itertools

import pytest

from briefing.digest.features.document_features import FEATURE_NAMES, Features
from briefing.digest.models.kind import read_kind_model
from briefing.digest.sentences.document import Sentence
from briefing.model import Span

TIED = """\
wording	limitation	dispute
@bias	0.00	0.00
a	0.10	0.30
b	0.20	0.20
c	0.30	0.10
"""
NOTHING = Features(*(0.0 for _ in FEATURE_NAMES))


@pytest.mark.parametrize("order", list(itertools.permutations("abc")))
def test_a_tie_between_kinds_does_not_depend_on_the_order_of_ngrams(
    order: tuple[str, ...],
) -> None:
    """As floating-point numbers .1 + .2 + .3 is more than .3 + .2 + .1."""
    sentence = Sentence(0, Span(0, 5), " ".join(order), 0, order, (), True)
    assert read_kind_model(TIED).kind(sentence, NOTHING)[0].value == "limitation"
