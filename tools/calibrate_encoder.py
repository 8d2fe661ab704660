#!/usr/bin/env python3
"""Fits the numbers of ``[encoder]`` in ``parameters.toml`` on articles that no model has seen.

    python tools/calibrate_encoder.py ANSWERS.json

ANSWERS.json is what ``train_encoder.py --hold-out N`` writes. The linear models are trained anew
without these articles, so that both meet them for the first time. Prints average precision by the
linear judge's share, Platt's two numbers, the threshold of the best F1, and what a reader would see
by the linear judge and by both, at several thresholds of marks. The numbers are entered by hand.
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from digest_labels import Labelled, Told, figures, load, tally
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from train_digest import build

from briefing.digest.caveats import encoder_judge
from briefing.digest.caveats.encoder_judge import EncoderJudge
from briefing.digest.caveats.judges import CaveatJudge
from briefing.digest.caveats.learned import LearnedJudge
from briefing.digest.encoder.encoder import READ_TO, Answers, answers_of
from briefing.digest.features.document_features import DocumentFeatures
from briefing.digest.models.sentence_models import SentenceModels
from briefing.digest.parameters import load_parameters
from briefing.digest.selection.selection import select
from briefing.digest.sentences.document import Document

ROOT = Path(__file__).resolve().parent.parent
SHARES = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
MARKS = (0.5, 0.55, 0.6, 0.65, 0.7)
SHOWN = ("marker.", "claim.", "bullet.overlap", "caveat.f1", "caveat.kind", "caveat.lead")
Scores = NDArray[np.float64]


class Recorded:
    """An encoder whose answers were written down."""

    version = "recorded"

    def __init__(self, answers: dict[str, dict[str, list[float]]]) -> None:
        self._answers = answers

    def read(self, document: Document) -> dict[int, Answers]:
        """As ``Encoder.read``."""
        logits = self._answers[document.article.id]
        return {int(i): answers_of(row) for i, row in logits.items() if int(i) < READ_TO}

    def reread(self, document: Document, number: int, texts: Sequence[str]) -> Sequence[Answers]:
        """Nothing was written down of sentences that words were left out of."""
        raise NotImplementedError


def average_precision(scores: Scores, labels: Scores) -> float:
    """The mean precision at each right one, the surest first."""
    ordered = labels[np.argsort(-scores)]
    precision = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    return float(precision[ordered > 0].mean())


def scores_of(
    articles: Iterable[Labelled], read: Recorded, linear: LearnedJudge, models: SentenceModels
) -> tuple[Scores, Scores, Scores]:
    """Both judges' scores and the weights labelled, of all sentences but the main claims."""
    rows = []
    for article in articles:
        answers = read.read(article.document)
        features = DocumentFeatures(article.document, models.ngram_weights("en"))
        for analysis, judgement in zip(features.sentences, linear.judge(features), strict=True):
            index = analysis.sentence.index
            if index in answers and index != article.main:
                weight = article.weights.get(index, 0)
                rows.append((answers[index].caveat, judgement.score, weight))
    encoder, own, weights = np.array(rows, float).T
    return encoder, own, weights


def seen_by(
    articles: Sequence[Labelled], judge: CaveatJudge, models: SentenceModels
) -> dict[str, float]:
    """The measures of what a reader sees of some articles."""
    count: Counter[str] = Counter()
    for article in articles:
        selection = select(article.document, 4, judge=judge, models=models)
        starts = {s.span.start: s.index for s in article.document.sentences}
        caveats = {starts[c.evidence[0].start]: c.mark.kind or "" for c in selection.caveats}
        bullets = [(starts[b.evidence[0].start], b.caveat) for b in selection.bullets]
        marks = {i: (mark.kind or "", mark.probability or 0.0) for i, mark in bullets if mark}
        count += tally(article, Told(caveats, tuple(i for i, _ in bullets), marks))
    return figures(count)


def best_threshold(scores: Scores, weights: Scores) -> tuple[float, float]:
    """The best F1 (precision of any weight, recall of 2 and 3) and its threshold."""
    best = (0.0, 0.0)
    for threshold in np.quantile(scores, np.linspace(0.7, 0.98, 60)):
        taken = scores >= threshold
        precision = float((weights[taken] > 0).mean())
        recall = float((taken & (weights >= 2)).sum() / (weights >= 2).sum())
        best = max(best, (2 * precision * recall / (precision + recall), float(threshold)))
    return best


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("answers", type=Path)
    shared = Path(os.environ.get("BRIEFING_SHARED", ROOT.parent / "shared"))
    options = parser.parse_args()
    answers = json.loads(options.answers.read_text(encoding="utf-8"))
    articles = load(shared)
    held = [a for a in articles if a.id in answers and a.is_shared]
    models = build([a for a in articles if a.id not in answers]).models()
    linear, read = LearnedJudge(models.caveat, models.kind), Recorded(answers)
    encoder, own, weights = scores_of(held, read, linear, models)
    print(f"{len(held)} articles; average precision by the linear judge's share")
    for share in SHARES:
        mixed = (1 - share) * encoder + share * own
        print(f"  {share:.1f} {average_precision(mixed, (weights > 0).astype(float)):.3f}")
    numbers = dict(load_parameters("encoder"))
    mixed = (1 - numbers["linear"]) * encoder + numbers["linear"] * own
    platt = LogisticRegression(C=1e6).fit(mixed[:, None], weights > 0)
    numbers |= {"slope": float(platt.coef_[0][0]), "offset": float(platt.intercept_[0])}
    f1, numbers["take"] = best_threshold(mixed, weights)
    print(f"slope {numbers['slope']:.3f}, offset {numbers['offset']:.3f}")
    print(f"take {numbers['take']:.3f} (F1 {f1:.3f})")
    _print("linear", seen_by(held, linear, models))
    for mark in MARKS:
        numbers["mark"] = mark
        with mock.patch.object(encoder_judge, "load_parameters", _giving(numbers)):
            judge = EncoderJudge(read, linear, models.kind)
        _print(f"both, marks from {mark}", seen_by(held, judge, models))


def _giving(numbers: dict[str, float]) -> Callable[[str], Any]:
    return lambda _table: numbers


def _print(name: str, measured: dict[str, float]) -> None:
    shown = (f"{key} {value:.3f}" for key, value in measured.items() if key.startswith(SHOWN))
    print(name, ", ".join(shown), flush=True)


if __name__ == "__main__":
    main()
