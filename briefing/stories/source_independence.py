"""Which articles of a story are independent sources: copies, credits and voices."""

import re
from collections.abc import Mapping, Sequence

from briefing.model import Attribution, Coverage, StoryArticle
from briefing.stories.outlet_names import normalised_outlet, same_outlet
from briefing.stories.parameters import CopyRules, Parameters, load_parameters
from briefing.text import canonical_url, words

_OPENING = 2  # sentences in which an article says where its own news is from
_REPORTED = r"(?:(?:has|had|first)\s)?(?:reported|reports|revealed|reveals|disclosed)\b"
_ASCRIBED = (
    r"\b(?:told|according\sto|reported\sby|published\sby|obtained\sby|seen\sby|"
    r"(?:interview|report|story|article)\s(?:with|by|in))"
)


def in_order(articles: Sequence[StoryArticle]) -> list[StoryArticle]:
    """Oldest first, ties by identifier: the order does not depend on how they were fetched."""
    return sorted(articles, key=lambda a: (a.published, a.id))


def outside_credits(article: StoryArticle) -> tuple[Attribution, ...]:
    """What an article says of others having reported first; a credit to itself is none."""
    return tuple(
        c
        for c in article.digest.attributions
        if c.first and not same_outlet(c.source, article.source)
    )


def find_copies(
    articles: Sequence[StoryArticle], *, parameters: Parameters | None = None
) -> dict[str, str]:
    """The articles that repeat another's text, with the one they repeat.

    Containment of word 5-grams (Broder 1997, "On the resemblance and containment of documents")
    above a half; or the same address but for what tracks readers. The original is the one of the
    agency that a copy credits, else the earliest.
    """
    if len(articles) < 2:  # as most stories: the text need not be read
        return {}
    rule = (parameters or load_parameters()).copies
    ordered = in_order(articles)
    ngrams = {a.id: _word_ngrams(a.article.text, rule.ngram) for a in ordered}
    pages = {a.id: canonical_url(a.article.url) if a.article.url else "" for a in ordered}
    groups: list[list[StoryArticle]] = []
    for article in ordered:
        for group in groups:
            if any(
                _contained(ngrams[article.id], ngrams[o.id], rule)
                or (pages[o.id] and pages[o.id] == pages[article.id])
                for o in group
            ):
                group.append(article)
                break
        else:
            groups.append([article])
    copies = {}
    for group in groups:
        original = _credited_in(group) or group[0]
        copies.update({a.id: original.id for a in group if a is not original})
    return copies


def _word_ngrams(text: str, size: int) -> frozenset[tuple[str, ...]]:
    tokens = words(text)
    return frozenset(tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1))


def _contained(
    first: frozenset[tuple[str, ...]], second: frozenset[tuple[str, ...]], rule: CopyRules
) -> bool:
    smaller = min(len(first), len(second))
    return smaller > 0 and len(first & second) > rule.containment * smaller


def _credited_in(group: Sequence[StoryArticle]) -> StoryArticle | None:
    """The article of the outlet that the others of the group credit."""
    for article in group:
        credited = (c for a in group if a is not article for c in a.digest.attributions)
        if any(same_outlet(c.source, article.source) for c in credited):
            return article
    return None


def find_voices(articles: Sequence[StoryArticle], copies: Mapping[str, str]) -> dict[str, str]:
    """The voice each article speaks with; two articles with one voice are one witness.

    A copy has the voice of its original, a report that credits another outlet that of the outlet
    credited, whether it is among the story's or not, and all articles of one outlet have one voice.
    """
    by_id = {a.id: a for a in articles}
    ordered = in_order(articles)
    credited: dict[str, str] = {}
    for article in ordered:
        for name in credited_by(article, [a.source for a in ordered]):
            original = next((a.id for a in ordered if same_outlet(a.source, name)), name)
            credited.setdefault(normalised_outlet(article.source), original)
    follows = {
        a.id: copies.get(a.id) or credited.get(normalised_outlet(a.source)) for a in articles
    }
    return {a.id: _voice(a.id, follows, by_id) for a in articles}


def credited_by(article: StoryArticle, outlets: Sequence[str]) -> tuple[str, ...]:
    """The outlets whose report an article passes on.

    Those it says had it first, and those of ``outlets`` to which its own news is ascribed where it
    opens: "Radio Holm reported that …", "… told the Courier".
    """
    first = [c.source for c in outside_credits(article)]
    opening = " ".join(s.of(article.article.text) for s in article.digest.sentences[:_OPENING])
    passed_on = [
        o
        for o in dict.fromkeys(outlets)
        if not same_outlet(o, article.source) and _passes_on(opening, o)
    ]
    return tuple(dict.fromkeys([*first, *passed_on]))


def _passes_on(opening: str, outlet: str) -> bool:
    name = re.escape(re.sub(r"\A[Tt]he\s", "", outlet))
    if re.search(rf"\b{name}\b", opening) is None:
        return False
    ascription = rf"\b{name}\s{_REPORTED}|{_ASCRIBED}\s(?:[Tt]he\s)?{name}(?![\w-])"
    return re.search(ascription, opening) is not None


def _voice(start: str, follows: Mapping[str, str | None], by_id: Mapping[str, StoryArticle]) -> str:
    """The outlet at the end of a chain of copies and credits; the first by name in a ring.

    It may be an outlet that is credited and not among the articles.
    """
    chain = [start]
    while (following := follows[chain[-1]]) is not None:
        if following not in by_id:
            return normalised_outlet(following)
        if following in chain:
            return min(normalised_outlet(by_id[i].source) for i in chain[chain.index(following) :])
        chain.append(following)
    return normalised_outlet(by_id[chain[-1]].source)


def list_coverage(
    articles: Sequence[StoryArticle], copies: Mapping[str, str], voices: Mapping[str, str]
) -> tuple[Coverage, ...]:
    """The articles as a brief lists them, newest last."""
    ordered = in_order(articles)
    speakers: dict[str, str] = {}  # who stands for a voice: its own outlet, else who passed it on
    for a in sorted(ordered, key=lambda a: voices[a.id] != normalised_outlet(a.source)):
        if a.id not in copies:
            speakers.setdefault(voices[a.id], a.id)
    own = {a.id: normalised_outlet(a.source) for a in ordered}
    return tuple(
        Coverage(
            a.id,
            a.source,
            a.article.title or "",
            a.article.url,
            a.published,
            a.article.basis,
            copies.get(a.id),
            _followed_article(a.id, speakers.get(voices[a.id]), own, voices),
            a.article.opinion,
            voices[a.id],
            a.article.enclosures,
        )
        for a in ordered
    )


def _followed_article(
    article: str, speaker: str | None, own: Mapping[str, str], voices: Mapping[str, str]
) -> str | None:
    """The article whose report another passes on; none where it speaks for itself, or is the first
    to pass on what an outlet reported that is not here."""
    if speaker is None or voices[article] == own[article] or own[article] == own[speaker]:
        return None
    return speaker
