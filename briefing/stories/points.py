"""The points that articles make, and when two of them are one."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.model import Bullet, CaveatKind, Place, Span, StoryBullet
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
    names: frozenset[str]  # who is named in it, by the stems of their last name

    @property
    def kind(self) -> CaveatKind | None:
        return self.bullet.caveat.kind if self.bullet.caveat else None


def choose_bullets(
    articles: Sequence[StoryArticle], lead: StoryArticle, voices: Mapping[str, str]
) -> tuple[StoryBullet, ...]:
    """The lines of a brief: the main claim, then caveats, then what else is told, five at most.

    articles: the independent ones; of very many the newest are read. What a report and an opinion
    piece both say is the report's.
    The main claim is the lead's first bullet. Caveats go by weight, then by how many independent
    outlets say the same; the rest by the outlets alone. What is said twice is one bullet, its
    other places in ``also``. Of one kind of caveat there are two at most while there is anything
    else, one line says what happened without a caveat, and what does not stand alone comes last.
    """
    rule = load_weights().brief
    others = [a for a in articles if a.id != lead.id][-rule.pooled :]
    others.sort(key=lambda a: a.article.opinion)
    points = _pool([lead, *others])
    if not points:
        return ()
    index = _Sentences([lead, *others], voices)
    told = [index.told(p) for p in points]
    main, *rest = range(len(points))
    ranked = sorted(rest, key=lambda k: _order(points[k], told[k]))
    chosen = _chosen(points, [main, *ranked])
    repeats = {c: [points[k] for k in ranked if k not in chosen] for c in chosen}
    return tuple(
        index.joined(told[k], [p for p in repeats[k] if _repeats(p, points[k])]) for k in chosen
    )


def _chosen(points: Sequence[_Point], ranked: Sequence[int]) -> list[int]:
    """The first of ``ranked``, then those that repeat nothing (see ``choose_bullets``)."""
    rule = load_weights().brief
    distinct: list[int] = []
    main = points[ranked[0]]
    for k in ranked:
        if _out_of_place(points[k], main):
            continue
        if not any(_repeats(points[k], points[c]) for c in distinct):
            distinct.append(k)
    kinds: Counter[CaveatKind | None] = Counter()
    chosen: list[int] = []
    crowded: list[int] = []
    for k in distinct:
        kind = points[k].kind
        full = kind is not None and kinds[kind] >= rule.per_kind
        (crowded if full else chosen).append(k)
        kinds[kind] += not full
    chosen = [*chosen[: rule.bullets], *crowded][: rule.bullets]
    if all(points[k].kind for k in chosen):
        plain = (k for k in distinct if points[k].kind is None and not leans(points[k].bullet))
        substance = next(plain, None)
        if substance is not None:
            chosen = [*chosen[: rule.bullets - 1], substance]
    place = {k: n for n, k in enumerate(ranked)}
    return sorted(chosen, key=lambda k: (k != ranked[0], not _follows(points[k], main), place[k]))


def _follows(point: _Point, main: _Point) -> bool:
    """Whether a bullet opens with what only the main claim before it explains."""
    beside = point.article.id == main.article.id and point.position == main.position + 1
    return beside and _opens_back(point)


def _out_of_place(point: _Point, main: _Point) -> bool:
    """Whether a bullet opens with what a bullet before it explains, and that is not told."""
    return point is not main and _opens_back(point) and not _follows(point, main)


def _opens_back(point: _Point) -> bool:
    """Whether who or what is meant stands in the sentence before, and no name was put in."""
    return _OPENS_BACK.match(point.bullet.named) is not None


def _pool(articles: Sequence[StoryArticle]) -> list[_Point]:
    """All bullets in the order of ``articles``: of equals the earlier stands for the others."""
    return [
        _Point(b, a, said(b.named, a.article.language), k, _named(a, b))
        for a in articles
        for k, b in enumerate(a.digest.bullets)
    ]


def _named(article: StoryArticle, bullet: Bullet) -> frozenset[str]:
    """The people and organisations named in a bullet, by the stems of their last word."""
    spoken = frozenset(words(bullet.named))
    last = {(words(e.name) or [""])[-1] for e in article.digest.entities}
    return frozenset(terms(" ".join(sorted(last & spoken)), article.article.language))


def leans(bullet: Bullet) -> bool:
    """Whether a bullet says little without its neighbours: "The authority disputed that.".

    A pronoun whose name is put in leans on nothing.
    """
    if len(bullet.evidence) > 1:
        return False
    rule = load_weights().brief
    clause = bullet.named.split(";", 1)[0]
    content = len(said(clause, "en").stems)
    pointing = _POINTS_BACK.search(clause) is not None
    return content <= rule.lean_terms or (pointing and content <= rule.pointing_terms)


_OPENS_BACK = re.compile(
    r"(?:(?:But|And|Yet|Still|However|Instead),? )?"
    r"(?:[Tt]h(?:at|is|ese|ose) "
    r"(?:is|are|was|were|has|have|had|could|may|might|would|will|did|does)\b"
    r"|(?:[Nn]one|[Nn]either|[Bb]oth|[Mm]ost|[Ee]ach) (?:is|are|was|were|has|have|had|will|would)\b"
    r"|(?:[Hh]e|[Ss]he|[Tt]hey)\b|[Ii]t (?:may|might|will|would|could|has|had|also)\b)"
)
_POINTS_BACK = re.compile(
    r"\b(?:that|this|these|those)(?:\s\w+)?[.!?\"”’]*\Z"
    r"|\A(?:That|This|These|Those|Both|It|They|He|She)\b"
)


def _repeats(point: _Point, other: _Point) -> bool:
    if point.article.id == other.article.id and point.bullet.evidence == other.bullet.evidence:
        return True
    return same_point(point.said, other.said) or _same_caveat(point, other)


def _same_caveat(point: _Point, other: _Point) -> bool:
    """Whether two caveats of one kind say much the same, or something alike of the same people."""
    if point.kind is None or point.kind != other.kind or point.said.denies != other.said.denies:
        return False
    rule = load_weights().brief
    common = point.said.stems & other.said.stems
    smaller = min(len(point.said.stems), len(other.said.stems))
    if len(common) >= rule.kind_terms and len(common) >= rule.kind_contained * smaller:
        return True
    shared = point.names & other.names
    return bool(shared) and len(common - shared) >= rule.speaker_terms


def _order(point: _Point, told: StoryBullet) -> tuple[bool, int, int, int, int]:
    mark = point.bullet.caveat
    weight = mark.weight if mark else 0
    return (leans(point.bullet), 0 if mark else 1, -weight, -told.outlets, point.position)


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
        return self._bullet(
            StoryBullet(
                point.bullet, own.id, own.source, 1, tuple(also.values()), own.article.opinion
            )
        )

    def joined(self, told: StoryBullet, repeats: Sequence[_Point]) -> StoryBullet:
        """A bullet with the near repeats that it stands for beside it."""
        also = {p.article_id: p for p in told.also}
        for p in repeats:
            if p.article.id != told.article_id or not _overlap(
                p.bullet.evidence, told.bullet.evidence
            ):
                also.setdefault(p.article.id, Place(p.article.id, p.bullet.evidence))
        return self._bullet(replace(told, also=tuple(also.values())))

    def _bullet(self, told: StoryBullet) -> StoryBullet:
        who = {self._voices[i] for i in (told.article_id, *(p.article_id for p in told.also))}
        return replace(told, outlets=len(who))


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a.overlaps(b) for a in one for b in other)
