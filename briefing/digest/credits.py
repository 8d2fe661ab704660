"""Credits to other outlets and sources for the report itself: who had it first, who is cited."""

import re
from functools import cache

from briefing.digest.document import Document
from briefing.digest.wordlists import alternatives, entries
from briefing.model import Attribution, Span

_FIRST = (
    r"(?:was\s|were\s)?(?:first|originally)\s"
    r"(?:reported|published|obtained|revealed|disclosed|broke|broken|wrote|aired)"
)
_REPORTED = r"(?:had\s|has\s)?(?:reported|reports|revealed|disclosed|broke\sthe\s(?:news|story))"
_NAME = r"(?:[Tt]he\s)?[A-Z][\w.&’'-]{0,30}(?:\s(?:of\s)?[A-Z][\w.&’'-]{0,30}){0,4}"


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Wordings of a credit with groups ``who`` and ``cue``, and whether it says who was first.

    A first report may be anybody's; the weaker wordings count only with a known outlet.
    """
    outlet = rf"(?:[Tt]he\s)?(?:{alternatives(entries('media'))})(?!\w)"
    return (
        (re.compile(rf"(?P<who>{_NAME})(?:,\swhich)?\s(?P<cue>{_FIRST})\b"), True),
        (re.compile(rf"(?P<cue>{_FIRST})(?:\s[\w-]{{1,20}}){{0,4}}\sby\s(?P<who>{_NAME})"), True),
        (re.compile(rf"(?P<who>{outlet})\s(?:was|were)\s(?P<cue>the\sfirst\sto\sreport)\b"), True),
        (re.compile(rf"\b(?P<who>{outlet})\s(?P<cue>{_REPORTED})\b"), False),
        (
            re.compile(
                rf"\b(?P<cue>(?:reported|published|obtained|reviewed|seen)\sby)\s(?P<who>{outlet})"
            ),
            False,
        ),
        (
            re.compile(
                rf"\b(?P<cue>[Aa]ccording\sto)\s(?P<who>{outlet})(?!\s(?:exit\s)?(?:poll|average|data|tally|survey))"
            ),
            False,
        ),
        (
            re.compile(
                rf"\b(?P<cue>told|interview\swith)\s(?P<who>{outlet})(?!\sthat\s(?:it|they)\s(?:was|were)\sthe)"
            ),
            False,
        ),
    )


# A sentence without any of these has none of the wordings: looking is cheaper than matching.
_TRIGGERS = frozenset(
    "first originally reported reports revealed disclosed broke published obtained reviewed"
    " seen according told interview".split()
)


def find_attributions(document: Document) -> tuple[Attribution, ...]:
    """The credits of ``document`` in reading order, one a source and wording.

    ``first`` is true where the article says that this source had the report first. An outlet's
    mention of itself is no credit.
    """
    own = _plain(document.article.source or "")
    found: dict[tuple[str, bool], tuple[Span, Attribution]] = {}
    for sentence in document.sentences:
        if _TRIGGERS.isdisjoint(sentence.words):
            continue
        for pattern, first in _patterns():
            for match in pattern.finditer(sentence.text):
                who = _trim(match["who"])
                if not who or (own and _plain(who) == own):
                    continue
                key = (_plain(who), first)
                if key in found or (not first and (key[0], True) in found):
                    continue
                at = Span(match.start() + sentence.span.start, match.end() + sentence.span.start)
                credit = Attribution(who, match["cue"], first, (sentence.span,))
                found[key] = (at, credit)
    return tuple(credit for _, credit in sorted(found.values(), key=lambda pair: pair[0]))


_PRONOUNS = frozenset(["It", "He", "She", "They", "We", "I", "This", "That", "Which", "Who"])


def _trim(name: str) -> str:
    """A source's name without what hangs on it; nothing where it is only a pronoun."""
    name = re.sub(r"[’']s?$", "", name.rstrip(".,"))
    return "" if name in _PRONOUNS else name


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ").strip()
