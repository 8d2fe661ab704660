"""Pronouns that a sentence opens with, and the speech around them."""

import re
from dataclasses import dataclass
from typing import Literal

from briefing.digest.sentences.document import Document, Sentence

_BEFORE = 600  # characters back in which a quotation may have begun
_MARK = re.compile(r"(?P<opens>[“„«]|(?<!\S)\")|(?P<closes>[”»]|\"(?=[\s,.;:!?)\]]|\Z))")
_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)|„[^“”]*(?:[“”]|\Z)|«[^»]*(?:»|\Z)")

PronounKind = Literal["he", "she", "they", "it"]


@dataclass(frozen=True, slots=True)
class Pronoun:
    """The pronoun a text opens with, ``start`` where it stands. possessive: "his"."""

    kind: PronounKind
    word: str
    start: int
    possessive: bool

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.word)

    def words_after(self, sentence: Sentence, count: int) -> list[str]:
        """The ``count`` words of its sentence right after it, in lower case."""
        return sentence.text[self.end : self.end + 60].lower().split()[:count]


def without_speech(document: Document, sentence: Sentence) -> str:
    """The sentence with blanks for what is said in quotation marks."""
    text = sentence.text
    first = _MARK.search(text)
    if continues_speech(document, sentence):
        end = first.end() if first else len(text)
        text = " " * end + text[end:]
    return _QUOTED.sub(lambda m: " " * len(m[0]), text) if first else text


def continues_speech(document: Document, sentence: Sentence) -> bool:
    """Whether ``sentence`` begins in the middle of a quotation."""
    first = _MARK.search(sentence.text)
    if first is not None and first["closes"]:
        return True
    start = sentence.span.start
    before = document.text[max(0, start - _BEFORE) : start]
    before = before[before.rfind("\n") + 1 :]
    marks = list(_MARK.finditer(before))
    return bool(marks) and marks[-1]["opens"] is not None


def is_speech(document: Document, sentence: Sentence) -> bool:
    """Whether ``sentence`` begins with somebody's speech, or within it."""
    opening = sentence.text.lstrip("([ ")[:1]
    return opening in "\"“„«'‘‚" or continues_speech(document, sentence)
