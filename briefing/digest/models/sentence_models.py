"""The learned models: weights in data files, plain sums in code.

The files of ``weights/`` are made by ``tools/train_digest.py`` (``figures.tsv`` and
``entities.tsv`` by scripts of their own); nobody edits them by hand. The first
lines hold the numbers of ``Features`` and the thresholds (``name<TAB>weight``, names with a
leading ``@``), the others the wordings.
"""

import itertools
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from operator import mul

from briefing.digest.features.document_features import NAMES, Features, cue_wordings
from briefing.digest.features.ngrams import WordingWeights
from briefing.digest.lexicon import CueHit
from briefing.digest.sentences.document import Document
from briefing.model import CaveatKind

THOUSANDTHS = 1000
CUE_KINDS = tuple(f"cue:{kind}" for kind in CaveatKind)
_NOTHING = itertools.repeat(0)
_APART = 40  # bits between two sums in one number: either stays far below 2 ** 39
_HALF = 1 << (_APART - 1)


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic model: ``score`` is its log-odds.

    dense: a weight for each of ``Features``, in their order. wordings: weights of those that have
    one, in thousandths: whole numbers, so that the sum is the same in whatever order. extras:
    further named numbers (the bias, thresholds, weights of what the caller adds).
    """

    dense: tuple[float, ...]
    wordings: Mapping[str, int]
    extras: Mapping[str, float]

    def score(self, features: Features, wordings: AbstractSet[str] = frozenset()) -> float:
        """The log-odds of a sentence with these features and wordings."""
        return self.log_odds(features, sum(map(self.wordings.get, wordings, _NOTHING)))

    def log_odds(self, features: Features, of_wordings: int = 0) -> float:
        """``score`` where the sum of the wordings' weights (in thousandths) is at hand."""
        total: float = self.extras["bias"] + sum(map(mul, self.dense, features))
        return total + of_wordings / THOUSANDTHS

    def weight(self, wording: str) -> float:
        """What a wording adds to the log-odds."""
        return self.wordings.get(wording, 0) / THOUSANDTHS

    def weights(self) -> dict[str, float]:
        """What each wording adds to the log-odds."""
        return {wording: weight / THOUSANDTHS for wording, weight in self.wordings.items()}


@dataclass(frozen=True, slots=True)
class KindModel:
    """Which kind a caveat is of: weights of each kind, in the order of ``kinds``.

    dense: for each kind, of ``Features`` and then of the strongest cue of every ``CaveatKind``.
    wordings: for each wording a weight of each kind, in thousandths.
    """

    kinds: tuple[CaveatKind, ...]
    bias: tuple[float, ...]
    dense: tuple[tuple[float, ...], ...]
    wordings: Mapping[str, tuple[int, ...]]

    def kind(
        self, features: Features, wordings: Iterable[str], hits: Iterable[CueHit]
    ) -> CaveatKind:
        """The likeliest kind of a caveat with these features, (distinct) wordings and cues."""
        measured = (*features, *strongest(hits))
        rows = list(filter(None, map(self.wordings.get, wordings)))
        said = map(sum, zip(*rows, strict=True)) if rows else _NOTHING
        sums = [
            bias + sum(map(mul, weights, measured)) + thousandths / THOUSANDTHS
            for bias, weights, thousandths in zip(self.bias, self.dense, said, strict=False)
        ]
        return self.kinds[sums.index(max(sums))]

    def weight(self, wording: str, kind: CaveatKind) -> float:
        """How much a wording speaks for a kind."""
        row = self.wordings.get(wording)
        return row[self.kinds.index(kind)] / THOUSANDTHS if row is not None else 0.0


def strongest(hits: Iterable[CueHit]) -> tuple[float, ...]:
    """The score of the strongest cue of each ``CaveatKind``, in its order; 0 where none is."""
    best = dict.fromkeys(CaveatKind, 0.0)
    for hit in hits:
        best[hit.rule.kind] = max(best[hit.rule.kind], hit.rule.score)
    return tuple(best.values())


@dataclass(frozen=True)
class Models:
    """What a digest leans on: is it a caveat, of which kind, would an editor take it as a bullet,
    and does it say much in few words.
    """

    caveat: LinearModel
    kind: KindModel
    editor: LinearModel
    brevity: LinearModel

    @cached_property
    def _both(self) -> WordingWeights:
        """The wordings of ``caveat`` and ``editor``, the latter's weights ``_APART`` bits further
        left: most wordings have both, and to look one up costs more than to add two numbers.
        """
        caveat, editor = self.caveat.wordings, self.editor.wordings
        known = caveat.keys() | editor.keys()
        return WordingWeights({w: caveat.get(w, 0) + (editor.get(w, 0) << _APART) for w in known})

    def of_wordings(self, document: Document) -> dict[int, tuple[int, int]]:
        """What each prose sentence's wordings add to ``caveat`` and to ``editor``, in thousandths;
        nothing in other languages than English, of which they were learned.
        """
        if document.lexicon.language != "en":
            return {}
        total = self._both.total
        return {s.index: _parted(total(s.words, s.terms, cue_wordings(s))) for s in document.prose}


def _parted(both: int) -> tuple[int, int]:
    left = (both + _HALF) >> _APART
    return both - (left << _APART), left


@cache
def load_models() -> Models:
    """The packaged models, read once."""
    return Models(
        read_model(_packaged("caveat")),
        read_kinds(_packaged("kind")),
        read_model(_packaged("editor")),
        read_model(_packaged("brevity")),
    )


def _packaged(name: str) -> str:
    file = resources.files("briefing.digest") / "weights" / f"{name}.tsv"
    return file.read_text(encoding="utf-8")


def _thousandths(weight: str | float) -> int:
    return round(THOUSANDTHS * float(weight))


def read_kinds(text: str) -> KindModel:
    """A kind model out of the text of its file: a head line of kinds, then a line a wording.

    Names with a leading ``@`` are the bias, ``Features``, and kinds of cues.
    """
    head, *lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    kinds = tuple(map(CaveatKind, head.split("\t")[1:]))
    nothing = (0.0,) * len(kinds)
    dense: dict[str, tuple[float, ...]] = {}
    known: dict[str, tuple[int, ...]] = {}
    for line in lines:
        name, *weights = line.split("\t")
        if name.startswith("@"):
            dense[name[1:]] = tuple(map(float, weights))
        else:
            known[name] = tuple(map(_thousandths, weights))
    columns = [dense.get(name, nothing) for name in (*NAMES, *CUE_KINDS)]
    rows = tuple(zip(*columns, strict=True))
    return KindModel(kinds, dense.get("bias", nothing), rows, known)


def read_model(text: str) -> LinearModel:
    """A model out of the text of its file."""
    features: dict[str, float] = {}
    known: dict[str, int] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, weight = line.rpartition("\t")
            if name.startswith("@"):
                features[name[1:]] = float(weight)
            else:
                known[name] = _thousandths(weight)
    dense = tuple(features.pop(name, 0.0) for name in NAMES)
    return LinearModel(dense, known, features)
