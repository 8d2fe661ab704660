"""The bullets of a brief, pooled from all its articles: which are chosen, which repeat another.

Two sentences state one proposition where they share most stems and neither denies the other. What
repeats a chosen bullet, in a bullet or elsewhere in a text, becomes its support.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.model import Place, Span, StoryArticle, StoryBullet
from briefing.stories.bullet_candidates import ADDED, Candidate, pool, repeats, says_little
from briefing.stories.bullet_selection import Selection
from briefing.stories.change_rules import BriefRules
from briefing.stories.newest_state import NewestState
from briefing.stories.parameters import Parameters
from briefing.stories.propositions import Proposition, proposition, same_proposition


@dataclass(frozen=True, slots=True)
class _Sentence:
    article: StoryArticle
    evidence: tuple[Span, ...]
    proposition: Proposition


def choose_bullets(
    articles: Sequence[StoryArticle],
    lead: StoryArticle,
    voices: Mapping[str, str],
    state: NewestState,
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
    rule = parameters.brief
    others = [a for a in articles if a.id != lead.id][-rule.pooled :]
    others.sort(key=lambda a: a.article.opinion)
    candidates = pool([lead, *others], state, parameters)
    if not candidates:
        return ()
    index = _SupportIndex([lead, *others], candidates, voices, parameters)
    supported = [index.with_support(c) for c in candidates]
    main, *rest = range(len(candidates))
    chosen = Selection(
        candidates,
        ranked := [main, *sorted(rest, key=lambda k: _rank(candidates[k], supported[k], rule))],
        [main, *sorted(rest, key=lambda k: _order(candidates[k], supported[k], rule))],
        rule,
    ).chosen()
    unchosen = [k for k in ranked if k not in chosen]
    marked = _marked(candidates, chosen, rule)
    return tuple(
        index.with_repeats(
            supported[k] if k in marked else _unmarked(supported[k]),
            [candidates[u] for u in unchosen if repeats(candidates[u], candidates[k], rule)],
        )
        for k in chosen
    )


def _marked(
    candidates: Sequence[Candidate], chosen: Sequence[int], rule: BriefRules
) -> Container[int]:
    """Those of the chosen bullets that are shown with a mark: the most probable, none on the first,
    which is the main claim.
    """
    marks = [(c, k) for k in chosen[1:] if (c := candidates[k].bullet.caveat) is not None]
    marks.sort(key=lambda each: (-(each[0].probability or 0.0), -each[0].weight))
    return {k for _, k in marks[: rule.marks]}


def _unmarked(line: StoryBullet) -> StoryBullet:
    return replace(line, bullet=replace(line.bullet, caveat=None))


def _rank(
    candidate: Candidate, supported: StoryBullet, rule: BriefRules
) -> tuple[bool, int, tuple[int, int, int]]:
    """By what the candidates are chosen: what says little last, what earlier reports said behind
    the newest state."""
    little = says_little(candidate, rule)
    if candidate.tier == ADDED:  # the most telling come first already
        return little, ADDED, (0, 0, candidate.position)
    return little, candidate.tier, _weight(candidate, supported)


def _order(
    candidate: Candidate, supported: StoryBullet, rule: BriefRules
) -> tuple[bool, tuple[int, int, int], int, int]:
    """By what the chosen ones are told: caveats by weight, then the rest."""
    little = says_little(candidate, rule)
    return little, _weight(candidate, supported), candidate.tier, candidate.position


def _weight(candidate: Candidate, supported: StoryBullet) -> tuple[int, int, int]:
    mark = candidate.bullet.caveat
    return 0 if mark else 1, -mark.weight if mark else 0, -supported.outlets


class _SupportIndex:
    """Where a bullet may be said again: bullets and caveats anywhere, else the openings."""

    def __init__(
        self,
        articles: Sequence[StoryArticle],
        candidates: Sequence[Candidate],
        voices: Mapping[str, str],
        parameters: Parameters,
    ) -> None:
        asked_for = frozenset().union(*(c.proposition.stems for c in candidates))
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
                for stem in sentence.proposition.stems & asked_for:
                    self._with_stem.setdefault(stem, []).append(len(self._sentences))
                self._sentences.append(sentence)

    def with_support(self, candidate: Candidate) -> StoryBullet:
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

    def with_repeats(self, line: StoryBullet, repeats: Sequence[Candidate]) -> StoryBullet:
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
