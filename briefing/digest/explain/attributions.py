"""What speaks for and against a sentence, in a reader's words: ``explain.toml`` says how."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from briefing.digest.features.ngrams import known_as, wordings
from briefing.digest.lexicon import CueHit
from briefing.digest.sentences.document import Sentence
from briefing.text import stem, tokens

_LEAST = 0.15  # log-odds; what weighs less is not told
_MOST = 3  # reasons told on either side


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that speaks for (``score`` > 0) or against a sentence, in log-odds."""

    words: str
    score: float


def signed(number: float, digits: int = 2, *, plus: str = "") -> str:
    """A score as it is written: ``1.62``, ``−1.10``, and with ``plus`` "+" ``+0.8``."""
    return f"{'−' if number < 0 else plus}{abs(number):.{digits}f}"


@dataclass(frozen=True, slots=True)
class Measure:
    """Measures of one matter, told as one (see ``explain.toml``). An empty ``low`` is not told."""

    of: tuple[str, ...]
    by: str
    high: str
    low: str


@cache
def words_for(table: str) -> Any:
    """A table of ``explain.toml``."""
    file = resources.files("briefing.digest.explain") / "explain.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))[table]


@cache
def measures() -> tuple[Measure, ...]:
    """All measures that can be told."""
    return tuple(
        Measure(tuple(m["of"]), m["by"], m["high"], m.get("low", "")) for m in words_for("measure")
    )


class Scale:
    """What the sentences of an article are weighed by.

    rows: the measures of each sentence by number; weights: a weight for each measure; wordings: a
    weight for each wording that has one.
    """

    def __init__(
        self,
        rows: Mapping[int, Mapping[str, float]],
        weights: Mapping[str, float],
        wordings: Mapping[str, float],
        language: str,
    ) -> None:
        self._rows, self._weights, self._wordings = rows, weights, wordings
        self._language = language
        self._means = _average(rows.values())

    def reasons(self, sentence: Sentence, hits: Sequence[CueHit]) -> tuple[Reason, ...]:
        """The heaviest few for a sentence, then the heaviest few against it.

        A measure counts by how far it departs from the article's average, a wording whole. ``hits``
        are the sentence's cues.
        """
        told: dict[str, float] = {}
        for reason in (*self._of_measures(sentence, hits), *self._of_wordings(sentence, hits)):
            told[reason.words] = told.get(reason.words, 0.0) + reason.score
        heavy = [Reason(words, score) for words, score in told.items() if abs(score) >= _LEAST]
        heavy.sort(key=lambda r: (-abs(r.score), r.words))
        pros = [r for r in heavy if r.score > 0]
        cons = [r for r in heavy if r.score < 0]
        return (*pros[:_MOST], *cons[:_MOST])

    def _of_measures(self, sentence: Sentence, hits: Sequence[CueHit]) -> Iterator[Reason]:
        row, means, weights = self._rows[sentence.index], self._means, self._weights
        best = max(hits, key=lambda h: h.rule.score, default=None)
        cue = best.span.of(sentence.text) if best is not None else ""
        for measure in measures():
            score = sum(
                weights.get(name, 0.0) * (row.get(name, 0.0) - means.get(name, 0.0))
                for name in measure.of
            )
            above = row.get(measure.by, 0.0) > means.get(measure.by, 0.0)
            told = measure.high if above else measure.low
            if told:
                yield Reason(told.format(cue=cue), score)

    def _of_wordings(self, sentence: Sentence, hits: Sequence[CueHit]) -> Iterator[Reason]:
        """A wording inside a cue, or inside a heavier one that speaks for the same, adds to it."""
        runs = _runs(sentence, hits, self._wordings, self._language)
        runs.sort(key=lambda r: (not r.cue, -abs(r.score)))
        kept: list[_Run] = []
        for run in runs:
            around = next((k for k in kept if k.holds(run)), None)
            if around is None:
                kept.append(run)
            else:
                around.score += run.score
        return (Reason(k.words, k.score) for k in kept)


def _average(rows: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The mean of each name over all rows; a row that has not a name counts as 0."""
    sums: dict[str, float] = {}
    count = 0
    for row in rows:
        count += 1
        for name, value in row.items():
            sums[name] = sums.get(name, 0.0) + value
    return {name: total / count for name, total in sums.items()}


@dataclass(slots=True)
class _Run:
    """A run of words, from ``start`` to ``end`` in the sentence's text, and what it weighs."""

    start: int
    end: int
    words: str
    score: float
    cue: bool = False

    def holds(self, other: "_Run") -> bool:
        inside = self.start <= other.start and other.end <= self.end
        return inside and (self.cue or (self.score > 0) == (other.score > 0))


def _runs(
    sentence: Sentence, hits: Sequence[CueHit], weights: Mapping[str, float], language: str
) -> list[_Run]:
    text, forms = sentence.text, words_for("wording")
    runs: dict[tuple[int, int], _Run] = {}
    for hit in hits:
        key = (hit.span.start, hit.span.end)
        run = runs.setdefault(key, _Run(*key, forms["plain"].format(hit.span.of(text)), 0.0, True))
        run.score += weights.get(f"cue:{hit.rule.name}", 0.0)
    own = weights.keys() & set(wordings(sentence.words, sentence.terms))
    others = [
        _Run(start, end, forms[form].format(text[start:end]), weights[name])
        for name, (start, end, form) in _places(text, language).items()
        if name in own
    ]
    return [*runs.values(), *others]


def _places(text: str, language: str) -> dict[str, tuple[int, int, str]]:
    """Where each wording that a sentence may have stands first, and its form."""
    said = tokens(text)
    low = [t.text.lower().replace("’", "'") for t in said]
    plain = [known_as(word) for word in low]
    places: dict[str, tuple[int, int, str]] = {}

    def put(name: str, first: int, last: int, form: str) -> None:
        places.setdefault(name, (said[first].span.start, said[last].span.end, form))

    for at, word in enumerate(plain):
        put(word, at, at, "plain")
        put(f"~{stem(low[at], language)}", at, at, "plain")
        put(f"NEG {word}", at, at, "negated")
        if at:
            put(f"{plain[at - 1]} {word}", at - 1, at, "plain")
    if plain:
        put(f"^{plain[0]}", 0, 0, "opens")
        last = len(plain) - 1
        put(f"^{' '.join(plain[:2])}", 0, min(1, last), "opens")
        put(f"{' '.join(plain[-2:])}$", max(0, last - 1), last, "ends")
    return places
