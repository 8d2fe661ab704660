"""Who judges whether a sentence is a caveat: a protocol, and the judge of each language.

A further judge is a class with the members of ``CaveatJudge``; it is given to ``digest_document``,
or entered in ``_JUDGES`` for a language.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Protocol

from briefing.digest.caveats.encoder_judge import EncoderJudge
from briefing.digest.caveats.judgement import Judgement
from briefing.digest.caveats.learned import LearnedJudge
from briefing.digest.caveats.reasons import Reason
from briefing.digest.caveats.rules import RuleJudge
from briefing.digest.encoder.encoder import load_encoder, why_missing, why_not_tried
from briefing.digest.features.document_features import DocumentFeatures
from briefing.digest.models.sentence_models import load_models
from briefing.digest.wordlists import has_lexicon


class CaveatJudge(Protocol):
    """Finds the caveats of a document, and says which of them a reader is shown as a mark.

    name, version: of what it judges by, kept with the digest. threshold: the score from which on a
    sentence is a caveat; seat_threshold: from which on a weighty one gets a seat among the bullets;
    mark_threshold: the probability from which on it is shown with a mark, None where it knows no
    probability and marks nothing. log_odds: its scores are log-odds that an editor would call it
    one; only then does the choice of bullets reckon with the scores themselves.
    """

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def threshold(self) -> float: ...
    @property
    def seat_threshold(self) -> float: ...
    @property
    def mark_threshold(self) -> float | None: ...
    @property
    def log_odds(self) -> bool: ...

    def judge(self, features: DocumentFeatures) -> Sequence[Judgement | None]:
        """Of each of ``features.sentences``, all at once; None where nothing is claimed."""

    def reasons(
        self, features: DocumentFeatures, of: Collection[int]
    ) -> Sequence[Sequence[Reason]]:
        """What speaks for and against each of ``features.sentences``, the heaviest first.

        of: the numbers of the sentences asked about; where reasons cost much, others have none.
        """


class NoJudge:
    """Claims nothing: for languages without a lexicon."""

    name, version, log_odds = "none", "1", False
    threshold, seat_threshold, mark_threshold = 0.0, 0.0, None

    def judge(self, features: DocumentFeatures) -> Sequence[Judgement | None]:
        """Nothing of any sentence."""
        return [None] * len(features.sentences)

    def reasons(
        self,
        features: DocumentFeatures,
        of: Collection[int],  # noqa: ARG002 - none costs much
    ) -> Sequence[Sequence[Reason]]:
        """None."""
        return [()] * len(features.sentences)


def _learned() -> LearnedJudge:
    models = load_models()
    return LearnedJudge(models.caveat, models.kind)


def _reading() -> CaveatJudge:
    """The judge that reads; the linear one where the encoder cannot be run."""
    if why_missing() is not None:
        return _learned()
    return EncoderJudge(load_encoder(), _learned(), load_models().kind)


_JUDGES: Mapping[str, Callable[[], CaveatJudge]] = {"en": _reading}
_QUICK: Mapping[str, Callable[[], CaveatJudge]] = {"en": _learned}


@cache
def judge_for(language: str, *, quick: bool = False) -> CaveatJudge:
    """The judge of a language: one that reads, by learned weights, by rules over its lexicon, or
    none.

    quick: one that takes a few milliseconds an article, not tenths of a second.
    """
    judges = _QUICK if quick else _JUDGES
    return judges.get(language, RuleJudge if has_lexicon(language) else NoJudge)()


def has_quick_judge(language: str) -> bool:
    """Whether a language has a quick judge beside a better one. Loads neither."""
    return language in _QUICK and why_not_tried() is None


def judge_caveats(features: DocumentFeatures, judge: CaveatJudge) -> list[Judgement | None]:
    """``judge``'s judgement of each of ``features.sentences``; what only announces a caveat is none
    itself.
    """
    pairs = zip(features.sentences, judge.judge(features), strict=True)
    return [None if analysis.announces else judgement for analysis, judgement in pairs]
