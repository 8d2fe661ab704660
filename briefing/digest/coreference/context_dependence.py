"""Whether a bullet is understood alone, and the name that stands in for its opening pronoun.

How sentences open that depend on what stood before is data (``coreference.toml``); in a language
that is not there, no sentence is known to.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from briefing.digest.coreference.antecedents import RESOLVERS, AntecedentResolver, FindEntities
from briefing.digest.coreference.cues import load_coreference_cues
from briefing.digest.coreference.pronouns import Pronoun, PronounKind, is_speech
from briefing.digest.entities.entities import find_entities as find_entities_of
from briefing.digest.sentences.document import Document, Sentence
from briefing.digest.wordlists import alternatives, table
from briefing.model import Insertion

_CONTRACTED = re.compile(r"['’]\w")
_MAIN_CLAUSE = re.compile(r",\s(?:[A-ZÀ-Þ]|(?:the|an?)\s)")


class ContextResolver:
    """Tells, of the sentences of one document, which depend on context, and resolves pronouns.

    The document's entities are found once, and only when a sentence opens with a pronoun.
    find_entities: gives them where they are found anyway.
    """

    def __init__(self, document: Document, find_entities: FindEntities | None = None) -> None:
        self.document = document
        self._openings = _openings(document.article.language)
        self._find_entities = find_entities or (lambda: find_entities_of(document))
        self._resolver: AntecedentResolver | None = None
        self._dependent: dict[int, bool] = {}  # by the number of a sentence, asked several times

    def is_context_dependent(self, sentence: Sentence) -> bool:
        """Whether ``sentence`` opens with something that only the sentences before it explain."""
        known = self._dependent.get(sentence.index)
        if known is None:
            known = self._dependent[sentence.index] = self.opens_dependent(sentence.text)
        return known

    def opens_dependent(self, text: str) -> bool:
        """``is_context_dependent`` of a text made of a sentence of the document."""
        return self._openings is not None and self._openings.are_dependent(text)

    def is_understood_alone(self, sentence: Sentence) -> bool:
        """Whether ``sentence`` is understood alone, with a name put in where need be."""
        if not self.is_context_dependent(sentence):
            return True
        return bool(self.insertions(sentence, sentence.text))

    def insertions(self, sentence: Sentence, text: str) -> tuple[Insertion, ...]:
        """The name for the pronoun that ``text``, a bullet made of ``sentence``, opens with.

        One at most; none where it is not sure, or where the text opens otherwise.
        """
        openings = self._openings
        if openings is None:
            return ()
        opening = openings.pronoun(text)
        pronoun = openings.pronoun(sentence.text) if opening else None
        if not opening or not pronoun or pronoun.word.lower() != opening.word.lower():
            return ()
        if _CONTRACTED.match(text, opening.end) or not openings.are_dependent(text):
            return ()
        if is_speech(self.document, sentence):
            return ()
        if self._resolver is None:
            self._resolver = openings.resolver(self.document, self._find_entities)
        antecedent = self._resolver.antecedent(sentence, pronoun)
        if antecedent is None:
            return ()
        name = _cased(antecedent.name, opening.word)
        if opening.possessive:
            name += "'" if opening.kind == "they" and name.endswith("s") else "'s"
        evidence = (antecedent.sentence.span,)
        return (Insertion(opening.start, opening.word, name, evidence),)


class _Openings:
    """The openings of one language that depend on what stood before."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.resolver = RESOLVERS[data["resolver"]]
        lead = f"(?:(?:{'|'.join(data['connectives'])}) )?"
        self._kinds: dict[str, PronounKind] = {
            word: kind for kind, words in data["pronouns"].items() for word in words.split()
        }
        plain = alternatives(self._kinds)
        capital = alternatives(word.capitalize() for word in self._kinds)
        self._pronoun = re.compile(rf"(?:{capital})\b|(?i:{lead})(?P<at>{plain})\b")
        self._possessives = frozenset(data.get("possessives", "").split())
        quoted = r"\W{0,3}"
        unresolved, resolved = "|".join(data["unresolved"]), "|".join(data["resolved"])
        self._dependent = re.compile(
            rf"{quoted}(?:(?:{capital})\b|(?i:{lead})(?:(?:{plain})\b|(?i:{unresolved})))"
        )
        self._resolved = re.compile(rf"{quoted}{lead}(?:{resolved})", re.IGNORECASE)
        self._clause = re.compile(data["clauses"], re.IGNORECASE) if "clauses" in data else None

    def are_dependent(self, text: str) -> bool:
        """Whether ``text`` opens with what it does not explain itself."""
        if not self._dependent.match(text):
            return False
        if self._clause and self._clause.match(text) and _MAIN_CLAUSE.search(text):
            return False  # "If he falls, Brun …": the clause after the first has its own subject
        return not self._resolved.match(text)

    def pronoun(self, text: str) -> Pronoun | None:
        """The personal pronoun that ``text`` opens with, a short connective before it or not."""
        match = self._pronoun.match(text)
        if match is None:
            return None
        start = max(match.start("at"), 0)
        word = text[start : match.end()]
        lower = word.lower()
        return Pronoun(self._kinds[lower], word, start, lower in self._possessives)


@cache
def _openings(language: str) -> _Openings | None:
    data = table("coreference").get(language)
    return _Openings(data) if data else None


def _cased(name: str, pronoun: str) -> str:
    """``name`` with its article as the pronoun's place asks: "The inspectors", "the inspectors"."""
    if pronoun[0].isupper():
        return name[0].upper() + name[1:]
    first = name.split(maxsplit=1)[0]
    lower = first.lower()
    common = lower in load_coreference_cues().common or (first != name and lower == "the")
    return name[0].lower() + name[1:] if common else name
