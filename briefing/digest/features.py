"""What is measured of each sentence: small numbers, most of them between 0 and 1, counted once."""

import itertools
import math
import re
from collections import Counter
from functools import cached_property
from typing import NamedTuple

from briefing.digest.document import Document
from briefing.digest.wordings import wordings

_QUOTES = frozenset('"“”„«»')
_CLOSERS = "\"'”’“‘«»›) "
_MARKS = re.compile(r'["“”„«»]')
_OPENING, _CLOSING = "“„«", "”»"
_NOTHING = itertools.repeat(0)
_EXACT = 1_000_000  # whole numbers, so that sums are the same in whatever order
_DIGIT = re.compile(r"\d")
_LATER_CAPITAL = re.compile(r"(?<=\s)[A-ZÀ-ÞĀ-Ž]")
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
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0


class Measured:
    """A document's prose sentences with their sets of terms, cues, wordings and features.

    The centre is the sum of all sentences' terms, damped by log so that a term said often does not
    rule (the sum basis of Nenkova and Vanderwende 2005, with cosine).
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        prose = document.prose
        self.bags = {s.index: frozenset(s.terms) for s in prose}
        self.sayings: Counter[str] = Counter()
        for bag in self.bags.values():
            self.sayings.update(bag)
        self._top = frozenset(
            term for _, term in sorted((-n, t) for t, n in self.sayings.items())[:_TOP_TERMS]
        )
        self._centre = {
            t: round(_EXACT * (1 + math.log(n))) for t, n in self.sayings.items() if n > 1
        }
        self._centre_norm = math.sqrt(sum(w * w for w in self._centre.values()))
        self._lead = frozenset[str]().union(*(self.bags[s.index] for s in prose[:2]))
        pointing = {
            s.index
            for s in document.sentences
            if len(s.words) <= _POINTER_MAX and document.lexicon.is_pointer(s.text)
        }
        self.pointers = frozenset(pointing)
        self._contrast = [document.lexicon.opens_with_contrast(s.text) for s in prose]
        bags = [self.bags[s.index] for s in prose]
        self._steps = [0.0, *itertools.starmap(cosine, itertools.pairwise(bags)), 0.0]
        self.features: dict[int, Features] = {}
        inside = False
        for order, sentence in enumerate(prose):
            quoted = not _QUOTES.isdisjoint(sentence.text)
            self.features[sentence.index] = self._measure(order, inside=inside, quoted=quoted)
            if quoted:
                inside = _still_quoting(sentence.text, inside=inside)

    def similarity(self, a: int, b: int) -> float:
        """The cosine of two sentences, by their numbers."""
        return cosine(self.bags[a], self.bags[b])

    @cached_property
    def wordings(self) -> dict[int, set[str]]:
        """The wordings of each sentence, its cues among them as ``cue:name``."""
        found = {}
        for sentence in self.document.prose:
            own = wordings(sentence.words, sentence.terms)
            own.update([f"cue:{hit.rule.name}" for hit in sentence.cues])
            found[sentence.index] = own
        return found

    def _measure(self, order: int, *, inside: bool, quoted: bool) -> Features:
        document = self.document
        prose, lexicon = document.prose, document.lexicon
        sentence = prose[order]
        index, words, text = sentence.index, sentence.words, sentence.text
        bag, hits = self.bags[index], sentence.cues
        length = min(2.0, len(words) / 30)
        quote = text[:1] in _QUOTES
        distinct = max(1, len(bag))
        shared = sum(map(self.sayings.__getitem__, bag)) - len(bag)
        of_title = len(document.title_terms & bag)
        before = prose[order - 1] if order else None
        after = prose[order + 1] if order + 1 < len(prose) else None
        back = prose[max(0, order - _LOOK_BACK) : max(0, order - 1)]
        near = [cosine(bag, self.bags[s.index]) for s in back]
        return Features(
            first=float(order == 0),
            second=float(order == 1),
            third=float(order == 2),
            last=float(after is None),
            position=1 / (1 + order / 4),
            depth=order / max(1, len(prose) - 1),
            far=min(1.0, math.log1p(order) / 4),
            length=length,
            length_squared=length * length,
            short=float(len(words) < 8),
            long=float(len(words) > 45),
            opens_paragraph=float(before is None or before.paragraph != sentence.paragraph),
            question=float(text.rstrip(_CLOSERS).endswith("?")),
            quote=float(quote),
            quoted=float(quoted),
            inside_quote=float(inside and not quote),
            pronoun=float(bool(words) and words[0] in lexicon.pronouns),
            first_person=float(not lexicon.first_person.isdisjoint(words)),
            contrast=float(self._contrast[order]),
            pointed=float(index - 1 in self.pointers),
            after_contrast=float(order > 0 and self._contrast[order - 1]),
            number=float(_DIGIT.search(text) is not None),
            names=min(1.0, len(_LATER_CAPITAL.findall(text)) / max(1, len(words) - 1)),
            title=of_title / len(document.title_terms) if of_title else 0.0,
            title_share=of_title / distinct,
            lead=cosine(bag, self.bags[prose[0].index]),
            lead_two=cosine(bag, self._lead),
            centre=self._nearness(bag),
            previous=self._steps[order],
            following=self._steps[order + 1],
            said_before=max([self._steps[order], *near]),
            spread=shared / distinct / len(prose),
            weight_of_terms=min(2.0, shared / len(prose)),
            top_terms=len(self._top & bag) / 6,
            size=min(2.0, len(prose) / 50),
            cue=max([h.rule.score for h in hits], default=0.0),
            cues=min(1.0, 0.25 * len(hits)),
        )

    def _nearness(self, bag: frozenset[str]) -> float:
        """The cosine of a sentence's terms with the article's centre."""
        centre = self._centre
        if not bag or not centre:
            return 0.0
        together = sum(map(centre.get, bag, _NOTHING))
        return together / (math.sqrt(len(bag)) * self._centre_norm)


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
