"""How much a name matters to its article: plain features, and a learned model over them.

The weights stand in ``weights/entities.tsv``, made by ``tools/train_entities.py``.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import log2
from operator import mul

from briefing.digest.entities.clustering import Group
from briefing.digest.entities.mentions import Mention, name_lists

_RANKS = 5


@dataclass(frozen=True, slots=True)
class Prominence:
    """A logistic model over ``FEATURES`` and products of two; from ``threshold`` on a name is key.

    pairs: the place of a feature, then places of others with the weights of their products.
    """

    weights: tuple[float, ...]
    pairs: tuple[tuple[int, tuple[tuple[int, float], ...]], ...]
    bias: float
    threshold: float

    def score(self, features: Sequence[float]) -> float:
        """The log-odds that a reader must know the name to follow the article."""
        total: float = self.bias + sum(map(mul, self.weights, features))
        for one, others in self.pairs:
            value = features[one]
            if value:
                for other, weight in others:
                    total += value * features[other] * weight
        return total


@cache
def load_prominence() -> Prominence:
    """The packaged model, read once."""
    file = resources.files("briefing.digest") / "weights" / "entities.tsv"
    return read_prominence(file.read_text(encoding="utf-8"))


def read_prominence(text: str) -> Prominence:
    """A model out of the text of its file: ``name<TAB>weight``, ``one*other<TAB>weight``.

    Lines that begin with ``#`` are notes.
    """
    known: dict[str, float] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("\t")
            known[name] = float(value)
    pairs: dict[int, list[tuple[int, float]]] = {}
    for name, weight in known.items():
        one, product, other = name.partition("*")
        if product:
            pairs.setdefault(FEATURES.index(one), []).append((FEATURES.index(other), weight))
    weights = tuple(known.get(name, 0.0) for name in FEATURES)
    rows = tuple((one, tuple(others)) for one, others in pairs.items())
    return Prominence(weights, rows, known["@bias"], known["@threshold"])


@dataclass(frozen=True, slots=True)
class Page:
    """What the features of all names of an article are measured against.

    size, names, speakers, persons: how many sentences, names and so on there are; counts: how many
    names are named more often than so many times: all as logarithms. order: the place of each name
    (by where it is first named) among those of its kind; told: where names stand that only say who
    another is.
    """

    sentences: int
    size: float
    title: str
    names: float
    speakers: float
    persons: float
    counts: Mapping[int, float]
    most: int
    order: Mapping[int, int]
    told: AbstractSet[int]

    @classmethod
    def of(cls, groups: Sequence[Group], sentences: int, title: str) -> "Page":
        """The page of these names."""
        counts: dict[int, int] = {}
        for group in groups:
            counts[len(group.mentions)] = counts.get(len(group.mentions), 0) + 1
        above = 0
        ranks = {}
        for count in sorted(counts, reverse=True):
            ranks[count] = log2(1 + above)
            above += counts[count]
        persons = [g for g in groups if g.kind == "person"]
        sentences = max(1, sentences)
        return cls(
            sentences,
            log2(1 + sentences),
            title.lower(),
            log2(1 + len(groups)),
            log2(1 + len([g for g in persons if g.says])),
            log2(1 + len(persons)),
            ranks,
            max(counts, default=1),
            _order(groups),
            _told(groups),
        )


FEATURES = (
    "mentions", "once", "share", "rank", "first", "first_place", "lead", "spread",
    "title", "role", "role_title", "role_after", "role_before", "role_other", "role_rank",
    "role_long",
    "says", "speaks", "subject", "subjects", "listed", "after_the", "owned", "placed",
    "person", "organisation", "person_role", "person_says", "person_mentions",
    "organisation_mentions", "organisation_once", "organisation_says", "unsure_role",
    "one_word", "long", "capitals", "media", "suffix", "given", "known",
    "names", "sentences", "speakers", "persons", "person_speakers", "person_persons", "bracket",
    "acronym", "digit", "order", "person_order", "acts", "acting", "in_role",
    "organisation_in_role", "early", "late",
)  # fmt: skip


def features(group: Group, page: Page) -> tuple[float, ...]:
    """The numbers of a name, in the order of ``FEATURES``."""
    lists = name_lists()
    words, mentions = group.words, group.mentions
    whole = " ".join(words)
    count = len(mentions)
    log_count = log2(1 + count)
    person, organisation = group.kind == "person", group.kind == "organisation"
    first, last = mentions[0].tokens.index, mentions[-1].tokens.index
    role, says = group.role, group.says
    rank = -1 if role is None else role.rank
    about = [_before(m) for m in mentions]
    subjects = len([m for m in mentions if m.lead == 0])
    media = whole in lists.media or f"The {whole}" in lists.media
    order = log2(1 + page.order[mentions[0].start])
    acts = len([m for m in mentions if _acts(m)])
    in_role = len([m for m in mentions if m.start in page.told]) / count
    return (
        log_count, count == 1, count / page.most, page.counts[count],
        first / page.sentences, log2(1 + first), first < 3, (last - first) / page.sentences,
        words[-1].lower() in page.title,
        role is not None,
        rank == 0, rank == 1, rank == 2, rank in (3, 4), rank >= _RANKS,
        role is not None and len(role.words) > 2,
        log2(1 + says), says > 0, subjects > 0, subjects / count,
        len([b for b in about if b in _LISTING]) / count,
        about.count("the") / count,
        len([m for m in mentions if m.last - 1 in m.tokens.owns]) / count,
        len([b for b in about if b in lists.placing]) / count,
        person, organisation, person and role is not None, person and says > 0, person * log_count,
        organisation * log_count, organisation and count == 1, organisation and says > 0,
        not group.kind and role is not None,
        len(words) == 1, len(words) > 3, whole.isupper(), media,
        words[-1] in lists.suffixes, words[0] in lists.given,
        not (lists.places.isdisjoint(words) and lists.not_names.isdisjoint(words)),
        page.names, page.size, page.speakers, page.persons,
        person * page.speakers, person * page.persons,
        "(" in about,
        len(words) == 1 and words[0].isupper(),
        not _DIGIT.isdisjoint(whole),
        order, person * order, acts > 0, acts / count, in_role, organisation * in_role,
        log2(1 + len([m for m in mentions if m.tokens.index < _EARLY])),
        3 * first > 2 * page.sentences,
    )  # fmt: skip


_EARLY = 5
_DIGIT = frozenset("0123456789")
_AUXILIARIES = frozenset(
    "has have had is was are were will would can could may might did does".split()
)


def _order(groups: Sequence[Group]) -> dict[int, int]:
    seen: dict[str, int] = {}
    places = {}
    for start, kind in sorted((g.mentions[0].start, g.kind) for g in groups):
        places[start] = seen.get(kind, 0)
        seen[kind] = places[start] + 1
    return places


def _acts(mention: Mention) -> bool:
    """Whether a verb follows the name."""
    lows = mention.tokens.lows
    after = lows[mention.last] if mention.last < len(lows) else ""
    return after in _AUXILIARIES or (after.endswith("ed") and after[0].islower())


def _told(groups: Sequence[Group]) -> set[int]:
    """Where names stand within what is said of another: "a spokesman for …"."""
    starts = sorted([m.start for g in groups for m in g.mentions])
    found: set[int] = set()
    for group in groups:
        if group.role is not None:
            start, end = group.role.span
            found.update(starts[bisect_left(starts, start) : bisect_left(starts, end)])
    return found


_LISTING = frozenset((",", "and", "&", "or"))


def _before(mention: Mention) -> str:
    return mention.tokens.lows[mention.lead - 1] if mention.lead else ""
