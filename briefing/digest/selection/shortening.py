"""A bullet is its sentence, or that sentence with words left out where nothing is lost.

What may go is written in the lexicon of a language, part ``shortening``; what must stay is seen to
here, once, in `Draft.drop`: the cue of a caveat, doubt, denial, contrast, numbers, and whatever
stands in quotation marks. No letter is ever changed, so an opener goes only before a capital.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.digest.lexicon import Lexicon
from briefing.digest.selection.draft import Draft
from briefing.digest.selection.length_cuts import cut_to_length
from briefing.digest.selection.quoting import ANY_QUOTE, is_balanced
from briefing.digest.selection.shortening_rules import (
    WORD,
    load_shortening_rules,
    normalised,
    word_parts,
)
from briefing.digest.sentences.document import Sentence
from briefing.digest.wordlists import entries
from briefing.model import Cue, Span

_LEAST_BEFORE_CLAUSE = 8  # words that must stand before a last clause that goes
_LONGEST_NAME = 4  # words
_TAGS = 2  # "KESTREL SOUND, May 4 (Agency) — (Agency)": datelines in a row

# "Port Skarn, Norrane – The …", at the head of an article; with a colon only behind a known place.
_PLACE = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2}"
_HEAD = re.compile(
    rf"(?P<place>{_PLACE})(?:, {_PLACE}){{0,2}}"
    r"(?P<mark>:|\s{1,2}[–—-]{1,2})\s{1,2}(?=[A-Z\"“])"
)

_SPACE = re.compile(r"\s+")
_ODD_SPACE = re.compile(r"[^\S ]|  ")
_DATE_IN_MAY = re.compile(r"\bMay\b")
_IN_BRACKETS = re.compile(r"(?<=[\w,.’”\"»]) \(([^()\[\]]+)\)(?=[\s,.;:!?…”\"’»]|$)")
_ABBREVIATION = re.compile(r"(?:[A-ZÄÖÜÉ][a-z]?\.?){2,}s?")
_DASH = re.compile(r"(?<=\S)\s+(?:—|–|--|-)(?=[\s,])\s*|(?<=\w)(?:—|--)(?=\w)")
_ENDS_CLAUSE = re.compile(r"[.;:!?]")
_NEXT_WORD = re.compile(r" (\w+)")
_NEXT_SENTENCE = re.compile(r"\w{3,}[.!?]\s")


@dataclass(frozen=True, slots=True)
class Shortened:
    """A bullet's text, and which spans of the article's text were kept for it, in order.

    Joined, these are the text up to white space.
    """

    text: str
    kept: tuple[Span, ...]


def shorten(sentence: Sentence, lexicon: Lexicon, cue: Cue | None) -> Shortened:
    """The words of ``sentence`` in order, some left out, single spaces.

    cue: of the caveat that the sentence is, if it is one, in the article's coordinates; a caveat
    keeps its clauses and its attribution, and loses no more than datelines, openers and asides.
    A long sentence loses more, where grammar allows (``length_cuts.py``).
    """
    text = sentence.text.strip()
    start = sentence.span.start + len(sentence.text) - len(sentence.text.lstrip())
    kept: tuple[Span, ...] = (Span(start, start + len(text)),)
    if lexicon.known:
        draft = Draft(text, load_shortening_rules(lexicon.language), _within(start, cue))
        _leave_out(draft, caveat=cue is not None, opens_article=sentence.index == 0)
        if draft.text != text:
            text = draft.text
            kept = draft.kept(start)
    return Shortened(_SPACE.sub(" ", text) if _ODD_SPACE.search(text) else text, kept)


def _within(start: int, cue: Cue | None) -> Span | None:
    """The span of ``cue`` in a text that begins at ``start`` of the article's; None where none."""
    if cue is None or not cue.cue:
        return None
    return Span(cue.cue_span.start - start, cue.cue_span.end - start)


def _leave_out(draft: Draft, *, caveat: bool, opens_article: bool) -> None:
    _drop_datelines(draft)
    if opens_article and draft.rules.place_opens:
        _drop_place(draft)
    if not is_balanced(draft.text):
        return  # a quotation goes on in another sentence: what stands in it is not known
    _drop_opener(draft)
    if "(" in draft.text:
        _drop_brackets(draft)
    if "—" in draft.text or "–" in draft.text or "-" in draft.text:
        _drop_dashes(draft)
    if not caveat and "," in draft.text:
        _drop_attribution(draft)
        _drop_clauses(draft)
    cut_to_length(draft, caveat=caveat)


def _drop_datelines(draft: Draft) -> None:
    """ "KESTREL SOUND (Agency) — The port …", "(Agency)The port …"; their dates go with them."""
    pattern = draft.rules.lexicon.datelines
    for _ in range(_TAGS):
        match = pattern.match(draft.text) if pattern is not None else None
        if match is None or not match.end():
            return
        tag = _DATE_IN_MAY.sub("", match.group())
        if not draft.rules.kept.isdisjoint(w for w in word_parts(normalised(tag)) if w.isalpha()):
            return
        if draft.text[match.end() :].lstrip()[:1].islower() or not draft.cut(0, match.end()):
            return


def _drop_place(draft: Draft) -> None:
    """ "Port Skarn – The ferry …": the place that an article is sent from."""
    match = _HEAD.match(draft.text)
    if match is None or (match["mark"] == ":" and not _is_known_place(match["place"])):
        return
    if draft.rules.kept.isdisjoint(word_parts(normalised(match.group()))):
        draft.cut(0, match.end())


def _is_known_place(name: str) -> bool:
    return bool({name, name.title()} & entries("places"))


def _drop_opener(draft: Draft) -> None:
    match = draft.rules.openers.match(draft.text) if draft.rules.openers is not None else None
    if match is not None and draft.text[match.end() : match.end() + 1].isupper():
        draft.drop(0, match.end())


def _drop_brackets(draft: Draft) -> None:
    for match in reversed(list(_IN_BRACKETS.finditer(draft.text))):
        if _bracket_may_go(draft, match):
            draft.drop(match.start(), match.end())


def _bracket_may_go(draft: Draft, match: re.Match[str]) -> bool:
    inside = match.group(1)
    before = WORD.findall(draft.text[: match.start()])
    if draft.rules.asides is not None and draft.rules.asides.fullmatch(inside):
        return True
    if _ABBREVIATION.fullmatch(inside):
        return _abbreviates(inside, before) and inside not in draft.text[match.end() :]
    words = WORD.findall(inside.lower())
    return (
        inside[0].islower()
        and not _is_name(inside)
        and not _ENDS_CLAUSE.search(inside)
        and bool(before)
        and before[-1].lower() not in draft.rules.lexicon.pronouns
        and _noun_stands_before(draft, match.end())
        and draft.loose(words)
    )


def _noun_stands_before(draft: Draft, end: int) -> bool:
    """Whether the bracket that ends at ``end`` explains what is before it, not the next noun."""
    following = _NEXT_WORD.match(draft.text, end)
    if following is None:
        return True
    word = following.group(1).lower()
    return word in draft.rules.finite or word in draft.rules.binding


def _drop_dashes(draft: Draft) -> None:
    """An aside between two dashes, where a sentence has no others."""
    dashes = list(_DASH.finditer(draft.text))
    if len(dashes) != 2 or dashes[0].group().strip() != dashes[1].group().strip():
        return
    first, last = dashes
    inside = draft.text[first.end() : last.start()]
    goes_on = WORD.match(draft.text, last.end())
    if (
        inside[:1].islower()
        and (_runs_on(draft, goes_on[0]) if goes_on else draft.text.startswith(",", last.end()))
        and not _ENDS_CLAUSE.search(inside)
        and not _is_name(inside)
        and draft.loose(WORD.findall(inside.lower()))
    ):
        draft.drop(first.start(), last.end())


def _runs_on(draft: Draft, word: str) -> bool:
    """Whether ``word``, after an aside, continues the clause before it, and begins no new one."""
    lexicon = draft.rules.lexicon
    first = normalised(word).split("'")[0]
    return word[0].islower() and not any(
        first in words for words in (draft.rules.joining, lexicon.pronouns, lexicon.first_person)
    )


def _is_name(aside: str) -> bool:
    """Whether an aside says no more than who: "the Kestrel Harriers", "sister Venus"."""
    words = WORD.findall(aside)
    return len(words) <= _LONGEST_NAME and words[-1][0].isupper()


def _drop_attribution(draft: Draft) -> None:
    """A claim loses "she said" where it is no quotation, judgement or forecast.

    Where somebody with a name said it, only the place and day of the saying may go.
    """
    lexicon, rules = draft.rules.lexicon, draft.rules
    match = lexicon.droppable.search(draft.text) if lexicon.droppable is not None else None
    if match is not None:
        if _stands_alone(draft, draft.text[: match.start()]):
            draft.drop(match.start(), match.end())
        return
    if rules.said_between is not None and (match := rules.said_between.search(draft.text)):
        rest = f"{draft.text[: match.start()]} {draft.text[match.end() :]}"
        if "," not in draft.text[: match.start()] and _stands_alone(draft, rest):
            draft.drop(match.start(), match.end())
    if rules.times is not None and rules.said_when is not None:
        match = rules.said_when.search(draft.text)
        if match is not None and rules.times.search(draft.text, 0, match.start()):
            draft.drop(*match.span(1))
    if rules.said_where is not None and (match := rules.said_where.search(draft.text)):
        draft.drop(*match.span(1))


def _stands_alone(draft: Draft, claim: str) -> bool:
    """Whether ``claim`` is as true without the one who made it.

    It is no quotation, no doubt, no judgement, and nobody's word about himself.
    """
    low = normalised(claim)
    words = frozenset(word_parts(low))
    return (
        not ANY_QUOTE.search(claim)
        and draft.rules.lexicon.hedges.isdisjoint(words)
        and draft.rules.say_so.isdisjoint(words)
        and draft.rules.lexicon.first_person.isdisjoint(words)
        and draft.rules.lexicon.pronouns.isdisjoint(words)
    )


def _drop_clauses(draft: Draft) -> None:
    """Clauses that only tell more of a noun: ", which lies in the north, …"."""
    rules = draft.rules
    match = rules.between.search(draft.text) if rules.between is not None else None
    if match is not None and _clause_may_go(draft, match) and _is_subject(draft, match):
        draft.drop(match.start(), match.end())
    match = rules.final.search(draft.text) if rules.final is not None else None
    if match is not None and _clause_may_go(draft, match) and _is_told(draft, match.start()):
        draft.drop(match.start(), match.end(), least=_LEAST_BEFORE_CLAUSE)


def _clause_may_go(draft: Draft, match: re.Match[str]) -> bool:
    words = WORD.findall(match.group(1).lower())
    rest = draft.text[match.end() :]
    named = any(w[0].isupper() for w in WORD.findall(match.group(1)))
    referred = not draft.rules.lexicon.pronouns.isdisjoint(WORD.findall(rest.lower()))
    return (
        draft.loose(words[1:])
        and not (named and referred)
        and not _NEXT_SENTENCE.search(match.group(1))
    )


def _is_subject(draft: Draft, match: re.Match[str]) -> bool:
    """Whether what stands before a clause is a plain subject, and its verb tells no say-so."""
    before = draft.text[: match.start()]
    verb = WORD.match(draft.text, match.end())
    return (
        not _ENDS_CLAUSE.search(before)
        and "," not in before
        and verb is not None
        and verb.group().lower() not in draft.rules.lexicon.attribution_verbs
    )


def _is_told(draft: Draft, end: int) -> bool:
    """Whether what stands before ``end`` has a verb and no speaker whom a clause might describe."""
    words = WORD.findall(draft.text[:end].lower())
    return draft.rules.lexicon.attribution_verbs.isdisjoint(words) and draft.rules.has_verb(words)


def _abbreviates(short: str, before: Sequence[str]) -> bool:
    """Whether the letters of ``short`` stand in this order in the last words before it."""
    letters = [c for c in short.rstrip("s").lower() if c.isalpha()]
    for first in range(max(0, len(before) - len(letters) - 2), len(before)):
        name = " ".join(before[first:]).lower()
        if name[0] == letters[0] and _subsequence(letters, name):
            return True
    return False


def _subsequence(letters: Iterable[str], name: str) -> bool:
    rest = iter(name)
    return all(letter in rest for letter in letters)
