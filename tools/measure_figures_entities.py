#!/usr/bin/env python3
"""Measures key figures and key names on articles that their models have not seen.

    python tools/measure_figures_entities.py            both sets, cross-validated by article
    python tools/measure_figures_entities.py --shipped  the shipped weights instead
    python tools/measure_figures_entities.py --errors   with what is wrong, a line each

Recall, precision, word F1 of what is counted and of roles, as ``evaluate.py`` has them, each with
the interval of 1,000 bootstrap samples of articles (5th to 95th percentile).
"""

import argparse
import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import train_entities
import train_figures
from figure_entity_labels import load_articles

from briefing.digest.entities.entities import MAX_KEY
from briefing.digest.entities.salience import load_salience
from briefing.digest.quantities import figures
from briefing.digest.quantities.salience import load_figure_model
from briefing.model import Span

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = 1000
Tally = Counter[str]
SHARES = {
    "figure.recall": ("figure hits", "figures"),
    "figure.precision": ("figure hits", "figures shown"),
    "figure.counts": ("counts", "figure hits"),
    "entity.recall": ("entity hits", "entities"),
    "entity.precision": ("entity hits", "entities shown"),
    "entity.role": ("role", "roles"),
}


def word_f1(one: str, other: str) -> float:
    """The F1 of the words of two phrases, as ``evaluate.py`` counts them."""
    a, b = (Counter(re.findall(r"\w+(?:[’'.,]\w+)*", t.lower())) for t in (one, other))
    common = sum((a & b).values())
    return 2 * common / (sum(a.values()) + sum(b.values())) if common else 0.0


def tally_figures(
    rows: Sequence[train_figures.Row],
    scores: Sequence[float],
    threshold: float,
    labels: Sequence[dict[str, Any]],
    spans: Sequence[Span],
    report: Callable[[str], None],
) -> Tally:
    """The counts of one article's figures."""
    count = Tally({"figures": len(labels)})
    free = list(labels)
    scored = [(s, r.candidate, r) for s, r in zip(scores, rows, strict=True)]
    for row in figures.select_key(scored, threshold):
        count["figures shown"] += 1
        quantity, sentence = row.candidate.quantity, row.candidate.sentence
        told = row.candidate.counted.phrase
        shown = f"{quantity.span.of(sentence.text)} | {told}"
        tries = [[quantity.value, quantity.value_to]]
        if quantity.change:
            tries.append([quantity.change.before])
        hits = 0
        for values in tries:
            label = next(
                (x for x in free if train_figures.meets(values, sentence.span, x, spans)), None
            )
            if label is None:
                continue
            free.remove(label)
            hits += 1
            same = word_f1(told, label["counts"])
            count["counts"] += same  # type: ignore[assignment]
            if same < 0.5:
                report(f"COUNTS {same:.2f} {shown} | {label['counts']} || {sentence.text}")
        count["figure hits"] += hits
        count["figures shown"] += max(0, hits - 1)
        if not hits:
            report(f"FALSE FIGURE {shown} || {sentence.text}")
    for label in free:
        report(f"MISSED FIGURE {label['surface']} | {label['counts']}")
    return count


def tally_entities(
    article: train_entities.Named,
    scores: Sequence[float],
    threshold: float,
    report: Callable[[str], None],
) -> Tally:
    """The counts of one article's names."""
    count = Tally({"entities": len(article.labelled)})
    free = list(article.labelled)
    order = np.argsort(-np.array(scores), kind="stable")
    for at in [int(i) for i in order if scores[i] >= threshold][:MAX_KEY]:
        entity = article.entities[at]
        count["entities shown"] += 1
        fits = [h for h in free if entity.kind in (h["kind"], None)]
        best = max(fits, key=lambda h: word_f1(entity.name, h["name"]), default=None)
        if best is None or word_f1(entity.name, best["name"]) < train_entities.CLOSE:
            near = [h["name"] for h in free if word_f1(entity.name, h["name"]) > 0]
            report(f"FALSE NAME {entity.name} | {entity.kind} | {entity.role} | near {near}")
            continue
        free.remove(best)
        count["entity hits"] += 1.0 if entity.kind else 0.5  # type: ignore[assignment]
        if best["role"]:
            same = word_f1(entity.role or "", best["role"])
            count["roles"] += 1
            count["role"] += same  # type: ignore[assignment]
            if same < 0.5:
                report(f"ROLE {same:.2f} {entity.name} | {entity.role} | {best['role']}")
        elif entity.role:
            report(f"ROLE NONE {entity.name} | {entity.role}")
    for label in free:
        report(f"MISSED NAME {label['name']} | {label['kind']} | {label['role']}")
    return count


def shares(count: Tally) -> dict[str, float]:
    """The measures of summed counts."""
    return {name: count[a] / max(1, count[b]) for name, (a, b) in SHARES.items()}


def told(tallies: Sequence[Tally]) -> str:
    """The measures of some articles with their intervals, a line each."""
    keys = sorted({k for t in tallies for k in t})
    table = np.array([[t[k] for k in keys] for t in tallies], dtype=float)
    picks = np.random.default_rng(0).integers(len(tallies), size=(SAMPLES, len(tallies)))
    drawn = [shares(Tally(dict(zip(keys, table[p].sum(0), strict=True)))) for p in picks]
    whole = shares(Tally(dict(zip(keys, table.sum(0), strict=True))))
    lines = []
    for name, value in whole.items():
        low, high = np.percentile([d[name] for d in drawn], [5, 95])
        lines.append(f"  {name} {value:.3f} ({low:.3f} to {high:.3f})")
    return "\n".join(lines)


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    shared = Path(os.environ.get("BRIEFING_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="the shared corpora")
    parser.add_argument("--shipped", action="store_true", help="the shipped weights")
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    labelled = load_articles(options.shared)
    rows, total = train_figures.read_rows(labelled)
    names = train_entities.read_named(labelled)
    if options.shipped:
        known, salience = load_figure_model(), load_salience()
        scores = [known.log_odds(tuple(r.numbers.values())) for r in rows]
        figure_threshold = known.constants["threshold"]
        scored = [(n, np.array([salience.log_odds(tuple(x)) for x in n.numbers])) for n in names]
        name_threshold = salience.constants["threshold"]
    else:
        scores = train_figures.unseen(rows, list(rows[0].numbers))
        figure_threshold = train_figures.threshold_for(rows, scores, total)
        scored = train_entities.cross_validate(names)
        name_threshold = train_entities.best_threshold(scored)
    by_article = {n.id: (n, s) for n, s in scored}
    tallies: dict[str, list[Tally]] = {}
    for number, label in enumerate(labelled):

        def report(line: str, head: str = label["id"]) -> None:
            if options.errors:
                print(head, line)

        own = [at for at, row in enumerate(rows) if row.article == number]
        count = tally_figures(
            [rows[at] for at in own],
            [scores[at] for at in own],
            figure_threshold,
            label["figures"],
            [Span(*s) for s in label["sentences"]],
            report,
        )
        if label["id"] in by_article:
            named, values = by_article[label["id"]]
            count += tally_entities(named, list(values), name_threshold, report)
        else:
            count["entities"] += len(label["entities"])
        tallies.setdefault(label["set"], []).append(count)
    for name, some in tallies.items():
        print(f"{name} ({len(some)} articles)", told(some), sep="\n")


if __name__ == "__main__":
    main()
