"""What a linguist edits: the cues of caveats and the shapes of lines that are no prose."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefing.model import CaveatKind, Span

_NAME_LINE_MAX = 9  # words of a line without a verb's full stop that may be a subhead


@dataclass(frozen=True, slots=True)
class CueRule:
    """A group of wordings with one kind, weight (1 to 3) and score (0 to 1)."""

    kind: CaveatKind
    weight: int
    score: float
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class CueHit:
    """A wording found in a sentence; ``span`` counts within the sentence."""

    rule: CueRule
    span: Span


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The packaged word knowledge of one language. Empty rules where a language has none."""

    language: str
    rules: tuple[CueRule, ...]
    pointers: re.Pattern[str] | None
    contrasts: tuple[str, ...]
    hedges: frozenset[str]
    pronouns: frozenset[str]
    attribution_verbs: frozenset[str]
    line_starts: re.Pattern[str] | None
    line_parts: re.Pattern[str] | None

    def cues(self, sentence: str) -> list[CueHit]:
        """Every rule that a sentence satisfies, with the first place where it does."""
        hits = []
        lower = _lower(sentence)
        for rule in self.rules:
            match = rule.pattern.search(lower)
            if match:
                hits.append(CueHit(rule, Span(*match.span())))
        return hits

    def is_pointer(self, sentence: str) -> bool:
        """Whether a sentence only announces a caveat: "But there's a catch."."""
        return bool(self.pointers and self.pointers.search(_lower(sentence)))

    def opens_with_contrast(self, sentence: str) -> bool:
        """Whether a sentence opens with "but", "however" and the like."""
        return sentence.lower().startswith(self.contrasts)

    def is_prose(self, sentence: str, words: tuple[str, ...], *, alone: bool) -> bool:
        """Whether a sentence is running text.

        alone: it is the whole of its line; only then can it be a subhead, caption or byline.
        """
        if not words or not any(c.isalpha() for c in sentence):
            return False
        if self.line_parts and self.line_parts.search(_lower(sentence)):
            return False
        if self.line_starts and self.line_starts.match(sentence):
            return False
        if sentence.isupper() and len(words) > 2:
            return False
        closed = sentence.rstrip("\"'”’»)] ").endswith((".", "!", "?", "…"))
        spaced = sentence.endswith(" .")
        if alone and not closed and len(words) <= 14:
            return False
        if alone and spaced and len(words) <= _NAME_LINE_MAX:
            return False
        return len(words) > 2 or not alone


def _alternatives(patterns: list[str], *, start: bool = False) -> re.Pattern[str] | None:
    if not patterns:
        return None
    body = "|".join(patterns)
    if start:
        return re.compile(rf"\W{{0,3}}(?:{body})", re.IGNORECASE)
    return re.compile(body)


def _lower(text: str) -> str:
    """``text`` in lower case, letter for letter, so that spans stay what they are.

    Cues are matched in lower case: where case is ignored, the pattern engine cannot pass over an
    alternative by its first letter, and takes five times as long.
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of a language (ISO 639-1), read once; without cues where there is none."""
    folder = resources.files("briefing.digest") / "lexicons"
    file = folder / f"{language}.toml"
    known = file.is_file()
    if not known:
        file = folder / "en.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    lines = data.get("boilerplate", {})
    rules = tuple(
        CueRule(
            CaveatKind(group["kind"]),
            group["weight"],
            group["score"],
            re.compile(r"(?<!\w)(?:" + "|".join(group["patterns"]) + r")(?!\w)"),
        )
        for group in data["cue"]
    )
    return Lexicon(
        language=language,
        rules=rules if known else (),
        pointers=_alternatives(data["pointers"]) if known else None,
        contrasts=tuple(f"{w} " for w in data["contrasts"])
        + tuple(f"{w}," for w in data["contrasts"])
        if known
        else (),
        hedges=frozenset(data["hedges"]),
        pronouns=frozenset(data["pronouns"]) if known else frozenset(),
        attribution_verbs=frozenset(data["attribution_verbs"]),
        line_starts=_alternatives(lines.get("starts", []), start=True),
        line_parts=_alternatives(lines.get("anywhere", [])),
    )
