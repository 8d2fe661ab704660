"""What is measured of each sentence: small numbers, most of them between 0 and 1, counted once."""

import heapq
import itertools
import math
import re
from collections import Counter
from functools import cached_property
from typing import NamedTuple

from briefing.digest.features.ngrams import wordings
from briefing.digest.sentences.document import Document, Sentence

_QUOTES = '"“”„«»'
_CLOSERS = "\"'”’“‘«»›) "
_MARKS = re.compile(r'["“”„«»]')
_OPENING, _CLOSING = "“„«", "”»"
_EXACT = 1_000_000  # whole numbers, so that sums are the same in whatever order
_DIGIT = re.compile(r"\d")
_LATER_CAPITAL = re.compile(r"\s[A-ZÀ-ÞĀ-Ž]")
_TOP_TERMS = 12
_POINTER_MAX = 16  # words of a sentence that only announces another
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


NAMES = Features._fields


def cosine(a: frozenset[str], b: frozenset[str]) -> float:
    """The cosine of two sets of terms."""
    shared = len(a & b)
    return shared / math.sqrt(len(a) * len(b)) if shared else 0.0


class Measured:
    """A document's prose sentences with their sets of terms, cues, wordings and features.

    The centre is the sum of all sentences' terms, damped by log so that a term said often does not
    rule (the sum basis of Nenkova and Vanderwende 2005, with cosine).
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        prose = document.prose
        self._in_order = [frozenset(s.terms) for s in prose]
        self.bags = {s.index: bag for s, bag in zip(prose, self._in_order, strict=True)}
        self.sayings = Counter(itertools.chain.from_iterable(self._in_order))
        self._top = _most_said(self.sayings)
        said = self.sayings.values()
        self._damped = {n: round(_EXACT * (1 + math.log(n))) if n > 1 else 0 for n in set(said)}
        self._centre_norm = math.sqrt(sum([self._damped[n] ** 2 for n in said if n > 1]))
        self._lead = frozenset[str]().union(*self._in_order[:2])
        self.pointers = frozenset(
            s.index
            for s in document.sentences
            if len(s.words) <= _POINTER_MAX and document.lexicon.is_pointer(s.text)
        )
        self._contrast = [document.lexicon.opens_with_contrast(s.text) for s in prose]
        self._steps = [0.0, *itertools.starmap(cosine, itertools.pairwise(self._in_order)), 0.0]
        self.features: dict[int, Features] = {}
        inside = False
        for order, sentence in enumerate(prose):
            quoted = _MARKS.search(sentence.text) is not None
            self.features[sentence.index] = self._measure(order, inside=inside, quoted=quoted)
            if quoted:
                inside = _still_quoting(sentence.text, inside=inside)

    def similarity(self, a: int, b: int) -> float:
        """The cosine of two sentences, by their numbers."""
        return cosine(self.bags[a], self.bags[b])

    @cached_property
    def wordings(self) -> dict[int, set[str]]:
        """The wordings of each sentence, its cues among them as ``cue:name``."""
        return {s.index: spelled(s) for s in self.document.prose}

    def _measure(self, order: int, *, inside: bool, quoted: bool) -> Features:
        document = self.document
        prose, lexicon, bags = document.prose, document.lexicon, self._in_order
        sentence, bag = prose[order], bags[order]
        index, words, text, hits = sentence.index, sentence.words, sentence.text, sentence.cues
        count = len(prose)
        length = min(2.0, len(words) / 30)
        quote = text[:1] in _QUOTES
        distinct = len(bag) or 1
        said = list(map(self.sayings.__getitem__, bag))
        shared = sum(said) - len(bag)
        title_terms = document.title_terms
        of_title = len(title_terms & bag)
        opens = not order or prose[order - 1].paragraph != sentence.paragraph
        before = self._steps[order]
        near = [cosine(bag, other) for other in bags[max(0, order - _LOOK_BACK) : order][:-1]]
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
            pointed=1.0 if index - 1 in self.pointers else 0.0,
            after_contrast=1.0 if order and self._contrast[order - 1] else 0.0,
            number=1.0 if _DIGIT.search(text) else 0.0,
            names=min(1.0, len(_LATER_CAPITAL.findall(text)) / max(1, len(words) - 1)),
            title=of_title / len(title_terms) if of_title else 0.0,
            title_share=of_title / distinct,
            lead=cosine(bag, bags[0]),
            lead_two=cosine(bag, self._lead),
            centre=self._nearness(said),
            previous=before,
            following=self._steps[order + 1],
            said_before=max(before, *near) if near else before,
            spread=shared / distinct / count,
            weight_of_terms=min(2.0, shared / count),
            top_terms=len(self._top & bag) / 6,
            size=min(2.0, count / 50),
            cue=max([h.rule.score for h in hits]) if hits else 0.0,
            cues=min(1.0, 0.25 * len(hits)),
        )

    def _nearness(self, said: list[int]) -> float:
        """The cosine with the article's centre of a sentence whose terms are said so often."""
        together = sum(map(self._damped.__getitem__, said))
        return together / (math.sqrt(len(said)) * self._centre_norm) if together else 0.0


def spelled(sentence: Sentence) -> set[str]:
    """The wordings of a sentence, its cues among them as ``cue:name``."""
    found = wordings(sentence.words, sentence.terms)
    found.update(cue_wordings(sentence))
    return found


def cue_wordings(sentence: Sentence) -> list[str]:
    """The wordings that a sentence has by its cues."""
    return [f"cue:{hit.rule.name}" for hit in sentence.cues]


def _most_said(sayings: Counter[str]) -> frozenset[str]:
    """The terms that most sentences have, those first in the alphabet among equals."""
    ranked = ((-n, term) for term, n in sayings.items())
    return frozenset(term for _, term in heapq.nsmallest(_TOP_TERMS, ranked))


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
