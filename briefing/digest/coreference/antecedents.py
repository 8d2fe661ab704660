"""Whom or what the pronoun means that a sentence opens with, where that is safe.

Where it is not sure nothing is given: no name is better than a wrong one.
"""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Protocol

from briefing.digest.coreference.cues import load_coreference_cues
from briefing.digest.coreference.mentioned import Antecedent, MentionedEntities
from briefing.digest.coreference.persons import PersonResolver
from briefing.digest.coreference.pronouns import Pronoun, without_speech
from briefing.digest.sentences.document import Document, Sentence
from briefing.model import Entity

FindEntities = Callable[[], tuple[Entity, ...]]

_WORD = re.compile(r"\w+(?:-\w+)*")
_LINE_START = re.compile(r"(?:[\w ,.]{2,40})?\([A-Z][\w ]+\)\s?(?:[—–-]+\s)?")
_PLURAL = re.compile(r"\b[a-z]{2,}(?<![su])s\b|\b(?:people|men|women|children)\b")


class AntecedentResolver(Protocol):
    """Finds what pronouns mean in one document."""

    def antecedent(self, sentence: Sentence, pronoun: Pronoun) -> Antecedent | None:
        """What the pronoun at the head of ``sentence`` means; None where unsure."""


class PronounResolver:
    """By what the pronoun asks for: a person, several people, a body. For English."""

    def __init__(self, document: Document, find_entities: FindEntities) -> None:
        self._document = document
        self._find_entities = find_entities
        self._persons: PersonResolver | None = None
        self._mentioned: MentionedEntities | None = None

    def antecedent(self, sentence: Sentence, pronoun: Pronoun) -> Antecedent | None:
        """A person for "he" and "she", people for "they", a body for "it"."""
        if pronoun.kind == "they":
            return plural_antecedent(self._document, sentence, pronoun)
        if self._mentioned is None:
            self._mentioned = MentionedEntities(self._document, self._find_entities())
        if pronoun.kind == "it":
            return body_antecedent(self._mentioned, sentence, pronoun)
        if self._persons is None:
            self._persons = PersonResolver(self._mentioned)
        return self._persons.antecedent(sentence, pronoun)


class PreviousSubjectResolver:
    """The person with whom the sentence before begins. For languages in which any noun may have a
    capital, and of which no words for people are packaged.
    """

    def __init__(self, document: Document, find_entities: FindEntities) -> None:
        self._document = document
        self._find_entities = find_entities
        self._mentioned: MentionedEntities | None = None

    def antecedent(self, sentence: Sentence, pronoun: Pronoun) -> Antecedent | None:
        """The person with whom the sentence before begins, the only one it names."""
        if self._mentioned is None:
            self._mentioned = MentionedEntities(self._document, self._find_entities())
        return previous_subject(self._mentioned, sentence, pronoun)


RESOLVERS: Mapping[str, Callable[[Document, FindEntities], AntecedentResolver]] = {
    "by-pronoun": PronounResolver,
    "previous-subject": PreviousSubjectResolver,
}


def plural_antecedent(
    document: Document, sentence: Sentence, pronoun: Pronoun
) -> Antecedent | None:
    """Whom "they" means: the people who were the subject of the sentence before, the only ones."""
    if sentence.index == 0:
        return None
    cues = load_coreference_cues()
    before = document.sentences[sentence.index - 1]
    text = _LINE_START.sub(lambda m: " " * len(m[0]), before.text, count=1)
    subject = cues.group.match(text) if before.prose else None
    if subject is None:
        return None
    group = subject["group"]
    words = group.lower().split()
    ends = [words[-1], *(a for a, b in pairwise(words) if b == "and")]
    if not cues.groups.issuperset(ends) or not cues.outside_groups.isdisjoint(words):
        return None
    groups = cues.groups.intersection(
        m[0].lower() for m in _WORD.finditer(without_speech(document, before))
    )
    if not groups <= set(words) or groups & set(sentence.words):
        return None
    if pronoun.possessive or cues.group_verbs.isdisjoint(pronoun.words_after(sentence, 2)):
        others = _PLURAL.findall(text, subject.end("group"))
        if any(word not in cues.verbs for word in others):
            return None
    return Antecedent(group, before)


def body_antecedent(
    mentioned: MentionedEntities, sentence: Sentence, pronoun: Pronoun
) -> Antecedent | None:
    """What "it" means: the body that was the subject of the sentence before, the only one."""
    if sentence.index == 0:
        return None
    cues = load_coreference_cues()
    before = mentioned.document.sentences[sentence.index - 1]
    does = pronoun.words_after(sentence, 2)
    if not before.prose or pronoun.possessive or cues.body_verbs.isdisjoint(does):
        return None
    entities = mentioned.entities
    bodies = {e for e in mentioned.mentioned(before) if entities[e].kind != "person"}
    if bodies & mentioned.mentioned(sentence):
        return None
    text = before.text
    plain = cues.body.match(text)
    if plain and not bodies and len(cues.body_nouns.findall(text)) <= 1:
        return Antecedent(plain["body"], before)
    if len(bodies) != 1:
        return None
    body = next(m for m in mentioned.mentions(before) if m.entity in bodies)
    opens = text[: body.start] in ("", "The ") and cues.verb.match(text, body.end)
    if entities[body.entity].kind != "organisation" or not opens:
        return None
    return None if cues.body_nouns.search(text, body.end) else Antecedent(text[: body.end], before)


def previous_subject(
    mentioned: MentionedEntities, sentence: Sentence, pronoun: Pronoun
) -> Antecedent | None:
    """The person with whom the sentence before begins, the only one it names."""
    if sentence.index == 0 or pronoun.possessive:
        return None
    before = mentioned.document.sentences[sentence.index - 1]
    people = {e for e in mentioned.mentioned(before) if _may_be_person(mentioned.entities[e])}
    if not before.prose or len(people) != 1:
        return None
    mention = next(m for m in mentioned.mentions(before) if m.entity in people)
    person = mentioned.entities[mention.entity]
    if mention.start != 0 or person.kind != "person":
        return None
    if " " not in before.text[: mention.end] and " " not in person.name:
        return None
    cues = load_coreference_cues()
    gender = cues.gender_of_given_name.get(person.name.split()[0], pronoun.kind)
    if gender != pronoun.kind or mention.entity in mentioned.mentioned(sentence):
        return None
    return mentioned.full_name(mention.entity, sentence)


def _may_be_person(entity: Entity) -> bool:
    """Whether a name is a person's, in a language in which any noun may have a capital."""
    return entity.kind == "person" or (entity.kind is None and " " in entity.name)
