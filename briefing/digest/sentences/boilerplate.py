"""Which lines of a page are body text and which boilerplate: captions, bylines, "read more".

What such lines say is data (``[boilerplate]`` of the lexicons); how they look is the same in every
language, and stands here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from briefing.digest.cues import LINE_MAX
from briefing.digest.lexicon import Lexicon

_LABEL_MAX = 2  # words of a line that is too short for a sentence
_LETTERS = 3  # of a word, where a script keeps words together
_SUBHEAD_MAX = 16  # words of a line that may be a subhead, a caption or a question put as one
_DETACHED_MAX = 16  # words before a full stop that stands by itself, as crawlers end subheads
_TAIL_MAX = 3  # words of what stands behind the last sentence: the agency's tag
_INTRODUCES_MIN = 7  # words from which a line that ends in a colon says something itself
_POST_MAX = 90  # words of a line that an embedded post may fill
_POST_SENTENCES = 6
_CAPTION_SENTENCES = 4
_BARE_LINES = 2  # lines without a full stop that may be a summary; more are a list of headlines
_SECTION_LINES = 2  # how many paragraphs belong to a heading "About the company"

_CLOSERS = "\"'”’“‘«»›)]」』* \u200b"
_ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔", "։", "።")  # of many scripts
_QUESTIONS = ("?", "？", "؟")
_QUOTES = "\"“”„«»‘'"

# How lines look that are no prose in any language: nothing but a time; nothing but tags; addresses
# with no more than a label.
_TIME = re.compile(
    r"\W{0,3}\d{1,2}(?:[:.h]\d{2}(?: ?[AaPp]\.? ?[Mm]\.?|\b)| [ap]\.m\.)[^a-z]{0,10}$"
)
_ADDRESS_MARKS = ("//", "www.", "@", "#")
_ADDRESSES = re.compile(
    r"(?:[#@]\w+\W*)+$|[#@]\w[^.!?]*$|\W*(?:https?://|www\.)"
    r"|\W*\w[\w -]{1,24}: ?(?:https?://|www\.|\S+@\w)"
)
_ADDRESS_END = re.compile(
    r"(?:\bhttps?://\S+|(?<![\w.@])www\.\w[\w-]*\.\w\S*|\S+@\w[\w-]*\.\w[\w.-]+)\W*$"
)
_CREDIT = re.compile(r"\([A-Z][^()/]{1,40}/ ?[A-Z][^()]{1,60}\)$")  # "(Norrane Agency/Jo Vik)"
# "— Name (@handle) May 4, 2026", and the addresses that a network puts behind a post.
_SIGNATURE = re.compile(r"\W{0,3}[—–-]+ ?[^.!?—–]{1,60}\(@\w+\)(?P<after>.*)$", re.DOTALL)
_POST_END = re.compile(r"(?:pic\.twitter\.com/|https?://t\.co/)\w+|\(@\w+\)[^.!?]{0,24}\d{4}\W*$")


class PageSentence(NamedTuple):
    """A sentence as it stands on the page: its text, its words, the number of its line, and
    whether the lexicon knows its words from boilerplate lines.
    """

    text: str
    words: tuple[str, ...]
    line: int
    boilerplate: bool


@dataclass(frozen=True, slots=True)
class PageStyle:
    """How a page is written; without full stops, or all in capitals, these tell nothing.

    stops: sentences end in a mark, or should. detached: a full stop that stands by itself is rare
    in it.
    capitals: words all in capitals are rare in it.
    """

    stops: bool
    detached: bool
    capitals: bool


def body_text_mask(lexicon: Lexicon, page: Sequence[PageSentence]) -> list[bool]:
    """For each sentence of a page, in order, whether it is body text."""
    style = page_style(page)
    mask: list[bool] = []
    left = 0  # paragraphs that still belong to a heading such as "About the company"
    for _, group in groupby(page, key=lambda w: w.line):
        line = list(group)
        start = len(mask)
        last = start + len(line) == len(page)
        line_mask = list(_line_mask(lexicon, line, style, last=last))
        heading = len(line) == 1 and not line_mask[0] and not _is_closed(line[0].text)
        if heading:
            sections = lexicon.line_sections
            left = _SECTION_LINES if sections and sections.match(line[0].text) else 0
        elif left:
            line_mask = [False] * len(line)
            left -= 1
        elif _is_post(line) or _is_caption(line):
            line_mask = [False] * len(line)
        if _is_signature(line[0].text):
            _unmask_post(page, mask, start)
        mask.extend(line_mask)
    return mask


def page_style(page: Sequence[PageSentence]) -> PageStyle:
    """How the page is written."""
    closed = [w.text for w in page if _size(w) > _LABEL_MAX and _is_closed(w.text)]
    detached = sum(text.endswith(" .") for text in closed)
    capitals = sum(_in_capitals(w.text) for w in page)
    lines = page[-1].line + 1 if page else 0
    return PageStyle(
        stops=bool(closed) or (lines > _BARE_LINES and any(map(_has_case, page))),
        detached=detached * 2 <= len(closed),
        capitals=capitals * 2 <= len(page),
    )


def _has_case(sentence: PageSentence) -> bool:
    """Whether its script has capitals; those without often do without full stops too."""
    return sentence.text.lower() != sentence.text.upper()


def _line_mask(
    lexicon: Lexicon, line: Sequence[PageSentence], style: PageStyle, *, last: bool
) -> Iterator[bool]:
    """Whether each sentence of a line is body text, as far as the line itself tells.

    last: it is the last line of the page.
    """
    alone = len(line) == 1
    for at, sentence in enumerate(line):
        ends = at + 1 == len(line)
        yield not (
            _is_boilerplate_alone(sentence)
            or _is_label(sentence, style, alone=alone)
            or (last and ends and not alone and _is_tag(sentence, style))
            or (at == 0 and not ends and _is_cut_dateline(lexicon, sentence, line[1]))
        )


def _is_boilerplate_alone(sentence: PageSentence) -> bool:
    """Whether the words or the look of a sentence alone tell that it is no prose."""
    text = sentence.text
    if len(text) > LINE_MAX:
        return False
    if sentence.boilerplate or _TIME.match(text):
        return True
    if not any(map(text.__contains__, _ADDRESS_MARKS)):
        return False
    return bool(_ADDRESSES.match(text) or _ADDRESS_END.search(text))


def _is_label(sentence: PageSentence, style: PageStyle, *, alone: bool) -> bool:
    """Whether a sentence has the form of a subhead, a caption, a list's head or a price tag."""
    text, size = sentence.text, _size(sentence)
    if not size or not any(map(str.isalpha, text)):
        return True
    if style.capitals and (alone or size > _LABEL_MAX) and _in_capitals(text):
        return True
    if style.detached and text.endswith(" .") and not text.endswith((": .", ", .", ". .")):
        return size <= _DETACHED_MAX
    if not alone:
        return False
    if size <= _LABEL_MAX:
        return True
    if not style.stops or size > _SUBHEAD_MAX:
        return False
    if _is_closed(text):
        return _asks(text)
    return not (text.endswith(":") and size >= _INTRODUCES_MIN)


def _size(sentence: PageSentence) -> int:
    """The number of words, as far as its script keeps them apart."""
    words = len(sentence.words)
    return words if words > _LABEL_MAX or _has_case(sentence) else len(sentence.text) // _LETTERS


def _is_tag(sentence: PageSentence, style: PageStyle) -> bool:
    """Whether what stands behind the last sentence is only a tag: "PTI"."""
    return style.stops and len(sentence.words) <= _TAIL_MAX and not _is_closed(sentence.text)


def _is_cut_dateline(lexicon: Lexicon, sentence: PageSentence, following: PageSentence) -> bool:
    """Whether a dateline goes on behind the sentence: "HARROW, Ost." before "(AP) — …"."""
    if lexicon.datelines is None or len(sentence.words) > _TAIL_MAX + 2:
        return False
    match = lexicon.datelines.match(f"{sentence.text} {following.text}")
    return match is not None and match.end() > len(sentence.text) + 1


def _in_capitals(text: str) -> bool:
    """Whether all letters are capitals; scripts that have none write no sentence so."""
    return text.isupper() and sum(map(str.isupper, text)) * 2 > sum(map(str.isalpha, text))


def _is_closed(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(_ENDS)


def _asks(text: str) -> bool:
    """Whether a line is a question that its writer puts, as explainers do for a subhead."""
    return text.endswith(_QUESTIONS) and not any(q in text for q in _QUOTES)


def _is_signature(text: str) -> bool:
    """Whether a sentence begins with the signature of a post, and hardly goes on behind it."""
    match = _SIGNATURE.match(text) if "(@" in text and len(text) <= LINE_MAX else None
    return match is not None and len(match["after"].split()) <= _TAIL_MAX * 2


def _is_post(line: Sequence[PageSentence]) -> bool:
    """Whether a line is an embedded post: short enough, and signed or ending in its address."""
    if not any(_may_post(w.text) for w in line) or len(line) > _POST_SENTENCES:
        return False
    if sum(len(w.words) for w in line) > _POST_MAX:
        return False
    return any(_POST_END.search(w.text) or _is_signature(w.text) for w in line if _may_post(w.text))


def _is_caption(line: Sequence[PageSentence]) -> bool:
    """Whether a line is short and ends in the bracket of a picture's credit."""
    return len(line) <= _CAPTION_SENTENCES and _CREDIT.match(line[-1].text) is not None


def _may_post(text: str) -> bool:
    return "@" in text or ".co" in text


def _unmask_post(page: Sequence[PageSentence], mask: list[bool], start: int) -> None:
    """The line before a signature, where it can be a post, is no prose either."""
    at = start
    while at > 0 and page[at - 1].line == page[start - 1].line:
        at -= 1
    if start - at <= _POST_SENTENCES and sum(len(w.words) for w in page[at:start]) <= _POST_MAX:
        mask[at:start] = [False] * (start - at)
