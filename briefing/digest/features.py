"""What is measured of each sentence: small numbers between 0 and 1, counted once."""

import math
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefing.digest.document import Document, Sentence

_FIRST_PERSON = frozenset("i we you my our your i'm i've we're we've you're me us".split())
_QUOTES = '"“”'


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of ``weights.toml``, by table and name."""

    ranking: dict[str, float]
    caveat: dict[str, float]
    choice: dict[str, float]


@cache
def load_weights() -> Weights:
    """The packaged weights, read once."""
    text = (resources.files("briefing.digest") / "weights.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Weights(data["ranking"], data["caveat"], data["choice"])


@dataclass(frozen=True, slots=True)
class Features:
    """One sentence measured against its article, for ranking and for caveats."""

    first: float
    position: float
    title: float
    lead: float
    centre: float
    length: float
    short: float
    long: float
    quote: float
    pronoun: float
    question: float
    first_person: float

    def score(self, weights: dict[str, float]) -> float:
        """The weighted sum of the features that ``weights`` names."""
        return float(sum(w * getattr(self, name) for name, w in weights.items()))


def cosine(a: Counter[str], b: Counter[str], norm_a: float, norm_b: float) -> float:
    """The cosine of two bags of terms whose Euclidean norms are at hand."""
    if not norm_a or not norm_b:
        return 0.0
    if len(b) < len(a):
        a, b = b, a
    return sum(n * b[t] for t, n in a.items() if t in b) / (norm_a * norm_b)


def norm(bag: Counter[str]) -> float:
    """The Euclidean norm of a bag of terms."""
    return math.sqrt(sum(n * n for n in bag.values()))


class Measured:
    """A document's sentences with their bags of terms and features, counted once.

    The centre is the sum of all prose sentences' bags, damped by log so that a term said often
    does not rule (the sum basis of Nenkova and Vanderwende 2005, with cosine).
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.bags = [Counter(s.terms) for s in document.sentences]
        self.norms = [norm(b) for b in self.bags]
        centre: Counter[str] = Counter()
        for sentence in document.prose:
            centre.update(self.bags[sentence.index].keys())
        self._centre = Counter({t: 1 + math.log(n) for t, n in centre.items() if n > 1})
        self._centre_norm = norm(self._centre)
        self._lead: Counter[str] = Counter()
        for sentence in document.prose[:2]:
            self._lead.update(sentence.terms)
        self._lead_norm = norm(self._lead)
        self.features: dict[int, Features] = {
            s.index: self._measure(s, order) for order, s in enumerate(document.prose)
        }

    def similarity(self, a: int, b: int) -> float:
        """The cosine of two sentences, by their numbers."""
        return cosine(self.bags[a], self.bags[b], self.norms[a], self.norms[b])

    def _measure(self, sentence: Sentence, order: int) -> Features:
        bag, size = self.bags[sentence.index], self.norms[sentence.index]
        title = self.document.title_terms
        length = len(sentence.words)
        text = sentence.text
        quoted = text[:1] in _QUOTES
        opening = sentence.words[0] if sentence.words else ""
        return Features(
            first=float(order == 0),
            position=1 / (1 + order / 4),
            title=len(title & bag.keys()) / len(title) if title else 0.0,
            lead=cosine(bag, self._lead, size, self._lead_norm) if order > 1 else 1.0,
            centre=cosine(bag, self._centre, size, self._centre_norm),
            length=min(1.0, length / 30),
            short=float(length < 8),
            long=float(length > 45),
            quote=float(quoted),
            pronoun=float(opening in self.document.lexicon.pronouns),
            question=float(text.rstrip("\"'”’) ").endswith("?")),
            first_person=float(
                order > 0 and not _FIRST_PERSON.isdisjoint(sentence.words) and not quoted
            ),
        )
