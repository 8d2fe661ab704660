"""The n-grams of a sentence: short runs of words by which the learned models know it.

``ngrams`` writes their grammar down; explanations, and the words that a caveat is marked
by, are folds over it. What is asked of every sentence takes a faster way to it (``_by_form``);
property tests hold the set of names, and the sums of weights, equal to those over ``ngrams``.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Generic, Literal, NamedTuple, TypeVar

from briefing.digest.sentences.document import Sentence
from briefing.text import WordTable, stem

NgramForm = Literal["plain", "negated", "opens", "ends"]
Row = TypeVar("Row")

NUMBER = "<n>"  # every number
_STEM, _NEGATED, _OPENS, _ENDS, _CUE = "~", "NEG ", "^", "$", "cue:"
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten dozen hundred thousand million"
    " billion".split()
)
_NEGATIONS = frozenset("not no never nobody none neither nor without cannot".split())
_NOT = "n't"
_new = tuple.__new__  # a tuple of Ngram made without a call of Ngram()
_REACH = 3  # words after a negation that it may deny

_normalised = WordTable(lambda word: NUMBER if word[0].isdigit() or word in _NUMBER_WORDS else word)


class Ngram(NamedTuple):
    """An n-gram as the models know it, and the words ``[first, end)`` of its sentence it is of.

    form: how it stands there: anywhere, shortly behind a negation, at the sentence's head or end.
    """

    name: str
    first: int
    end: int
    form: NgramForm


def ngrams(words: Sequence[str], stems: Iterable[str]) -> Iterator[Ngram]:
    """The n-grams of a sentence in reading order, repeats kept.

    words: in lower case. stems: of each word, "" where it carries no meaning. A word stands for
    itself, ``a b`` for two in a row, ``~stem`` for a stem, ``NEG word`` for a word that a negation
    stands shortly before, ``^…`` and ``…$`` for how the sentence begins and ends. Numbers are
    all ``<n>``.
    """
    tokens = list(map(_normalised.__getitem__, words))
    denied_to = 0
    for at, (token, stemmed) in enumerate(zip(tokens, stems, strict=False)):
        yield _new(Ngram, (token, at, at + 1, "plain"))
        if stemmed:
            yield _new(Ngram, (_STEM + stemmed, at, at + 1, "plain"))
        if at:
            yield _new(Ngram, (f"{tokens[at - 1]} {token}", at - 1, at + 1, "plain"))
        if at < denied_to:
            yield _new(Ngram, (_NEGATED + token, at, at + 1, "negated"))
        if token in _NEGATIONS or token[-3:] == _NOT:
            denied_to = at + 1 + _REACH
    if tokens:
        count = len(tokens)
        yield _new(Ngram, (_OPENS + tokens[0], 0, 1, "opens"))
        yield _new(Ngram, (_OPENS + " ".join(tokens[:2]), 0, min(2, count), "opens"))
        yield _new(Ngram, (" ".join(tokens[-2:]) + _ENDS, max(0, count - 2), count, "ends"))


def aligned_stems(words: Iterable[str], terms: Iterable[str], language: str) -> list[str]:
    """The stem of each word that is one of ``terms`` (those of the sentence), "" for the others."""
    known = frozenset(terms)
    return [stemmed if (stemmed := stem(w, language)) in known else "" for w in words]


def ngram_names(sentence: Sentence) -> set[str]:
    """The n-grams of a sentence by name, its cues among them as ``cue:name``."""
    whole, stems, pairs = _by_form(sentence)
    return {*whole, *[_STEM + stemmed for stemmed in stems], *map(" ".join, pairs)}


def cue_names(sentence: Sentence) -> list[str]:
    """A sentence's cues as the models know them: n-grams of a form of their own."""
    return [_CUE + hit.rule.name for hit in sentence.cues]


def cue_name(rule: str) -> str:
    """A cue, by the name of its rule, as the models know it."""
    return _CUE + rule


class NgramScores(NamedTuple):
    """What the n-grams of a sentence add to the log-odds of three models, in thousandths."""

    caveat: int
    editor: int
    claim: int


_CAVEAT, _EDITOR, _CLAIM = map(itemgetter, range(3))  # of the weights in all models

NO_NGRAM_SCORES = NgramScores(0, 0, 0)


class NgramTable(Generic[Row]):
    """What a model has of each n-gram that it knows, found for whole sentences at once."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self._rows = rows
        # By form, so that no n-gram has to be put together.
        self._whole: dict[str, Row] = {}
        self._stems: dict[str, Row] = {}
        self._pairs: dict[tuple[str, ...], Row] = {}
        for name, row in rows.items():
            if name.startswith(_STEM):
                self._stems[name[len(_STEM) :]] = row
            elif " " not in name or name.startswith((_OPENS, _NEGATED)) or name.endswith(_ENDS):
                self._whole[name] = row
            else:
                self._pairs[tuple(name.split(" "))] = row

    def get(self, name: str) -> Row | None:
        """The row of one n-gram, if it is known."""
        return self._rows.get(name)

    def rows(self, sentence: Sentence) -> list[Row]:
        """Those of the known ones among ``ngram_names`` of a sentence, in no order."""
        whole, stems, pairs = _by_form(sentence)
        # Most n-grams are unknown: intersecting makes a set of the others alone.
        return [
            *map(self._whole.__getitem__, self._whole.keys() & whole),
            *map(self._stems.__getitem__, self._stems.keys() & stems),
            *map(self._pairs.__getitem__, self._pairs.keys() & pairs),
        ]


class NgramWeights:
    """The n-gram weights of the caveat, the editor and the claim model, in thousandths; whole
    numbers, so that a sum is the same in whatever order. Without weights (as of a language that
    none were learned of) every score is 0.
    """

    def __init__(
        self, caveat: Mapping[str, int], editor: Mapping[str, int], claim: Mapping[str, int]
    ) -> None:
        self.caveat = caveat
        self.editor = editor
        # Looking up costs more than adding zeros, so one look-up serves all models.
        models = (caveat, editor, claim)
        names = set[str]().union(*models)
        self._all = NgramTable({n: tuple(model.get(n, 0) for model in models) for n in names})
        self._is_empty = not names

    def scores(self, sentence: Sentence) -> NgramScores:
        """The sums over ``ngram_names`` of a sentence."""
        if self._is_empty:
            return NO_NGRAM_SCORES
        known = self._all.rows(sentence)
        return NgramScores(
            sum(map(_CAVEAT, known)), sum(map(_EDITOR, known)), sum(map(_CLAIM, known))
        )


def _by_form(sentence: Sentence) -> tuple[list[str], Sequence[str], Iterator[tuple[str, str]]]:
    """What ``ngrams`` gives of a sentence, its cues among it, without putting every name together:
    the names that are no stems and no plain pairs, then these; repeats kept.
    """
    tokens = list(map(_normalised.__getitem__, sentence.words))
    whole = [*tokens, *_edges(tokens), *_negated(tokens), *cue_names(sentence)]
    return whole, sentence.terms, itertools.pairwise(tokens)


def _edges(tokens: list[str]) -> tuple[str, ...]:
    if not tokens:
        return ()
    pair = " ".join(tokens[:2])
    return f"{_OPENS}{tokens[0]}", f"{_OPENS}{pair}", " ".join(tokens[-2:]) + _ENDS


def _negated(tokens: list[str]) -> list[str]:
    if _NEGATIONS.isdisjoint(tokens) and _NOT not in "".join(tokens):
        return []
    negations = [at for at, t in enumerate(tokens) if t in _NEGATIONS or t[-3:] == _NOT]
    return [_NEGATED + t for at in negations for t in tokens[at + 1 : at + 1 + _REACH]]
