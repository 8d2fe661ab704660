"""Linear models: the weight of each feature, of products of two features, and of n-grams."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul

from briefing.digest.models.weight_file import read_rows

THOUSANDTHS = 1000  # in which n-grams are weighed


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic model: ``log_odds`` is its score.

    features: their names. weights: of these, in this order. products: the place of a feature, then
    places of others with the weights of their products. ngrams: weights in thousandths. constants:
    further named numbers (thresholds, weights of what the caller adds).
    """

    features: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float
    constants: Mapping[str, float]
    products: tuple[tuple[int, tuple[tuple[int, float], ...]], ...] = ()
    ngrams: Mapping[str, int] = field(default_factory=dict)

    def log_odds(self, features: Sequence[float], ngram_score: int = 0) -> float:
        """The log-odds of what has these features, in the order of ``self.features``.

        ngram_score: the sum of the weights of its n-grams, in thousandths.
        """
        total: float = self.bias + sum(map(mul, self.weights, features))
        for one, others in self.products:
            value = features[one]
            if value:
                for other, weight in others:
                    total += value * features[other] * weight
        return total + ngram_score / THOUSANDTHS

    def ngram_score(self, ngrams: Iterable[str]) -> int:
        """The sum of the weights of (distinct) n-grams, in thousandths."""
        return sum(self.ngrams.get(name, 0) for name in ngrams)

    def ngram_weight(self, ngram: str) -> float:
        """What an n-gram adds to the log-odds."""
        return self.ngrams.get(ngram, 0) / THOUSANDTHS


def thousandths(weight: str) -> int:
    """A weight of a file in thousandths."""
    return round(THOUSANDTHS * float(weight))


def read_sentence_model(text: str, features: Sequence[str]) -> LinearModel:
    """A model over features and n-grams out of the text of its file.

    Marked names are features, the bias and constants, all others n-grams.
    """
    marked: dict[str, float] = {}
    ngrams: dict[str, int] = {}
    for row in read_rows(text):
        if row.marked:
            marked[row.name] = row.weight
        else:
            ngrams[row.name] = thousandths(row.weights[0])
    weights = tuple(marked.pop(name, 0.0) for name in features)
    return LinearModel(tuple(features), weights, marked.pop("bias"), marked, ngrams=ngrams)


def read_feature_model(text: str, features: Sequence[str]) -> LinearModel:
    """A model over features and products of two (``one*other``) out of the text of its file.

    Marked names are the bias and constants.
    """
    rows = list(read_rows(text))
    constants = {row.name: row.weight for row in rows if row.marked}
    known = {row.name: row.weight for row in rows if not row.marked}
    place = {name: at for at, name in enumerate(features)}
    products: dict[int, list[tuple[int, float]]] = {}
    for name, weight in known.items():
        one, product, other = name.partition("*")
        if product:
            products.setdefault(place[one], []).append((place[other], weight))
    return LinearModel(
        tuple(features),
        tuple(known.get(name, 0.0) for name in features),
        constants.pop("bias"),
        constants,
        tuple((one, tuple(others)) for one, others in products.items()),
    )
