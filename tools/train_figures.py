#!/usr/bin/env python3
"""Makes ``briefing/digest/weights/figures.tsv`` out of the labelled key figures.

    python tools/train_figures.py                the cross-validated measure, then the file
    python tools/train_figures.py --no-write     the measure only

A logistic regression on the measures of ``quantities/salience.py``. The threshold is the highest
at which so many labelled figures are found as ``RECALL`` asks, by models that have not seen the
article. Needs scikit-learn and the shared corpora. The folds come from the texts, so that a
rebuild gives the same file.
"""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from digest_labels import fold_of
from figure_entity_labels import load_articles
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from briefing.digest.quantities import figures
from briefing.digest.quantities.salience import FigureCandidate, figure_features, start
from briefing.digest.sentences.document import Document, read_document
from briefing.model import Article, Span

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "briefing" / "digest" / "weights" / "figures.tsv"
FOLDS = 10
STRENGTH = 0.02
RECALL = 0.75
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """A figure to learn from. met: how many labels it meets (a change may meet two)."""

    article: int
    fold: int
    candidate: FigureCandidate
    numbers: dict[str, float]
    met: int


def read_rows(labelled: Sequence[dict[str, Any]]) -> tuple[list[Row], int]:
    """All figures of the labelled articles, and how many are labelled."""
    rows: list[Row] = []
    for number, told in enumerate(labelled):
        article = Article(told["id"], told["text"], title=told["title"], language="en")
        fold = fold_of(told["text"]) % FOLDS
        rows += _rows(number, fold, read_document(article), told)
    return rows, sum(len(told["figures"]) for told in labelled)


def _rows(number: int, fold: int, document: Document, told: dict[str, Any]) -> list[Row]:
    found = figures.read_figures(document)
    state = start(document, found, figures.title_values(document))
    free = list(told["figures"])
    spans = [Span(*s) for s in told["sentences"]]
    rows = []
    for candidate in found:
        met = 0
        values = [candidate.quantity.value, candidate.quantity.value_to]
        tries = [values]
        if candidate.quantity.change:
            tries.append([candidate.quantity.change.before])
        for some in tries:
            label = next((x for x in free if meets(some, candidate.sentence.span, x, spans)), None)
            if label is not None:
                free.remove(label)
                met += 1
        rows.append(Row(number, fold, candidate, figure_features(candidate, state), met))
    return rows


def meets(
    values: Sequence[float | None], place: Span, label: dict[str, Any], spans: Sequence[Span]
) -> bool:
    """Whether one of ``values``, read in the sentence at ``place``, is the labelled figure."""
    span = spans[label["sentence"]]
    common = min(place.end, span.end) - max(place.start, span.start)
    if common <= 0.5 * min(place.end - place.start, span.end - span.start):
        return False
    want = label["value"]
    return any(v is not None and abs(v - want) <= 1e-6 + 0.005 * abs(want) for v in values)


def fit(rows: list[Row], names: list[str]) -> dict[str, float]:
    """The weights of raw measures, and the bias."""
    raw = np.array([[float(r.numbers[n]) for n in names] for r in rows])
    mean, spread = raw.mean(0), raw.std(0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit((raw - mean) / spread, [r.met > 0 for r in rows])
    weights: Array = model.coef_[0] / spread
    bias = float(model.intercept_[0] - weights @ mean)
    return {"bias": bias, **dict(zip(names, map(float, weights), strict=True))}


def unseen(rows: list[Row], names: list[str]) -> list[float]:
    """The score of each figure by a model that has not seen its article."""
    known = [fit([r for r in rows if r.fold != part], names) for part in range(FOLDS)]
    return [
        known[r.fold]["bias"] + sum(known[r.fold][n] * v for n, v in r.numbers.items())
        for r in rows
    ]


def outcome(
    rows: list[Row], scores: list[float], threshold: float, labelled: int
) -> tuple[float, float]:
    """Recall and precision at a threshold, chosen as the product chooses."""
    by_article: dict[int, list[tuple[float, Row]]] = {}
    for score, row in zip(scores, rows, strict=True):
        by_article.setdefault(row.article, []).append((score, row))
    hits = told = 0
    for some in by_article.values():
        for row in figures.select_key([(s, r.candidate, r) for s, r in some], threshold):
            hits += row.met
            told += max(1, row.met)
    return hits / labelled, hits / max(1, told)


def threshold_for(rows: list[Row], scores: list[float], labelled: int) -> float:
    """The highest threshold that gives the recall asked for."""
    for threshold in sorted(set(scores), reverse=True):
        if outcome(rows, scores, threshold, labelled)[0] >= RECALL:
            return threshold
    return min(scores)


def build(shared: Path) -> tuple[str, str]:
    """The text of the weights' file, and a line about the cross-validated figures."""
    rows, labelled = read_rows(load_articles(shared))
    names = list(rows[0].numbers)
    scores = unseen(rows, names)
    threshold = threshold_for(rows, scores, labelled)
    recall, precision = outcome(rows, scores, threshold, labelled)
    lines = ["# is a figure key; made by tools/train_figures.py", f"@threshold\t{threshold:.4f}"]
    lines += [f"@{name}\t{weight:.4f}" for name, weight in fit(rows, names).items()]
    told = f"{len(rows)} figures; unseen articles: recall {recall:.3f} precision {precision:.3f}"
    return "\n".join(lines) + "\n", told


def main() -> None:
    """Cross-validate, fit, write."""
    parser = argparse.ArgumentParser(description="Learn which figures are key.")
    shared = Path(os.environ.get("BRIEFING_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="the shared corpora")
    parser.add_argument("--no-write", action="store_true", help="write no file")
    options = parser.parse_args()
    text, told = build(options.shared)
    print(told)
    if not options.no_write:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
