"""Whom "he" or "she" means: the one person that the sentences before can mean by it, or nobody."""

import re
from dataclasses import dataclass
from enum import Enum

from briefing.digest.coreference.cues import load_coreference_cues
from briefing.digest.coreference.gender import Genders
from briefing.digest.coreference.mentioned import Antecedent, MentionedEntities, MentionOf
from briefing.digest.coreference.pronouns import Pronoun, without_speech
from briefing.digest.entities.name_lists import name_lists
from briefing.digest.sentences.document import Sentence
from briefing.model import Entity

_REACH = 3  # sentences back in which a person may be named
_CHAIN = 6  # the same, where those between go on about "he" or "she"
_BEFORE = 20  # characters before a name in which a title may stand
_PLACE_BEFORE = 9  # the same, of "outside the"
_PLACED = re.compile(r"\b(?:in|at|near|from|the|The|outside|into|across)\s\Z")
_OPENS_LINE = re.compile(
    r"(?:\([A-Z]+\)\s?|[\w ,]{2,30}\(\w+\)\s?(?:[—–-]+\s)?)?"
    r"(?:[A-Z][\w’'-]*(?:\s[\w’'.-]+){0,6},\s)?(?P<subject>(?:[\w’'.-]+\s){0,6})"
)
_WORD = re.compile(r"\w+(?:-\w+)*")
_DETERMINED = re.compile(
    r"\b(?:an?|the|his|her|their|its|my|our|one|another|that|this|who|\w+['’]s?)\s(?:[\w’'-]+\s){0,3}\Z",
    re.IGNORECASE,
)
_TITLE_LINK = re.compile(r",?\s(?:(?:[A-Z][\w.’'-]*|of|and|for|the)\s){0,5}")
_APPOSED = re.compile(
    r"(?:,(?:\s\d+,)?|(?:,?\swho)?\s(?:is|was|became|becomes|remains|has been|had been))"
    r"(?:\s(?!(?:and|but|said|says|told)\b)[\w’'-]+){0,6}\s"
)


class _NoPerson(Enum):
    """What a sentence shows of whom the next one's pronoun means, where it is not one person."""

    NOBODY = 0
    GOES_ON = 1  # it has that pronoun itself, and names nobody
    UNSURE = 2


@dataclass(frozen=True, slots=True)
class _Predicate:
    """What the one whom the pronoun means does in its sentence: speak, or come to harm."""

    speaks: bool
    suffers: bool


class PersonResolver:
    """Finds the persons that "he" and "she" mean in one document."""

    def __init__(self, mentioned: MentionedEntities) -> None:
        self._mentioned = mentioned
        self._entities = mentioned.entities
        self._document = mentioned.document
        self._cues = load_coreference_cues()
        self._genders = Genders(mentioned)

    def antecedent(self, sentence: Sentence, pronoun: Pronoun) -> Antecedent | None:
        """The person that the pronoun at the head of ``sentence`` means; None where unsure."""
        here = self._mentioned.mentioned(sentence)
        reach = _REACH
        predicate = self._predicate(sentence, pronoun)
        for back in range(1, _CHAIN + 1):
            if back > reach or sentence.index < back:
                return None
            before = self._document.sentences[sentence.index - back]
            if not before.prose:
                continue
            person = self._person_in(before, pronoun.kind, predicate)
            if person is _NoPerson.GOES_ON:
                reach = min(reach + 1, _CHAIN)
            elif person is _NoPerson.UNSURE:
                return None
            elif isinstance(person, int):
                return None if person in here else self._mentioned.full_name(person, sentence)
        return None

    def _predicate(self, sentence: Sentence, pronoun: Pronoun) -> _Predicate:
        words = pronoun.words_after(sentence, 4)
        return _Predicate(
            speaks=not pronoun.possessive and not name_lists().saying.isdisjoint(words[:2]),
            suffers=not self._cues.harm.isdisjoint(words),
        )

    def _person_in(self, sentence: Sentence, kind: str, predicate: _Predicate) -> int | _NoPerson:
        """The one person whom ``sentence`` names and a later ``kind`` can mean, or else why not."""
        people: dict[int, int] = {}  # where each is named first
        for mention in self._mentioned.mentions(sentence):
            if not self._may_be_person(mention, sentence):
                continue
            if self._genders.gender(mention.entity) in ("", "both", kind):
                people.setdefault(mention.entity, mention.start)
        unnamed = len(people) < 2 and self._has_unnamed_person(sentence, kind)
        if len(people) == 1 and not unnamed:
            person, start = people.popitem()
            if not self._is_another(kind, without_speech(self._document, sentence), start):
                return self._if_sure(person, sentence)
            return self._speaker(sentence, {person: start}, predicate)
        if not people and not unnamed:
            genders = self._cues.gender_of_pronoun
            goes_on = any(genders.get(word) == kind for word in sentence.words)
            return _NoPerson.GOES_ON if goes_on else _NoPerson.NOBODY
        speaker = self._speaker(sentence, people, predicate)
        if people and speaker is _NoPerson.UNSURE:
            return self._subject(sentence, people, predicate)
        return speaker

    def _speaker(
        self, sentence: Sentence, people: dict[int, int], predicate: _Predicate
    ) -> int | _NoPerson:
        """The one of ``people`` who alone speaks in ``sentence``, where the next one speaks too."""
        text = without_speech(self._document, sentence)
        speakers = {
            m.entity
            for m in self._mentioned.mentions(sentence)
            if self._cues.speaks_after.match(text, m.end)
            or self._cues.says_before.search(text, 0, m.start)
        }
        alone = len(speakers) == 1 and len(self._cues.says.findall(text)) == 1
        if predicate.speaks and alone and speakers <= people.keys():
            return self._if_sure(speakers.pop(), sentence)
        return _NoPerson.UNSURE

    def _subject(
        self, sentence: Sentence, people: dict[int, int], predicate: _Predicate
    ) -> int | _NoPerson:
        """The one of ``people`` with whom ``sentence`` begins, where it does nothing to another."""
        text = without_speech(self._document, sentence)
        person = min(people, key=lambda e: people[e])
        mention = next(m for m in self._mentioned.mentions(sentence) if m.entity == person)
        lead = _OPENS_LINE.fullmatch(text, 0, mention.start)
        if lead is None or predicate.suffers or self._cues.verb.search(" " + lead["subject"]):
            return _NoPerson.UNSURE
        if not self._cues.outside_groups.isdisjoint(lead["subject"].lower().split()):
            return _NoPerson.UNSURE
        objects = (start for e, start in people.items() if e != person)
        if any(self._cues.acted_on.search(text, 0, start) for start in objects):
            return _NoPerson.UNSURE
        if not self._cues.verb_after.match(text, mention.end):
            return _NoPerson.UNSURE
        return self._if_sure(person, sentence)

    def _if_sure(self, entity: int, sentence: Sentence) -> int | _NoPerson:
        """``entity`` where it is surely one person."""
        known = self._genders.gender(entity)
        pronouns = {self._cues.gender_of_pronoun.get(w) for w in sentence.words}
        clear = known != "both" and (known or not {"he", "she"} <= pronouns)
        if self._is_person(entity) and clear and not self._shares_name(entity, sentence):
            return entity
        return _NoPerson.UNSURE

    # ── Who may be a person ──────────────────────────────────────────────────────────────────

    def _is_person(self, number: int) -> bool:
        """Whether a name is a person's: known as such, or called by the last word later on."""
        entity = self._entities[number]
        if entity.kind is not None:
            return entity.kind == "person"
        if self._has_title(entity):
            return True
        if " " not in entity.name:
            return False
        last = entity.name.split()[-1]
        text = self._document.text
        return any(
            m.of(text) == last
            and not _PLACED.search(text, max(0, m.start - _PLACE_BEFORE), m.start)
            for m in entity.mentions
        )

    def _has_title(self, entity: Entity) -> bool:
        """Whether a title stands before a name: "Mr", "President"."""
        lists = name_lists()
        text = self._document.text
        before = (text[max(0, m.start - _BEFORE) : m.start].split() for m in entity.mentions)
        return any(b and (b[-1] in lists.courtesy or b[-1] in lists.titles) for b in before)

    def _may_be_person(self, mention: MentionOf, sentence: Sentence) -> bool:
        """Whether a name may be a person's: it is one, or nothing says that it is none."""
        entity = self._entities[mention.entity]
        if entity.kind is not None:
            return entity.kind == "person"
        if self._has_title(entity):
            return True
        text, start = sentence.text, mention.start
        if _PLACED.search(text, max(0, start - _PLACE_BEFORE), start):
            return False
        return " " in entity.name or bool(self._cues.verb.match(text, mention.end))

    def _shares_name(self, person: int, sentence: Sentence) -> bool:
        """Whether others have the surname by which alone ``sentence`` names ``person``."""
        last = self._entities[person].name.split()[-1]
        mentions = [m for m in self._mentioned.mentions(sentence) if m.entity == person]
        if any(" " in sentence.text[m.start : m.end] for m in mentions):
            return False
        return any(
            other.name.split()[-1] == last and other.kind != "organisation"
            for number, other in enumerate(self._entities)
            if number != person
        )

    def _is_another(self, kind: str, text: str, start: int) -> bool:
        """Whether the pronoun ``kind`` in ``text`` hardly means the one named at ``start``.

        It stands before the name ("he saw Brun"), or adds to it ("Brun fell, he said").
        """
        return bool(
            self._cues.subject_pronoun[kind].search(text, 0, start)
            or self._cues.adds[kind].search(text, start)
        )

    # ── Persons without a name ───────────────────────────────────────────────────────────────

    def _has_unnamed_person(self, sentence: Sentence, kind: str) -> bool:
        """Whether a person without a name is spoken of whom ``kind`` may mean."""
        text = without_speech(self._document, sentence)
        nouns = [
            (m.start(), m.end())
            for m in _WORD.finditer(text)
            if self._is_human(m[0].lower(), kind) and _DETERMINED.search(text, 0, m.start())
        ]
        nouns += [m.span("noun") for m in self._cues.demonym.finditer(text)]
        return any(not self._is_named(sentence, start, end) for start, end in nouns)

    def _is_human(self, noun: str, kind: str) -> bool:
        known = noun in self._cues.humans or noun.endswith("-year-old")
        return known and self._cues.gender_of_noun.get(noun, kind) == kind

    def _is_named(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether a noun only says who a named person is: "the mayor, Ada Brun"."""
        for mention in self._mentioned.mentions(sentence):
            if self._entities[mention.entity].kind != "person":
                continue
            if mention.start >= end and _TITLE_LINK.fullmatch(sentence.text, end, mention.start):
                return True
            if mention.end <= start and _APPOSED.fullmatch(sentence.text, mention.end, start):
                return True
        return False
