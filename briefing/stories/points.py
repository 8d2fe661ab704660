"""The points that articles make, and when two of them are one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.model import Bullet, Place, Span, StoryBullet
from briefing.stories.coverage import StoryArticle
from briefing.stories.data import load_weights
from briefing.text import terms, words


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as a set of stems, with whether it denies."""

    stems: frozenset[str]
    denies: bool


def said(text: str, language: str) -> Said:
    """What a sentence says, for comparing."""
    negations = load_weights().negations
    spoken = words(text)
    count = sum(w in negations or w.endswith("n't") for w in spoken)
    return Said(frozenset(terms(text, language)), count % 2 == 1)


def same_point(one: Said, other: Said) -> bool:
    """Whether two sentences say the same: most stems in common, and both deny or neither."""
    rule = load_weights().brief
    smaller = min(len(one.stems), len(other.stems))
    common = len(one.stems & other.stems)
    if one.denies != other.denies or common < min(rule.least_terms, max(1, smaller)):
        return False
    union = len(one.stems | other.stems)
    return common >= rule.same_jaccard * union or (
        common >= rule.same_contained * smaller and smaller >= 2 * rule.least_terms
    )


@dataclass(frozen=True, slots=True)
class _Sentence:
    article: StoryArticle
    evidence: tuple[Span, ...]
    said: Said


@dataclass(frozen=True, slots=True)
class _Point:
    bullet: Bullet
    article: StoryArticle
    said: Said
    position: int


def choose_bullets(
    articles: Sequence[StoryArticle], lead: StoryArticle, voices: Mapping[str, str]
) -> tuple[StoryBullet, ...]:
    """The lines of a brief: the main claim, then caveats, then what else is told, five at most.

    articles: the independent ones; of very many the newest are read.
    The main claim is the lead's first bullet. Caveats go by weight, then by how many independent
    outlets say the same; the rest by the outlets alone. What is said twice is one bullet, its
    other places in ``also``.
    """
    rule = load_weights().brief
    others = [a for a in articles if a.id != lead.id][-rule.pooled :]
    points = _pool([lead, *others])
    if not points:
        return ()
    index = _Sentences([lead, *others], voices)
    told = [index.told(p) for p in points]
    main, *rest = range(len(points))
    chosen = [main]
    for k in sorted(rest, key=lambda k: _order(points[k], told[k])):
        if len(chosen) == rule.bullets:
            break
        if not any(_repeats(points[k], points[c]) for c in chosen):
            chosen.append(k)
    return tuple(told[k] for k in chosen)


def _pool(articles: Sequence[StoryArticle]) -> list[_Point]:
    """All bullets in the order of ``articles``: of equals the earlier stands for the others."""
    return [
        _Point(b, a, said(b.text, a.article.language), k)
        for a in articles
        for k, b in enumerate(a.digest.bullets)
    ]


def _repeats(point: _Point, other: _Point) -> bool:
    if point.article.id == other.article.id and point.bullet.evidence == other.bullet.evidence:
        return True
    return same_point(point.said, other.said)


def _order(point: _Point, told: StoryBullet) -> tuple[int, int, int, int]:
    mark = point.bullet.caveat
    return (0 if mark else 1, -(mark.weight if mark else 0), -told.outlets, point.position)


class _Sentences:
    """Where a point may be said again: bullets and caveats anywhere, else the openings."""

    def __init__(self, articles: Sequence[StoryArticle], voices: Mapping[str, str]) -> None:
        limit = load_weights().brief.support_sentences
        self._voices = voices
        self._all: list[_Sentence] = []
        self._with: dict[str, list[int]] = {}
        for a in articles:
            text, language = a.article.text, a.article.language
            places = [b.evidence for b in a.digest.bullets]
            places += [c.evidence for c in a.digest.caveats]
            places += [(s,) for s in a.digest.sentences[:limit]]
            for evidence in dict.fromkeys(places):
                sentence = " ".join(s.of(text) for s in evidence)
                found = _Sentence(a, evidence, said(sentence, language))
                for stem in found.said.stems:
                    self._with.setdefault(stem, []).append(len(self._all))
                self._all.append(found)

    def told(self, point: _Point) -> StoryBullet:
        """The point with everywhere else it is said: at most one place in each article."""
        own = point.article
        common = Counter(k for stem in point.said.stems for k in self._with.get(stem, ()))
        also: dict[str, Place] = {}
        for k in sorted(common):
            s = self._all[k]
            if s.article.id in also or not same_point(point.said, s.said):
                continue
            if s.article.id != own.id or not _overlap(s.evidence, point.bullet.evidence):
                also[s.article.id] = Place(s.article.id, s.evidence)
        outlets = len({self._voices[a] for a in (own.id, *also)})
        return StoryBullet(point.bullet, own.id, own.source, outlets, tuple(also.values()))


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a.overlaps(b) for a in one for b in other)
