"""Choosing the bullets: the main claim, seats for weighty caveats, then what ranks best."""

import heapq
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from briefing.digest.caveats.judgement import Judgement
from briefing.digest.caveats.judges import CaveatJudge, judge_caveats, judge_for
from briefing.digest.coreference.context_dependence import ContextResolver
from briefing.digest.features.document_features import DocumentFeatures, SentenceAnalysis
from briefing.digest.models.sentence_models import SentenceModels, load_models
from briefing.digest.parameters import load_parameters
from briefing.digest.selection.quoting import is_balanced
from briefing.digest.selection.ranking import rank, scored_caveat_features
from briefing.digest.selection.shortening import shorten
from briefing.digest.sentences.document import Document, Sentence
from briefing.model import Bullet, Caveat, Context, Cue, Entity
from briefing.text import is_cut_off

_ASIDE = re.compile(r"\s*\([^()]*\)\.?\s*$")  # "(We never did settle on one.)"
_TELLING = 0.4  # score of a cue that tells by itself; a mere "but" has less
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_JOINED = 50  # words of a sentence and its example at most
_UNSELECTED = 2  # bullets that caveats alone never fill: the claim, and one that ranks

SelectionReason = Literal["claim", "opening", "caveat", "rank"]


class Candidate(NamedTuple):
    """A prose sentence that could be a bullet, with what is known of it.

    judgement: whether it is a caveat; None where nothing is claimed. score: how much it belongs
    among the bullets (log-odds).
    """

    sentence: Sentence
    analysis: SentenceAnalysis
    judgement: Judgement | None
    score: float

    @property
    def caveat(self) -> Caveat | None:
        """The caveat that it is, if it is one."""
        return self.judgement.caveat if self.judgement is not None else None


@dataclass(frozen=True, slots=True)
class SelectedSentence:
    """A sentence taken as a bullet, and why.

    reason: the main claim, a weighty caveat, its rank, or that it explains how the claim opens.
    example: the sentence behind it that is told with it, as its example.
    """

    sentence: Sentence
    reason: SelectionReason
    example: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What was selected, and everything it was selected from.

    candidates: the document's prose in order. judge: who judged them. main: the number of the main
    claim. deferred: the numbers of those passed over because only the sentence before explains
    them. cut: the number of the last one, where the text stops in its middle.
    """

    bullets: tuple[Bullet, ...]
    caveats: tuple[Caveat, ...]
    selected: tuple[SelectedSentence, ...]
    candidates: tuple[Candidate, ...]
    main: int | None
    features: DocumentFeatures
    judge: CaveatJudge
    deferred: frozenset[int] = frozenset()
    cut: int | None = None


def select(
    document: Document,
    count: int,
    order: Sequence[int] | None = None,
    *,
    judge: CaveatJudge | None = None,
    models: SentenceModels | None = None,
    find_entities: Callable[[], tuple[Entity, ...]] | None = None,
) -> Selection:
    """At most ``count`` bullets in reading order, and all caveats.

    order: sentence numbers, best first, where another algorithm has ranked them; it then decides
    alone, and caveats only mark what it took. judge: another than the language's own. models:
    others than the packaged ones. find_entities: gives the article's entities, where somebody
    needs them anyway.
    """
    models = models or load_models()
    language = document.article.language
    judge = judge or judge_for(language)
    features = DocumentFeatures(document, models.ngram_weights(language))
    judgements = judge_caveats(features, judge)
    of_caveats = scored_caveat_features(features, judgements, log_odds=judge.log_odds)
    scores = rank(features, of_caveats, models, count)
    as_read = load_parameters("selection")["bullet_as_read"]
    scores = [
        score + as_read * (judgement.bullet if judgement is not None else 0.0)
        for score, judgement in zip(scores, judgements, strict=True)
    ]
    candidates = tuple(map(Candidate, document.prose, features.sentences, judgements, scores))
    resolver = ContextResolver(document, find_entities)
    whole = _without_cut_end(candidates)
    main = _main_claim(whole, resolver, models)
    builder = _Selection(features, whole, resolver, count, judge.seat_threshold)
    if order is None:
        builder.take_best(main)
    else:
        for index in order[:count]:
            builder.take(index, "rank")
    selected = _in_order(builder.selected, main, resolver)
    by_index = {candidate.sentence.index: candidate for candidate in candidates}
    short = len(document.prose) <= load_parameters("selection")["beginning"]
    marks = shown_marks([by_index[s.sentence.index] for s in selected], main, short=short)
    return Selection(
        bullets=tuple(
            _bullet(by_index[s.sentence.index], marks.get(s.sentence.index), resolver, s.example)
            for s in selected
        ),
        caveats=tuple(c.caveat for c in candidates if c.caveat is not None),
        selected=selected,
        candidates=candidates,
        main=main,
        features=features,
        judge=judge,
        deferred=frozenset(builder.deferred),
        cut=candidates[-1].sentence.index if len(whole) < len(candidates) else None,
    )


def _without_cut_end(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Those that can be bullets. Where a feed gives the beginning of a text, its last sentence
    stops in the middle: what it was to say is not known. It stays where it is all there is.
    """
    cut = len(candidates) > 1 and is_cut_off(candidates[-1].sentence.text)
    return candidates[:-1] if cut else candidates


def _main_claim(
    candidates: Sequence[Candidate], resolver: ContextResolver, models: SentenceModels
) -> int | None:
    """The number of the sentence that a headline would be made of, none where there is no prose.

    An aside in brackets is none, nor what a bare pointer announces, and one that depends on the
    sentence before is less likely one.
    """
    parameters = load_parameters("selection")

    def likelihood(candidate: Candidate) -> float:
        dependent = resolver.is_context_dependent(candidate.sentence)
        cost = parameters["main_dependent"] if dependent else 0.0
        read = candidate.judgement.claim if candidate.judgement is not None else 0.0
        known = models.claim_log_odds(candidate.analysis)
        return known + parameters["claim_as_read"] * read - cost

    first = candidates[: int(parameters["main_within"])]
    claims = [
        c
        for c in first
        if not (c.analysis.announces or c.analysis.features.pointed)
        and not _ASIDE.match(c.sentence.text)
    ]
    main = max(claims, key=likelihood, default=None)
    return main.sentence.index if main is not None else None


def _in_order(
    selected: Sequence[SelectedSentence], main: int | None, resolver: ContextResolver
) -> tuple[SelectedSentence, ...]:
    """The main claim first, the others as they are read.

    What only the sentence before explains stays right behind that: the two are told together.
    """
    groups: list[list[SelectedSentence]] = []
    for one in sorted(selected, key=lambda s: s.sentence.index):
        follows = bool(groups) and groups[-1][-1].sentence.index == one.sentence.index - 1
        if follows and not resolver.is_understood_alone(one.sentence):
            groups[-1].append(one)
        else:
            groups.append([one])
    groups.sort(key=lambda group: all(s.sentence.index != main for s in group))
    return tuple(itertools.chain.from_iterable(groups))


def shown_marks(
    selected: Sequence[Candidate], main: int | None, *, short: bool = False
) -> dict[int, Cue]:
    """The marks that a digest shows, by the number of the sentence: the most probable of those of
    its bullets, few, and none on the main claim.

    short: the text is but the beginning of an article, as feeds give it. The judges learned from
    whole ones, and of a beginning's least sure marks most were wrong: a mark that cannot name its
    kind needs a higher probability there, unless the writer announces a catch.
    """
    parameters = load_parameters("selection")
    marks = [
        (c.judgement.mark, c.sentence.index)
        for c in selected
        if c.judgement is not None and c.judgement.mark is not None and c.sentence.index != main
        if not short
        or c.judgement.mark.kind is not None
        or c.analysis.features.pointed
        or (c.judgement.mark.probability or 0.0) >= parameters["beginning_mark"]
    ]
    marks.sort(key=lambda each: (-(each[0].probability or 0.0), each[1]))
    return {index: mark for mark, index in marks[: int(parameters["marks"])]}


def say_the_same(features: DocumentFeatures, one: int, other: int) -> bool:
    """Whether two sentences, by number, say the same, or both what a brief says once."""
    if features.similarity(one, other) >= load_parameters("selection")["same"]:
        return True
    sentences = features.document.sentences
    once = {hit.rule.name for hit in sentences[one].cues if hit.rule.once}
    return any(hit.rule.name in once for hit in sentences[other].cues)


class _Selection:
    """The bullets as they are taken one by one, and what may still be taken beside them."""

    def __init__(
        self,
        features: DocumentFeatures,
        candidates: Sequence[Candidate],
        resolver: ContextResolver,
        count: int,
        seat_threshold: float,
    ) -> None:
        self.selected: list[SelectedSentence] = []
        self.deferred: set[int] = set()
        self._features = features
        self._candidates = candidates
        self._resolver = resolver
        self._count = count
        self._seat_threshold = seat_threshold
        self._parameters = load_parameters("selection")

    def take(self, index: int, reason: SelectionReason) -> None:
        """Make the sentence of this number a bullet."""
        sentence = self._features.document.sentences[index]
        self.selected.append(SelectedSentence(sentence, reason, self._example(sentence)))

    def take_best(self, main: int | None) -> None:
        """The main claim, weighty caveats, then what ranks best; what depends on the sentence
        before it is deferred.
        """
        if main is not None and self._count > 0:
            self.take(main, "claim")
            opening = main - 1
            if not self._full and not self._is_understood(main) and self._is_prose(opening):
                self.take(opening, "opening")
        self._take_caveats()
        self._take_ranked()

    def _take_caveats(self) -> None:
        """The seats of weighty caveats, as far as each is understood: first what the writer calls
        one ("But there's a catch."), then those that are surest and rank best.
        """
        parameters = self._parameters
        ample = self._count >= parameters["ample"]
        seats = int(parameters["seats" if ample else "seats_tight"])
        seats = min(seats, max(0, self._count - _UNSELECTED))
        weighty = [
            (
                not candidate.analysis.features.pointed,
                -candidate.judgement.score - parameters["seat_rank"] * candidate.score,
                candidate.sentence.index,
            )
            for candidate in self._candidates
            if candidate.judgement is not None
            and candidate.judgement.caveat is not None
            and (
                candidate.judgement.caveat.mark.weight >= (2 if ample else 3)
                or candidate.analysis.features.pointed
            )
            and candidate.judgement.score >= self._seat_threshold
            and _earns_seat(candidate)
        ]
        for *_, index in sorted(weighty):
            if seats <= 0 or self._full:
                return
            if not self._fits(index):
                continue
            if self._is_understood(index):
                self.take(index, "caveat")
                seats -= 1
            else:
                self.deferred.add(index)

    def _take_ranked(self) -> None:
        """The best of the others; a deferred one comes again, at a cost."""
        dependent = self._parameters["dependent"]
        unexplained = self._parameters["unexplained"]
        queue = [
            (dependent * self._is_dependent(s) - score, s.index, False)
            for s, _, _, score in self._candidates
        ]
        heapq.heapify(queue)
        while queue and not self._full:
            cost, index, again = heapq.heappop(queue)
            if not self._fits(index):
                continue
            if again or self._is_understood(index):
                self.take(index, "rank")
            else:
                self.deferred.add(index)
                heapq.heappush(queue, (cost + unexplained, index, True))

    def _example(self, sentence: Sentence) -> Sentence | None:
        """The example of a sentence that says the news is nothing new: the one behind it, where it
        names a year.
        """
        following = sentence.index + 1
        if not any(hit.rule.example for hit in sentence.cues) or not self._is_prose(following):
            return None
        example = self._features.document.sentences[following]
        words = len(f"{sentence.text} {example.text}".split())
        taken = any(s.sentence.index == following for s in self.selected)
        is_example = _YEAR.search(example.text) and is_balanced(example.text)
        return example if is_example and words <= _JOINED and not taken else None

    @property
    def _full(self) -> bool:
        """Whether there are as many bullets as are asked for."""
        return len(self.selected) >= self._count

    def _is_prose(self, index: int) -> bool:
        return any(candidate.sentence.index == index for candidate in self._candidates)

    def _fits(self, index: int) -> bool:
        """Whether a sentence says something of its own that no bullet says yet."""
        return index not in self._features.announcers and not any(
            index in (s.sentence.index, s.example.index if s.example is not None else None)
            or say_the_same(self._features, s.sentence.index, index)
            for s in self.selected
        )

    def _is_dependent(self, sentence: Sentence) -> bool:
        """Whether a sentence opens with what only the one before explains, is an aside, or a part
        of a quotation that others close."""
        text = sentence.text
        alone = is_balanced(text) and not _ASIDE.match(text)
        return not alone or self._resolver.is_context_dependent(sentence)

    def _is_understood(self, index: int) -> bool:
        """Whether a sentence is understood as a bullet: alone, or behind the one before it."""
        follows = any(s.sentence.index == index - 1 for s in self.selected)
        sentence = self._features.document.sentences[index]
        return follows or self._resolver.is_understood_alone(sentence)


def _earns_seat(candidate: Candidate) -> bool:
    """Whether a caveat may get a seat: it is not speech that goes on or opens in quotation marks,
    nor only such as changes little by itself (somebody declined to comment or stayed anonymous).
    """
    features = candidate.analysis.features
    if features.quote or features.inside_quote:
        return False
    telling = [h.rule for h in candidate.sentence.cues if h.rule.score >= _TELLING]
    return not telling or any(rule.seat for rule in telling)


def _bullet(
    candidate: Candidate, mark: Cue | None, resolver: ContextResolver, example: Sentence | None
) -> Bullet:
    """The bullet of a sentence, and of its example if it has one. mark: what is shown of the
    caveat that it is.
    """
    sentence, caveat = candidate.sentence, candidate.caveat
    cue = caveat.mark if caveat is not None else None
    lexicon = resolver.document.lexicon
    shortened = shorten(sentence, lexicon, cue)
    text = shortened.text
    insertions = resolver.insertions(sentence, text)
    context: Context = "none"
    if resolver.opens_dependent(text):
        context = "resolved" if insertions else "previous"
    if example is None:
        return Bullet(text, mark, (sentence.span,), insertions, context, shortened.kept)
    also = shorten(example, lexicon, None)
    evidence, kept = (sentence.span, example.span), (*shortened.kept, *also.kept)
    return Bullet(f"{text} {also.text}", mark, evidence, insertions, context, kept)
