"""The sentences out of which a brief is made, and which of them say the same."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.model import Bullet, CaveatKind, Cue, Span, StoryArticle
from briefing.stories.change_rules import BriefRules
from briefing.stories.newest_state import NewestState
from briefing.stories.parameters import CurrentRules, Parameters
from briefing.stories.propositions import Proposition, proposition, same_proposition
from briefing.text import is_cut_off, terms, words

CURRENT, ADDED, EARLIER = range(3)
"""Of which rank a candidate is: a bullet of the newest state, a further sentence of the lead that
no digest chose, a bullet of an earlier report."""

_FURTHER = 1000  # the positions of further sentences: none stands right behind a bullet
_SURELY_NEW = 4  # what a sentence must add that tells of before in part
_LONGEST = 45  # words of a further sentence
_QUOTES = frozenset("\"“”„«»‘'")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bullet of one article. position: its place in the article's digest, from 0."""

    bullet: Bullet
    article: StoryArticle
    proposition: Proposition
    position: int
    names: frozenset[str]  # who is named in it, by the stems of their last name
    tier: int = CURRENT
    answers: bool = False  # somebody denies something
    leans: bool = False  # and what is denied is not said in it: "they deny it"
    counted: frozenset[tuple[float, str, str]] = frozenset()  # its figures: value, unit, stem

    @property
    def kind(self) -> CaveatKind | None:
        return self.bullet.caveat.kind if self.bullet.caveat else None

    @property
    def is_marked(self) -> bool:
        return self.bullet.caveat is not None


def is_dependent(candidate: Candidate) -> bool:
    """Whether who or what is meant stands in the sentence before, and no name was put in."""
    return candidate.bullet.context == "previous" or candidate.leans


def pool(
    articles: Sequence[StoryArticle], state: NewestState, parameters: Parameters
) -> list[Candidate]:
    """All bullets that still hold, in the order of ``articles``, the lead first: of equals the
    earlier stands for the others.

    Where earlier reports were overtaken, further sentences of the lead are added: its caveats, and
    what it says anew. That somebody gave no answer is told by nobody but the main claim; an answer
    that does not say to what, only behind the sentence before it.
    """
    lead = articles[0]
    rule, negations = parameters.current, parameters.negations
    found: list[tuple[StoryArticle, Bullet, int, int]] = []
    for a in articles:
        tier = CURRENT if state.is_current(a) else EARLIER
        for k, b in enumerate(a.digest.bullets):
            if (a is lead and k == 0) or state.still_tells(a, b):
                found.append((a, b, k, tier))
    if any(not state.is_current(a) for a in articles):
        further = _further(lead, state, rule)
        found += [(lead, b, _FURTHER + k, ADDED) for k, b in enumerate(further)]
    last_names = {a.id: _last_names(a) for a in articles}
    pooled = []
    for a, b, position, tier in found:
        said = proposition(b.named, a.article.language, negations)
        answers = _matches(rule.answer, a, b.text)
        leans = answers and len(articles) > 1 and _matches(rule.leaning, a, b.text)
        if leans and position > 0 and not _follows_bullet(a, position):
            continue
        spoken = last_names[a.id].intersection(words(b.named))
        named = frozenset(terms(" ".join(sorted(spoken)), a.article.language))
        pooled.append(Candidate(b, a, said, position, named, tier, answers, leans, _counted(a, b)))
    if len(articles) == 1:
        return pooled
    main, rest = pooled[:1], pooled[1:]
    answered = [c for c in rest if not _matches(rule.unanswered, c.article, c.bullet.text)]
    return [*main, *answered]


def _matches(pattern: Mapping[str, re.Pattern[str]], article: StoryArticle, text: str) -> bool:
    of_language = pattern.get(article.article.language)
    return of_language is not None and of_language.search(text) is not None


def _further(lead: StoryArticle, state: NewestState, rule: CurrentRules) -> list[Bullet]:
    """Sentences of the lead besides its bullets that are understood alone and say what changed: its
    caveats, what it takes back, and figures that nobody gave before; the most telling first.

    They are shown without a mark: what a digest only found is not sure enough for one.
    """
    text, language = lead.article.text, lead.article.language
    if language not in rule.opens:
        return []
    marks = {c.evidence: c.mark for c in lead.digest.caveats}
    told = {s for b in lead.digest.bullets for s in b.evidence}
    rated: list[tuple[int, int, Bullet]] = []
    for span in lead.digest.sentences:
        said = " ".join(span.of(text).split())
        if span in told or len(words(said)) > _LONGEST or _opens_unclear(said, rule, language):
            continue
        if is_cut_off(said):
            continue
        mark = marks.get((span,))
        worth = _worth(lead, span, said, mark, state, rule)
        if worth > 0:
            rated.append((-worth, span.start, Bullet(said, None, (span,), kept=(span,))))
    return [b for _, _, b in sorted(rated, key=lambda r: r[:2])]


def _opens_unclear(said: str, rule: CurrentRules, language: str) -> bool:
    """Whether a sentence opens with what only that before explains, or with quoted words."""
    return rule.opens[language].match(said) is not None or said[:1] in _QUOTES


def _worth(
    lead: StoryArticle,
    span: Span,
    said: str,
    mark: Cue | None,
    state: NewestState,
    rule: CurrentRules,
) -> int:
    """How much a sentence of the lead adds: by its caveat, by taking back, by figures of its own.

    What is told as past, or as a precedent, adds nothing.
    """
    figures = [f for f in lead.digest.figures if span.contains(f.span)]
    worth = mark.weight if mark is not None else 0
    worth += 2 * _matches(rule.revising, lead, said)
    worth += 2 * any(f.key and state.is_new(lead, f) for f in figures)
    is_precedent = mark is not None and mark.kind is CaveatKind.PRECEDENT
    if is_precedent or (worth < _SURELY_NEW and _matches(rule.past, lead, said)):
        return 0
    return worth


def _follows_bullet(article: StoryArticle, position: int) -> bool:
    """Whether the bullet before tells the sentence that stands right before this bullet."""
    bullets, sentences = article.digest.bullets, article.digest.sentences
    if position >= len(bullets) or bullets[position].evidence[0] not in sentences:
        return False
    at = sentences.index(bullets[position].evidence[0])
    return at > 0 and sentences[at - 1] in bullets[position - 1].evidence


def _counted(article: StoryArticle, bullet: Bullet) -> frozenset[tuple[float, str, str]]:
    return frozenset(
        (f.value, f.unit, stem)
        for f in article.digest.figures
        if any(s.contains(f.span) for s in bullet.evidence)
        for stem in terms(f.counts, article.article.language)
    )


def _last_names(article: StoryArticle) -> frozenset[str]:
    """The last words of the names of the people and organisations of an article."""
    return frozenset((words(e.name) or [""])[-1] for e in article.digest.entities)


def says_little(candidate: Candidate, rule: BriefRules) -> bool:
    """Whether a bullet says little without its neighbours: "The authority disputed that.".

    Its first clause has few content stems, or rather few and opens with what is explained before.
    """
    bullet = candidate.bullet
    if len(bullet.evidence) > 1:
        return False
    clause = bullet.named.split(";", 1)[0]
    content = len(set(terms(clause, candidate.article.article.language)))
    return content <= rule.lean_terms or (
        is_dependent(candidate) and content <= rule.pointing_terms
    )


def repeats(candidate: Candidate, earlier: Candidate, rule: BriefRules) -> bool:
    """Whether a bullet says what ``earlier`` says."""
    if (
        candidate.article.id == earlier.article.id
        and candidate.bullet.evidence == earlier.bullet.evidence
    ):
        return True
    return (
        same_proposition(candidate.proposition, earlier.proposition, rule)
        or _same_caveat(candidate, earlier, rule)
        or _same_answer(candidate, earlier)
        or _same_count(candidate, earlier, rule)
        or _same_claim(candidate, earlier, rule)
    )


def _same_count(first: Candidate, second: Candidate, rule: BriefRules) -> bool:
    """Whether two bullets tell one number of one thing, and the shorter one little else: "throwing
    six cars into the river", "six cars fell into the river"."""
    stems, other_stems = first.proposition.stems, second.proposition.stems
    common = len(stems & other_stems)
    return (
        not first.counted.isdisjoint(second.counted)
        and first.proposition.negated == second.proposition.negated
        and common >= rule.least_terms
        and common >= rule.count_contained * min(len(stems), len(other_stems))
    )


def _same_claim(first: Candidate, second: Candidate, rule: BriefRules) -> bool:
    """Whether two reports of one event tell it in other words: the main claims of two articles,
    with much in common, where ``first`` gives no number that ``second`` does not give."""
    if first.position or second.position or first.article.id == second.article.id:
        return False
    if first.proposition.negated != second.proposition.negated:
        return False
    stems, other_stems = first.proposition.stems, second.proposition.stems
    common = len(stems & other_stems)
    return (
        common >= rule.claim_terms
        and common >= rule.claim_contained * min(len(stems), len(other_stems))
        and {value for value, *_ in first.counted} <= {value for value, *_ in second.counted}
    )


def _same_answer(first: Candidate, second: Candidate) -> bool:
    """Whether somebody named in both answers both times to something alike."""
    speakers = first.names & second.names
    common = first.proposition.stems & second.proposition.stems
    return first.answers and second.answers and bool(speakers) and common > speakers


def _same_caveat(first: Candidate, second: Candidate, rule: BriefRules) -> bool:
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
