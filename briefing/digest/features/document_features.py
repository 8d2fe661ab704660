"""What is measured of each sentence: small numbers, most of them between 0 and 1, counted once."""

import itertools
import math
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from briefing.digest.features.ngrams import NgramScores, NgramWeights, ngram_names
from briefing.digest.sentences.document import Document, Sentence

_QUOTES = '"“”„«»'
_CLOSERS = "\"'”’“‘«»›) "
_MARKS = re.compile(r'["“”„«»]')
_OPENING, _CLOSING = "“„«", "”»"
_EXACT = 1_000_000  # whole numbers, so that sums are the same in whatever order
_DIGIT = re.compile(r"\d")
_LATER_CAPITAL = re.compile(r"\s[A-ZÀ-ÞĀ-Ž]")
_TOP_TERMS = 12
_ANNOUNCER_MAX = 16  # words of a sentence that only announces another
_LOOK_BACK = 4  # sentences


class Features(NamedTuple):
    """One sentence measured against its article, for ranking and for caveats.

    Cosines are of bags of stems; ``size`` is the number of sentences over 50.
    """

    first: float
    second: float
    third: float
    last: float
    position: float
    depth: float
    far: float
    length: float
    length_squared: float
    short: float
    long: float
    opens_paragraph: float
    question: float
    quote: float
    quoted: float
    inside_quote: float
    pronoun: float
    first_person: float
    contrast: float
    pointed: float
    after_contrast: float
    number: float
    names: float
    title: float
    title_share: float
    lead: float
    lead_two: float
    centre: float
    previous: float
    following: float
    said_before: float
    spread: float
    weight_of_terms: float
    top_terms: float
    size: float
    cue: float
    cues: float


FEATURE_NAMES = Features._fields
NO_NGRAM_WEIGHTS = NgramWeights({}, {}, {})  # of a language of which none were learned


def cosine(a: frozenset[str], b: frozenset[str]) -> float:
    """The cosine of two sets of terms."""
    shared = len(a & b)
    return shared / math.sqrt(len(a) * len(b)) if shared else 0.0


class SentenceAnalysis(NamedTuple):
    """What is known of a prose sentence before anything is judged.

    term_set: its distinct terms. announces: it only announces the next ("But there's a catch.").
    """

    sentence: Sentence
    features: Features
    term_set: frozenset[str]
    ngram_scores: NgramScores
    announces: bool


class DocumentFeatures:
    """A document's prose sentences analysed, in order, and the weights of their n-grams.

    announcers: the numbers of the sentences (prose or not) that only announce the next.
    The centre is the sum of all sentences' terms, damped by log so that a term said often does not
    rule (the sum basis of Nenkova and Vanderwende 2005, with cosine).
    """

    def __init__(self, document: Document, ngram_weights: NgramWeights = NO_NGRAM_WEIGHTS) -> None:
        self.document = document
        self.ngram_weights = ngram_weights
        prose = document.prose
        self._term_sets = document.term_sets
        self._term_counts = document.term_counts
        self._top_terms = _most_frequent(self._term_counts)
        counts = self._term_counts.values()
        self._damped = {n: round(_EXACT * (1 + math.log(n))) if n > 1 else 0 for n in set(counts)}
        self._centre_norm = math.sqrt(sum([self._damped[n] ** 2 for n in counts if n > 1]))
        self._lead = frozenset[str]().union(*self._term_sets[:2])
        self.announcers = frozenset(
            s.index
            for s in document.sentences
            if len(s.words) <= _ANNOUNCER_MAX and document.lexicon.announces(s.text)
        )
        self._contrast = [document.lexicon.opens_with_contrast(s.text) for s in prose]
        self._steps = [0.0, *itertools.starmap(cosine, itertools.pairwise(self._term_sets)), 0.0]
        self.sentences = tuple(self._analyse_all())
        self._term_set_of = {s.sentence.index: s.term_set for s in self.sentences}

    def similarity(self, a: int, b: int) -> float:
        """The cosine of two prose sentences, by their numbers."""
        return cosine(self._term_set_of[a], self._term_set_of[b])

    @cached_property
    def ngrams(self) -> tuple[frozenset[str], ...]:
        """The names of the n-grams of each of ``sentences``."""
        return tuple(frozenset(ngram_names(s.sentence)) for s in self.sentences)

    def _analyse_all(self) -> Iterator[SentenceAnalysis]:
        inside = False
        scores = self.ngram_weights.scores
        for order, sentence in enumerate(self.document.prose):
            quoted = _MARKS.search(sentence.text) is not None
            yield SentenceAnalysis(
                sentence,
                self._measure(order, inside=inside, quoted=quoted),
                self._term_sets[order],
                scores(sentence),
                sentence.index in self.announcers,
            )
            if quoted:
                inside = _still_quoting(sentence.text, inside=inside)

    def _measure(self, order: int, *, inside: bool, quoted: bool) -> Features:
        document = self.document
        prose, lexicon, term_sets = document.prose, document.lexicon, self._term_sets
        sentence, term_set = prose[order], term_sets[order]
        index, words, text, hits = sentence.index, sentence.words, sentence.text, sentence.cues
        count = len(prose)
        length = min(2.0, len(words) / 30)
        quote = text[:1] in _QUOTES
        distinct = len(term_set) or 1
        counts = list(map(self._term_counts.__getitem__, term_set))
        shared = sum(counts) - len(term_set)
        title_terms = document.title_terms
        of_title = len(title_terms & term_set)
        opens = not order or prose[order - 1].paragraph != sentence.paragraph
        before = self._steps[order]
        earlier = term_sets[max(0, order - _LOOK_BACK) : order][:-1]
        near = [cosine(term_set, other) for other in earlier]
        return Features(
            first=1.0 if order == 0 else 0.0,
            second=1.0 if order == 1 else 0.0,
            third=1.0 if order == 2 else 0.0,
            last=1.0 if order + 1 == count else 0.0,
            position=1 / (1 + order / 4),
            depth=order / max(1, count - 1),
            far=min(1.0, math.log1p(order) / 4),
            length=length,
            length_squared=length * length,
            short=1.0 if len(words) < 8 else 0.0,
            long=1.0 if len(words) > 45 else 0.0,
            opens_paragraph=1.0 if opens else 0.0,
            question=1.0 if text.rstrip(_CLOSERS).endswith("?") else 0.0,
            quote=1.0 if quote else 0.0,
            quoted=1.0 if quoted else 0.0,
            inside_quote=1.0 if inside and not quote else 0.0,
            pronoun=1.0 if words and words[0] in lexicon.pronouns else 0.0,
            first_person=0.0 if lexicon.first_person.isdisjoint(words) else 1.0,
            contrast=1.0 if self._contrast[order] else 0.0,
            pointed=1.0 if index - 1 in self.announcers else 0.0,
            after_contrast=1.0 if order and self._contrast[order - 1] else 0.0,
            number=1.0 if _DIGIT.search(text) else 0.0,
            names=min(1.0, len(_LATER_CAPITAL.findall(text)) / max(1, len(words) - 1)),
            title=of_title / len(title_terms) if of_title else 0.0,
            title_share=of_title / distinct,
            lead=cosine(term_set, term_sets[0]),
            lead_two=cosine(term_set, self._lead),
            centre=self._centrality(counts),
            previous=before,
            following=self._steps[order + 1],
            said_before=max(before, *near) if near else before,
            spread=shared / distinct / count,
            weight_of_terms=min(2.0, shared / count),
            top_terms=len(self._top_terms & term_set) / 6,
            size=min(2.0, count / 50),
            cue=max([h.rule.score for h in hits]) if hits else 0.0,
            cues=min(1.0, 0.25 * len(hits)),
        )

    def _centrality(self, counts: list[int]) -> float:
        """The cosine with the article's centre of a sentence whose terms stand in so many."""
        together = sum(map(self._damped.__getitem__, counts))
        return together / (math.sqrt(len(counts)) * self._centre_norm) if together else 0.0


def _most_frequent(term_counts: Mapping[str, int]) -> frozenset[str]:
    """The terms that most sentences have, those first in the alphabet among equals."""
    ranked = [(-n, term) for term, n in term_counts.items() if n > 1]
    if len(ranked) < _TOP_TERMS:
        ranked = [(-n, term) for term, n in term_counts.items()]
    return frozenset([term for _, term in sorted(ranked)[:_TOP_TERMS]])


def _still_quoting(text: str, *, inside: bool) -> bool:
    """Whether a quotation is open after ``text``."""
    for char in _MARKS.findall(text):
        if char in _OPENING:
            inside = True
        elif char in _CLOSING:
            inside = False
        else:
            inside = not inside
    return inside
