"""What a linguist edits: the cues of caveats, and the word knowledge of a language around them.

One file a language in ``lexicons/``; a language without one has no cues, and so no caveats are
claimed in it.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from briefing.digest.heads import Filed, alternatives, heads
from briefing.model import CaveatKind, Span

_WORD_START = re.compile(r"(?<!\w)\w")
_MARKS = 3  # quotation marks, bullets and the like before the first word of a line
_ANCHOR = re.compile(r"^\^(?:\\W\{0,\d\})?")  # a pattern for the sentence's first word


@dataclass(frozen=True, slots=True)
class CueRule:
    """A family of wordings: ``name`` is its own, ``kind``, ``weight`` (1 to 3) and ``score`` (0 to
    1, how surely the words alone make a caveat) are what a caveat by it gets."""

    name: str
    kind: CaveatKind
    weight: int
    score: float


@dataclass(frozen=True, slots=True)
class CueHit:
    """A wording found in a sentence; ``span`` counts within the sentence."""

    rule: CueRule
    span: Span


class CueIndex:
    """The cues of a language, filed so that a word is only tried where it may begin one: several
    times faster than searching each sentence for every rule.
    """

    def __init__(self, groups: Iterable[tuple[CueRule, Sequence[str]]]) -> None:
        each = [(rule, p) for rule, some in groups for whole in some for p in alternatives(whole)]
        self._opening = Filed((r, _ANCHOR.sub("", p)) for r, p in each if p.startswith("^"))
        self._anywhere = Filed((r, p) for r, p in each if not p.startswith("^"))

    def find(self, lower: str) -> list[CueHit]:
        """The first place of every rule that ``lower``, a sentence in lower case, satisfies."""
        found: dict[str, CueHit] = {}
        candidates = self._anywhere.candidates
        first = True
        for match in _WORD_START.finditer(lower):
            at = match.start()
            tried = candidates(lower, at)
            if first:
                tried = tried + self._opening.candidates(lower, at)
                first = False
            for rule, pattern in tried:
                if rule.name not in found and (hit := pattern.match(lower, at)):
                    found[rule.name] = CueHit(rule, Span(at, hit.end()))
        return list(found.values())


class LineIndex:
    """Wordings of lines that are no prose: how such lines begin, and what stands in them."""

    def __init__(self, starts: Sequence[str], parts: Sequence[str]) -> None:
        openings = [p for whole in starts for p in alternatives(whole)]
        inside = [p for whole in parts for p in alternatives(whole)]
        # A wording may end within a word ("subscri"); ``Filed`` asks for its end.
        self._starts = Filed(((None, rf"(?:{p})\w*") for p in openings if _filed(p)), re.IGNORECASE)
        self._parts = Filed((None, rf"(?:{p})\w*") for p in inside if _filed(p))
        self._odd_starts = _any(
            [p for p in openings if not _filed(p)], before=r"\W{0,3}", flags=re.IGNORECASE
        )
        self._odd_parts = _any([p for p in inside if not _filed(p)])

    def holds(self, text: str) -> bool:
        """Whether ``text`` is such a line."""
        low = lower(text)
        if self._odd_starts and self._odd_starts.match(text):
            return True
        if self._odd_parts and self._odd_parts.search(low):
            return True
        candidates = self._parts.candidates
        first = True
        for match in _WORD_START.finditer(low):
            at = match.start()
            if first:
                first = False
                if at <= _MARKS and any(
                    p.match(text, at) for _, p in self._starts.candidates(low, at)
                ):
                    return True
            if any(p.match(low, at) for _, p in candidates(low, at)):
                return True
        return False


def _filed(pattern: str) -> bool:
    return heads(pattern) != {""}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The packaged word knowledge of one language. Empty where a language has none."""

    language: str
    known: bool
    rules: tuple[CueRule, ...]
    index: CueIndex
    pointers: re.Pattern[str] | None
    contrasts: tuple[str, ...]
    hedges: frozenset[str]
    pronouns: frozenset[str]
    first_person: frozenset[str]
    attribution_verbs: frozenset[str]
    datelines: re.Pattern[str] | None
    droppable: re.Pattern[str] | None
    lines: LineIndex
    line_sections: re.Pattern[str] | None
    shortening: Mapping[str, Sequence[str]] = field(hash=False)

    def cues(self, sentence: str) -> list[CueHit]:
        """Every rule that a sentence satisfies, with the first place where it does."""
        return self.index.find(lower(sentence))

    def is_pointer(self, sentence: str) -> bool:
        """Whether a sentence only announces a caveat: "But there's a catch."."""
        return bool(self.pointers and self.pointers.search(lower(sentence)))

    def opens_with_contrast(self, sentence: str) -> bool:
        """Whether a sentence opens with "but", "however" and the like."""
        return sentence.lower().startswith(self.contrasts)


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
    folder = resources.files("briefing.digest") / "lexicons"
    file = folder / f"{language}.toml"
    known = language.isalpha() and file.is_file()
    data = tomllib.loads((file if known else folder / "en.toml").read_text(encoding="utf-8"))
    lines = data.get("boilerplate", {})
    groups = [
        (
            CueRule(
                group.get("name", f"{group['kind']}-{number}"),
                CaveatKind(group["kind"]),
                group["weight"],
                group["score"],
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
        index=CueIndex(groups),
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
        lines=LineIndex(lines.get("starts", ()), lines.get("anywhere", ())),
        shortening=data.get("shortening", {}) if known else {},
        line_sections=_any(lines.get("sections", ()), before=r"\W{0,3}", flags=re.IGNORECASE),
    )
