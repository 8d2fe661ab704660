"""The entities of a document by the sentences that mention them."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from briefing.digest.coreference.cues import load_coreference_cues
from briefing.digest.entities.name_lists import name_lists
from briefing.digest.sentences.document import Document, Sentence
from briefing.model import Entity, Span


class MentionOf(NamedTuple):
    """A mention: its span in the sentence's own text, and the number of its entity."""

    start: int
    end: int
    entity: int


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Whom or what a pronoun means: a name, and the sentence that holds it."""

    name: str
    sentence: Sentence


class MentionedEntities:
    """Who is mentioned in each sentence of a document."""

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        self.document = document
        self.entities = entities
        every = sorted((span, e) for e, entity in enumerate(entities) for span in entity.mentions)
        starts = [span.start for span, _ in every]
        self._by_sentence = [
            [
                MentionOf(span.start - s.span.start, span.end - s.span.start, e)
                for span, e in every[
                    bisect_left(starts, s.span.start) : bisect_left(starts, s.span.end)
                ]
            ]
            for s in document.sentences
        ]

    def mentions(self, sentence: Sentence) -> list[MentionOf]:
        """The mentions in a sentence, in reading order."""
        return self._by_sentence[sentence.index]

    def mentioned(self, sentence: Sentence) -> set[int]:
        """The numbers of the entities mentioned in a sentence."""
        return {mention.entity for mention in self._by_sentence[sentence.index]}

    def full_name(self, entity: int, before: Sentence) -> Antecedent | None:
        """The fullest name of an entity so far, with the last sentence that has it."""
        text = self.document.text
        spans = [s for s in self.entities[entity].mentions if s.end <= before.span.start]
        if not spans:
            return None
        longest = max(spans, key=lambda s: (s.end - s.start, s.start))
        name = _bare_name(longest.of(text).split())
        if not name or text[: longest.start].endswith(" of "):
            return None
        return Antecedent(name, self._sentence_of(longest))

    def _sentence_of(self, span: Span) -> Sentence:
        sentences = self.document.sentences
        return sentences[bisect_left(sentences, span.end, key=lambda s: s.span.end)]


def _bare_name(words: list[str]) -> str:
    """A name without what stands before it by mistake: "Freshman Katy Ma"."""
    lists, cues = name_lists(), load_coreference_cues()
    while len(words) > 1 and words[0] not in lists.given:
        first = words[0]
        known = first in lists.not_names or first.lower() in cues.name_prefixes | lists.nouns
        if not first.endswith("-old") and (
            not known or first in cues.gender_of_title or len(words) < 3
        ):
            break
        words = words[1:]
    return " ".join(words)
