"""Choosing the bullets: the main claim, seats for weighty caveats, then what ranks best."""

from dataclasses import dataclass

from briefing.digest.caveats import Judged, judge_caveats
from briefing.digest.document import Document, Sentence
from briefing.digest.features import Measured, load_weights
from briefing.digest.shorten import shorten
from briefing.model import Bullet, Caveat


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence taken as a bullet, and why: ``claim``, ``caveat`` or ``rank``."""

    sentence: Sentence
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, and everything it was chosen from."""

    bullets: tuple[Bullet, ...]
    caveats: tuple[Caveat, ...]
    chosen: tuple[Chosen, ...]
    scores: dict[int, float]
    judged: dict[int, Judged]
    main: int | None


def rank(measured: Measured) -> dict[int, float]:
    """How much each prose sentence, by number, belongs in the lead bullets: higher is more."""
    weights = load_weights().ranking
    return {index: f.score(weights) for index, f in measured.features.items()}


def choose(document: Document, count: int, order: list[int] | None = None) -> Choice:
    """At most ``count`` bullets in reading order, and all caveats.

    order: sentence numbers, best first, where another algorithm has ranked them; it then decides
    alone, and caveats only mark what it took.
    """
    measured = Measured(document)
    scores = rank(measured)
    main = _main_claim(document, scores)
    judged = judge_caveats(measured, main)
    if order is None:
        chosen = _pick(measured, scores, judged, main, count)
    else:
        chosen = [Chosen(document.sentences[i], "rank") for i in order[:count]]
    chosen.sort(key=lambda c: c.sentence.index)
    caveats = tuple(j.caveat for _, j in sorted(judged.items()) if j.caveat is not None)
    bullets = tuple(_bullet(document, c.sentence, judged.get(c.sentence.index)) for c in chosen)
    return Choice(bullets, caveats, tuple(chosen), scores, judged, main)


def _main_claim(document: Document, scores: dict[int, float]) -> int | None:
    within = int(load_weights().choice["main_within"])
    first = [s.index for s in document.prose[:within] if not document.lexicon.is_pointer(s.text)]
    return max(first, key=lambda i: scores[i], default=None)


def _pick(
    measured: Measured,
    scores: dict[int, float],
    judged: dict[int, Judged],
    main: int | None,
    count: int,
) -> list[Chosen]:
    table = load_weights().choice
    document = measured.document
    chosen: list[Chosen] = []

    def fits(index: int) -> bool:
        sentence = document.sentences[index]
        return not document.lexicon.is_pointer(sentence.text) and all(
            c.sentence.index != index
            and measured.similarity(c.sentence.index, index) < table["same"]
            for c in chosen
        )

    if main is not None and count > 0:
        chosen.append(Chosen(document.sentences[main], "claim"))
    seats = min(int(table["seats"]), max(0, count - 2))
    least = 2 if count >= table["roomy"] else 3
    ranked = sorted(
        (j for j in judged.values() if j.caveat and j.caveat.mark.weight >= least),
        key=lambda j: -(j.score + 0.25 * j.caveat.mark.weight if j.caveat else 0.0),
    )
    for candidate in ranked:
        if seats <= 0 or len(chosen) >= count:
            break
        if fits(candidate.sentence.index):
            chosen.append(Chosen(candidate.sentence, "caveat"))
            seats -= 1
    for index in sorted(scores, key=lambda i: -scores[i]):
        if len(chosen) >= count:
            break
        if fits(index):
            chosen.append(Chosen(document.sentences[index], "rank"))
    return chosen


def _bullet(document: Document, sentence: Sentence, judged: Judged | None) -> Bullet:
    caveat = judged.caveat if judged else None
    mark = caveat.mark if caveat else None
    return Bullet(shorten(sentence, document.lexicon, mark), mark, (sentence.span,))
