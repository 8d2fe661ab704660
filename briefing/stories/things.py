"""What a figure counts, made comparable: the event or the noun with its qualifiers, and the words
around the number.

A count of one plain word ("people", "lorries") says little, so such figures are compared only
where their sentences say the same of it; a toll by its event ("injured"); money and durations by
what they measure and by the verb ("repairs take …").
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.model import Figure
from briefing.stories.coverage import StoryArticle
from briefing.stories.data import load_weights
from briefing.text import stem, stop_words, terms, words

_OPENING = 60  # words of a text that tell its topic, with its title
_PREPOSITION = re.compile(
    r"\s(?:of|in|at|on|from|for|aboard|near|against|to|by|under|with|who|which|that|a|per)\s"
)
_RELATIVE = re.compile(r"\s(?:who|which|that)\s")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_WORD_BEFORE = re.compile(r"[^\W\d_]+(?=\W*\Z)")
_NEAR = 60  # code points before a number in which its verb is looked for


@dataclass(frozen=True, slots=True)
class Thing:
    """What is counted. ``event``: "injur" and the like, or nothing; ``core``: its stems and its
    qualifiers; ``verb``: the family of the verb that measures it; ``around``: what else the
    sentence says, the words of the title apart."""

    unit: str
    event: str
    core: frozenset[str]
    verb: str
    around: frozenset[str]


def counted(counts: str, language: str = "en") -> frozenset[str]:
    """What is counted as a set of stems: synonyms are one, nouns for anybody are left out."""
    rule = load_weights().compare
    stop = stop_words(language)
    content = [w for w in words(counts) if w not in stop]
    specific = [w for w in content if w not in rule.general] or content
    return frozenset(rule.synonyms.get(w) or stem(w, language) for w in specific)


def topic_of(articles: Sequence[StoryArticle]) -> frozenset[str]:
    """The stems that most articles of a story share in title and opening."""
    seen: Counter[str] = Counter()
    for a in articles:
        opening = " ".join(a.article.text.split(None, _OPENING)[:_OPENING])
        seen.update(set(terms(f"{a.article.title or ''} {opening}", a.article.language)))
    least = max(2, (len(articles) + 1) // 2)
    return frozenset(s for s, n in seen.items() if n >= least)


def thing_of(article: StoryArticle, figure: Figure, topic: frozenset[str]) -> Thing | None:
    """What ``figure`` counts; None where that is too little or too old to compare."""
    sentence = " ".join(s.of(article.article.text) for s in figure.evidence)
    at = sentence.find(figure.surface)
    if at < 0 or _inherited(article, figure) or _historical(article, sentence):
        return None
    rule = load_weights().compare
    language = article.article.language
    core_text, tail = _split(figure.counts)
    before = sentence[max(0, at - _NEAR) : at]
    event = _event(figure, before)
    core = frozenset(
        s for s in counted(core_text, language) if s not in rule.general_stems and s != event
    )
    tail_stems = frozenset(terms(tail, language)) - topic
    if event:
        core = frozenset(s for s in core if s not in topic)
    elif not core:
        return None
    around = frozenset(s for s in terms(sentence, language) if not s[0].isdigit())
    return Thing(
        figure.unit,
        event,
        core | tail_stems,
        _verb(before, figure.unit),
        around
        - frozenset(terms(article.article.title or "", language))
        - counted(figure.counts, language),
    )


def comparable(one: Thing, other: Thing) -> bool:
    """Whether two figures are of the same thing, so that different values mean something."""
    if (one.unit, one.event, one.core) != (other.unit, other.event, other.core):
        return False
    if one.event or (one.verb and one.verb == other.verb):
        return True
    if one.verb != other.verb:
        return False
    rule = load_weights().compare
    common = len(one.around & other.around)
    smaller = min(len(one.around), len(other.around))
    return common >= rule.context_terms and common >= rule.context_share * smaller


def _split(counts: str) -> tuple[str, str]:
    """What is counted up to its first preposition, and the rest but for a relative clause."""
    match = _PREPOSITION.search(counts)
    if match is None:
        return counts, ""
    rest = counts[match.start() :]
    relative = _RELATIVE.search(rest)
    rest = rest[: relative.start()] if relative else rest
    head = counts[: match.start()]
    if set(words(head)) <= load_weights().compare.measures:  # "weeks of repair"
        return f"{head} {rest}", ""
    return head, rest


def _inherited(article: StoryArticle, figure: Figure) -> bool:
    """Whether the counted phrase was named for an earlier number of the sentence."""
    return not figure.unit and any(
        f.evidence == figure.evidence and f.counts == figure.counts and f.span < figure.span
        for f in article.digest.figures
    )


def _event(figure: Figure, before: str) -> str:
    """The event that tolls are of, by the words counted or the verb right before the number."""
    if figure.unit:
        return ""
    synonyms = load_weights().compare.synonyms
    named = next((synonyms[w] for w in words(figure.counts) if w in synonyms), "")
    if named:
        return named
    match = _WORD_BEFORE.search(before)
    return synonyms.get(match.group().lower(), "") if match else ""


def _verb(before: str, unit: str) -> str:
    """The family of the verb by which a measure is said of its subject ("take" and "last")."""
    if not unit:
        return ""
    families = load_weights().compare.verbs
    return next((families[w] for w in reversed(words(before)) if w in families), "")


def _historical(article: StoryArticle, sentence: str) -> bool:
    """Whether the words of the sentence compare with another time."""
    low = sentence.casefold()
    if any(cue in low for cue in load_weights().compare.historical):
        return True
    return any(int(m.group()) < article.published.year for m in _YEAR.finditer(sentence))
