"""Every language has its judge of caveats, and another one can take its place."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import pytest

from briefing.digest import digest_article
from briefing.digest.caveats.judgement import Judgement, mark_caveat
from briefing.digest.caveats.judges import CaveatJudge, NoJudge, judge_caveats, judge_for
from briefing.digest.caveats.learned import LearnedJudge
from briefing.digest.caveats.reasons import Reason
from briefing.digest.caveats.rules import RuleJudge
from briefing.digest.explain import explain
from briefing.digest.features.document_features import DocumentFeatures
from briefing.digest.models.sentence_models import load_models
from briefing.digest.pipeline import digest_document
from briefing.digest.sentences.document import Sentence, read_document
from briefing.model import Article, CaveatKind, Span
from tests.digest.documents import BRIDGE


class ShortJudge:
    """A third judge: a sentence of few words is a caveat, the fewer the surer."""

    name, version, threshold, log_odds = "short", "7", 0.0, False
    seat_threshold, mark_threshold = 0.0, 0.5

    def judge(self, features: DocumentFeatures) -> Sequence[Judgement | None]:
        return [self._judge(a.sentence) for a in features.sentences]

    def _judge(self, sentence: Sentence) -> Judgement:
        score = float(12 - len(sentence.words))
        if score < self.threshold:
            return Judgement(score)
        probability = 0.6 + score / 100
        caveat = mark_caveat(sentence, CaveatKind.CONDITION, 2, Span(0, 3), probability)
        return Judgement(score, caveat, replace(caveat.mark, kind=None))

    def reasons(
        self, features: DocumentFeatures, of: Collection[int]
    ) -> Sequence[Sequence[Reason]]:
        return [[Reason("of few words", 1.0)] for _ in features.sentences]


@pytest.mark.parametrize(
    ("language", "judge"),
    [
        ("en", LearnedJudge),
        ("de", RuleJudge),
        ("fr", RuleJudge),
        ("es", RuleJudge),
        ("el", NoJudge),
    ],
)
def test_a_language_is_judged_by_what_is_known_of_it(language: str, judge: type) -> None:
    assert isinstance(judge_for(language), judge)


@pytest.mark.parametrize("language", ["en", "de", "el"])
def test_a_judge_answers_for_every_sentence_in_order(language: str) -> None:
    document = read_document(Article("bridge", BRIDGE.text, language=language))
    features = DocumentFeatures(document, load_models().ngram_weights(language))
    judge = judge_for(language)
    judgements = judge.judge(features)
    assert len(judgements) == len(judge.reasons(features, ())) == len(document.prose)
    for analysis, judgement in zip(features.sentences, judgements, strict=True):
        if judgement is not None and judgement.caveat is not None:
            assert judgement.caveat.evidence == (analysis.sentence.span,)
            assert judgement.score >= judge.threshold


def test_what_only_announces_a_caveat_is_none_whoever_judges() -> None:
    document = read_document(BRIDGE)
    features = DocumentFeatures(document)
    judged = judge_caveats(features, ShortJudge())
    announcers = [j for a, j in zip(features.sentences, judged, strict=True) if a.announces]
    assert announcers == [None]


def test_the_marks_of_another_judge_come_out_of_the_digest() -> None:
    judge: CaveatJudge = ShortJudge()
    digest = digest_document(read_document(BRIDGE), bullets=6, judge=judge)
    short = [s for s in read_document(BRIDGE).prose if len(s.words) <= 12]
    wanted = [s.span for s in short if not s.text.startswith("But there's")]
    assert wanted
    assert [c.evidence[0] for c in digest.caveats] == wanted
    assert {c.mark.kind for c in digest.caveats} == {CaveatKind.CONDITION}
    found = {c.evidence[0]: c.mark for c in digest.caveats}
    marks = [(b.evidence[0], b.caveat) for b in digest.bullets if b.caveat is not None]
    assert len(marks) == 2
    assert all(mark == replace(found[span], kind=None) for span, mark in marks)
    assert digest_article(BRIDGE).caveats != digest.caveats


def test_what_was_judged_is_explained_by_the_judge_who_did() -> None:
    explained = explain(BRIDGE, judge=ShortJudge())
    judged = [e for e in explained if e.caveat is not None]
    assert judged
    for e in judged:
        assert e.needed == ShortJudge.threshold
        assert e.caveat is not None
        assert [r.words for r in e.caveat.reasons] == ["of few words"]
        assert (e.mark is not None) == (e.caveat.score >= ShortJudge.threshold)


@pytest.mark.parametrize("language", ["de", "fr", "es", "el"])
def test_a_judge_that_knows_no_probability_marks_nothing(language: str) -> None:
    document = read_document(Article("bridge", BRIDGE.text, language=language))
    judge = judge_for(language)
    assert judge.mark_threshold is None
    judged = judge.judge(DocumentFeatures(document))
    assert all(j is None or j.mark is None for j in judged)


def test_fewer_caveats_are_marked_than_found_and_each_with_its_probability() -> None:
    document = read_document(BRIDGE)
    judge = judge_for("en")
    judged = judge.judge(DocumentFeatures(document, load_models().ngram_weights("en")))
    found = [j for j in judged if j is not None and j.caveat is not None]
    marks = [j.mark for j in found if j.mark is not None]
    assert 0 < len(marks) <= len(found)
    assert judge.mark_threshold is not None
    for mark in marks:
        assert mark.probability is not None
        assert mark.probability >= judge.mark_threshold


def test_a_surer_score_is_a_higher_probability() -> None:
    document = read_document(BRIDGE)
    judged = judge_for("en").judge(DocumentFeatures(document, load_models().ngram_weights("en")))
    pairs = [(j.score, j.caveat.mark.probability) for j in judged if j is not None and j.caveat]
    assert pairs
    assert sorted(pairs) == sorted(pairs, key=lambda pair: pair[1] or 0.0)
