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
    r"\s(?:of|in|at|on|from|for|aboard|near|against|off|above|along|to|by|under|with|who|which|that|a|per)\s"
)
_RELATIVE = re.compile(r"\s(?:who|which|that)\s")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_WORD_BEFORE = re.compile(r"[^\W\d_]+(?=\W*\Z)")
_OF_THE = re.compile(
    r"(?:\A|[,;]\s)of\s(?:the|these|those|its|their)\b[^,;]*,\s*\W*\Z", re.IGNORECASE
)
_BY_TIME = re.compile(r"\sby\s(?:noon|midday|midnight|dawn|dusk|night|morning|evening|now)\b")
_TOLL = re.compile(
    r"\b(?:(?:death\s)?toll|number\sof(?P<befell>\s[^.;:,]+?))"
    r"(?P<where>\s(?:[^.;:]*\s)?(?:to|at|is|was|reached|hit|now)\s)\Z",
    re.IGNORECASE,
)
_BEFELL = 5  # words after "number of" in which it is said what happened to them
_NEAR = 60  # code points before a number in which its verb is looked for


@dataclass(frozen=True, slots=True)
class Thing:
    """What is counted. ``event``: "injur" and the like, or nothing; ``core``: its stems and its
    qualifiers; ``verb``: the family of the word that measures it; ``mood``: forecast, sought, or
    nothing; ``phrase``: all stems of what is counted; ``around``: what else the sentence says, the
    words of the title apart."""

    unit: str
    event: str
    core: frozenset[str]
    verb: str
    mood: str
    phrase: frozenset[str]
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
    """What ``figure`` counts; None where that is too little, too old or a part of something."""
    sentence = " ".join(s.of(article.article.text) for s in figure.evidence)
    at = sentence.find(figure.surface)
    if at < 0 or _inherited(article, figure) or _historical(article, sentence):
        return None
    before, after = sentence[:at], sentence[at + len(figure.surface) :]
    if _is_part(figure.surface, before, after):
        return None
    near = before[-_NEAR:]
    language = article.article.language
    verb = _verb(near, figure)
    title = frozenset(terms(article.article.title or "", language))
    toll = _toll(figure, before)
    if toll is None:
        event = _event(figure, near)
        core = _core(figure.counts, event, verb, topic, language)
    else:
        event = toll[0]
        core = _core(toll[1], event, verb, topic | title, language)
    if not event and not core:
        return None
    around = frozenset(s for s in terms(sentence, language) if not s[0].isdigit())
    return Thing(
        figure.unit,
        event,
        core,
        verb,
        _mood(near, sentence, verb),
        counted(figure.counts, language),
        around - title - counted(figure.counts, language),
    )


def _core(
    counts: str, event: str, verb: str, topic: frozenset[str], language: str
) -> frozenset[str]:
    """The stems of what is counted with its qualifiers; what the whole story is about is none."""
    rule = load_weights().compare
    topic = topic - rule.telling_stems
    head, tail = _split(counts)
    core = frozenset(
        s for s in counted(head, language) if s not in rule.general_stems and s != event
    )
    core |= frozenset(terms(tail, language)) - topic
    if verb:  # "cost of the repairs": the cost is said already
        families = [*rule.verbs.items(), *rule.acts.items()]
        said = frozenset(stem(w, language) for w, family in families if family == verb)
        core = (core - said) or core
    return core - topic if event else core


def comparable(one: Thing, other: Thing) -> bool:
    """Whether two figures are of the same thing, so that different values mean something."""
    if (one.unit, one.event, one.mood) != (other.unit, other.event, other.mood):
        return False
    if one.core != other.core:
        return False
    if one.event or (one.verb and one.verb == other.verb):
        return True
    rule = load_weights().compare
    specific = one.phrase == other.phrase and len(one.phrase) >= rule.specific
    if specific and {one.verb, other.verb} <= {"", "count"}:
        return True
    if one.verb != other.verb:
        return False
    common = len(one.around & other.around)
    smaller = min(len(one.around), len(other.around))
    return common >= rule.context_terms and common >= rule.context_share * smaller


def _split(counts: str) -> tuple[str, str]:
    """What is counted up to its first preposition, and the rest but for a relative clause."""
    counts = _BY_TIME.sub("", counts)
    match = _PREPOSITION.search(counts)
    if match is None:
        return counts, ""
    rest = counts[match.start() :]
    relative = _RELATIVE.search(rest)
    rest = rest[: relative.start()] if relative else rest
    head = counts[: match.start()]
    rule = load_weights().compare
    # "weeks of repair", "cost of the repairs"
    if all(w in rule.measures or w in rule.verbs for w in words(head)):
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


def _toll(figure: Figure, before: str) -> tuple[str, str] | None:
    """The event, and whom it befell where, when "the number of people killed" rose to a number."""
    match = None if figure.unit else _TOLL.search(before)
    if match is None:
        return None
    rule = load_weights().compare
    said = [w for w in words(before[match.start() :]) if w not in rule.rising]
    if match["befell"] is None:
        rest = [w for w in said if w not in ("death", "toll")]
        return next(iter(rule.synonyms.values())), " ".join(rest)
    at = next((k for k, w in enumerate(said[2:]) if w in rule.synonyms), _BEFELL)
    if at >= _BEFELL:
        return None
    return rule.synonyms[said[2 + at]], " ".join([*said[2 : 2 + at], *said[3 + at :]])


def _verb(before: str, figure: Figure) -> str:
    """The family of the word by which a number is said of its subject ("take" and "last")."""
    rule = load_weights().compare
    families = rule.verbs if figure.unit else rule.acts
    said = [*words(figure.counts), *words(before)]
    return next((families[w] for w in reversed(said) if w in families), "")


def _mood(before: str, sentence: str, verb: str) -> str:
    """Whether a number is foreseen, asked for or added up over days; nothing where it is plain.

    What is foreseen by its nature, as a duration is, is plain.
    """
    rule = load_weights().compare
    if verb in ("last", "cost"):
        return ""
    if not rule.in_all.isdisjoint(words(sentence)):
        return "in all"
    return next((rule.moods[w] for w in words(before) if w in rule.moods), "")


def _is_part(surface: str, before: str, after: str) -> bool:
    """Whether a number is a part of another: "another 310", "nine of them", "of the 26, 16"."""
    rule = load_weights().compare
    opening = words(surface)
    if before.casefold().startswith(rule.elsewhere):
        return True
    last = words(before)[-1:]
    if opening[:1] == ["another"] or (last and last[0] in rule.before_part):
        return True
    following = " ".join(words(after)[:3]) + " "
    if any(following.startswith(f"{cue} ") for cue in rule.after_part):
        return True
    return bool(_OF_THE.search(before)) or not rule.part.isdisjoint(words(before + after))


def _historical(article: StoryArticle, sentence: str) -> bool:
    """Whether the sentence tells of another time, or compares with one."""
    low = sentence.casefold()
    rule = load_weights().compare
    if any(cue in low for cue in rule.historical):
        return True
    opening = words(low)[:2]
    if opening[:1] == ["in"] and opening[-1] in rule.months:  # "In February, a fire killed …"
        return rule.months.index(opening[-1]) + 1 != article.published.month
    return any(int(m.group()) < article.published.year for m in _YEAR.finditer(sentence))
