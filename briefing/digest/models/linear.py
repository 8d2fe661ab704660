"""Linear models: the weight of each feature, of products of two features, and of n-grams."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul

from briefing.digest.models.weight_file import read_rows

THOUSANDTHS = 1000  # in which n-grams are weighed

Products = tuple[tuple[int, tuple[tuple[int, float], ...]], ...]


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
    products: Products = ()
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


def read_linear_model(text: str, features: Sequence[str]) -> LinearModel:
    """A model over ``features`` out of the text of its file.

    Where the file marks its features, all names without a mark are n-grams; where it does not, they
    are features and products of two (``one*other``). Other marked names are constants.
    """
    rows = list(read_rows(text))
    constants = {row.name: row.weight for row in rows if row.marked}
    plain = {row.name: row.weights[0] for row in rows if not row.marked}
    if constants.keys().isdisjoint(features):
        weights = {name: float(weight) for name, weight in plain.items()}
        products, ngrams = _products(weights, features), {}
    else:
        weights = {name: constants.pop(name) for name in features if name in constants}
        products, ngrams = (), {name: thousandths(weight) for name, weight in plain.items()}
    return LinearModel(
        features=tuple(features),
        weights=tuple(weights.get(name, 0.0) for name in features),
        bias=constants.pop("bias"),
        constants=constants,
        products=products,
        ngrams=ngrams,
    )


def _products(weights: Mapping[str, float], features: Sequence[str]) -> Products:
    place = {name: at for at, name in enumerate(features)}
    products: dict[int, list[tuple[int, float]]] = {}
    for name, weight in weights.items():
        one, product, other = name.partition("*")
        if product:
            products.setdefault(place[one], []).append((place[other], weight))
    return tuple((one, tuple(others)) for one, others in products.items())
