"""Choosing the bullets: the main claim, seats for weighty caveats, then what ranks best."""

import heapq
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from briefing.digest.caveats.judges import Judged, judge_caveats
from briefing.digest.coreference.context_dependence import Standing
from briefing.digest.features.document_features import Measured
from briefing.digest.models.sentence_models import Models, load_models
from briefing.digest.parameters import load_parameters
from briefing.digest.selection.shortening import shorten
from briefing.digest.sentences.document import Document, Sentence
from briefing.model import Bullet, Caveat, Entity

_ASIDE = re.compile(r"\s*\([^()]*\)\.?\s*$")  # "(We never did settle on one.)"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence taken as a bullet, and why.

    reason: ``claim``, ``caveat``, ``rank``, or ``opening`` of what explains how the claim opens.
    """

    sentence: Sentence
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, and everything it was chosen from.

    scores: how much each prose sentence, by number, belongs in the bullets (log-odds). leaning:
    the numbers of those set back because only the sentence before explains them.
    """

    bullets: tuple[Bullet, ...]
    caveats: tuple[Caveat, ...]
    chosen: tuple[Chosen, ...]
    scores: dict[int, float]
    judged: dict[int, Judged]
    main: int | None
    measured: Measured
    leaning: frozenset[int] = frozenset()


def choose(
    document: Document,
    count: int,
    order: list[int] | None = None,
    *,
    models: Models | None = None,
    entities: Callable[[], tuple[Entity, ...]] | None = None,
) -> Choice:
    """At most ``count`` bullets in reading order, and all caveats.

    order: sentence numbers, best first, where another algorithm has ranked them; it then decides
    alone, and caveats only mark what it took. models: others than the packaged ones. entities:
    gives the article's people, where somebody needs them anyway.
    """
    models = models or load_models()
    measured = Measured(document)
    standing = Standing(document, entities)
    sums = models.of_wordings(document)
    judged = judge_caveats(measured, models, sums)
    scores = rank(measured, judged, models, sums, count)
    main = _main_claim(measured, scores, standing)
    seats = _Seats(measured, standing, count)
    if order is None:
        _pick(seats, scores, judged, main, count)
    else:
        for index in order[:count]:
            seats.take(index, "rank")
    chosen = sorted(seats.chosen, key=lambda c: c.sentence.index)
    caveats = tuple(j.caveat for _, j in sorted(judged.items()) if j.caveat is not None)
    bullets = tuple(_bullet(c.sentence, judged.get(c.sentence.index), standing) for c in chosen)
    leaning = frozenset(seats.leaning)
    return Choice(bullets, caveats, tuple(chosen), scores, judged, main, measured, leaning)


def rank(
    measured: Measured,
    judged: dict[int, Judged],
    models: Models,
    sums: Mapping[int, tuple[int, int]],
    count: int,
) -> dict[int, float]:
    """How much each prose sentence, by number, belongs among ``count`` bullets: higher is more.

    What an editor would take, and how much a sentence says for its length; the fewer bullets there
    are, the more the latter counts. sums: those of ``Models.of_wordings``.
    """
    table = load_parameters("choice")
    brevity = table["brevity" if count >= table["roomy"] else "brevity_tight"]
    english = measured.document.lexicon.language == "en"
    standing = caveat_standing({i: j.score for i, j in judged.items()} if english else {})
    extras = models.editor.extras
    scores = {}
    for index, features in measured.features.items():
        score = models.editor.log_odds(features, sums[index][1] if english else 0)
        for name, value in standing.get(index, {}).items():
            score += extras[name] * value
        scores[index] = score + brevity * models.brevity.log_odds(features)
    return scores


def caveat_standing(scores: dict[int, float]) -> dict[int, dict[str, float]]:
    """What the caveat scores (log-odds) of an article's sentences say about each of them.

    Its chance, its share of all the chances, and whether it is the likeliest, the second, or one
    of the four likeliest.
    """
    chances = {i: 1 / (1 + math.exp(-s)) for i, s in scores.items()}
    total = sum(chances.values()) + 0.3
    order = sorted(scores, key=lambda i: (-scores[i], i))
    return {
        i: {
            "caveat": scores[i],
            "caveat_chance": chances[i],
            "caveat_share": chances[i] / total,
            "caveat_likeliest": float(place == 0),
            "caveat_second": float(place == 1),
            "caveat_among_four": float(place < 4),
        }
        for place, i in enumerate(order)
    }


def _main_claim(measured: Measured, scores: dict[int, float], standing: Standing) -> int | None:
    """The number of the sentence that a headline would be made of, none where there is no prose.

    An aside in brackets is none, and one that leans on the sentence before is less likely one.
    """
    table = load_parameters("choice")

    def rank(sentence: Sentence) -> float:
        leans = table["main_leans"] if standing.needs_context(sentence) else 0.0
        return scores[sentence.index] - leans

    prose = measured.document.prose[: int(table["main_within"])]
    first = [s for s in prose if s.index not in measured.pointers and not _ASIDE.match(s.text)]
    main = max(first, key=rank, default=None)
    return main.index if main is not None else None


def say_the_same(measured: Measured, one: int, other: int) -> bool:
    """Whether two sentences, by number, say the same, or both what a brief tells once."""
    if measured.similarity(one, other) >= load_parameters("choice")["same"]:
        return True
    sentences = measured.document.sentences
    told = {hit.rule.name for hit in sentences[one].cues if hit.rule.once}
    return any(hit.rule.name in told for hit in sentences[other].cues)


class _Seats:
    """The bullets as they are taken one by one, and what may still be taken beside them."""

    def __init__(self, measured: Measured, standing: Standing, count: int) -> None:
        self.chosen: list[Chosen] = []
        self.leaning: set[int] = set()
        self._measured = measured
        self._standing = standing
        self._count = count

    @property
    def full(self) -> bool:
        """Whether there are as many bullets as are asked for."""
        return len(self.chosen) >= self._count

    def take(self, index: int, reason: str) -> None:
        """Give the sentence of this number a seat."""
        self.chosen.append(Chosen(self._measured.document.sentences[index], reason))

    def fits(self, index: int) -> bool:
        """Whether a sentence says something of its own that no bullet says yet."""
        return index not in self._measured.pointers and not any(
            c.sentence.index == index or say_the_same(self._measured, c.sentence.index, index)
            for c in self.chosen
        )

    def leans(self, index: int) -> bool:
        """Whether a sentence opens with what only the one before explains, or is an aside."""
        sentence = self._measured.document.sentences[index]
        return self._standing.needs_context(sentence) or bool(_ASIDE.match(sentence.text))

    def understood(self, index: int) -> bool:
        """Whether a sentence is understood as a bullet: alone, or behind the one before it."""
        sentence = self._measured.document.sentences[index]
        follows = any(c.sentence.index == index - 1 for c in self.chosen)
        return follows or self._standing.stands_alone(sentence)

    def set_back(self, index: int) -> None:
        """Note that a sentence had no seat because nothing explains how it opens."""
        self.leaning.add(index)


def _pick(
    seats: _Seats,
    scores: dict[int, float],
    judged: dict[int, Judged],
    main: int | None,
    count: int,
) -> None:
    """The main claim, weighty caveats, then what ranks best; sentences that lean are set back."""
    table = load_parameters("choice")
    if main is not None and count > 0:
        seats.take(main, "claim")
        if not seats.full and not seats.understood(main) and main - 1 in scores:
            seats.take(main - 1, "opening")
    _seat_caveats(seats, judged, count)
    queue = [(table["leans"] * seats.leans(i) - score, i, False) for i, score in scores.items()]
    heapq.heapify(queue)
    while queue and not seats.full:
        cost, index, again = heapq.heappop(queue)
        if not seats.fits(index):
            continue
        if again or seats.understood(index):
            seats.take(index, "rank")
        else:
            seats.set_back(index)
            heapq.heappush(queue, (cost + table["unexplained"], index, True))


def _seat_caveats(seats: _Seats, judged: dict[int, Judged], count: int) -> None:
    """The seats of weighty caveats, the surest first, as far as each is understood."""
    table = load_parameters("choice")
    roomy = count >= table["roomy"]
    free = min(int(table["seats" if roomy else "seats_tight"]), max(0, count - 2))
    weighty = [
        j.sentence.index
        for j in judged.values()
        if j.caveat is not None and j.caveat.mark.weight >= (2 if roomy else 3)
    ]
    for index in sorted(weighty, key=lambda i: -judged[i].score):
        if free <= 0 or seats.full:
            return
        if not seats.fits(index):
            continue
        if seats.understood(index):
            seats.take(index, "caveat")
            free -= 1
        else:
            seats.set_back(index)


def _bullet(sentence: Sentence, judged: Judged | None, standing: Standing) -> Bullet:
    caveat = judged.caveat if judged else None
    mark = caveat.mark if caveat else None
    text = shorten(sentence, standing.document.lexicon, mark)
    return Bullet(text, mark, (sentence.span,), standing.insertions(sentence, text))
