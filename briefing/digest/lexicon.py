"""What a linguist edits: the cues of caveats, and the word knowledge of a language around them.

One file a language in ``lexicons/``; a language without one has no cues, and so no caveats are
claimed in it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from briefing.digest.cues import CueIndex, CueRule, Reading, any_of, lower_in_place
from briefing.digest.wordlists import has_lexicon, table
from briefing.model import CaveatKind

_FALLBACK = "en"  # whose words of doubt stand in for those of a language without a lexicon
_CONTRAST_MAX = 40  # letters of the longest opening with a contrast


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
    line_sections: re.Pattern[str] | None
    shortening: Mapping[str, Sequence[str]] = field(hash=False)

    def read(self, sentence: str) -> Reading:
        """The cues of a sentence, and whether its words are those of a boilerplate line."""
        return self.index.read(sentence)

    def announces(self, sentence: str) -> bool:
        """Whether a sentence only announces a caveat: "But there's a catch."."""
        return bool(self.pointers and self.pointers.search(lower_in_place(sentence)))

    def opens_with_contrast(self, sentence: str) -> bool:
        """Whether a sentence opens with "but", "however" and the like."""
        return sentence[:_CONTRAST_MAX].lower().startswith(self.contrasts)


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of a language (ISO 639-1), read once; without cues where there is none."""
    known = has_lexicon(language)
    data = table(language if known else _FALLBACK)
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
                group.get("seat", True),
                group.get("probability"),
                group.get("example", False),
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
        index=CueIndex(groups, lines.get("starts", ()), lines.get("anywhere", ())),
        pointers=any_of(data["pointers"]) if known else None,
        contrasts=tuple(f"{w}{end}" for w in contrasts for end in " ,"),
        hedges=frozenset(data["hedges"]),
        pronouns=words["pronouns"],
        first_person=words["first_person"],
        attribution_verbs=words["attribution_verbs"],
        datelines=any_of(data.get("datelines", ()), before="^") if known else None,
        droppable=any_of(
            data.get("droppable", ()), after=r"(?=[.!?…]*[\"'”’»)\]]*$)", flags=re.IGNORECASE
        )
        if known
        else None,
        shortening=data.get("shortening", {}) if known else {},
        line_sections=any_of(lines.get("sections", ()), before=r"\W{0,3}", flags=re.IGNORECASE),
    )
