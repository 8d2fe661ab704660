"""Why each sentence of an article was or was not taken, in a reader's words."""

import math
from dataclasses import dataclass

from briefing.digest.caveats.judges import Judged
from briefing.digest.explain.attributions import Reason, Scale, signed, words_for
from briefing.digest.features.document_features import NAMES
from briefing.digest.models.sentence_models import load_models
from briefing.digest.parameters import load_parameters
from briefing.digest.pipeline import choose_with
from briefing.digest.selection.selection import Choice, caveat_standing, say_the_same
from briefing.digest.sentences.document import Document, Sentence, read_document
from briefing.model import READ_TO, Article, CaveatKind, Cue, Span

__all__ = ["Explained", "FoundCue", "Reason", "Weighed", "explain", "ordinal", "signed"]

_ORDERED = 12  # bullets of another algorithm whose order is worked out


@dataclass(frozen=True, slots=True)
class FoundCue:
    """A wording of the lexicon in a sentence: the name of its family, its kind, its words."""

    name: str
    kind: CaveatKind
    words: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A score (log-odds) and its heaviest reasons: up to three for it, then three against.

    A measure counts by how far the sentence departs from the article's average, a wording whole.
    """

    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """What became of a sentence, and why.

    number: its own, from 1. place: its rank among the prose, from 1. rank: how much it belongs in
    the bullets. caveat: how surely it is a caveat; at ``needed`` it is one, and has a ``mark``.
    rank, place, caveat and needed are None where nothing was ranked or judged.
    """

    number: int
    span: Span
    text: str
    prose: bool
    verdict: str
    bullet: bool
    place: int | None
    rank: Weighed | None
    caveat: Weighed | None
    needed: float | None
    mark: Cue | None
    cues: tuple[FoundCue, ...]


def explain(
    article: Article, bullets: int = 4, algorithm: str = "briefing"
) -> tuple[Explained, ...]:
    """Every sentence of ``article`` in order, as ``digest_article`` would judge it.

    Of another algorithm than the product's own only the order is known. Raises UsageError for one
    that does not exist.
    """
    document = read_document(article)
    choice = choose_with(document, bullets, algorithm)
    verdicts = _Verdicts(document, choice, bullets, algorithm)
    ranked = _ranked(choice, bullets) if algorithm == "briefing" else {}
    judged, needed = _judged(choice)
    return tuple(
        Explained(
            number=s.index + 1,
            span=s.span,
            text=s.text,
            prose=s.prose,
            verdict=verdicts.of(s),
            bullet=s.index in verdicts.taken,
            place=verdicts.places.get(s.index),
            rank=ranked.get(s.index),
            caveat=judged.get(s.index),
            needed=needed if s.index in judged else None,
            mark=_mark(choice.judged.get(s.index)),
            cues=_cues(s),
        )
        for s in document.sentences
    )


def ordinal(number: int) -> str:
    """``1st``, ``22nd``, ``13th``."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _mark(judged: Judged | None) -> Cue | None:
    return judged.caveat.mark if judged is not None and judged.caveat is not None else None


def _cues(sentence: Sentence) -> tuple[FoundCue, ...]:
    hits = sentence.cues
    ordered = sorted(hits, key=lambda h: (-h.rule.score, h.span.start))
    return tuple(
        FoundCue(h.rule.name.replace("-", " "), h.rule.kind, h.span.of(sentence.text))
        for h in ordered
    )


# ── What became of a sentence ────────────────────────────────────────────────────────────────


class _Verdicts:
    """What became of each sentence, out of what was chosen and what it was chosen from."""

    def __init__(self, document: Document, choice: Choice, count: int, algorithm: str) -> None:
        self._document, self._choice, self._algorithm = document, choice, algorithm
        self._own = algorithm == "briefing"
        self.taken = {c.sentence.index: c.reason for c in choice.chosen}
        if self._own:
            order = sorted(choice.scores, key=lambda i: -choice.scores[i])
        else:
            order = _order_by(document, algorithm, list(self.taken))
        self.places = {index: place for place, index in enumerate(order, 1)}
        by_rank = [choice.scores[i] for i, reason in self.taken.items() if reason == "rank"]
        full = len(self.taken) >= count
        # Down to this score the sentences were looked at when the ranking filled up.
        self._looked_at = min(by_rank, default=math.inf) if full else -math.inf

    def of(self, sentence: Sentence) -> str:
        """What became of a sentence, in words."""
        form, other = self._form(sentence)
        place = self.places.get(sentence.index)
        words: str = words_for("verdict")[form]
        return words.format(
            place=ordinal(place) if place is not None else "taken",
            of=len(self.places),
            other=other,
            algorithm=self._algorithm,
        )

    def _form(self, sentence: Sentence) -> tuple[str, int]:
        """The name of a verdict, and the number of another sentence that it names."""
        index = sentence.index
        if not sentence.prose:
            return ("unprosaic" if index < READ_TO else "unread"), 0
        if not self._own:
            return ("taken" if index in self.taken else "other"), 0
        if index in self.taken:
            reason = self.taken[index]
            return (reason if reason in words_for("verdict") else "rank"), 0
        if self._document.lexicon.is_pointer(sentence.text):
            return "pointer", 0
        same = self._same(index)
        if same is not None:
            return "same", same + 1
        if index in self._choice.leaning:
            return "leaning", index
        return ("seatless" if self.places[index] <= len(self.taken) else "below"), 0

    def _same(self, index: int) -> int | None:
        """The bullet for whose sake a sentence was passed over, because it says the same."""
        if self._choice.scores[index] < self._looked_at:
            return None
        measured = self._choice.measured
        alike = [i for i in self.taken if say_the_same(measured, index, i)]
        return max(alike, key=lambda i: measured.similarity(index, i), default=None)


def _order_by(document: Document, algorithm: str, taken: list[int]) -> list[int]:
    """The bullets of one of sumy's algorithms in the order in which it takes them."""
    if len(taken) > _ORDERED:
        return []
    from briefing.digest.summarizers import rank_with_sumy

    order: list[int] = []
    for count in range(1, len(taken)):
        found = rank_with_sumy(document, algorithm, count)
        order += [i for i in found if i in taken and i not in order]
    return order + [i for i in taken if i not in order]


# ── What it was weighed by ───────────────────────────────────────────────────────────────────


def _ranked(choice: Choice, count: int) -> dict[int, Weighed]:
    """Every ranked sentence: what an editor would take, and what says much for its length."""
    models, table = load_models(), load_parameters("choice")
    measured = choice.measured
    language = measured.document.lexicon.language
    brevity = table["brevity" if count >= table["roomy"] else "brevity_tight"]
    editor, brief = models.editor.dense, models.brevity.dense
    dense = {n: a + brevity * b for n, a, b in zip(NAMES, editor, brief, strict=True)}
    english = language == "en"
    standing = caveat_standing({i: j.score for i, j in choice.judged.items()} if english else {})
    rows = {i: f._asdict() | standing.get(i, {}) for i, f in measured.features.items()}
    wordings = models.editor.weights() if english else {}
    scale = Scale(rows, dense | dict(models.editor.extras), wordings, language)
    sentences = measured.document.sentences
    return {
        i: Weighed(score, scale.reasons(sentences[i], sentences[i].cues))
        for i, score in choice.scores.items()
    }


def _judged(choice: Choice) -> tuple[dict[int, Weighed], float]:
    """Every judged sentence, and the score of a caveat: in English learned, elsewhere reasoned."""
    measured = choice.measured
    language = measured.document.lexicon.language
    rows = {i: features._asdict() for i, features in measured.features.items()}
    if language == "en":
        model = load_models().caveat
        needed = model.extras["take"]
        dense = dict(zip(NAMES, model.dense, strict=True))
        scale = Scale(rows, dense, model.weights(), language)
    else:
        table = load_parameters()
        needed = table["take"]
        bearing = dict.fromkeys(("title", "lead_two"), table["bearing"])
        scale = Scale(rows, {n: table[n] for n in NAMES if n in table} | bearing, {}, language)
    weighed = {
        i: Weighed(j.score, scale.reasons(j.sentence, j.hits)) for i, j in choice.judged.items()
    }
    return weighed, needed
