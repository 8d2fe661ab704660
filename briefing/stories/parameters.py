"""The parameters of this package, read once: ``parameters.toml``, and how common stems are."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefing.stories.change_rules import BriefRules, ChangeRules, load_change_rules, packaged_rules
from briefing.text import stem


@dataclass(frozen=True, slots=True)
class VectorRules:
    """How an article becomes a vector."""

    title: float
    opening: int
    later: float
    words: int
    terms: int
    prior_articles: float
    unseen: float


@dataclass(frozen=True, slots=True)
class ClusterRules:
    """When articles make one story. Times in days, likeness as a cosine."""

    window_days: float
    fade_days: float
    least: float
    faint: float
    bar: float
    continued: float
    pause_days: float
    same_names: float
    enough_names: int
    rare_name: int
    floor: float
    alone: float
    surroundings: float
    near: int
    few: int
    presumed: float
    copy: float
    busy: float
    quiet_per_day: float
    busy_per_day: float
    other_day: float
    other_day_days: float
    other_numbers: float
    same_number: float
    same_numbers: int
    stay: float
    recheck: int


@dataclass(frozen=True, slots=True)
class CopyRules:
    """When a text repeats another."""

    ngram: int
    containment: float


@dataclass(frozen=True, slots=True)
class CurrentRules:
    """How sentences read that may no longer hold, as patterns by language (ISO 639-1).

    past: a number (written "#") that is told as what was thought before. volatile: what an earlier
    report may not be quoted with. unanswered: somebody gave no answer. answer: somebody denies.
    leaning: and does not say what.
    revising: a later account takes the place of an earlier. corrects: a number is taken back.
    opens: what only the sentence before explains. dated: an opening that says when something
    happened. explains: the title of an explainer.
    """

    dated: Mapping[str, re.Pattern[str]]
    explains: Mapping[str, re.Pattern[str]]
    past: Mapping[str, re.Pattern[str]]
    volatile: Mapping[str, re.Pattern[str]]
    unanswered: Mapping[str, re.Pattern[str]]
    answer: Mapping[str, re.Pattern[str]]
    leaning: Mapping[str, re.Pattern[str]]
    revising: Mapping[str, re.Pattern[str]]
    corrects: Mapping[str, re.Pattern[str]]
    opens: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class CompareRules:
    """When two numbers are about the same thing, and when they differ."""

    about: float
    round_from: float
    overlap_hours: float
    ratio: float
    event_ratio: float
    context_terms: int
    context_share: float
    general: frozenset[str]
    telling_stems: frozenset[str]
    specific: int
    general_stems: frozenset[str]
    certain_stems: frozenset[str]  # of what is sure beside a toll
    measures: frozenset[str]
    historical: tuple[str, ...]
    events: Mapping[str, str]  # the event by word
    verbs: Mapping[str, str]  # the family of measuring words by word
    acts: Mapping[str, str]  # the same of what is done to things counted
    modalities: Mapping[str, str]  # what is foreseen or asked for, by word
    before_part: frozenset[str]  # words right before a number that is a part of another
    after_part: tuple[str, ...]  # and words right after it
    part: frozenset[str]  # and words anywhere in the sentence
    elsewhere: tuple[str, ...]  # how a sentence on one place of several opens
    in_all: frozenset[str]  # words of a sentence whose number adds up days
    months: tuple[str, ...]
    growing: frozenset[str]  # events whose toll does not fall
    rising: frozenset[str]  # words by which a toll is said to grow


@dataclass(frozen=True, slots=True)
class RankRules:
    """What a story's place in the edition is made of, in points of score."""

    half_life_hours: float
    caveat: float
    disagree: float
    feed: float
    muted: float


@dataclass(frozen=True, slots=True)
class ChapterRules:
    """When an older story is an earlier chapter."""

    least: float
    most: int
    terms: int


@dataclass(frozen=True, slots=True)
class Parameters:
    """All of ``parameters.toml``, and the shares of ``frequencies.txt`` (0 to 1 by stem)."""

    vectors: VectorRules
    linking: ClusterRules
    weekdays: Mapping[str, int]  # 0 to 6 by word, of all languages
    copies: CopyRules
    brief: BriefRules
    current: CurrentRules
    compare: CompareRules
    negations: frozenset[str]
    rank: RankRules
    chapters: ChapterRules
    changes: ChangeRules
    frequencies: Mapping[str, float]


@cache
def load_parameters() -> Parameters:
    """The packaged data; read at the first call only."""
    folder = resources.files("briefing.stories")
    raw = packaged_rules()
    told = load_change_rules()
    compare = dict(raw["compare"])
    return Parameters(
        vectors=VectorRules(**raw["vectors"]),
        linking=ClusterRules(**raw["linking"]),
        weekdays={w: k for row in raw["weekdays"].values() for k, w in enumerate(row)},
        copies=CopyRules(**raw["copies"]),
        brief=told.brief,
        current=CurrentRules(**{name: _Patterns(rows) for name, rows in raw["current"].items()}),
        compare=CompareRules(
            about=compare["about"],
            round_from=compare["round_from"],
            overlap_hours=compare["overlap_hours"],
            ratio=compare["ratio"],
            event_ratio=compare["event_ratio"],
            context_terms=compare["context_terms"],
            context_share=compare["context_share"],
            general=frozenset(compare["general"]),
            telling_stems=frozenset(stem(w) for w in compare["telling"]),
            specific=compare["specific"],
            certain_stems=frozenset(stem(w) for w in compare["certain"]),
            general_stems=frozenset(stem(w) for w in compare["general"]),
            measures=frozenset(compare["measures"]),
            historical=tuple(compare["historical"]),
            events=_by_word(compare["events"]),
            verbs=_by_word(compare["verbs"]),
            acts=_by_word(compare["acts"]),
            modalities=_by_word(compare["modalities"]),
            before_part=frozenset(compare["before_part"]),
            after_part=tuple(compare["after_part"]),
            part=frozenset(compare["part"]),
            elsewhere=tuple(compare["elsewhere"]),
            in_all=frozenset(compare["in_all"]),
            months=tuple(compare["months"]),
            growing=frozenset(compare["growing"]),
            rising=frozenset(compare["rising"]),
        ),
        negations=told.negations,
        rank=RankRules(**raw["rank"]),
        chapters=ChapterRules(**raw["chapters"]),
        changes=told.changes,
        frequencies=_frequencies((folder / "frequencies.txt").read_text(encoding="utf-8")),
    )


def _by_word(groups: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: group for group, members in groups.items() for word in members}


class _Patterns(Mapping[str, re.Pattern[str]]):
    """Patterns by language, each compiled when it is first asked for: a store has few of the
    languages, and all of them take as long as the rest of the file.
    """

    def __init__(self, alternatives: Mapping[str, list[str]]) -> None:
        self._alternatives = alternatives
        self._compiled: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, language: str) -> re.Pattern[str]:
        compiled = self._compiled.get(language)
        if compiled is None:
            compiled = re.compile("|".join(self._alternatives[language]), re.IGNORECASE)
            self._compiled[language] = compiled
        return compiled

    def __iter__(self) -> Iterator[str]:
        return iter(self._alternatives)

    def __len__(self) -> int:
        return len(self._alternatives)


def _frequencies(table: str) -> Mapping[str, float]:
    rows = (line.split() for line in table.splitlines() if line and not line.startswith("#"))
    return {stem: int(share) / 1000 for stem, share in rows}
