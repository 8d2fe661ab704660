"""Whether a bullet is understood alone, and the name that stands in for its opening pronoun.

Where it is not sure whom a pronoun means, nothing is put in: no name is better than a wrong one.
"""

import re
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any

from briefing.digest.coreference.antecedents import (
    Meant,
    Pronoun,
    goes_on_speaking,
    load_clues,
    several_before,
)
from briefing.digest.entities.entities import find_entities
from briefing.digest.sentences.document import Document, Sentence
from briefing.digest.wordlists import alternatives, table
from briefing.model import Entity, Insertion

_JOINED = re.compile(r"['’]\w")


def needs_context(sentence: Sentence, document: Document) -> bool:
    """Whether ``sentence`` opens with something that only the sentences before it explain."""
    return Standing(document).needs_context(sentence)


def insertions(sentence: Sentence, text: str, document: Document) -> tuple[Insertion, ...]:
    """The name for the pronoun that ``text``, a bullet made of ``sentence``, opens with.

    One at most; none where it is not sure, or where the text opens otherwise.
    """
    return Standing(document).insertions(sentence, text)


def stands_alone(sentence: Sentence, document: Document) -> bool:
    """Whether ``sentence`` is understood alone, with a name put in where need be."""
    return Standing(document).stands_alone(sentence)


class Standing:
    """The three questions for many sentences of one document.

    Its names are found once, and only when a sentence opens with a pronoun. entities: gives the
    document's entities where they are found anyway.
    """

    def __init__(
        self, document: Document, entities: Callable[[], tuple[Entity, ...]] | None = None
    ) -> None:
        self.document = document
        self._openings = _openings(document.article.language)
        self._find = entities or (lambda: find_entities(document))

    def needs_context(self, sentence: Sentence) -> bool:
        """See the function of this name."""
        return self._openings is not None and self._openings.leans(sentence.text)

    def insertions(self, sentence: Sentence, text: str) -> tuple[Insertion, ...]:
        """See the function of this name."""
        known = self._openings
        opening = known.pronoun(text) if known else None
        own = known.pronoun(sentence.text) if known and opening else None
        if not known or not opening or not own or own.word.lower() != opening.word.lower():
            return ()
        if _JOINED.match(text, opening.end) or not known.leans(text):
            return ()
        if _inside_quote(self.document, sentence):
            return ()
        named = self._named(sentence, own)
        if named is None:
            return ()
        name, evidence = named
        name = _cased(name, opening.word)
        if opening.owns:
            name += "'" if opening.kind == "they" and name.endswith("s") else "'s"
        return (Insertion(opening.at, opening.word, name, (evidence.span,)),)

    def stands_alone(self, sentence: Sentence) -> bool:
        """See the function of this name."""
        return not self.needs_context(sentence) or bool(self.insertions(sentence, sentence.text))

    @cached_property
    def _meant(self) -> "Meant":
        return Meant(self.document, self._find())

    def _named(self, sentence: Sentence, own: "Pronoun") -> tuple[str, Sentence] | None:
        """Whom or what the pronoun means: the name, and the sentence that holds it."""
        if self.document.article.language != "en":
            return self._meant.subject_before(sentence, own)
        if own.kind in ("he", "she"):
            return self._meant.person_before(sentence, own)
        if own.kind == "they":
            return several_before(self.document, sentence, own)
        return self._meant.body_before(sentence, own)


# ── How a text opens ─────────────────────────────────────────────────────────────────────────


class _Openings:
    """The openings of one language that lean on what stood before."""

    def __init__(self, data: dict[str, Any]) -> None:
        lead = f"(?:(?:{'|'.join(data['connectives'])}) )?"
        self._kinds = {w: kind for kind, words in data["pronouns"].items() for w in words.split()}
        plain = alternatives(self._kinds)
        capital = alternatives(word.capitalize() for word in self._kinds)
        self._pronoun = re.compile(rf"(?:{capital})\b|(?i:{lead})(?P<at>{plain})\b")
        self._possessives = frozenset(data.get("possessives", "").split())
        quoted = r"\W{0,3}"
        leans, resolved = "|".join(data["unresolved"]), "|".join(data["resolved"])
        self._leans = re.compile(
            rf"{quoted}(?:(?:{capital})\b|(?i:{lead})(?:{plain})\b|(?i:{lead}(?:{leans})))"
        )
        self._resolved = re.compile(rf"{quoted}{lead}(?:{resolved})", re.IGNORECASE)
        self._clause = re.compile(data["clauses"], re.IGNORECASE) if "clauses" in data else None

    def leans(self, text: str) -> bool:
        """Whether ``text`` opens with what it does not explain itself."""
        if not self._leans.match(text):
            return False
        if self._clause and self._clause.match(text) and _names_later(text):
            return False
        return not self._resolved.match(text)

    def pronoun(self, text: str) -> Pronoun | None:
        """The personal pronoun that ``text`` opens with, a short connective before it or not."""
        match = self._pronoun.match(text)
        if match is None:
            return None
        at = max(match.start("at"), 0)
        word = text[at : match.end()]
        low = word.lower()
        return Pronoun(self._kinds[low], word, at, low in self._possessives)


_MAIN_CLAUSE = re.compile(r",\s(?:[A-ZÀ-Þ]|(?:the|an?)\s)")


def _names_later(text: str) -> bool:
    """Whether the clause after the first one has a subject of its own: "If he falls, Brun …"."""
    return _MAIN_CLAUSE.search(text) is not None


@cache
def _openings(language: str) -> _Openings | None:
    data = table("coreference").get(language)
    return _Openings(data) if data else None


def _inside_quote(document: Document, sentence: Sentence) -> bool:
    """Whether ``sentence`` begins with somebody's speech, or within it."""
    return sentence.text.lstrip("([ ")[:1] in "\"“„«'‘‚" or goes_on_speaking(document, sentence)


def _cased(name: str, pronoun: str) -> str:
    """``name`` with its article as the pronoun's place asks: "The inspectors", "the inspectors"."""
    if pronoun[0].isupper():
        return name[0].upper() + name[1:]
    first = name.split(maxsplit=1)[0]
    common = first.lower() in load_clues().common or (first != name and first.lower() == "the")
    return name[0].lower() + name[1:] if common else name
