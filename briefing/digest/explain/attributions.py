"""Feature attribution: what speaks for and against a sentence, in a reader's words.

``explain.toml`` says how each is put.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from briefing.digest.caveats.reasons import Reason
from briefing.digest.features.document_features import DocumentFeatures, SentenceAnalysis
from briefing.digest.features.ngrams import aligned_stems, cue_name, ngrams
from briefing.text import tokens

_LEAST = 0.15  # log-odds; what weighs less is not shown
_MOST = 3  # reasons shown on either side


@cache
def wording_of(table: str) -> Any:
    """A table of ``explain.toml``."""
    file = resources.files("briefing.digest.explain") / "explain.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))[table]


@dataclass(frozen=True, slots=True)
class FeatureGroup:
    """Features of one matter, shown as one (``explain.toml``). An empty ``low`` is not shown."""

    of: tuple[str, ...]
    by: str
    high: str
    low: str


@cache
def feature_groups() -> tuple[FeatureGroup, ...]:
    """All groups of features that can be shown."""
    return tuple(
        FeatureGroup(tuple(g["of"]), g["by"], g["high"], g.get("low", ""))
        for g in wording_of("features")
    )


def feature_words(name: str) -> str:
    """How a feature that is shown by itself is put where it is high."""
    return next(group.high for group in feature_groups() if group.of == (name,))


class Attributor:
    """What the sentences of an article are weighed by.

    weights: of each feature by name. ngram_weights: of each n-gram that has one. further: named
    features besides those of ``features.sentences``, by the number of the sentence.
    """

    def __init__(
        self,
        features: DocumentFeatures,
        weights: Mapping[str, float],
        ngram_weights: Mapping[str, float],
        further: Mapping[int, Mapping[str, float]] | None = None,
    ) -> None:
        self._language = features.document.article.language
        self._weights, self._ngram_weights = weights, ngram_weights
        more = further or {}
        self._rows = {
            a.sentence.index: a.features._asdict() | dict(more.get(a.sentence.index, {}))
            for a in features.sentences
        }
        self._means = _average(self._rows.values())

    def reasons(self, analysis: SentenceAnalysis) -> tuple[Reason, ...]:
        """The heaviest few for a sentence, then the heaviest few against it.

        A feature counts by how far it departs from the article's average, an n-gram whole.
        """
        sums: dict[str, float] = {}
        for reason in (*self._of_features(analysis), *self._of_ngrams(analysis)):
            sums[reason.words] = sums.get(reason.words, 0.0) + reason.score
        heavy = [Reason(words, score) for words, score in sums.items() if abs(score) >= _LEAST]
        heavy.sort(key=lambda r: (-abs(r.score), r.words))
        pros = [r for r in heavy if r.score > 0]
        cons = [r for r in heavy if r.score < 0]
        return (*pros[:_MOST], *cons[:_MOST])

    def _of_features(self, analysis: SentenceAnalysis) -> Iterator[Reason]:
        row, means, weights = self._rows[analysis.sentence.index], self._means, self._weights
        sentence = analysis.sentence
        best = max(sentence.cues, key=lambda h: h.rule.score, default=None)
        cue = best.span.of(sentence.text) if best is not None else ""
        for group in feature_groups():
            score = sum(
                weights.get(name, 0.0) * (row.get(name, 0.0) - means.get(name, 0.0))
                for name in group.of
            )
            above = row.get(group.by, 0.0) > means.get(group.by, 0.0)
            wording = group.high if above else group.low
            if wording:
                yield Reason(wording.format(cue=cue), score)

    def _of_ngrams(self, analysis: SentenceAnalysis) -> Iterator[Reason]:
        """An n-gram inside a cue, or inside a heavier one that speaks for the same, adds to it."""
        phrases = self._phrases(analysis)
        phrases.sort(key=lambda p: (not p.is_cue, -abs(p.score)))
        shown: list[_Phrase] = []
        for phrase in phrases:
            around = next((p for p in shown if p.holds(phrase)), None)
            if around is None:
                shown.append(phrase)
            else:
                around.score += phrase.score
        return (Reason(p.words, p.score) for p in shown)

    def _phrases(self, analysis: SentenceAnalysis) -> list["_Phrase"]:
        """The cues of a sentence, and each n-gram that has a weight, where it stands first."""
        sentence, weights = analysis.sentence, self._ngram_weights
        text, forms = sentence.text, wording_of("ngram")
        cues: dict[tuple[int, int], _Phrase] = {}
        for hit in sentence.cues:
            place = (hit.span.start, hit.span.end)
            words = forms["plain"].format(hit.span.of(text))
            phrase = cues.setdefault(place, _Phrase(*place, words, 0.0, is_cue=True))
            phrase.score += weights.get(cue_name(hit.rule.name), 0.0)
        in_text = tokens(text) if weights else []
        words = [token.text.lower().replace("’", "'") for token in in_text]
        stems = aligned_stems(words, sentence.terms, self._language)
        others: dict[str, _Phrase] = {}
        for name, first, end, form in ngrams(words, stems):
            if name in weights and name not in others:
                start, stop = in_text[first].span.start, in_text[end - 1].span.end
                others[name] = _Phrase(
                    start, stop, forms[form].format(text[start:stop]), weights[name]
                )
        return [*cues.values(), *others.values()]


@dataclass(slots=True)
class _Phrase:
    """Words, from ``start`` to ``end`` in the sentence's text, and what they weigh."""

    start: int
    end: int
    words: str
    score: float
    is_cue: bool = False

    def holds(self, other: "_Phrase") -> bool:
        inside = self.start <= other.start and other.end <= self.end
        return inside and (self.is_cue or (self.score > 0) == (other.score > 0))


def _average(rows: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The mean of each name over all rows; a row that has not a name counts as 0."""
    sums: dict[str, float] = {}
    count = 0
    for row in rows:
        count += 1
        for name, value in row.items():
            sums[name] = sums.get(name, 0.0) + value
    return {name: total / count for name, total in sums.items()}


def signed(number: float, digits: int = 2, *, plus: str = "") -> str:
    """A score as it is written: ``1.62``, ``−1.10``, and with ``plus`` "+" ``+0.8``."""
    return f"{'−' if number < 0 else plus}{abs(number):.{digits}f}"
