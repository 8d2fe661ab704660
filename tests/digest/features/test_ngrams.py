"""The grammar of n-grams stands in one place: sums and sets are folds over it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.digest.cues import CueHit, CueRule
from briefing.digest.features.ngrams import (
    NgramScores,
    NgramWeights,
    aligned_stems,
    ngram_names,
    ngrams,
)
from briefing.digest.sentences.document import Sentence
from briefing.model import CaveatKind, Span
from briefing.text import terms_of

WORDS = (
    "the bridge bridges not never won't can't said seven 44 4,000 is was closed closing to lorries"
    " a no without n't thousand 2nd"
).split()
CUES = ("denial", "not-clear")

sentence_words = st.lists(st.sampled_from(WORDS), max_size=12)


def sentence(words: list[str], cues: list[str]) -> Sentence:
    hits = tuple(CueHit(CueRule(c, CaveatKind.DISPUTE, 2, 0.5), Span(0, 1)) for c in cues)
    terms = tuple(terms_of(words))
    return Sentence(0, Span(0, 1), " ".join(words), 0, tuple(words), terms, True, hits)


def names_of(words: list[str]) -> set[str]:
    return {n.name for n in ngrams(words, aligned_stems(words, terms_of(words), "en"))}


def test_the_forms_of_an_ngram() -> None:
    words = "the bridge was not closed to 44 lorries".split()
    found = [tuple(n) for n in ngrams(words, aligned_stems(words, terms_of(words), "en"))]
    assert ("bridge", 1, 2, "plain") in found
    assert ("~lorri", 7, 8, "plain") in found
    assert ("not closed", 3, 5, "plain") in found
    assert [n for n in found if n[3] == "negated"] == [
        ("NEG closed", 4, 5, "negated"),
        ("NEG to", 5, 6, "negated"),
        ("NEG <n>", 6, 7, "negated"),
    ]
    assert ("^the", 0, 1, "opens") in found
    assert ("^the bridge", 0, 2, "opens") in found
    assert found[-1] == ("<n> lorries$", 6, 8, "ends")
    assert list(ngrams([], [])) == []


@given(sentence_words)
def test_an_ngram_lies_within_its_sentence(words: list[str]) -> None:
    for _, first, end, _form in ngrams(words, words):
        assert 0 <= first < end <= len(words)
        assert end - first <= 2


@settings(deadline=None)
@given(st.data(), sentence_words, st.lists(st.sampled_from(CUES), unique=True))
def test_the_sums_are_those_over_the_set_of_ngrams(
    data: st.DataObject, words: list[str], cues: list[str]
) -> None:
    of_others = names_of(data.draw(sentence_words))
    known = sorted(names_of(words) | of_others | {f"cue:{c}" for c in CUES})
    weights = st.dictionaries(st.sampled_from(known), st.integers(-4000, 4000))
    models = data.draw(weights), data.draw(weights), data.draw(weights)
    given_sentence = sentence(words, cues)
    names = ngram_names(given_sentence)
    assert names == names_of(words) | {f"cue:{c}" for c in cues}
    sums = [sum(model.get(n, 0) for n in names) for model in models]
    assert NgramWeights(*models).scores(given_sentence) == NgramScores(*sums)
