"""Credits to other outlets and sources for the report itself: who had it first, who is cited."""

import re
from functools import cache
from typing import NamedTuple

from briefing.digest.sentences.document import Document
from briefing.digest.wordlists import alternatives, entries
from briefing.model import Attribution, Span

_FIRST = (
    r"(?:first|originally)\s"
    r"(?:reported|published|obtained|revealed|disclosed|broke|broken|wrote|aired)"
)
_WAS_FIRST = rf"(?:was\s|were\s)?{_FIRST}"
_REPORTED = r"(?:reported|reports|revealed|disclosed|broke\sthe\s(?:news|story))"
_NAME = r"(?:[Tt]he\s)?[A-Z][\w.&’'-]{0,30}(?:\s(?:of\s)?[A-Z][\w.&’'-]{0,30}){0,4}"


class _Wording(NamedTuple):
    """A wording of a credit with groups ``who`` and ``cue``.

    mark: what every text of it holds: looking for that is cheaper than matching. first: whether
    it says who was first.
    """

    pattern: re.Pattern[str]
    mark: re.Pattern[str]
    first: bool


@cache
def _wordings() -> tuple[_Wording, ...]:
    """A first report may be anybody's; the weaker wordings count only with a known outlet."""
    outlet = rf"(?:[Tt]he\s)?(?:{alternatives(entries('media'))})(?!\w)"
    first = (
        (rf"(?P<who>{_NAME})(?:,\swhich)?\s(?P<cue>{_WAS_FIRST})\b", _FIRST),
        (rf"(?P<cue>{_WAS_FIRST})(?:\s[\w-]{{1,20}}){{0,4}}\sby\s(?P<who>{_NAME})", _FIRST),
        (rf"(?P<who>{outlet})\s(?:was|were)\s(?P<cue>the\sfirst\sto\sreport)\b", r"first\sto\s"),
    )
    weaker = (
        (rf"\b(?P<who>{outlet})\s(?P<cue>(?:had\s|has\s)?{_REPORTED})\b", _REPORTED),
        (
            rf"\b(?P<cue>(?:reported|published|obtained|reviewed|seen)\sby)\s(?P<who>{outlet})",
            r"\sby\s",
        ),
        (
            rf"\b(?P<cue>[Aa]ccording\sto)\s(?P<who>{outlet})(?!\s(?:exit\s)?(?:poll|average|data|tally|survey))",
            r"ccording\sto\s",
        ),
        (
            rf"\b(?P<cue>told|interview\swith)\s(?P<who>{outlet})(?!\sthat\s(?:it|they)\s(?:was|were)\sthe)",
            "told|interview",
        ),
    )
    return tuple(
        _Wording(re.compile(pattern), re.compile(mark), some is first)
        for some in (first, weaker)
        for pattern, mark in some
    )


# A sentence without any of these has none of the wordings: looking is cheaper than matching.
_TRIGGERS = frozenset(
    "first originally reported reports revealed disclosed broke published obtained reviewed"
    " seen according told interview".split()
)


def find_credits(document: Document) -> tuple[Attribution, ...]:
    """The in_order of ``document`` in reading order, one a source and wording.

    ``first`` is true where the article says that this source had the report first. An outlet's
    mention of itself is no credit.
    """
    outlet = _plain(document.article.source or "")
    in_order: dict[tuple[str, bool], tuple[Span, Attribution]] = {}
    for sentence in document.sentences:
        if _TRIGGERS.isdisjoint(sentence.words):
            continue
        wordings = [w for w in _wordings() if w.mark.search(sentence.text)]
        for pattern, _, first in wordings:
            for match in pattern.finditer(sentence.text):
                source = _trim(match["who"])
                if not source or (outlet and _plain(source) == outlet):
                    continue
                key = (_plain(source), first)
                if key in in_order or (not first and (key[0], True) in in_order):
                    continue
                place = Span(match.start() + sentence.span.start, match.end() + sentence.span.start)
                credit = Attribution(source, match["cue"], first, (sentence.span,))
                in_order[key] = (place, credit)
    return tuple(credit for _, credit in sorted(in_order.values(), key=lambda pair: pair[0]))


_PRONOUNS = frozenset(["It", "He", "She", "They", "We", "I", "This", "That", "Which", "Who"])


def _trim(name: str) -> str:
    """A source's name without what hangs on it; nothing where it is only a pronoun."""
    name = re.sub(r"[’']s?$", "", name.rstrip(".,"))
    return "" if name in _PRONOUNS else name


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ").strip()
