"""Whether a person is a "he" or a "she": by title, role, given name, and the pronouns around it."""

import re

from briefing.digest.coreference.cues import load_coreference_cues
from briefing.digest.coreference.mentioned import MentionedEntities

_OF = re.compile(r"\s(?:of|for|to|in|at|from|with|and)\s")
_BEFORE = 20  # characters before a name in which a title may stand


class Genders:
    """The genders of a document's entities, each found when it is first asked for."""

    def __init__(self, mentioned: MentionedEntities) -> None:
        self._mentioned = mentioned
        self._cues = load_coreference_cues()
        self._known: dict[int, str] = {}

    def gender(self, entity: int) -> str:
        """``he`` or ``she`` where it is known, ``both`` where clues differ, else nothing."""
        if entity not in self._known:
            self._known[entity] = self._find(entity)
        return self._known[entity]

    def _find(self, number: int) -> str:
        entity = self._mentioned.entities[number]
        text = self._mentioned.document.text
        for span in entity.mentions:
            title = self._cues.title.search(text, max(0, span.start - _BEFORE), span.start)
            if title:
                return self._cues.gender_of_title[title[1]]
        nouns = self._cues.gender_of_noun
        head = _OF.split(entity.role or "", maxsplit=1)[0]
        of_role = {nouns[w] for w in head.split() if w in nouns}
        if len(of_role) == 1:
            return of_role.pop()
        of_name = self._cues.gender_of_given_name.get(entity.name.split()[0], "")
        of_pronouns = self._by_pronouns(number)
        if of_name and of_pronouns and of_name != of_pronouns:
            return "both"
        return of_name or of_pronouns

    def _by_pronouns(self, number: int) -> str:
        """Which of "he" and "she" stands in the sentences that name this person and nobody else."""
        counts = {"he": 0, "she": 0}
        entities = self._mentioned.entities
        for sentence in self._mentioned.document.sentences:
            mentions = self._mentioned.mentions(sentence)
            people = {m.entity for m in mentions if entities[m.entity].kind != "organisation"}
            if people == {number}:
                for word in sentence.words:
                    gender = self._cues.gender_of_pronoun.get(word)
                    if gender:
                        counts[gender] += 1
        more = max(counts, key=lambda gender: counts[gender])
        less = min(counts.values())
        return more if counts[more] > 2 * less else ""
