#!/usr/bin/env python3
"""Makes ``briefing/digest/weights/entities.tsv``: which names of an article are key.

    python tools/train_entities.py     cross-validated figures, then the file

Needs scikit-learn (``pip install -e . --group dev``) and the shared corpora. A name is key where a
labelled one of the article, of the same kind, shares half its words with it; logistic regression on
the standardised numbers of ``salience_features`` and on the products of two that weigh most in a
first regression on all of them, written back in their own units. The threshold is the one at which
recall and precision meet in cross-validation by article. The folds come from the texts: a rebuild
gives the same file.
"""

import argparse
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from figure_entity_labels import load_articles
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from briefing.digest.entities.entities import MAX_KEY, cluster_document, entity_of
from briefing.digest.entities.salience import FEATURE_NAMES, DocumentContext, salience_features
from briefing.digest.models.linear import LinearModel
from briefing.digest.sentences.document import read_document
from briefing.model import Article, Entity

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "briefing" / "digest" / "weights" / "entities.tsv"
FOLDS = 10
STRENGTH = 0.003  # inverse of the penalty on standardised weights
FIRST = 0.001  # the same, where the products are chosen
PAIRS = 80
CLOSE = 0.5  # word F1 at which two names are one
SURER = 0.01  # how far precision stays above recall: a false name is worse than one missed
UNSURE = 0.9  # what a name without a kind counts beside one of the right kind

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Named:
    """An article's names with their numbers, and those that were labelled."""

    id: str
    fold: int
    entities: tuple[Entity, ...]
    numbers: Array
    right: NDArray[np.int64]
    labelled: tuple[dict[str, Any], ...]


def read_named(labelled: Iterable[dict[str, Any]]) -> list[Named]:
    """The labelled articles that hold names, these found by the product."""
    found = []
    for label in labelled:
        document = read_document(Article(label["id"], label["text"], title=label["title"]))
        every = cluster_document(document)
        context = DocumentContext.of(every, len(document.sentences), document.title)
        clusters = [c for c in every if not c.is_slight]
        numbers = np.array(
            [list(salience_features(c, context).values()) for c in clusters], dtype=float
        )
        entities = tuple(entity_of(document, c, key=False) for c in clusters)
        fold = crc32(label["text"].encode()) % FOLDS
        wanted = tuple(label["entities"])
        right = np.array([0] * len(entities))
        for name in wanted:
            near = [
                likeness(e.name, name["name"]) * _kind_share(e.kind, name["kind"]) for e in entities
            ]
            if near and max(near) >= CLOSE * UNSURE:
                right[near.index(max(near))] = 1
        if clusters:
            found.append(Named(label["id"], fold, entities, numbers, right, wanted))
    return found


def _kind_share(kind: str | None, labelled: str) -> float:
    """How far a name of this kind is the labelled one: a person is no organisation."""
    return 1.0 if kind == labelled else UNSURE if kind is None else 0.0


def likeness(name: str, other: str) -> float:
    """The F1 of the words of two names."""
    a, b = (Counter(re.findall(r"\w+", n.lower())) for n in (name, other))
    common = sum((a & b).values())
    return 2 * common / (sum(a.values()) + sum(b.values())) if common else 0.0


def fit(articles: Sequence[Named]) -> LinearModel:
    """The model of these articles, in the features' own units; its threshold is left at 0."""
    numbers = np.vstack([a.numbers for a in articles])
    right = np.concatenate([a.right for a in articles])
    middle, spread = numbers.mean(axis=0), numbers.std(axis=0)
    spread[spread == 0] = 1.0
    plain = (numbers - middle) / spread
    every = list(combinations(range(len(FEATURE_NAMES)), 2))
    products = np.stack([plain[:, a] * plain[:, b] for a, b in every], axis=1)
    strongest = np.argsort(-np.abs(_solve(plain, products, right, FIRST)[2]), kind="stable")
    kept = sorted(int(i) for i in strongest[:PAIRS])
    bias, weights, paired = _solve(plain, products[:, kept], right, STRENGTH)
    # (a - m)(b - n) / st = (ab - na - mb + mn) / st: products of the numbers as they are
    weights = weights / spread
    bias -= float(weights @ middle)
    pairs: dict[int, list[tuple[int, float]]] = {}
    for (a, b), weight in zip([every[i] for i in kept], paired, strict=True):
        own = float(weight / (spread[a] * spread[b]))
        pairs.setdefault(a, []).append((b, own))
        weights[a] -= own * middle[b]
        weights[b] -= own * middle[a]
        bias += own * float(middle[a] * middle[b])
    rows = tuple((a, tuple(others)) for a, others in pairs.items())
    return LinearModel(FEATURE_NAMES, tuple(map(float, weights)), bias, {"threshold": 0.0}, rows)


def _solve(
    plain: Array, products: Array, right: NDArray[np.int64], strength: float
) -> tuple[float, Array, Array]:
    """The bias, and the weights of numbers and products, all but the bias kept small."""
    middle, spread = products.mean(axis=0), products.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=strength, max_iter=5000)
    model.fit(np.hstack([plain, (products - middle) / spread]), right)
    weights = model.coef_[0]
    paired = weights[plain.shape[1] :] / spread
    return float(model.intercept_[0] - paired @ middle), weights[: plain.shape[1]], paired


def measure(articles: Iterable[tuple[Named, Array]], threshold: float) -> tuple[float, float]:
    """Recall and precision of the key names, one to one; a name without a kind counts half."""
    got, wanted, shown = 0.0, 0, 0
    for article, scores in articles:
        order = np.argsort(-scores, kind="stable")
        key = [int(i) for i in order if scores[i] >= threshold][:MAX_KEY]
        free = list(article.labelled)
        for entity in (article.entities[i] for i in key):
            fits = [h for h in free if entity.kind in (h["kind"], None)]
            best = max(fits, key=lambda h: likeness(entity.name, h["name"]), default=None)
            if best is not None and likeness(entity.name, best["name"]) >= CLOSE:
                free.remove(best)
                got += 1.0 if entity.kind else 0.5
        wanted += len(article.labelled)
        shown += len(key)
    return got / max(1, wanted), got / max(1, shown)


def cross_validate(articles: Sequence[Named]) -> list[tuple[Named, Array]]:
    """Each article with the scores of a model that has not seen it."""
    found = []
    for part in range(FOLDS):
        model = fit([a for a in articles if a.fold != part])
        found += [
            (article, np.array([model.log_odds(tuple(n)) for n in article.numbers]))
            for article in articles
            if article.fold == part
        ]
    return found


def best_threshold(scored: Sequence[tuple[Named, Array]]) -> float:
    """The threshold at which recall and precision meet, but for ``SURER``."""
    tried = [round(float(t), 2) for t in np.arange(-1.6, 0.4, 0.05)]

    def worth(threshold: float) -> float:
        recall, precision = measure(scored, threshold)
        return min(recall + SURER, precision)

    return max(tried, key=worth)


def write(model: LinearModel) -> str:
    """The text of the file."""
    lines = ["# Made by tools/train_entities.py: the log-odds that a name is key."]
    lines += [f"@bias\t{model.bias:.4f}", f"@threshold\t{model.constants['threshold']:.2f}"]
    lines += [f"{n}\t{w:.4f}" for n, w in zip(FEATURE_NAMES, model.weights, strict=True)]
    for a, others in model.products:
        lines += [f"{FEATURE_NAMES[a]}*{FEATURE_NAMES[b]}\t{w:.4f}" for b, w in others]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Train, report, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    shared = Path(os.environ.get("BRIEFING_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="the shared corpora")
    options = parser.parse_args()
    articles = read_named(load_articles(options.shared))
    scored = cross_validate(articles)
    threshold = best_threshold(scored)
    for at in sorted({threshold, -0.8, -0.4, 0.0}):
        recall, precision = measure(scored, at)
        print(f"threshold {at:.2f}: recall {recall:.3f}, precision {precision:.3f}")
    print(f"threshold taken: {threshold:.2f}")
    FILE.write_text(write(replace(fit(articles), constants={"threshold": threshold})), "utf-8")


if __name__ == "__main__":
    main()
