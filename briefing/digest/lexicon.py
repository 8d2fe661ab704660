"""What a linguist edits: the cues of caveats, and the word knowledge of a language around them.

One file a language in ``lexicons/``; a language without one has no cues, and so no caveats are
claimed in it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from briefing.digest.wordlists import has_lexicon, table
from briefing.model import CaveatKind, Span
from briefing.text.pattern_index import Candidates, Filed, alternatives, heads

_WORD_START = re.compile(r"(?<!\w)\w")
LINE_MAX = 1200  # letters of a line that its words may show to be no prose
_QUOTE = re.compile(r'["“”]')
_MARKS = 3  # quotation marks, bullets and the like before the first word of a line
_CONTRAST_MAX = 40  # letters of the longest opening with a contrast
_ANCHOR = re.compile(r"^\^(?:\\W\{0,\d\})?")  # a pattern for the sentence's first word


@dataclass(frozen=True, slots=True)
class CueRule:
    """A family of wordings: ``name`` is its own, ``kind``, ``weight`` (1 to 3) and ``score`` (0 to
    1, how surely the words alone make a caveat) are what a caveat by it gets.

    quotable: it is a cue in a quotation too, where a mere "but" says nothing of the claim. once: a
    brief tells it once, as that somebody did not comment.
    """

    name: str
    kind: CaveatKind
    weight: int
    score: float
    quotable: bool = True
    once: bool = False


@dataclass(frozen=True, slots=True)
class CueHit:
    """A wording found in a sentence; ``span`` counts within the sentence."""

    rule: CueRule
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What the lexicon finds in a sentence: its cues, each rule once and at its first place, and
    whether the words are those of a line that is no prose.
    """

    cues: tuple[CueHit, ...]
    no_prose: bool


class WordIndex:
    """The cues of a language and the wordings of lines that are no prose, filed so that a word is
    only tried where it may begin one: several times faster than searching for each.
    """

    def __init__(
        self,
        cues: Iterable[tuple[CueRule, Sequence[str]]],
        starts: Sequence[str],
        parts: Sequence[str],
    ) -> None:
        each = [(rule, p) for rule, some in cues for whole in some for p in alternatives(whole)]
        openings = [p for whole in starts for p in alternatives(whole)]
        inside = [p for whole in parts for p in alternatives(whole)]
        opening: list[tuple[CueRule | None, str]] = []
        opening += [(r, _ANCHOR.sub("", p)) for r, p in each if p.startswith("^")]
        self._opening = Filed(opening)
        # Where a line's wording may end within a word ("subscri"), ``Filed`` asks for its end.
        self._starts = Filed(((None, rf"(?:{p})\w*") for p in openings if _filed(p)), re.IGNORECASE)
        anywhere: list[tuple[CueRule | None, str]] = []
        anywhere += [(r, p) for r, p in each if not p.startswith("^")]
        anywhere += [(None, rf"(?:{p})\w*") for p in inside if _filed(p)]
        self._anywhere = Filed(anywhere)
        self._odd_starts = _any(
            [p for p in openings if not _filed(p)], before=r"\W{0,3}", flags=re.IGNORECASE
        )
        self._odd_parts = _any([p for p in inside if not _filed(p)])

    def read(self, text: str) -> Reading:
        """What stands in a sentence."""
        low = lower(text)
        speech = _speech(text)
        found: dict[str, CueHit] = {}
        line = len(text) <= LINE_MAX
        no_prose = line and bool(
            (self._odd_starts and self._odd_starts.match(text))
            or (self._odd_parts and self._odd_parts.search(low))
        )
        start = _WORD_START.search(low)
        if start is not None:
            at = start.start()
            for tried in self._opening.at(low, at):
                _take(tried, low, at, found, speech)
            no_prose = no_prose or (line and at <= _MARKS and self._starts_line(text, low, at))
        for at, tried in self._anywhere.along(low):
            if tried.any.match(low, at):
                no_prose = _take(tried, low, at, found, speech) or no_prose
        return Reading(tuple(found.values()), no_prose and line)

    def _starts_line(self, text: str, low: str, at: int) -> bool:
        return any(tried.any.match(text, at) for tried in self._starts.at(low, at))


def _take(
    tried: Candidates[CueRule | None],
    low: str,
    at: int,
    found: dict[str, CueHit],
    speech: Sequence[Span],
) -> bool:
    """Add the cues that stand at a word; whether a wording of no prose stands there too."""
    no_prose = False
    for rule, pattern in tried.each:
        if rule is None:
            no_prose = no_prose or pattern.match(low, at) is not None
        elif (
            rule.name not in found
            and (rule.quotable or not _within(speech, at))
            and (hit := pattern.match(low, at))
        ):
            found[rule.name] = CueHit(rule, Span(at, hit.end()))
    return no_prose


def _within(spans: Sequence[Span], at: int) -> bool:
    return any(span.start <= at < span.end for span in spans)


def _speech(text: str) -> tuple[Span, ...]:
    """What stands in quotation marks; a quotation may begin before the text, and end behind it."""
    spans = []
    opened: int | None = None
    for mark in _QUOTE.finditer(text):
        if opened is None and mark.group() != "”":
            opened = mark.start()
        elif mark.group() != "“":
            spans.append(Span(opened or 0, mark.end()))
            opened = None
    if opened is not None:
        spans.append(Span(opened, len(text)))
    return tuple(spans)


def _filed(pattern: str) -> bool:
    return heads(pattern) != {""}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The packaged word knowledge of one language. Empty where a language has none."""

    language: str
    known: bool
    rules: tuple[CueRule, ...]
    index: WordIndex
    pointers: re.Pattern[str] | None
    contrasts: tuple[str, ...]
    hedges: frozenset[str]
    pronouns: frozenset[str]
    first_person: frozenset[str]
    attribution_verbs: frozenset[str]
    datelines: re.Pattern[str] | None
    droppable: re.Pattern[str] | None
    line_sections: re.Pattern[str] | None
    shortening: Mapping[str, Sequence[str]] = field(hash=False)

    def read(self, sentence: str) -> Reading:
        """The cues of a sentence, and whether it is a line that is no prose by its words."""
        return self.index.read(sentence)

    def is_pointer(self, sentence: str) -> bool:
        """Whether a sentence only announces a caveat: "But there's a catch."."""
        return bool(self.pointers and self.pointers.search(lower(sentence)))

    def opens_with_contrast(self, sentence: str) -> bool:
        """Whether a sentence opens with "but", "however" and the like."""
        return sentence[:_CONTRAST_MAX].lower().startswith(self.contrasts)


def lower(text: str) -> str:
    """``text`` in lower case, letter for letter, so that spans stay what they are."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _any(
    patterns: Sequence[str], *, before: str = "", after: str = "", flags: int = 0
) -> re.Pattern[str] | None:
    if not patterns:
        return None
    return re.compile(f"{before}(?:{'|'.join(patterns)}){after}", flags)


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of a language (ISO 639-1), read once; without cues where there is none."""
    known = has_lexicon(language)
    data = table(language if known else "en")
    lines = data.get("boilerplate", {})
    groups = [
        (
            CueRule(
                group.get("name", f"{group['kind']}-{number}"),
                CaveatKind(group["kind"]),
                group["weight"],
                group["score"],
                group.get("quotable", True),
                group.get("once", False),
            ),
            [p.replace("<not>", data.get("negation", "")) for p in group["patterns"]],
        )
        for number, group in enumerate(data["cue"] if known else [], 1)
    ]
    words = {
        key: frozenset(data.get(key, ())) if known else frozenset()
        for key in ("pronouns", "first_person", "attribution_verbs")
    }
    contrasts = data["contrasts"] if known else []
    return Lexicon(
        language=language,
        known=known,
        rules=tuple(rule for rule, _ in groups),
        index=WordIndex(groups, lines.get("starts", ()), lines.get("anywhere", ())),
        pointers=_any(data["pointers"]) if known else None,
        contrasts=tuple(f"{w}{end}" for w in contrasts for end in " ,"),
        hedges=frozenset(data["hedges"]),
        pronouns=words["pronouns"],
        first_person=words["first_person"],
        attribution_verbs=words["attribution_verbs"],
        datelines=_any(data.get("datelines", ()), before="^") if known else None,
        droppable=_any(
            data.get("droppable", ()), after=r"(?=[.!?…]*[\"'”’»)\]]*$)", flags=re.IGNORECASE
        )
        if known
        else None,
        shortening=data.get("shortening", {}) if known else {},
        line_sections=_any(lines.get("sections", ()), before=r"\W{0,3}", flags=re.IGNORECASE),
    )
