"""Why each sentence of an article was or was not taken, in a reader's words."""

import math
from collections.abc import Collection
from dataclasses import dataclass

from briefing.digest.caveats.encoder_judge import EncoderJudge
from briefing.digest.caveats.judgement import Judgement
from briefing.digest.caveats.judges import CaveatJudge
from briefing.digest.caveats.reasons import Reason
from briefing.digest.encoder.encoder import why_missing
from briefing.digest.explain.attributions import Attributor, wording_of
from briefing.digest.models.sentence_models import load_models
from briefing.digest.pipeline import select_with
from briefing.digest.selection.ranking import (
    CaveatFeatures,
    brevity_weight,
    scored_caveat_features,
)
from briefing.digest.selection.selection import Candidate, Selection, say_the_same
from briefing.digest.sentences.document import Document, Sentence, read_document
from briefing.model import READ_TO, Article, CaveatKind, Cue, Span

_ORDERED = 12  # bullets of another algorithm whose order is worked out
_REREAD = 8  # sentences of an article that a judge who reads is asked to give reasons of


@dataclass(frozen=True, slots=True)
class FoundCue:
    """A wording of the lexicon in a sentence: the name of its family, its kind, its words."""

    name: str
    kind: CaveatKind
    words: str


@dataclass(frozen=True, slots=True)
class AttributedScore:
    """A score (log-odds) and its heaviest reasons: up to three for it, then three against.

    A feature counts by how far the sentence departs from the article's average, an n-gram whole.
    """

    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """Who judged the caveats, in words, and where it is not the one who should, why.

    rereads: its reasons are words of the sentence, found by leaving them out, in log-odds of the
    encoder; they are given only of what was asked about.
    """

    words: str
    rereads: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """What became of a sentence, and why.

    number: its own, from 1. place: its rank among the prose, from 1. rank: how much it belongs in
    the bullets. caveat: how surely it is a caveat; at ``needed`` it is one, and has a ``mark``.
    rank, place, caveat and needed are None where nothing was ranked or judged. marked_from: the
    probability from which on its judge marks a bullet, None where he marks none. judge: who judged
    the article's caveats. probability: how likely it is a caveat, and sureness: how
    likely one of the kind of ``mark``, were it one; None where that is not known.
    """

    number: int
    span: Span
    text: str
    prose: bool
    verdict: str
    bullet: bool
    place: int | None
    rank: AttributedScore | None
    caveat: AttributedScore | None
    needed: float | None
    mark: Cue | None
    marked_from: float | None
    cues: tuple[FoundCue, ...]
    judge: JudgedBy
    probability: float | None
    sureness: float | None


def explain(
    article: Article,
    bullets: int = 4,
    algorithm: str = "briefing",
    *,
    judge: CaveatJudge | None = None,
    asked: Span | None = None,
) -> tuple[Explained, ...]:
    """Every sentence of ``article`` in order, as ``digest_article`` would judge it.

    Of another algorithm than the product's own only the order is known. judge: of caveats, another
    than the language's own. asked: only of what overlaps it are reasons wanted that take long (a
    judge's who reads); else of the bullets and the surest caveats. Raises UsageError for an
    algorithm that does not exist.
    """
    document = read_document(article)
    selection = select_with(document, bullets, algorithm, judge=judge)
    verdicts = _Verdicts(document, selection, bullets, algorithm)
    ranks = _ranks(selection, bullets) if algorithm == "briefing" else {}
    caveat_scores = _caveat_scores(selection, _wanted(selection, asked))
    judged_by = _judged_by(selection.judge)
    candidates = {c.sentence.index: c for c in selection.candidates}
    return tuple(
        Explained(
            number=s.index + 1,
            span=s.span,
            text=s.text,
            prose=s.prose,
            verdict=verdicts.of(s),
            bullet=s.index in verdicts.taken,
            place=verdicts.places.get(s.index),
            rank=ranks.get(s.index),
            caveat=caveat_scores.get(s.index),
            needed=selection.judge.threshold if s.index in caveat_scores else None,
            mark=_mark(candidates.get(s.index)),
            marked_from=selection.judge.mark_threshold,
            cues=_cues(s),
            judge=judged_by,
            probability=_judgement(candidates.get(s.index)).probability,
            sureness=_judgement(candidates.get(s.index)).sureness,
        )
        for s in document.sentences
    )


def ordinal(number: int) -> str:
    """``1st``, ``22nd``, ``13th``."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _mark(candidate: Candidate | None) -> Cue | None:
    caveat = candidate.caveat if candidate is not None else None
    return caveat.mark if caveat is not None else None


def _judgement(candidate: Candidate | None) -> Judgement:
    """What was judged of a sentence; where nothing was, a judgement that says nothing."""
    judged = candidate.judgement if candidate is not None else None
    return judged if judged is not None else Judgement(0.0)


def _judged_by(judge: CaveatJudge) -> JudgedBy:
    forms: dict[str, str] = wording_of("judge")
    why = why_missing() if judge.name == "learned" else None
    form = "instead" if why is not None else judge.name if judge.name in forms else "other"
    words = forms[form].format(why=why, name=judge.name)
    return JudgedBy(words, rereads=isinstance(judge, EncoderJudge))


def _cues(sentence: Sentence) -> tuple[FoundCue, ...]:
    hits = sentence.cues
    ordered = sorted(hits, key=lambda h: (-h.rule.score, h.span.start))
    return tuple(
        FoundCue(h.rule.name.replace("-", " "), h.rule.kind, h.span.of(sentence.text))
        for h in ordered
    )


# ── What became of a sentence ────────────────────────────────────────────────────────────────


class _Verdicts:
    """What became of each sentence, out of what was chosen and what it was chosen from."""

    def __init__(
        self, document: Document, selection: Selection, count: int, algorithm: str
    ) -> None:
        self._document, self._selection, self._algorithm = document, selection, algorithm
        self._ours = algorithm == "briefing"
        self._scores = {c.sentence.index: c.score for c in selection.candidates}
        self.taken: dict[int, str] = {s.sentence.index: s.reason for s in selection.selected}
        if self._ours:
            order = sorted(self._scores, key=lambda i: -self._scores[i])
        else:
            order = _order_by(document, algorithm, list(self.taken))
        self.places = {index: place for place, index in enumerate(order, 1)}
        by_rank = [self._scores[i] for i, reason in self.taken.items() if reason == "rank"]
        full = len(self.taken) >= count
        # Down to this score the sentences were looked at when the ranking filled up.
        self._looked_at = min(by_rank, default=math.inf) if full else -math.inf

    def of(self, sentence: Sentence) -> str:
        """What became of a sentence, in words."""
        form, other = self._form(sentence)
        place = self.places.get(sentence.index)
        words: str = wording_of("verdict")[form]
        return words.format(
            place=ordinal(place) if place is not None else "taken",
            of=len(self.places),
            other=other,
            algorithm=self._algorithm,
        )

    def _form(self, sentence: Sentence) -> tuple[str, int]:
        """The name of a verdict, and the number of another sentence that it names."""
        index = sentence.index
        if not sentence.prose:
            return ("boilerplate" if index < READ_TO else "unread"), 0
        if not self._ours:
            return ("taken" if index in self.taken else "other"), 0
        if index in self.taken:
            reason = self.taken[index]
            return (reason if reason in wording_of("verdict") else "rank"), 0
        if index == self._selection.cut:
            return "cut", 0
        if self._document.lexicon.announces(sentence.text):
            return "announces", 0
        same = self._same(index)
        if same is not None:
            return "same", same + 1
        if index in self._selection.deferred:
            return "deferred", index
        return ("no_seat" if self.places[index] <= len(self.taken) else "below"), 0

    def _same(self, index: int) -> int | None:
        """The bullet for whose sake a sentence was passed over, because it says the same."""
        if self._scores[index] < self._looked_at:
            return None
        features = self._selection.features
        alike = [i for i in self.taken if say_the_same(features, index, i)]
        return max(alike, key=lambda i: features.similarity(index, i), default=None)


def _order_by(document: Document, algorithm: str, taken: list[int]) -> list[int]:
    """The bullets of one of sumy's algorithms in the order in which it takes them."""
    if len(taken) > _ORDERED:
        return []
    from briefing.digest.summarizers import rank_with_sumy

    order: list[int] = []
    for count in range(1, len(taken)):
        ranked = rank_with_sumy(document, algorithm, count)
        order += [i for i in ranked if i in taken and i not in order]
    return order + [i for i in taken if i not in order]


# ── What the scores are made of ──────────────────────────────────────────────────────────────


def _ranks(selection: Selection, count: int) -> dict[int, AttributedScore]:
    """Every candidate: what an editor would take, and what says much for its length."""
    models, features = load_models(), selection.features
    weight = brevity_weight(count)
    editor, brevity = models.editor, models.brevity
    pairs = zip(editor.features, editor.weights, brevity.weights, strict=True)
    weights = {name: of_editor + weight * brief for name, of_editor, brief in pairs}
    weights |= {name: editor.constants[name] for name in CaveatFeatures._fields}
    ngram_weights = {n: editor.ngram_weight(n) for n in features.ngram_weights.editor}
    further = scored_caveat_features(
        features, [c.judgement for c in selection.candidates], log_odds=selection.judge.log_odds
    )
    named = {index: row._asdict() for index, row in further.items()}
    attributor = Attributor(features, weights, ngram_weights, named)
    return {
        c.sentence.index: AttributedScore(c.score, attributor.reasons(c.analysis))
        for c in selection.candidates
    }


def _wanted(selection: Selection, asked: Span | None) -> frozenset[int]:
    """The numbers of the sentences whose reasons are wanted, however long they take."""
    sentences = [c.sentence for c in selection.candidates]
    if asked is not None:
        return frozenset(s.index for s in sentences if s.span.overlaps(asked))
    taken = [s.sentence.index for s in selection.selected]
    caveats = [
        (-c.judgement.score, c.sentence.index)
        for c in selection.candidates
        if c.judgement is not None and c.judgement.caveat is not None
    ]
    return frozenset(list(dict.fromkeys([*taken, *(i for _, i in sorted(caveats))]))[:_REREAD])


def _caveat_scores(selection: Selection, wanted: Collection[int]) -> dict[int, AttributedScore]:
    """Every candidate that was judged, by the judge who did."""
    reasons = selection.judge.reasons(selection.features, wanted)
    return {
        candidate.sentence.index: AttributedScore(candidate.judgement.score, tuple(of_sentence))
        for candidate, of_sentence in zip(selection.candidates, reasons, strict=True)
        if candidate.judgement is not None
    }
