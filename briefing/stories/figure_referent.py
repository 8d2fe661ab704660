"""The referent of a figure, what it counts, made comparable.

It is the event or the noun with its qualifiers, and the words around the number.

A count of one plain word ("people", "lorries") says little, so such figures are compared only
where their sentences say the same of it; a toll by its event ("injured"); money and durations by
what they measure and by the verb ("repairs take …").
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.model import Figure, StoryArticle
from briefing.stories.parameters import CompareRules
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
_WINDOW = 60  # code points before a number in which its verb is looked for


@dataclass(frozen=True, slots=True)
class Referent:
    """What is counted, as far as two figures are compared by it.

    event: "injur" and the like, or empty. core_stems: the stems of the counted noun with its
    qualifiers. verb: the family of the word that measures it. modality: forecast, sought, in all,
    or empty. phrase_stems: all stems of the counted phrase. context_stems: what else the sentence
    says, the words of the title apart.
    """

    unit: str
    event: str
    core_stems: frozenset[str]
    verb: str
    modality: str
    phrase_stems: frozenset[str]
    context_stems: frozenset[str]


def referent_stems(counts: str, language: str, rule: CompareRules) -> frozenset[str]:
    """What is counted as a set of stems: an event's words are one, general nouns are left out."""
    stop = stop_words(language)
    content = [w for w in words(counts) if w not in stop]
    specific = [w for w in content if w not in rule.general] or content
    return frozenset(rule.events.get(w) or stem(w, language) for w in specific)


def topic_stems(articles: Sequence[StoryArticle]) -> frozenset[str]:
    """The stems that most articles of a story share in title and opening."""
    seen: Counter[str] = Counter()
    for a in articles:
        opening = " ".join(a.article.text.split(None, _OPENING)[:_OPENING])
        seen.update(set(terms(f"{a.article.title or ''} {opening}", a.article.language)))
    least = max(2, (len(articles) + 1) // 2)
    return frozenset(s for s, n in seen.items() if n >= least)


def referent_of(
    article: StoryArticle, figure: Figure, topic: frozenset[str], rule: CompareRules
) -> Referent | None:
    """What ``figure`` counts; None where that is too little, too old or a part of something."""
    sentence = " ".join(s.of(article.article.text) for s in figure.evidence)
    at = sentence.find(figure.surface)
    if at < 0 or _inherited(article, figure) or _historical(article, sentence, rule):
        return None
    before, after = sentence[:at], sentence[at + len(figure.surface) :]
    if _is_part(figure.surface, before, after, rule):
        return None
    window = before[-_WINDOW:]
    language = article.article.language
    verb = _verb(window, figure, rule)
    title = frozenset(terms(article.article.title or "", language))
    toll = _toll(figure, before, rule)
    if toll is None:
        event = _event(figure, window, rule)
        core_stems = _core_stems(figure.counts, event, verb, topic, language, rule)
    else:
        event = toll[0]
        core_stems = _core_stems(toll[1], event, verb, topic | title, language, rule)
    if not event and not core_stems:
        return None
    context_stems = frozenset(s for s in terms(sentence, language) if not s[0].isdigit())
    return Referent(
        figure.unit,
        event,
        core_stems,
        verb,
        _modality(window, sentence, verb, rule),
        referent_stems(figure.counts, language, rule),
        context_stems - title - referent_stems(figure.counts, language, rule),
    )


def _core_stems(
    counts: str, event: str, verb: str, topic: frozenset[str], language: str, rule: CompareRules
) -> frozenset[str]:
    """The stems of what is counted with its qualifiers; what the whole story is about is none."""
    topic = topic - rule.telling_stems
    head, tail = _split(counts, rule)
    core_stems = frozenset(
        s
        for s in referent_stems(head, language, rule)
        if s not in rule.general_stems and s != event
    )
    core_stems |= frozenset(terms(tail, language)) - topic
    if verb:  # "cost of the repairs": the cost is said already
        families = [*rule.verbs.items(), *rule.acts.items()]
        measuring = frozenset(stem(w, language) for w, family in families if family == verb)
        core_stems = (core_stems - measuring) or core_stems
    if event:  # "known to have died": the event is said already, and so is that it is sure
        befell = frozenset(stem(w, language) for w, e in rule.events.items() if e == event)
        return core_stems - topic - befell - rule.certain_stems
    return core_stems


def comparable(first: Referent, second: Referent, rule: CompareRules) -> bool:
    """Whether two figures are of the same thing, so that different values mean something."""
    if (first.unit, first.event, first.modality) != (second.unit, second.event, second.modality):
        return False
    if first.core_stems != second.core_stems:
        return False
    if first.event or (first.verb and first.verb == second.verb):
        return True
    specific = (
        first.phrase_stems == second.phrase_stems and len(first.phrase_stems) >= rule.specific
    )
    if specific and {first.verb, second.verb} <= {"", "count"}:
        return True
    if first.verb != second.verb:
        return False
    common = len(first.context_stems & second.context_stems)
    smaller = min(len(first.context_stems), len(second.context_stems))
    return common >= rule.context_terms and common >= rule.context_share * smaller


def _split(counts: str, rule: CompareRules) -> tuple[str, str]:
    """What is counted up to its first preposition, and the rest but for a relative clause."""
    counts = _BY_TIME.sub("", counts)
    match = _PREPOSITION.search(counts)
    if match is None:
        return counts, ""
    rest = counts[match.start() :]
    relative = _RELATIVE.search(rest)
    rest = rest[: relative.start()] if relative else rest
    head = counts[: match.start()]
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


def _event(figure: Figure, before: str, rule: CompareRules) -> str:
    """The event that tolls are of, by the words counted or the verb right before the number."""
    if figure.unit:
        return ""
    events = rule.events
    named = next((events[w] for w in words(figure.counts) if w in events), "")
    if named:
        return named
    match = _WORD_BEFORE.search(before)
    return events.get(match.group().lower(), "") if match else ""


def _toll(figure: Figure, before: str, rule: CompareRules) -> tuple[str, str] | None:
    """The event, and whom it befell where, when "the number of people killed" rose to a number."""
    match = None if figure.unit else _TOLL.search(before)
    if match is None:
        return None
    tokens = [w for w in words(before[match.start() :]) if w not in rule.rising]
    if match["befell"] is None:
        rest = [w for w in tokens if w not in ("death", "toll")]
        return next(iter(rule.events.values())), " ".join(rest)
    at = next((k for k, w in enumerate(tokens[2:]) if w in rule.events), _BEFELL)
    if at >= _BEFELL:
        return None
    return rule.events[tokens[2 + at]], " ".join([*tokens[2 : 2 + at], *tokens[3 + at :]])


def _verb(before: str, figure: Figure, rule: CompareRules) -> str:
    """The family of the word by which a number is said of its subject ("take" and "last")."""
    families = rule.verbs if figure.unit else rule.acts
    tokens = [*words(figure.counts), *words(before)]
    return next((families[w] for w in reversed(tokens) if w in families), "")


def _modality(before: str, sentence: str, verb: str, rule: CompareRules) -> str:
    """Whether a number is foreseen, asked for or added up over days; nothing where it is plain.

    What is foreseen by its nature, as a duration is, is plain.
    """
    if verb in ("last", "cost"):
        return ""
    if not rule.in_all.isdisjoint(words(sentence)):
        return "in all"
    return next((rule.modalities[w] for w in words(before) if w in rule.modalities), "")


def _is_part(surface: str, before: str, after: str, rule: CompareRules) -> bool:
    """Whether a number is a part of another: "another 310", "nine of them", "of the 26, 16"."""
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


def _historical(article: StoryArticle, sentence: str, rule: CompareRules) -> bool:
    """Whether the sentence tells of another time, or compares with one."""
    folded = sentence.casefold()
    if any(cue in folded for cue in rule.historical):
        return True
    opening = words(folded)[:2]
    if opening[:1] == ["in"] and opening[-1] in rule.months:  # "In February, a fire killed …"
        return rule.months.index(opening[-1]) + 1 != article.published.month
    return any(int(m.group()) < article.published.year for m in _YEAR.finditer(sentence))
