"""What a sentence of many words loses besides: its last clauses, appositions, its opening phrase.

A bullet is read at a glance, so that a long sentence is cut where its grammar allows it. The guard
of ``Draft`` holds here too: no number, hedge, denial, contrast or quotation goes, and whoever says
something stays.
"""

import re
from collections.abc import Iterator

from briefing.digest.selection.draft import Draft
from briefing.digest.selection.shortening_rules import WORD, normalised, word_parts
from briefing.model import Span

MOST = 32
"""Words that a bullet has at most, where grammar allows."""
_READABLE = 120  # words of a text that has a grammar to be cut by; more are a list or debris
_LEAST = 12  # words that remain at least
_LONGEST = 30  # words of an apposition
_STOPS = '.!?…”"’'
_OPENS_PARTICIPLE = re.compile(r", \w+ing\b[^,]*$")  # the next may hang on it


def cut_to_length(draft: Draft, *, caveat: bool) -> None:
    """Leaves out clauses until ``MOST`` words remain, the last ones first.

    caveat: it keeps all its clauses, and loses appositions alone.
    """
    while MOST < len(WORD.findall(draft.text)) <= _READABLE:
        if not any(draft.drop(*span, least=_LEAST) for span in _candidates(draft, caveat=caveat)):
            return


def _candidates(draft: Draft, *, caveat: bool) -> Iterator[Span]:
    """What may go, the least missed first."""
    if not caveat:
        yield from _final(draft)
    yield from _between(draft)
    if not caveat:
        yield from _opening(draft)


def _final(draft: Draft) -> Iterator[Span]:
    """Last clauses, the shortest first: up to the stop, or to a source named at the end."""
    text, rules = draft.text, draft.rules
    source = rules.long_source.search(text) if rules.long_source is not None else None
    end = source.start() if source is not None else len(text.rstrip(_STOPS))
    for at in range(end - 1, 0, -1):
        if (
            text[at] in ",;"
            and _is_clause(draft, at, end)
            and _may_go(draft, text[at:end])
            and rules.has_verb(WORD.findall(text[:at].lower()))
        ):
            yield Span(at, end)


def _is_clause(draft: Draft, at: int, end: int) -> bool:
    """Whether what stands between a comma and the end is a clause that can go."""
    text, rules = draft.text, draft.rules
    if rules.long_final is not None and rules.long_final.match(text, at, end):
        return not _OPENS_PARTICIPLE.search(text, 0, at)
    if rules.long_last is not None and rules.long_last.match(text, at, end):
        return "," not in text[:at] and "," not in text[at + 1 : end]
    when = rules.long_when is not None and rules.long_when.match(text, at, end)
    return bool(when) and not draft.worth(text[:at])


def _between(draft: Draft) -> Iterator[Span]:
    """Appositions between a subject and its verb: ", a ferryman from Harrow Bay, was …"."""
    text, rules = draft.text, draft.rules
    if rules.long_between is None:
        return
    for match in rules.long_between.finditer(text):
        verb = WORD.match(text, match.end())
        before = WORD.findall(text[: match.start()].lower())
        if (
            verb is not None
            and verb.group().lower() in rules.finite
            and "," not in text[: match.start()]
            and not rules.has_verb(before)
            and len(WORD.findall(match[0])) <= _LONGEST
            and _may_go(draft, match[0])
        ):
            yield Span(match.start(), match.end() - 1)


def _opening(draft: Draft) -> Iterator[Span]:
    """A phrase of time, place or manner before a subject in capitals."""
    text, rules = draft.text, draft.rules
    match = rules.long_opening.match(text) if rules.long_opening is not None else None
    if match is None or not text[match.end() : match.end() + 1].isupper():
        return
    clause = text[match.end() :].partition(",")[0]
    if rules.has_verb(WORD.findall(clause.lower())) and _may_go(draft, match[0]):
        yield Span(0, match.end())


def _may_go(draft: Draft, dropped: str) -> bool:
    """Whether words can go without a loss of who said something, or of what somebody stands for."""
    words = frozenset(word_parts(normalised(dropped)))
    return draft.rules.lexicon.attribution_verbs.isdisjoint(
        words
    ) and draft.rules.long_kept.isdisjoint(words)
