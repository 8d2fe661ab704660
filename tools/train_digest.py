#!/usr/bin/env python3
"""Makes the files of ``briefing/digest/weights`` out of the labelled articles.

    python tools/train_digest.py             cross-validated figures, then the files
    python tools/train_digest.py --no-cv     the files only

Needs scikit-learn (``pip install -e . --group dev``) and the shared corpora. Everything is fixed:
the folds come from the texts, the solvers from a seed; a rebuild gives the same files.

caveat   logistic regression on the numbers of ``Features`` and on n-grams, the latter scaled by
         the square root of their log-count ratio (after Wang and Manning 2012, "Baselines and
         Bigrams"); a weight-1 caveat counts less, and less again by our own labels, which give
         that weight three times as often as the shared ones.
kind     multinomial logistic regression over the labelled caveats, on the numbers of ``Features``,
         the strongest cue of each kind, and n-grams scaled by their log-count ratio; corrections
         are too rare to be learned and left to their cues.
editor   logistic regression for "an editor took it as a bullet", on the same and on how the
         sentence stands among the article's caveats (by models that have not seen the article).
claim    conditional logistic regression (a softmax over the first sentences of an article) for
         "it is the main claim", on the numbers and on n-grams scaled as above.
brevity  ridge regression of what a sentence adds to ROUGE-1 and -2 against the highlights, less
         what its length costs there; on numbers alone.
"""

import argparse
import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from digest_labels import KINDS, Labelled, Told, figures, load, tally
from numpy.typing import NDArray
from rouge_score.tokenizers import DefaultTokenizer
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags, hstack, vstack
from sklearn.linear_model import LogisticRegression, Ridge

from briefing.digest.caveats.learned import LearnedJudge
from briefing.digest.cues import CueHit
from briefing.digest.features.document_features import FEATURE_NAMES
from briefing.digest.models.kind import CUE_FEATURES, strongest
from briefing.digest.models.linear import LinearModel, read_linear_model
from briefing.digest.models.sentence_models import SentenceModels, read_models
from briefing.digest.selection.ranking import CaveatFeatures, caveat_features
from briefing.digest.selection.selection import select

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "briefing" / "digest" / "weights"
SEED = 5
FOLDS = 5
NGRAM_SCALE = 0.5
# How likely a label of that weight is one by the shared rules (by 36 articles labelled twice).
OWN_TRUST = {1: 0.35, 2: 0.85, 3: 1.0}
LIGHT = 0.6  # what a weight-1 caveat counts
RARE = 20  # labels below which a kind is left to its cues, and a number to chance
KIND_NUMBERS = 0.35  # of the spread of a number, beside ngrams
LEAST = 0.03  # weight of a n-gram that is kept
KIND_LEAST = 0.09  # weight that a n-gram has for some kind
CLAIM_WITHIN = 10  # sentences of prose
CLAIM_PENALTY = 10.0  # on the squares of the weights of standardised features
CLAIM_NGRAMS = 0.3  # of the spread of a n-gram, beside numbers
SEAT = 0.0  # log-odds from which a weighty caveat gets a seat
MARK = 0.75  # probability from which a caveat is shown with a mark: three in four are right
NAMED = 0.5  # probability of being one of its kind from which the mark names that
REFERENCE_WORDS = 33  # of an average set of highlights
LENGTH_COST = (0.15, 0.06)  # of a word, in ROUGE-1 and -2 recall of such a set

Matrix = Any  # scipy ships no types
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """A prose sentence to learn from."""

    article: Labelled
    index: int
    numbers: tuple[float, ...]
    ngrams: frozenset[str]
    cues: tuple[CueHit, ...]


def rows_of(articles: Iterable[Labelled]) -> list[Row]:
    """The prose sentences of some articles."""
    found = []
    for article in articles:
        features = article.features
        for analysis, names in zip(features.sentences, features.ngrams, strict=True):
            numbers = tuple(analysis.features)
            found.append(
                Row(article, analysis.sentence.index, numbers, names, analysis.sentence.cues)
            )
    return found


class Vocabulary:
    """The ngrams seen in enough sentences, by column."""

    def __init__(self, rows: Sequence[Row], least: int) -> None:
        seen = Counter(w for row in rows for w in row.ngrams)
        self.names = sorted(w for w, n in seen.items() if n >= least)
        self.columns = {w: i for i, w in enumerate(self.names)}

    def matrix(self, rows: Sequence[Row]) -> Matrix:
        at, columns = [], []
        for number, row in enumerate(rows):
            known = sorted(self.columns[w] for w in row.ngrams if w in self.columns)
            at += [number] * len(known)
            columns += known
        shape = (len(rows), len(self.names))
        return csr_matrix((np.full(len(at), NGRAM_SCALE), (at, columns)), shape)


def without_rare(numbers: Array) -> Array:
    """``numbers``, those columns 0 that are so in all rows but a few: these would be memorised."""
    return np.where(np.count_nonzero(numbers, axis=0) < RARE, 0.0, numbers)


def logistic(
    numbers: Array, ngrams: Matrix, chance: Array, counts: Array, strength: float
) -> tuple[Array, Array, float]:
    """Weights of raw numbers and of ngrams (as 0 or 1), and the bias, of a logistic regression.

    chance: the probability of each row's label; counts: how much the row counts.
    """
    mean, spread = numbers.mean(0), numbers.std(0) + 1e-6
    scale = np.sqrt(telling((ngrams > 0).astype(float), chance, counts))
    whole = hstack([csr_matrix((numbers - mean) / spread), ngrams @ diags(scale)]).tocsr()
    sure, doubt = counts * chance > 0, counts * (1 - chance) > 0
    model = LogisticRegression(
        C=strength, solver="liblinear", random_state=SEED, max_iter=500, tol=1e-4
    ).fit(
        vstack([whole[sure], whole[doubt]]),
        np.r_[np.ones(sure.sum()), np.zeros(doubt.sum())],
        sample_weight=np.r_[(counts * chance)[sure], (counts * (1 - chance))[doubt]],
    )
    weights = model.coef_[0]
    dense = weights[: numbers.shape[1]] / spread
    bias = float(model.intercept_[0] - dense @ mean)
    return dense, weights[numbers.shape[1] :] * scale * NGRAM_SCALE, bias


def telling(present: Matrix, chance: Array, counts: Array | float = 1.0) -> Array:
    """How much each column tells for or against: the size of its log-count ratio."""
    yes, no = 1 + present.T @ (chance * counts), 1 + present.T @ ((1 - chance) * counts)
    ratio: Array = np.abs(np.log((yes / yes.sum()) / (no / no.sum())))
    return ratio


def text_of(
    numbers: dict[str, float], ngrams: Iterable[tuple[str, float]], least: float, what: str
) -> str:
    """The text of a model's file; ngrams of less weight than ``least`` are left out."""
    lines = [f"# {what}; made by tools/train_digest.py"]
    lines += [f"@{name}\t{weight:.4f}" for name, weight in numbers.items()]
    lines += [f"{w}\t{v:.3f}" for w, v in sorted(ngrams) if abs(v) >= least]
    return "\n".join(lines) + "\n"


def train_caveat(rows: Sequence[Row]) -> str:
    """The caveat model, without its thresholds."""
    vocabulary = Vocabulary(rows, 12)
    chance, counts = np.zeros(len(rows)), np.ones(len(rows))
    for number, row in enumerate(rows):
        weight = row.article.weights.get(row.index)
        if row.index == row.article.main:
            counts[number] = 0
        elif weight is not None:
            own = row.article.group == "own"
            chance[number] = OWN_TRUST[weight] if own else 1.0
            counts[number] = LIGHT if weight == 1 and not own else 1.0
    numbers = without_rare(np.array([row.numbers for row in rows]))
    dense, sparse, bias = logistic(numbers, vocabulary.matrix(rows), chance, counts, 0.2)
    named = {"bias": bias, **dict(zip(FEATURE_NAMES, map(float, dense), strict=True))}
    return text_of(named, zip(vocabulary.names, sparse, strict=True), LEAST, "is it a caveat")


def train_kind(rows: Sequence[Row]) -> str:
    """The kind model."""
    rows = [row for row in rows if row.index in row.article.kinds]
    seen = Counter(row.article.kinds[row.index] for row in rows)
    rows = [row for row in rows if seen[row.article.kinds[row.index]] >= RARE]
    kinds = [kind for kind in KINDS if seen[kind] >= RARE]
    labels = np.array([kinds.index(row.article.kinds[row.index]) for row in rows])
    vocabulary = Vocabulary(rows, 10)
    present = vocabulary.matrix(rows) / NGRAM_SCALE
    scale = np.max([telling(present, (labels == n).astype(float)) for n in range(len(kinds))], 0)
    numbers = without_rare(np.array([(*row.numbers, *strongest(row.cues)) for row in rows]))
    mean, spread = numbers.mean(0), numbers.std(0) + 1e-6
    tame = KIND_NUMBERS / spread
    whole = hstack([csr_matrix((numbers - mean) * tame), present @ diags(scale)]).tocsr()
    model = LogisticRegression(C=0.05, max_iter=500, tol=1e-6).fit(whole, labels)
    dense = model.coef_[:, : len(tame)] * tame
    sparse = model.coef_[:, len(tame) :] * scale
    columns = {"bias": model.intercept_ - dense @ mean}
    columns |= dict(zip((*FEATURE_NAMES, *CUE_FEATURES), dense.T, strict=True))
    lines = ["# of which kind a caveat is; made by tools/train_digest.py"]
    lines.append("\t".join(["wording", *kinds]))
    lines += ["\t".join([f"@{name}", *(f"{w:.3f}" for w in c)]) for name, c in columns.items()]
    for name, column in zip(vocabulary.names, sparse.T, strict=True):
        if np.abs(column).max() >= KIND_LEAST:
            lines.append("\t".join([name, *(f"{w:.2f}".replace("0.", ".") for w in column)]))
    return "\n".join(lines) + "\n"


def caveat_scores(articles: Iterable[Labelled], model: LinearModel) -> dict[str, dict[int, float]]:
    """The caveat model's log-odds of every prose sentence, by article and number."""
    return {
        a.id: {
            analysis.sentence.index: model.log_odds(analysis.features, model.ngram_score(names))
            for analysis, names in zip(a.features.sentences, a.features.ngrams, strict=True)
        }
        for a in articles
    }


def train_editor(rows: Sequence[Row], scores: dict[str, dict[int, float]]) -> str:
    """The editor model. scores: by caveat models that have not seen the article."""
    vocabulary = Vocabulary(rows, 12)
    of_caveats = {name: caveat_features(some) for name, some in scores.items()}
    numbers = np.array([[*row.numbers, *of_caveats[row.article.id][row.index]] for row in rows])
    chance = np.array([float(row.index in row.article.bullets) for row in rows])
    dense, sparse, bias = logistic(
        numbers, vocabulary.matrix(rows), chance, np.ones(len(rows)), 0.06
    )
    named = {
        "bias": bias,
        **dict(zip((*FEATURE_NAMES, *CaveatFeatures._fields), map(float, dense), strict=True)),
    }
    ngrams = zip(vocabulary.names, sparse, strict=True)
    return text_of(named, ngrams, LEAST, "would an editor take it as a bullet")


def train_claim(articles: Sequence[Labelled]) -> str:
    """The claim model."""
    groups = [rows[:CLAIM_WITHIN] for a in articles if (rows := rows_of([a]))]
    groups = [rows for rows in groups if any(r.index == r.article.main for r in rows)]
    rows = [row for some in groups for row in some]
    group = np.repeat(np.arange(len(groups)), [len(some) for some in groups])
    chance = np.array([float(row.index == row.article.main) for row in rows])
    vocabulary = Vocabulary(rows, 5)
    present = vocabulary.matrix(rows) / NGRAM_SCALE
    scale = CLAIM_NGRAMS * np.sqrt(telling(present, chance))
    numbers = without_rare(np.array([row.numbers for row in rows]))
    mean, spread = numbers.mean(0), numbers.std(0) + 1e-6
    whole = hstack([csr_matrix((numbers - mean) / spread), present @ diags(scale)]).tocsr()
    weights = _softmax_weights(whole, chance, group)
    dense, sparse = weights[: len(spread)] / spread, weights[len(spread) :] * scale
    named = {"bias": 0.0, **dict(zip(FEATURE_NAMES, map(float, dense), strict=True))}
    return text_of(named, zip(vocabulary.names, sparse, strict=True), LEAST, "is it the main claim")


def _softmax_weights(whole: Matrix, chance: Array, group: NDArray[np.int64]) -> Array:
    """The weights by which the labelled row of each group is likeliest; groups are in order."""
    starts = np.searchsorted(group, np.arange(group[-1] + 1))

    def cost(weights: Array) -> tuple[float, Array]:
        scores = whole @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        likely = odds / np.add.reduceat(odds, starts)[group]
        penalty = CLAIM_PENALTY / 2 * weights @ weights
        gradient: Array = whole.T @ (likely - chance) + CLAIM_PENALTY * weights
        return float(penalty - np.log(likely[chance > 0]).sum()), gradient

    nothing = np.zeros(whole.shape[1])
    found = minimize(cost, nothing, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    solved: Array = found.x
    return solved


_stems: dict[str, list[str]] = {}
_tokenizer = DefaultTokenizer(use_stemmer=True)


def stems(text: str) -> list[str]:
    """The tokens of rouge-score."""
    if text not in _stems:
        _stems[text] = _tokenizer.tokenize(text)
    return _stems[text]


def rouge(reference: str, texts: Iterable[str]) -> tuple[float, float]:
    """ROUGE-1 and -2 F1 of some texts together, as rouge-score reckons them."""
    found = []
    said = [token for text in texts for token in stems(text)]
    want = stems(reference)
    for size in (1, 2):
        a = Counter(zip(*(said[i:] for i in range(size)), strict=False))
        b = Counter(zip(*(want[i:] for i in range(size)), strict=False))
        total = a.total() + b.total()
        found.append(2 * (a & b).total() / total if total else 0.0)
    return found[0], found[1]


def train_brevity(rows: Sequence[Row]) -> str:
    """The brevity model."""
    rows = [row for row in rows if row.article.highlights]
    worth = np.array([_worth(row) for row in rows])
    numbers = np.array([row.numbers for row in rows])
    mean, spread = numbers.mean(0), numbers.std(0) + 1e-6
    model = Ridge(30.0).fit((numbers - mean) / spread, worth)
    unit = float(np.std(model.predict((numbers - mean) / spread)))
    dense = model.coef_ / spread / unit
    bias = float(model.intercept_ / unit - dense @ mean)
    named = {"bias": bias, **dict(zip(FEATURE_NAMES, map(float, dense), strict=True))}
    return text_of(named, (), 0.0, "does it say much for its length")


def _worth(row: Row) -> float:
    said = stems(row.article.document.sentences[row.index].text)
    want = stems(row.article.highlights)
    worth = 0.0
    for size, cost in zip((1, 2), LENGTH_COST, strict=True):
        a = Counter(zip(*(said[i:] for i in range(size)), strict=False))
        b = Counter(zip(*(want[i:] for i in range(size)), strict=False))
        worth += (a & b).total() / max(1, b.total()) - cost * len(said) / REFERENCE_WORDS
    return worth


def thresholds(
    articles: Iterable[Labelled], scores: dict[str, dict[int, float]]
) -> dict[str, float]:
    """Where a sentence is taken for a caveat (best F1), and where for one of weight 2 and 3.

    The latter so that as many are told as are labelled. On the shared sets alone.
    """
    rows = []
    for article in articles:
        if not article.is_shared:
            continue
        for index, score in scores[article.id].items():
            if index != article.main:
                rows.append((score, article.weights.get(index, 0)))
    rows.sort(reverse=True)
    wanted = sum(w >= 2 for _, w in rows)
    right = got = 0
    best = (0.0, 0.0)
    for place, (score, weight) in enumerate(rows, 1):
        right += weight > 0
        got += weight >= 2
        precision, recall = right / place, got / wanted
        if right:
            best = max(best, (2 * precision * recall / (precision + recall), score))
    told = [score for score, _ in rows if score >= best[1]]
    slope, offset = calibration(rows)
    labelled = Counter(w for _, w in rows if w)
    heavy = labelled[3] / labelled.total()
    some = (labelled[2] + labelled[3]) / labelled.total()
    return {
        "take": best[1],
        "two": told[min(len(told) - 1, int(some * len(told)))],
        "three": told[int(heavy * len(told))],
        "slope": slope,
        "offset": offset,
        "seat": SEAT,
        "mark": MARK,
        "named": NAMED,
    }


def calibration(rows: Sequence[tuple[float, int]]) -> tuple[float, float]:
    """What makes a probability of a score: a logistic regression on scores of unseen articles.

    rows: a score and the weight of the caveat, 0 where it is none.
    """
    scores = np.array([[score] for score, _ in rows])
    labels = np.array([weight > 0 for _, weight in rows])
    model = LogisticRegression(C=1e6, max_iter=500).fit(scores, labels)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def with_thresholds(text: str, limits: dict[str, float]) -> str:
    """A caveat model's text with its thresholds."""
    lines = "".join(f"@{name}\t{value:.4f}\n" for name, value in limits.items())
    return text.replace("@bias", f"{lines}@bias", 1)


@dataclass(frozen=True)
class Built:
    """The texts of the five files."""

    caveat: str
    kind: str
    editor: str
    brevity: str
    claim: str

    def models(self) -> SentenceModels:
        """The models as the product reads them."""
        return read_models(self.caveat, self.kind, self.editor, self.brevity, self.claim)


def _caveat_model(rows: Sequence[Row]) -> LinearModel:
    return read_linear_model(train_caveat(rows), FEATURE_NAMES)


def build(articles: Sequence[Labelled]) -> Built:
    """All five models of some articles. The editor learns from caveat scores of other folds."""
    unseen: dict[str, dict[int, float]] = {}
    for part in range(4):
        model = _caveat_model(rows_of(a for a in articles if a.fold % 4 != part))
        unseen |= caveat_scores((a for a in articles if a.fold % 4 == part), model)
    rows = rows_of(articles)
    return Built(
        with_thresholds(train_caveat(rows), thresholds(articles, unseen)),
        train_kind(rows),
        train_editor(rows, unseen),
        train_brevity(rows),
        train_claim(articles),
    )


def tell(article: Labelled, models: SentenceModels, count: int) -> tuple[Told, list[str]]:
    """What the product tells of an article, and its bullets' texts."""
    judge = LearnedJudge(models.caveat, models.kind)
    selection = select(article.document, count, judge=judge, models=models)
    starts = {s.span.start: s.index for s in article.document.sentences}
    return Told(
        {starts[c.evidence[0].start]: c.mark.kind or "" for c in selection.caveats},
        tuple(starts[b.evidence[0].start] for b in selection.bullets),
        {
            starts[b.evidence[0].start]: (b.caveat.kind or "", b.caveat.probability or 0.0)
            for b in selection.bullets
            if b.caveat is not None
        },
    ), [b.text for b in selection.bullets]


@dataclass(frozen=True)
class Scored:
    """An article's counts, and ROUGE-1 and -2 of three bullets less those of the lead.

    marks: the probability of each mark, and whether the sentence is labelled a caveat.
    """

    article: Labelled
    count: Counter[str]
    gain: tuple[float, float] | None
    marks: tuple[tuple[float, bool], ...]


def score(article: Labelled, models: SentenceModels) -> Scored:
    """An article against its labels and highlights."""
    told, _ = tell(article, models, 4)
    gain = None
    if article.highlights:
        _, three = tell(article, models, 3)
        ours, lead = (rouge(article.highlights, t) for t in (three, article.lead))
        gain = (100 * (ours[0] - lead[0]), 100 * (ours[1] - lead[1]))
    marks = tuple((probability, i in article.weights) for i, (_, probability) in told.marks.items())
    return Scored(article, tally(article, told), gain, marks)


def cross_validate(articles: Sequence[Labelled]) -> list[Scored]:
    """Each article scored by models that have not seen it."""
    found = []
    for part in range(FOLDS):
        models = build([a for a in articles if a.fold % FOLDS != part]).models()
        found += [score(a, models) for a in articles if a.fold % FOLDS == part]
        print(f"fold {part + 1} of {FOLDS}", flush=True)
    return found


def measures(scored: Sequence[Scored]) -> dict[str, float]:
    """The measures of some articles together."""
    found = figures(sum((s.count for s in scored), Counter()))
    gains = [s.gain for s in scored if s.gain is not None]
    for place, name in enumerate(("rouge1.gain", "rouge2.gain")):
        found[name] = float(np.mean([g[place] for g in gains])) if gains else 0.0
    return found


def interval(
    scored: Sequence[Scored], what: Callable[[Sequence[Scored]], dict[str, float]]
) -> dict[str, tuple[float, float]]:
    """The middle 95 per cent of each measure over 400 resamplings of the articles."""
    chance = random.Random(SEED)
    drawn = [what(chance.choices(scored, k=len(scored))) for _ in range(400)]
    return {
        name: (values[9], values[389])
        for name in drawn[0]
        for values in [sorted(d[name] for d in drawn)]
    }


def report(scored: Sequence[Scored]) -> str:
    """The table of cross-validated figures, then precision and recall by kind."""
    lines = []
    shared_groups = (("full", ("full",)), ("full and caveats", ("full", "caveats")))
    for title, groups in (*shared_groups, ("news", ("news",))):
        some = [s for s in scored if s.article.group in groups]
        around = interval(some, measures)
        lines.append(f"{title}: {len(some)} articles")
        lines += [
            f"  {name:18} {value:7.3f}   {around[name][0]:7.3f} to {around[name][1]:.3f}"
            for name, value in measures(some).items()
            if "rouge" not in name
        ]
    edited = [s for s in scored if s.gain is not None]
    around = interval(edited, measures)
    lines.append(f"highlights: {len(edited)} articles")
    lines += [
        f"  {name:18} {value:+7.2f}   {around[name][0]:+7.2f} to {around[name][1]:+.2f}"
        for name, value in measures(edited).items()
        if "rouge" in name
    ]
    marks = [mark for s in scored if s.article.is_shared for mark in s.marks]
    lines.append("marks by probability: how many, how many of these are labelled")
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        right = [labelled for probability, labelled in marks if least <= probability < least + 0.1]
        lines.append(f"  {least:.1f}  {len(right):4}  {sum(right) / max(1, len(right)):.2f}")
    total = sum((s.count for s in scored if s.article.is_shared), Counter[str]())
    lines.append("kind: precision, recall of weight 2 and 3 (caveat and kind both right)")
    for kind in KINDS:
        precision = total[f"right {kind}"] / max(1, total[f"found {kind}"])
        recall = total[f"got {kind}"] / max(1, total[f"wanted {kind}"])
        wanted = total[f"wanted {kind}"]
        lines.append(f"  {kind:12} {precision:.2f} {recall:.2f}  ({wanted} labelled)")
    return "\n".join(lines)


def main() -> None:
    """Train, report, write."""
    parser = argparse.ArgumentParser(description=re.split(r"\n\n", __doc__ or "")[0])
    shared = Path(os.environ.get("BRIEFING_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared, help="the shared corpora")
    parser.add_argument("--no-cv", action="store_true", help="no cross-validation")
    parser.add_argument("--no-write", action="store_true", help="write no file")
    options = parser.parse_args()
    articles = load(options.shared)
    print(f"{len(articles)} articles, {len(rows_of(articles))} prose sentences")
    if not options.no_cv:
        print(report(cross_validate(articles)))
    if not options.no_write:
        built = build(articles)
        for name in ("caveat", "kind", "editor", "brevity", "claim"):
            text = getattr(built, name)
            (WEIGHTS / f"{name}.tsv").write_text(text, encoding="utf-8")
            print(f"{name}.tsv {len(text.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
