"""Entity salience: how much a name matters to its article, by features and a learned model.

The weights stand in ``weights/entities.tsv``, made by ``tools/train_entities.py``.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from math import log2

from briefing.digest.entities.clustering import MentionCluster
from briefing.digest.entities.mentions import Mention
from briefing.digest.entities.name_lists import name_lists
from briefing.digest.models.linear import LinearModel, read_linear_model
from briefing.digest.models.weight_file import packaged_weights

_WEAK_ROLE = 5  # ranks of roles from which on they say little


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """What the features of all names of an article are measured against.

    size, names, speakers, persons: how many sentences, names and so on there are; counts: how many
    names are named more often than so many times: all as logarithms. order: the place of each name
    (by where it is first named) among those of its kind; in_roles: where names stand that only say
    who another is; crowd: how many names each sentence has.
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
    in_roles: AbstractSet[int]
    crowd: Mapping[int, int]

    @classmethod
    def of(
        cls, clusters: Sequence[MentionCluster], sentences: int, title: str
    ) -> "DocumentContext":
        """The context that these clusters are to one another."""
        counts: dict[int, int] = {}
        for cluster in clusters:
            counts[len(cluster.mentions)] = counts.get(len(cluster.mentions), 0) + 1
        above = 0
        ranks = {}
        for count in sorted(counts, reverse=True):
            ranks[count] = log2(1 + above)
            above += counts[count]
        persons = [g for g in clusters if g.kind == "person"]
        sentences = max(1, sentences)
        return cls(
            sentences,
            log2(1 + sentences),
            title.lower(),
            log2(1 + len(clusters)),
            log2(1 + len([g for g in persons if g.says])),
            log2(1 + len(persons)),
            ranks,
            max(counts, default=1),
            _order(clusters),
            _in_roles(clusters),
            Counter(i for g in clusters for i in {m.tokens.index for m in g.mentions}),
        )


# In the order of ``salience_features``.
FEATURE_NAMES = (
    "mentions", "once", "share", "rank", "first", "first_place", "lead", "spread", "title",
    "role", "role_title", "role_after", "role_before", "role_other", "role_rank", "role_long",
    "says", "speaks", "subject", "subjects", "listed", "after_the", "owned", "placed", "person",
    "organisation", "person_role", "person_says", "person_mentions", "organisation_mentions",
    "organisation_once", "organisation_says", "unsure_role", "one_word", "long", "capitals",
    "media", "suffix", "given", "known", "names", "sentences", "speakers", "persons",
    "person_speakers", "person_persons", "bracket", "acronym", "digit", "order", "person_order",
    "acts", "acting", "in_role", "organisation_in_role", "early", "late",
    "title_words", "quoted", "crowd", "past",
)  # fmt: skip


@cache
def load_salience() -> LinearModel:
    """The packaged model: from its ``threshold`` on a reader must know the name. Read once."""
    return read_linear_model(packaged_weights("entities"), FEATURE_NAMES)


def salience_features(cluster: MentionCluster, context: DocumentContext) -> dict[str, float]:
    """What is measured of a name, 0 and 1 for what it is or is not, by ``FEATURE_NAMES``."""
    lists = name_lists()
    words, mentions = cluster.words, cluster.mentions
    whole = " ".join(words)
    count = len(mentions)
    log_count = log2(1 + count)
    person, organisation = cluster.kind == "person", cluster.kind == "organisation"
    first, last = mentions[0].tokens.index, mentions[-1].tokens.index
    role, says = cluster.role, cluster.says
    rank = -1 if role is None else role.rank
    before = [_word_before(m) for m in mentions]
    subjects = len([m for m in mentions if m.lead == 0])
    order = log2(1 + context.order[mentions[0].start])
    acts = len([m for m in mentions if _acts(m)])
    in_role = len([m for m in mentions if m.start in context.in_roles]) / count
    return {
        "mentions": log_count,
        "once": count == 1,
        "share": count / context.most,
        "rank": context.counts[count],
        "first": first / context.sentences,
        "first_place": log2(1 + first),
        "lead": first < 3,
        "spread": (last - first) / context.sentences,
        "title": words[-1].lower() in context.title,
        "role": role is not None,
        "role_title": rank == 0,
        "role_after": rank == 1,
        "role_before": rank == 2,
        "role_other": rank in (3, 4),
        "role_rank": rank >= _WEAK_ROLE,
        "role_long": role is not None and len(role.words) > 2,
        "says": log2(1 + says),
        "speaks": says > 0,
        "subject": subjects > 0,
        "subjects": subjects / count,
        "listed": len([b for b in before if b in _LISTING]) / count,
        "after_the": before.count("the") / count,
        "owned": len([m for m in mentions if m.last - 1 in m.tokens.owns]) / count,
        "placed": len([b for b in before if b in lists.placing]) / count,
        "person": person,
        "organisation": organisation,
        "person_role": person and role is not None,
        "person_says": person and says > 0,
        "person_mentions": person * log_count,
        "organisation_mentions": organisation * log_count,
        "organisation_once": organisation and count == 1,
        "organisation_says": organisation and says > 0,
        "unsure_role": not cluster.kind and role is not None,
        "one_word": len(words) == 1,
        "long": len(words) > 3,
        "capitals": whole.isupper(),
        "media": whole in lists.media or f"The {whole}" in lists.media,
        "suffix": words[-1] in lists.suffixes,
        "given": words[0] in lists.given,
        "known": not (lists.places.isdisjoint(words) and lists.not_names.isdisjoint(words)),
        "names": context.names,
        "sentences": context.size,
        "speakers": context.speakers,
        "persons": context.persons,
        "person_speakers": person * context.speakers,
        "person_persons": person * context.persons,
        "bracket": "(" in before,
        "acronym": len(words) == 1 and words[0].isupper(),
        "digit": not _DIGIT.isdisjoint(whole),
        "order": order,
        "person_order": person * order,
        "acts": acts > 0,
        "acting": acts / count,
        "in_role": in_role,
        "organisation_in_role": organisation * in_role,
        "early": log2(1 + len([m for m in mentions if m.tokens.index < _EARLY])),
        "late": 3 * first > 2 * context.sentences,
        "title_words": len([w for w in words if w.lower() in context.title]) / len(words),
        "quoted": len([m for m in mentions if _is_quoted(m)]) / count,
        "crowd": log2(1 + context.crowd.get(first, 0)),
        "past": role is not None and not _PAST.isdisjoint(role.words),
    }


_EARLY = 5
_FAR = 80  # words before a name in which quotation marks are looked for
_PAST = frozenset(("former", "late", "then", "ex"))
_DIGIT = frozenset("0123456789")
_AUXILIARIES = frozenset(
    "has have had is was are were will would can could may might did does".split()
)


def _order(clusters: Sequence[MentionCluster]) -> dict[int, int]:
    seen: dict[str, int] = {}
    places = {}
    for start, kind in sorted((g.mentions[0].start, g.kind) for g in clusters):
        places[start] = seen.get(kind, 0)
        seen[kind] = places[start] + 1
    return places


def _acts(mention: Mention) -> bool:
    """Whether a verb follows the name."""
    lows = mention.tokens.lows
    after = lows[mention.last] if mention.last < len(lows) else ""
    return after in _AUXILIARIES or (after.endswith("ed") and after[0].islower())


def _is_quoted(mention: Mention) -> bool:
    """Whether the name stands in quoted speech, as far as its sentence shows."""
    tokens = mention.tokens
    if '"' not in tokens.text and "“" not in tokens.text:
        return False  # as in most sentences
    before = tokens.texts[max(0, mention.lead - _FAR) : mention.lead]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _in_roles(clusters: Sequence[MentionCluster]) -> set[int]:
    """Where names stand within what is said of another: "a spokesman for …"."""
    starts = sorted([m.start for g in clusters for m in g.mentions])
    inside: set[int] = set()
    for cluster in clusters:
        if cluster.role is not None:
            start, end = cluster.role.span
            inside.update(starts[bisect_left(starts, start) : bisect_left(starts, end)])
    return inside


_LISTING = frozenset((",", "and", "&", "or"))


def _word_before(mention: Mention) -> str:
    return mention.tokens.lows[mention.lead - 1] if mention.lead else ""
