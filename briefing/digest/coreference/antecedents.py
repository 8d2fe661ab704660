"""Whom a pronoun means: the person, body or plural that it stands for, where that is safe."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import pairwise

from briefing.digest.entities.mentions import name_lists
from briefing.digest.sentences.document import Document, Sentence
from briefing.digest.wordlists import alternatives, table
from briefing.model import Entity, Span

_REACH = 3  # sentences back in which a person may be named
_CHAIN = 6  # the same, where those between go on about "he" or "she"
_BEFORE = 600  # characters back in which a quotation may have begun
_MARK = re.compile(r"(?P<opens>[“„«]|(?<!\S)\")|(?P<closes>[”»]|\"(?=[\s,.;:!?)\]]|\Z))")
_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)|„[^“”]*(?:[“”]|\Z)|«[^»]*(?:»|\Z)")
_PLACED = re.compile(r"\b(?:in|at|near|from|the|The|outside|into|across)\s\Z")
_OF = re.compile(r"\s(?:of|for|to|in|at|from|with|and)\s")
_OPENS_LINE = re.compile(
    r"(?:\([A-Z]+\)\s?|[\w ,]{2,30}\(\w+\)\s?(?:[—–-]+\s)?)?"
    r"(?:[A-Z][\w’'-]*(?:\s[\w’'.-]+){0,6},\s)?(?P<subject>(?:[\w’'.-]+\s){0,6})"
)


@dataclass(frozen=True, slots=True)
class Pronoun:
    """The pronoun a text opens with. kind: ``he``, ``she``, ``they`` or ``it``; owns: "his"."""

    kind: str
    word: str
    at: int
    owns: bool

    @property
    def end(self) -> int:
        return self.at + len(self.word)


class _Said(Enum):
    """What a sentence tells of whom the next one's pronoun means, where it is not one person."""

    NOTHING = 0
    GOES_ON = 1  # it has that pronoun itself, and names nobody
    UNSURE = 2


@dataclass(frozen=True, slots=True)
class _Clues:
    """The packaged words of a language that tell whom a pronoun means; patterns are compiled."""

    sex_of_name: dict[str, str]
    sex_of_noun: dict[str, str]
    sex_of_title: dict[str, str]
    sex_of_word: dict[str, str]
    humans: frozenset[str]
    demonym: re.Pattern[str]
    title: re.Pattern[str]
    several: re.Pattern[str]
    crowds: frozenset[str]
    common: frozenset[str]
    not_in_group: frozenset[str]
    body: re.Pattern[str]
    verb: re.Pattern[str]
    speaks: re.Pattern[str]
    spoken: re.Pattern[str]
    speech: re.Pattern[str]
    begins: re.Pattern[str]
    subject: dict[str, re.Pattern[str]]
    acted_on: re.Pattern[str]
    aside: dict[str, re.Pattern[str]]
    prefixes: frozenset[str]
    agents: frozenset[str]
    suffers: frozenset[str]
    verbs: frozenset[str]
    bodies: frozenset[str]
    body_nouns: re.Pattern[str]


@cache
def load_clues() -> _Clues:
    data = table("coreference")["en"]

    def sexes(kind: str) -> dict[str, str]:
        return {w: sex for sex in ("he", "she") for w in data[f"{sex}_{kind}"].split()}

    nouns = sexes("nouns")
    humans = {n for n in name_lists().nouns if "-" not in n} | set(nouns)
    humans |= set(data["people"].split())
    crowds = {n[:-3] + "men" if n.endswith("man") else n + "s" for n in humans} | set(
        data["plurals"].split()
    )
    titles = sexes("titles")
    verb = rf"(?:{alternatives(data['verbs'].split())}|[a-z]{{2,}}ed)\b"
    said = alternatives(name_lists().saying)
    body = alternatives(data["body_nouns"].split())
    return _Clues(
        sex_of_name=sexes("names"),
        sex_of_noun=nouns,
        sex_of_title=titles,
        sex_of_word=sexes("words"),
        humans=frozenset(humans),
        demonym=re.compile(rf"\b[Tt]he\s(?:[a-z-]+\s)?(?P<noun>[A-Z][a-z]+(?:n|ese|er))\s{verb}"),
        title=re.compile(rf"\b({alternatives(titles)})\.?\s\Z"),
        several=re.compile(rf"\s*(?P<group>[\w.-]+(?:\s[\w.-]+){{0,6}}?)\s{verb}"),
        crowds=frozenset(crowds),
        common=frozenset(crowds | set(data["counting"].split())),
        not_in_group=frozenset(data["not_in_group"].split()),
        body=re.compile(rf"(?P<body>[Tt]he\s(?:[\w-]+\s){{0,2}}?(?:{body}))\s{verb}"),
        verb=re.compile(rf"\s{verb}"),
        speaks=re.compile(rf"(?:\s(?:also|later|then))?\s(?:{said})\b"),
        spoken=re.compile(r"\b(?:said|says|added)\s(?:[\w.’'-]+\s){0,4}\Z"),
        speech=re.compile(rf"\b(?:{said})\b"),
        begins=re.compile(rf"(?:,[^,]{{1,60}},)?\s{verb}"),
        subject={sex: re.compile(rf"\b{sex}\b", re.IGNORECASE) for sex in ("he", "she")},
        acted_on=re.compile(rf"\s{verb}\s(?:[A-Z][\w.]*\s|the\s|[a-z]+\s){{0,2}}?\Z"),
        aside={sex: re.compile(rf",\s{sex}\s(?:{said})\b") for sex in ("he", "she")},
        prefixes=frozenset(data["prefixes"].split()),
        agents=frozenset(data["agents"].split()),
        suffers=frozenset(data["suffers"].split()),
        verbs=frozenset(data["verbs"].split()),
        bodies=frozenset(data["bodies"].split()),
        body_nouns=re.compile(
            rf"\b(?:an?|the|its|his|her|their|another|\w+['’]s)\s(?:[\w-]+\s){{0,2}}?(?:{body})\b",
            re.IGNORECASE,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Following:
    """What the one whom the pronoun means does in its sentence: speak, or come to harm."""

    speaks: bool
    suffers: bool


class Meant:
    """Who is named in each sentence of a document, and whom a pronoun after it means."""

    def __init__(self, document: Document, entities: tuple[Entity, ...]) -> None:
        self.document = document
        self._entities = entities
        self.clues = load_clues()
        found = sorted((span, e) for e, entity in enumerate(entities) for span in entity.mentions)
        starts = [span.start for span, _ in found]
        self._named = [
            found[bisect_left(starts, s.span.start) : bisect_left(starts, s.span.end)]
            for s in document.sentences
        ]
        self._sexes: dict[int, str] = {}

    def person_before(self, sentence: Sentence, own: Pronoun) -> tuple[str, Sentence] | None:
        """Whom "he" or "she" means: the one person whom the sentences before can mean by it."""
        here = {e for _, e in self._named[sentence.index]}
        reach = _REACH
        following = self._following(sentence, own)
        for back in range(1, _CHAIN + 1):
            if back > reach or sentence.index < back:
                return None
            before = self.document.sentences[sentence.index - back]
            said = self._said(before, own.kind, following) if before.prose else _Said.NOTHING
            if said is _Said.GOES_ON:
                reach = min(reach + 1, _CHAIN)
            elif said is _Said.UNSURE:
                return None
            elif isinstance(said, int):
                return None if said in here else self._full_name(said, sentence)
        return None

    def _speaker(
        self, sentence: Sentence, people: dict[int, int], following: _Following
    ) -> "int | _Said":
        """The one of ``people`` who alone speaks in ``sentence``, where the next one speaks too."""
        text = _unquoted(self.document, sentence)
        speakers = set()
        for span, e in self._named[sentence.index]:
            start, end = span.start - sentence.span.start, span.end - sentence.span.start
            if self.clues.speaks.match(text, end) or self.clues.spoken.search(text, 0, start):
                speakers.add(e)
        alone = len(speakers) == 1 and len(self.clues.speech.findall(text)) == 1
        if following.speaks and alone and speakers <= people.keys():
            return self._person(speakers.pop(), sentence)
        return _Said.UNSURE

    def _subject(
        self, sentence: Sentence, people: dict[int, int], following: _Following
    ) -> "int | _Said":
        """The one of ``people`` with whom ``sentence`` begins, where it does nothing to another."""
        text = _unquoted(self.document, sentence)
        person = min(people, key=lambda e: people[e])
        span = next(s for s, e in self._named[sentence.index] if e == person)
        start, end = span.start - sentence.span.start, span.end - sentence.span.start
        lead = _OPENS_LINE.fullmatch(text, 0, start)
        if lead is None or following.suffers or self.clues.verb.search(" " + lead["subject"]):
            return _Said.UNSURE
        if not self.clues.not_in_group.isdisjoint(lead["subject"].lower().split()):
            return _Said.UNSURE
        objects = (at for e, at in people.items() if e != person)
        if any(self.clues.acted_on.search(text, 0, at) for at in objects):
            return _Said.UNSURE
        if not self.clues.begins.match(text, end):
            return _Said.UNSURE
        return self._person(person, sentence)

    def _person(self, e: int, sentence: Sentence) -> "int | _Said":
        """``e`` where it is surely one person."""
        known = self._sex(e)
        spoken = {self.clues.sex_of_word.get(w) for w in sentence.words}
        sure = self._is_person(e) and known != "both" and (known or not {"he", "she"} <= spoken)
        return e if sure and not self._shares_name(e, sentence) else _Said.UNSURE

    def _is_person(self, e: int) -> bool:
        """Whether a name is a person's: known as such, or called by the last word later on."""
        entity = self._entities[e]
        if entity.kind is None and self._titled(entity):
            return True
        if entity.kind is None and " " in entity.name:
            last = entity.name.split()[-1]
            text = self.document.text
            return any(
                m.of(text) == last and not _PLACED.search(text, max(0, m.start - 9), m.start)
                for m in entity.mentions
            )
        return entity.kind == "person"

    def _said(self, sentence: Sentence, kind: str, following: "_Following") -> "int | _Said":
        """The one person whom ``sentence`` names and a later ``kind`` can mean, or else what."""
        people: dict[int, int] = {}
        for span, e in self._named[sentence.index]:
            if self._may_be(e, span, sentence) and self._sex(e) in ("", "both", kind):
                people.setdefault(e, span.start - sentence.span.start)
        if len(people) == 1 and not self._somebody(sentence, kind):
            person, at = people.popitem()
            if not self._is_another(kind, _unquoted(self.document, sentence), at):
                return self._person(person, sentence)
            return self._speaker(sentence, {person: at}, following)
        if not people and not self._somebody(sentence, kind):
            spoken = self.clues.sex_of_word
            goes_on = any(spoken.get(w) == kind for w in sentence.words)
            return _Said.GOES_ON if goes_on else _Said.NOTHING
        said = self._speaker(sentence, people, following)
        return (
            self._subject(sentence, people, following) if people and said is _Said.UNSURE else said
        )

    def _titled(self, entity: Entity) -> bool:
        """Whether a title stands before a name: "Mr", "President"."""
        lists = name_lists()
        before = (
            self.document.text[max(0, m.start - 20) : m.start].split() for m in entity.mentions
        )
        return any(b and (b[-1] in lists.courtesy or b[-1] in lists.titles) for b in before)

    def _is_another(self, kind: str, text: str, at: int) -> bool:
        """Whether the pronoun ``kind`` in ``text`` hardly means the one named at ``at``.

        It stands before the name ("he saw Brun"), or says so of the named ("Brun fell, he said").
        """
        return bool(
            self.clues.subject[kind].search(text, 0, at) or self.clues.aside[kind].search(text, at)
        )

    def _may_be(self, e: int, span: Span, sentence: Sentence) -> bool:
        """Whether a name may be a person's: it is one, or nothing says that it is none."""
        entity = self._entities[e]
        if entity.kind is not None:
            return entity.kind == "person"
        if self._titled(entity):
            return True
        text = sentence.text
        start, end = span.start - sentence.span.start, span.end - sentence.span.start
        if _PLACED.search(text, max(0, start - 9), start):
            return False
        return " " in entity.name or bool(self.clues.verb.match(text, end))

    def _shares_name(self, person: int, sentence: Sentence) -> bool:
        """Whether others have the surname by which alone ``sentence`` names ``person``."""
        last = self._entities[person].name.split()[-1]
        spans = [s for s, e in self._named[sentence.index] if e == person]
        if any(" " in s.of(self.document.text) for s in spans):
            return False
        return any(
            o.name.split()[-1] == last and o.kind != "organisation"
            for i, o in enumerate(self._entities)
            if i != person
        )

    def _somebody(self, sentence: Sentence, kind: str) -> bool:
        """Whether a person without a name is spoken of whom ``kind`` may mean."""
        text = _unquoted(self.document, sentence)
        nouns = [
            (m.start(), m.end())
            for m in _WORD.finditer(text)
            if self._is_human(m[0].lower(), kind) and _DETERMINED.search(text, 0, m.start())
        ]
        nouns += [m.span("noun") for m in self.clues.demonym.finditer(text)]
        return any(not self._is_named(sentence, start, end) for start, end in nouns)

    def _is_human(self, noun: str, kind: str) -> bool:
        known = noun in self.clues.humans or noun.endswith("-year-old")
        return known and self.clues.sex_of_noun.get(noun, kind) == kind

    def _is_named(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether a noun only says who a named person is: "the mayor, Ada Brun"."""
        offset = sentence.span.start
        for span, e in self._named[sentence.index]:
            if self._entities[e].kind != "person":
                continue
            first, last = span.start - offset, span.end - offset
            if first >= end and _TITLE_LINK.fullmatch(sentence.text, end, first):
                return True
            if last <= start and _APPOSED.fullmatch(sentence.text, last, start):
                return True
        return False

    def _sex(self, e: int) -> str:
        """``he`` or ``she`` where it is known, ``both`` where clues differ, else nothing."""
        if e not in self._sexes:
            self._sexes[e] = self._find_sex(e)
        return self._sexes[e]

    def _find_sex(self, e: int) -> str:
        entity = self._entities[e]
        text = self.document.text
        for span in entity.mentions:
            title = self.clues.title.search(text, max(0, span.start - 20), span.start)
            if title:
                return self.clues.sex_of_title[title[1]]
        nouns = self.clues.sex_of_noun
        head = _OF.split(entity.role or "", maxsplit=1)[0]
        role = {nouns[w] for w in head.split() if w in nouns}
        given = self.clues.sex_of_name.get(entity.name.split()[0], "")
        used = self._used(e)
        if len(role) == 1:
            return role.pop()
        if given and used and given != used:
            return "both"
        return given or used

    def _used(self, e: int) -> str:
        """Which of "he" and "she" stands in the sentences that name this person and nobody else."""
        counts = {"he": 0, "she": 0}
        for index, named in enumerate(self._named):
            if {n for _, n in named if self._entities[n].kind != "organisation"} == {e}:
                for word in self.document.sentences[index].words:
                    sex = self.clues.sex_of_word.get(word)
                    if sex:
                        counts[sex] += 1
        more = max(counts, key=lambda sex: counts[sex])
        less = min(counts.values())
        return more if counts[more] > 2 * less else ""

    def _full_name(self, e: int, before: Sentence) -> tuple[str, Sentence] | None:
        """The fullest name so far, and the last sentence that has it."""
        text = self.document.text
        spans = [s for s in self._entities[e].mentions if s.end <= before.span.start]
        if not spans:
            return None
        longest = max(spans, key=lambda s: (s.end - s.start, s.start))
        name = self._plain(longest.of(text).split())
        if not name or text[: longest.start].endswith(" of "):
            return None
        return name, self._at(longest)

    def _plain(self, words: list[str]) -> str:
        """A name without what stands before it by mistake: "Freshman Katy Ma"."""
        lists = name_lists()
        while len(words) > 1 and words[0] not in lists.given:
            first = words[0]
            known = first in lists.not_names or first.lower() in self.clues.prefixes | lists.nouns
            if not first.endswith("-old") and (
                not known or first in self.clues.sex_of_title or len(words) < 3
            ):
                break
            words = words[1:]
        return " ".join(words)

    def _at(self, span: Span) -> Sentence:
        sentences = self.document.sentences
        return sentences[bisect_left(sentences, span.end, key=lambda s: s.span.end)]

    # ── Bodies, and other languages ──────────────────────────────────────────────────────────

    def body_before(self, sentence: Sentence, own: Pronoun) -> tuple[str, Sentence] | None:
        """What "it" means: the body that was the subject of the sentence before, the only one."""
        if sentence.index == 0:
            return None
        before = self.document.sentences[sentence.index - 1]
        if (
            not before.prose
            or own.owns
            or self.clues.bodies.isdisjoint(_first_words(sentence, own, 2))
        ):
            return None
        named = self._named[before.index]
        bodies = {e for _, e in named if self._entities[e].kind != "person"}
        if bodies & {e for _, e in self._named[sentence.index]}:
            return None
        plain = self.clues.body.match(before.text)
        nouns = len(self.clues.body_nouns.findall(before.text))
        if plain and not bodies and nouns <= 1:
            return plain["body"], before
        if len(bodies) != 1:
            return None
        span, e = next((s, e) for s, e in named if e in bodies)
        if self._entities[e].kind != "organisation":
            return None
        start, end = span.start - before.span.start, span.end - before.span.start
        if self.clues.body_nouns.search(before.text, end):
            return None
        if before.text[:start] not in ("", "The ") or not self.clues.verb.match(before.text, end):
            return None
        return before.text[:end], before

    def _following(self, sentence: Sentence, own: Pronoun) -> _Following:
        first = _first_words(sentence, own, 4)
        return _Following(
            speaks=not own.owns and not name_lists().saying.isdisjoint(first[:2]),
            suffers=not self.clues.suffers.isdisjoint(first),
        )

    def _may_be_named(self, e: int) -> bool:
        """Whether a name is a person's, in a language in which any noun may have a capital."""
        entity = self._entities[e]
        return entity.kind == "person" or (entity.kind is None and " " in entity.name)

    def subject_before(self, sentence: Sentence, own: Pronoun) -> tuple[str, Sentence] | None:
        """The person with whom the sentence before begins, the only one it names."""
        if sentence.index == 0 or own.owns:
            return None
        before = self.document.sentences[sentence.index - 1]
        named = self._named[before.index]
        people = {e for _, e in named if self._may_be_named(e)}
        if not before.prose or len(people) != 1:
            return None
        span, e = next((s, e) for s, e in named if e in people)
        if span.start != before.span.start or self._entities[e].kind != "person":
            return None
        if " " not in span.of(self.document.text) and not self._entities[e].name.count(" "):
            return None
        given = self.clues.sex_of_name.get(self._entities[e].name.split()[0], own.kind)
        if given != own.kind or e in {n for _, n in self._named[sentence.index]}:
            return None
        return self._full_name(e, sentence)


def _unquoted(document: Document, sentence: Sentence) -> str:
    """The sentence with blanks for what is said in quotation marks."""
    text = sentence.text
    first = _MARK.search(text)
    if goes_on_speaking(document, sentence):
        end = first.end() if first else len(text)
        text = " " * end + text[end:]
    return _QUOTED.sub(lambda m: " " * len(m[0]), text) if first else text


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


def several_before(
    document: Document, sentence: Sentence, own: Pronoun
) -> tuple[str, Sentence] | None:
    """Whom "they" means: the people who were the subject of the sentence before, the only ones."""
    if sentence.index == 0:
        return None
    clues = load_clues()
    before = document.sentences[sentence.index - 1]
    text = _LINE_START.sub(lambda m: " " * len(m[0]), before.text, count=1)
    subject = clues.several.match(text) if before.prose else None
    if subject is None:
        return None
    group = subject["group"]
    words = group.lower().split()
    ends = [words[-1], *(a for a, b in pairwise(words) if b == "and")]
    if not clues.crowds.issuperset(ends) or not clues.not_in_group.isdisjoint(words):
        return None
    crowds = clues.crowds.intersection(
        m[0].lower() for m in _WORD.finditer(_unquoted(document, before))
    )
    if not crowds <= set(words):
        return None
    if crowds & set(sentence.words):
        return None
    if own.owns or clues.agents.isdisjoint(_first_words(sentence, own, 2)):
        others = _PLURAL.findall(text, subject.end("group"))
        if any(w not in clues.verbs for w in others):
            return None
    return group, before


def _first_words(sentence: Sentence, own: Pronoun, count: int) -> list[str]:
    """The words right after the pronoun."""
    return sentence.text[own.end : own.end + 60].lower().split()[:count]


_LINE_START = re.compile(r"(?:[\w ,.]{2,40})?\([A-Z][\w ]+\)\s?(?:[—–-]+\s)?")
_PLURAL = re.compile(r"\b[a-z]{2,}(?<![su])s\b|\b(?:people|men|women|children)\b")


def goes_on_speaking(document: Document, sentence: Sentence) -> bool:
    """Whether ``sentence`` begins in the middle of a quotation."""
    first = _MARK.search(sentence.text)
    if first is not None and first["closes"]:
        return True
    start = sentence.span.start
    before = document.text[max(0, start - _BEFORE) : start]
    before = before[before.rfind("\n") + 1 :]
    marks = list(_MARK.finditer(before))
    return bool(marks) and marks[-1]["opens"] is not None
