"""The bullets of a brief, pooled from all its articles: which are chosen, which repeat another.

Two sentences state one proposition where they share most stems and neither denies the other. What
repeats a chosen bullet, in a bullet or elsewhere in a text, becomes its support.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.model import Bullet, CaveatKind, Place, Span, StoryArticle, StoryBullet
from briefing.stories.parameters import BriefRules, Parameters
from briefing.text import terms, words


@dataclass(frozen=True, slots=True)
class Proposition:
    """What a sentence states, for comparing: its content stems, and whether it is negated."""

    stems: frozenset[str]
    negated: bool


def proposition(text: str, language: str, negations: Container[str]) -> Proposition:
    """The proposition of a sentence. language: ISO 639-1."""
    count = sum(w in negations or w.endswith("n't") for w in words(text))
    return Proposition(frozenset(terms(text, language)), count % 2 == 1)


def same_proposition(first: Proposition, second: Proposition, rule: BriefRules) -> bool:
    """Whether two sentences say the same: most stems in common, both negated or neither."""
    smaller = min(len(first.stems), len(second.stems))
    common = len(first.stems & second.stems)
    if first.negated != second.negated or common < min(rule.least_terms, max(1, smaller)):
        return False
    union = len(first.stems | second.stems)
    return common >= rule.same_jaccard * union or (
        common >= rule.same_contained * smaller and smaller >= 2 * rule.least_terms
    )


@dataclass(frozen=True, slots=True)
class _Sentence:
    article: StoryArticle
    evidence: tuple[Span, ...]
    proposition: Proposition


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A bullet of one article. position: its place in the article's digest, from 0."""

    bullet: Bullet
    article: StoryArticle
    proposition: Proposition
    position: int
    names: frozenset[str]  # who is named in it, by the stems of their last name

    @property
    def kind(self) -> CaveatKind | None:
        return self.bullet.caveat.kind if self.bullet.caveat else None

    @property
    def is_marked(self) -> bool:
        return self.bullet.caveat is not None


def choose_bullets(
    articles: Sequence[StoryArticle],
    lead: StoryArticle,
    voices: Mapping[str, str],
    parameters: Parameters,
) -> tuple[StoryBullet, ...]:
    """The lines of a brief: the main claim, then caveats, then what else is told, five at most.

    articles: the independent ones; of very many the newest are read. What a report and an opinion
    piece both say is the report's.
    The main claim is the lead's first bullet. Caveats go by weight, then by how many independent
    outlets say the same; the rest by the outlets alone. What is said twice is one bullet, its
    other places in ``also``. Two lines at most are marked, and no main claim; caveats beyond these
    wait until nothing else is told; what says little comes last. A bullet that depends on the
    sentence before it (``Bullet.context``) stands right behind the bullet that tells that sentence,
    or is left out.
    """
    rule, negations = parameters.brief, parameters.negations
    others = [a for a in articles if a.id != lead.id][-rule.pooled :]
    others.sort(key=lambda a: a.article.opinion)
    candidates = _pool([lead, *others], negations)
    if not candidates:
        return ()
    index = _SupportIndex([lead, *others], voices, parameters)
    supported = [index.with_support(c) for c in candidates]
    main, *rest = range(len(candidates))
    ranked = sorted(rest, key=lambda k: _order(candidates[k], supported[k], rule))
    chosen = _Selection(candidates, [main, *ranked], rule).chosen()
    unchosen = [k for k in ranked if k not in chosen]
    marked = _marked(candidates, chosen, rule)
    return tuple(
        index.with_repeats(
            supported[k] if k in marked else _unmarked(supported[k]),
            [candidates[u] for u in unchosen if _repeats(candidates[u], candidates[k], rule)],
        )
        for k in chosen
    )


def _marked(
    candidates: Sequence[_Candidate], chosen: Sequence[int], rule: BriefRules
) -> Container[int]:
    """Those of the chosen bullets that are shown with a mark: the most probable, none on the first,
    which is the main claim.
    """
    marks = [(c, k) for k in chosen[1:] if (c := candidates[k].bullet.caveat) is not None]
    marks.sort(key=lambda each: (-(each[0].probability or 0.0), -each[0].weight))
    return {k for _, k in marks[: rule.marks]}


def _unmarked(line: StoryBullet) -> StoryBullet:
    return replace(line, bullet=replace(line.bullet, caveat=None))


class _Selection:
    """Chooses the bullets of a brief out of its candidates (see ``choose_bullets``), by number.

    ranked: the numbers of all candidates, the best first; the first is the main claim.
    """

    def __init__(
        self, candidates: Sequence[_Candidate], ranked: Sequence[int], rule: BriefRules
    ) -> None:
        self._candidates = candidates
        self._ranked = ranked
        self._rule = rule
        self._number_of = {(c.article.id, c.position): k for k, c in enumerate(candidates)}

    def chosen(self) -> list[int]:
        """The bullets in their order; none depends on a sentence that no bullet tells.

        What explains a caveat is chosen before other bullets that are none.
        """
        ranked = list(self._ranked)
        while True:
            chosen = self._fill(ranked)
            stranded = self._stranded(chosen)
            if stranded:
                explaining = {self._before(k) for k in stranded}
                chosen = self._fill(self._preferring(explaining, ranked))
                stranded = self._stranded(chosen)
            if not stranded:
                return self._in_order(chosen)
            ranked = [k for k in ranked if k not in stranded]

    def _fill(self, ranked: Sequence[int]) -> list[int]:
        """The first of ``ranked``, then those that repeat none before; of caveats few."""
        rule, candidates = self._rule, self._candidates
        distinct: list[int] = []
        for k in ranked:
            if not any(_repeats(candidates[k], candidates[d], rule) for d in distinct):
                distinct.append(k)
        main, *rest = distinct
        marked = [k for k in rest if candidates[k].is_marked]
        crowded = marked[rule.marks :]
        chosen = [main, *(k for k in rest if k not in crowded)]
        chosen = [*chosen[: rule.bullets], *crowded][: rule.bullets]
        if all(candidates[k].is_marked for k in chosen):
            plain = (k for k in distinct if not candidates[k].is_marked)
            substance = next((k for k in plain if not _says_little(candidates[k], rule)), None)
            if substance is not None:
                chosen = [*chosen[: rule.bullets - 1], substance]
        return chosen

    def _preferring(self, explaining: Container[int | None], ranked: Sequence[int]) -> list[int]:
        """``ranked``, but of what is no caveat those bullets first that explain others."""
        main, *rest = ranked
        first = [k for k in rest if k in explaining]
        others = [k for k in rest if k not in explaining]
        plain = (n for n, k in enumerate(others) if not self._candidates[k].is_marked)
        at = next(plain, len(others))
        return [main, *others[:at], *first, *others[at:]]

    def _stranded(self, chosen: Sequence[int]) -> set[int]:
        """The chosen bullets that depend on what none of the chosen tells."""
        return {k for k in chosen if self._is_dependent(k) and self._anchor(k, chosen) is None}

    def _is_dependent(self, number: int) -> bool:
        return number != self._ranked[0] and _is_dependent(self._candidates[number])

    def _before(self, number: int) -> int | None:
        """The bullet before this one in the digest of its article."""
        candidate = self._candidates[number]
        return self._number_of.get((candidate.article.id, candidate.position - 1))

    def _anchor(self, number: int, chosen: Sequence[int]) -> int | None:
        """The chosen bullet behind which a dependent one is understood: that before it in its
        article, or the one that says the same."""
        before = self._before(number)
        if before is None or before in chosen:
            return before
        explaining = self._candidates[before]
        return next(
            (
                k
                for k in chosen
                if k != number and _repeats(explaining, self._candidates[k], self._rule)
            ),
            None,
        )

    def _in_order(self, chosen: Sequence[int]) -> list[int]:
        """By rank; a dependent bullet right behind its anchor, which comes as early as it would."""
        rank = {k: n for n, k in enumerate(self._ranked)}
        dependent = sorted(
            filter(self._is_dependent, chosen), key=lambda k: self._candidates[k].position
        )
        anchors = {k: a for k in dependent if (a := self._anchor(k, chosen)) is not None}
        for k, anchor in reversed(anchors.items()):
            rank[anchor] = min(rank[anchor], rank[k])
        rank[self._ranked[0]] = -1
        ordered = sorted(chosen, key=rank.__getitem__)
        for k, anchor in anchors.items():
            ordered.remove(k)
            ordered.insert(ordered.index(anchor) + 1, k)
        return ordered


def _is_dependent(candidate: _Candidate) -> bool:
    """Whether who or what is meant stands in the sentence before, and no name was put in."""
    return candidate.bullet.context == "previous"


def _pool(articles: Sequence[StoryArticle], negations: Container[str]) -> list[_Candidate]:
    """All bullets in the order of ``articles``: of equals the earlier stands for the others."""
    return [
        _Candidate(b, a, proposition(b.named, a.article.language, negations), k, _named(a, b))
        for a in articles
        for k, b in enumerate(a.digest.bullets)
    ]


def _named(article: StoryArticle, bullet: Bullet) -> frozenset[str]:
    """The people and organisations named in a bullet, by the stems of their last word."""
    spoken = frozenset(words(bullet.named))
    last = {(words(e.name) or [""])[-1] for e in article.digest.entities}
    return frozenset(terms(" ".join(sorted(last & spoken)), article.article.language))


def _says_little(candidate: _Candidate, rule: BriefRules) -> bool:
    """Whether a bullet says little without its neighbours: "The authority disputed that.".

    Its first clause has few content stems, or rather few and opens with what is explained before.
    """
    bullet = candidate.bullet
    if len(bullet.evidence) > 1:
        return False
    clause = bullet.named.split(";", 1)[0]
    content = len(set(terms(clause, candidate.article.article.language)))
    return content <= rule.lean_terms or (
        _is_dependent(candidate) and content <= rule.pointing_terms
    )


def _repeats(candidate: _Candidate, earlier: _Candidate, rule: BriefRules) -> bool:
    """Whether a bullet says what ``earlier`` says."""
    if (
        candidate.article.id == earlier.article.id
        and candidate.bullet.evidence == earlier.bullet.evidence
    ):
        return True
    return same_proposition(candidate.proposition, earlier.proposition, rule) or _same_caveat(
        candidate, earlier, rule
    )


def _same_caveat(first: _Candidate, second: _Candidate, rule: BriefRules) -> bool:
    """Whether two caveats of one kind say much the same, or something alike of the same people."""
    stems, other_stems = first.proposition.stems, second.proposition.stems
    if first.kind is None or first.kind != second.kind:
        return False
    if first.proposition.negated != second.proposition.negated:
        return False
    common = stems & other_stems
    smaller = min(len(stems), len(other_stems))
    if len(common) >= rule.kind_terms and len(common) >= rule.kind_contained * smaller:
        return True
    speakers = first.names & second.names
    return bool(speakers) and len(common - speakers) >= rule.speaker_terms


def _order(
    candidate: _Candidate, supported: StoryBullet, rule: BriefRules
) -> tuple[bool, int, int, int, int]:
    mark = candidate.bullet.caveat
    weight = mark.weight if mark else 0
    return (
        _says_little(candidate, rule),
        0 if mark else 1,
        -weight,
        -supported.outlets,
        candidate.position,
    )


class _SupportIndex:
    """Where a bullet may be said again: bullets and caveats anywhere, else the openings."""

    def __init__(
        self,
        articles: Sequence[StoryArticle],
        voices: Mapping[str, str],
        parameters: Parameters,
    ) -> None:
        self._rule, negations = parameters.brief, parameters.negations
        limit = self._rule.support_sentences
        self._voices = voices
        self._sentences: list[_Sentence] = []
        self._with_stem: dict[str, list[int]] = {}
        for a in articles:
            text, language = a.article.text, a.article.language
            places = [b.evidence for b in a.digest.bullets]
            places += [c.evidence for c in a.digest.caveats]
            places += [(s,) for s in a.digest.sentences[:limit]]
            for evidence in dict.fromkeys(places):
                words_of_it = " ".join(s.of(text) for s in evidence)
                sentence = _Sentence(a, evidence, proposition(words_of_it, language, negations))
                for stem in sentence.proposition.stems:
                    self._with_stem.setdefault(stem, []).append(len(self._sentences))
                self._sentences.append(sentence)

    def with_support(self, candidate: _Candidate) -> StoryBullet:
        """The bullet with everywhere else it is said: at most one place in each article."""
        own = candidate.article
        stems = candidate.proposition.stems
        numbers = {k for stem in stems for k in self._with_stem.get(stem, ())}
        also: dict[str, Place] = {}
        for k in sorted(numbers):
            s = self._sentences[k]
            if s.article.id in also or not same_proposition(
                candidate.proposition, s.proposition, self._rule
            ):
                continue
            if s.article.id != own.id or not _overlap(s.evidence, candidate.bullet.evidence):
                also[s.article.id] = Place(s.article.id, s.evidence)
        return self._with_outlets(
            StoryBullet(
                candidate.bullet, own.id, own.source, 1, tuple(also.values()), own.article.opinion
            )
        )

    def with_repeats(self, line: StoryBullet, repeats: Sequence[_Candidate]) -> StoryBullet:
        """A bullet with the near repeats that it stands for beside it."""
        also = {p.article_id: p for p in line.also}
        for repeat in repeats:
            if repeat.article.id != line.article_id or not _overlap(
                repeat.bullet.evidence, line.bullet.evidence
            ):
                also.setdefault(repeat.article.id, Place(repeat.article.id, repeat.bullet.evidence))
        return self._with_outlets(replace(line, also=tuple(also.values())))

    def _with_outlets(self, line: StoryBullet) -> StoryBullet:
        articles = (line.article_id, *(p.article_id for p in line.also))
        return replace(line, outlets=len({self._voices[a] for a in articles}))


def _overlap(first: Sequence[Span], second: Sequence[Span]) -> bool:
    return any(a.overlaps(b) for a in first for b in second)
