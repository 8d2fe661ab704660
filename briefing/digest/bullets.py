"""Choosing the bullets: the main claim, seats for weighty caveats, then what ranks best."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from briefing.digest.caveats import Judged, judge_caveats
from briefing.digest.document import Document, Sentence
from briefing.digest.features import Measured
from briefing.digest.models import Models, load_models
from briefing.digest.reasoned import load_reasoned
from briefing.digest.shorten import shorten
from briefing.digest.standing import Standing
from briefing.model import Bullet, Caveat, Entity


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence taken as a bullet, and why: ``claim``, ``caveat`` or ``rank``."""

    sentence: Sentence
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, and everything it was chosen from.

    scores: how much each prose sentence, by number, belongs in the bullets (log-odds).
    """

    bullets: tuple[Bullet, ...]
    caveats: tuple[Caveat, ...]
    chosen: tuple[Chosen, ...]
    scores: dict[int, float]
    judged: dict[int, Judged]
    main: int | None
    measured: Measured


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
    judged = judge_caveats(measured, models)
    scores = rank(measured, judged, models, count)
    main = _main_claim(measured, scores)
    if order is None:
        chosen = _pick(measured, scores, judged, main, count, standing)
    else:
        chosen = [Chosen(document.sentences[i], "rank") for i in order[:count]]
    chosen.sort(key=lambda c: c.sentence.index)
    caveats = tuple(j.caveat for _, j in sorted(judged.items()) if j.caveat is not None)
    bullets = tuple(_bullet(c.sentence, judged.get(c.sentence.index), standing) for c in chosen)
    return Choice(bullets, caveats, tuple(chosen), scores, judged, main, measured)


def rank(
    measured: Measured, judged: dict[int, Judged], models: Models, count: int
) -> dict[int, float]:
    """How much each prose sentence, by number, belongs among ``count`` bullets: higher is more.

    What an editor would take, and how much a sentence says for its length; the fewer bullets there
    are, the more the latter counts.
    """
    table = load_reasoned("choice")
    brevity = table["brevity" if count >= table["roomy"] else "brevity_tight"]
    english = measured.document.lexicon.language == "en"
    sums = models.of_wordings(measured) if english else {}
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


def _main_claim(measured: Measured, scores: dict[int, float]) -> int | None:
    within = int(load_reasoned("choice")["main_within"])
    prose = measured.document.prose[:within]
    first = [s.index for s in prose if s.index not in measured.pointers]
    return max(first, key=lambda i: scores[i], default=None)


def _pick(
    measured: Measured,
    scores: dict[int, float],
    judged: dict[int, Judged],
    main: int | None,
    count: int,
    standing: Standing,
) -> list[Chosen]:
    table = load_reasoned("choice")
    document = measured.document
    chosen: list[Chosen] = []

    def fits(index: int) -> bool:
        return index not in measured.pointers and all(
            c.sentence.index != index
            and measured.similarity(c.sentence.index, index) < table["same"]
            for c in chosen
        )

    if main is not None and count > 0:
        chosen.append(Chosen(document.sentences[main], "claim"))
    roomy = count >= table["roomy"]
    seats = min(int(table["seats" if roomy else "seats_tight"]), max(0, count - 2))
    weighty = [
        j.sentence.index
        for j in judged.values()
        if j.caveat is not None and j.caveat.mark.weight >= (2 if roomy else 3)
    ]
    for index in sorted(weighty, key=lambda i: -judged[i].score):
        if seats <= 0 or len(chosen) >= count:
            break
        if fits(index):
            chosen.append(Chosen(document.sentences[index], "caveat"))
            seats -= 1
    leans = {s.index: table["leans"] for s in document.prose if standing.needs_context(s)}
    for index in sorted(scores, key=lambda i: leans.get(i, 0.0) - scores[i]):
        if len(chosen) >= count:
            break
        if fits(index):
            chosen.append(Chosen(document.sentences[index], "rank"))
    return chosen


def _bullet(sentence: Sentence, judged: Judged | None, standing: Standing) -> Bullet:
    caveat = judged.caveat if judged else None
    mark = caveat.mark if caveat else None
    text = shorten(sentence, standing.document.lexicon, mark)
    return Bullet(text, mark, (sentence.span,), standing.insertions(sentence, text))
