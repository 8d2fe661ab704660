"""Which mentions are one: full and short forms, initials, capitals, acronyms; namesakes apart."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from briefing.digest.entities.mentions import Mention
from briefing.digest.entities.name_lists import NameLists, gender_of_given_name
from briefing.digest.entities.role_phrases import Role
from briefing.digest.entities.roles import role_of
from briefing.digest.entities.types_by_mention import (
    is_place,
    is_speaker,
    type_of_name,
    type_of_word,
)

_JUNIOR = frozenset(("Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"))
_GENDER_OF_TITLE = {"Mr.": "he", "Mr": "he", "Sir": "he"} | dict.fromkeys(
    ("Mrs.", "Mrs", "Ms.", "Ms", "Miss", "Dame", "Lady"), "she"
)

_HEADS_OF_STATE = frozenset("President Premier Chancellor King Queen".split())
_RELATIVES = frozenset(
    "daughter son wife husband brother sister mother father niece nephew widow".split()
)


@dataclass(slots=True, eq=False)
class MentionCluster:
    """The mentions of one name while they are gathered.

    words: the fullest name; core: the same for comparison; says: how often it speaks.
    """

    words: tuple[str, ...]
    kind: str
    mentions: list[Mention] = field(default_factory=list)
    role: Role | None = None
    says: int = 0
    core: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.core = _core(self.words)

    def named(self, words: tuple[str, ...]) -> None:
        """Take a fuller name, or the same in small letters."""
        shouted = self.words[-1].isupper() and not words[-1].isupper()
        if len(words) > len(self.words) or (shouted and len(words) == len(self.words)):
            self.words = words
            self.core = _core(words)

    @property
    def is_settled(self) -> bool:
        """Whether nothing more need be known: it has a kind, and a role that tells enough."""
        role = self.role
        told = role is not None and role.rank < 3 and len(role.words) > 1 and not role.points_back
        return bool(self.kind) and told

    @property
    def is_slight(self) -> bool:
        """Whether nothing speaks for it: named once, of no kind, without a role or a word said."""
        return not (self.kind or self.says or self.role) and len(self.mentions) == 1

    def take(self, mention: Mention, role: Role | None, lists: NameLists) -> None:
        """One more mention, with the role it gives."""
        self.mentions.append(mention)
        self.says += is_speaker(mention, lists)
        fits = role is not None and not (self.kind and role.kind not in ("", "either", self.kind))
        if role is not None and fits and (self.role is None or role.betters(self.role)):
            self.role = role


def cluster_mentions(mentions: Iterable[Mention], lists: NameLists) -> list[MentionCluster]:
    """The mentions by whom or what they name, known places left out."""
    clusters: list[MentionCluster] = []
    by_core: dict[tuple[str, ...], MentionCluster] = {}
    by_ends: dict[tuple[str, str], list[MentionCluster]] = {}
    short: list[Mention] = []
    cores: dict[tuple[str, ...], tuple[str, ...]] = {}
    for mention in mentions:
        words = mention.words
        if words not in cores:
            cores[words] = () if is_place(words, lists) else _core(words)
        core = cores[words]
        if not core:
            continue
        if len(core) == 1:
            short.append(mention)
            continue
        ends = (core[0], core[-1])
        cluster = by_core.get(core) or next(
            (g for g in by_ends.get(ends, ()) if g.kind != "organisation"), None
        )
        role = None if cluster is not None and cluster.is_settled else role_of(mention)
        if cluster is None:
            cluster = MentionCluster(words, type_of_name(mention, role, lists))
            clusters.append(cluster)
            by_ends.setdefault(ends, []).append(cluster)
        by_core[core] = cluster
        cluster.named(words)
        if not cluster.kind:
            cluster.kind = type_of_name(mention, role, lists)
        cluster.take(mention, role, lists)
    _cluster_short_forms(short, clusters, lists)
    clusters = _with_acronyms(clusters, lists)
    for cluster in clusters:
        cluster.mentions.sort(key=lambda m: m.start)
    return clusters


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name's words for comparison: in small letters, no middle initials, no "Jr."."""
    if len(words) == 1:
        return words
    inner = len(words) - 1
    kept = [
        w.lower()
        for i, w in enumerate(words)
        if w not in _JUNIOR and not (0 < i < inner and len(w) == 2 and w[1] == ".")
    ]
    return tuple(kept) or words


def _cluster_short_forms(
    short: list[Mention], clusters: list[MentionCluster], lists: NameLists
) -> None:
    """Gives one-word mentions to whom they shorten, or clusters them by themselves."""
    known = _ShortForms(clusters, lists)
    alone: dict[str, MentionCluster] = {}
    for mention in short:
        word = mention.words[0]
        cluster = known.full(mention) or alone.get(word)
        if mention.common and cluster is None:
            cluster = known.ending.get(word.lower())
            if cluster is None:
                continue
        role = None if cluster is not None and cluster.is_settled else role_of(mention)
        if cluster is None:
            cluster = alone[word] = MentionCluster(
                mention.words, type_of_word(mention, word, role, lists)
            )
            clusters.append(cluster)
        elif not cluster.kind:
            cluster.kind = type_of_word(mention, word, role, lists)
        cluster.take(mention, role, lists)


class _ShortForms:
    """The full names of an article by the words that may stand for them."""

    def __init__(self, clusters: list[MentionCluster], lists: NameLists) -> None:
        self.last: dict[str, list[MentionCluster]] = {}
        self.first: dict[str, list[MentionCluster]] = {}
        self.ending: dict[str, MentionCluster] = {}
        for cluster in clusters:
            core, first = cluster.core, cluster.words[0]
            if cluster.kind != "organisation":
                self.last.setdefault(core[-1], []).append(cluster)
                self.first.setdefault(core[0], []).append(cluster)
            elif not (
                first in lists.heads
                or first in lists.not_names
                or first in lists.places
                or (first.isupper() and len(first) > 1)
            ):
                self.first.setdefault(core[0], []).append(cluster)
            self.ending.setdefault(core[-1], cluster)

    def full(self, mention: Mention) -> MentionCluster | None:
        """The full name that a mention of one word shortens.

        Of several of one surname, the one of the right gender where a courtesy title says it; then
        the one named last before it.
        """
        word = mention.words[0].lower()
        alike = self.last.get(word) or self.first.get(word)
        if alike and not _HEADS_OF_STATE.isdisjoint(mention.titles):
            alike = [g for g in alike if g.role is None or _RELATIVES.isdisjoint(g.role.words)]
        if not alike:
            return None
        if len(alike) == 1:
            return alike[0]
        gender = next((_GENDER_OF_TITLE[t] for t in mention.titles if t in _GENDER_OF_TITLE), None)
        if gender is not None:
            names = gender_of_given_name()
            alike = [g for g in alike if names.get(g.words[0], gender) == gender] or alike
        return max(
            alike,
            key=lambda g: max((m.start for m in g.mentions if m.start < mention.start), default=-1),
        )


def _opens(mention: Mention) -> bool:
    """Whether a name stands first in brackets."""
    return mention.lead > 0 and mention.tokens.texts[mention.lead - 1] == "("


def _abbreviates_a_thing(mention: Mention, lists: NameLists) -> bool:
    """Whether an acronym in brackets shortens common words that are no body's:
    "tidal flow analysis (TFA)"."""
    word, at = mention.words[0].replace(".", ""), mention.lead - 1
    if not _opens(mention) or at < len(word):
        return False
    before = mention.tokens.texts[at - len(word) : at]
    return (
        [w[0] for w in before] == list(word.lower())
        and len(word) > 2
        and before[-1] not in lists.kinds
    )


def _with_acronyms(clusters: list[MentionCluster], lists: NameLists) -> list[MentionCluster]:
    """The clusters, those of "WHO" and "World Health Organization" joined; one in brackets behind
    a name joins it too; without acronyms of common words."""
    full: dict[str, MentionCluster] = {}
    for cluster in clusters:
        if len(cluster.words) > 1:
            letters = "".join([w[0] for w in cluster.words if w[0].isupper()])
            full.setdefault(letters, cluster)
    ends = {(id(m.tokens), m.last): g for g in clusters for m in g.mentions if len(m.words) > 1}
    kept = []
    for cluster in clusters:
        word = cluster.words[0].replace(".", "")
        if len(cluster.words) > 1 or len(word) < 2 or not word.isupper():
            kept.append(cluster)
            continue
        if any(_abbreviates_a_thing(m, lists) for m in cluster.mentions):
            continue
        bracketed = (ends.get((id(m.tokens), m.lead - 1)) for m in cluster.mentions if _opens(m))
        near = (g for g in bracketed if g and g.kind != "person" and g.words[0][0] == word[0])
        target = full.get(word) or next(near, None)
        if target is None:
            kept.append(cluster)
            continue
        target.mentions.extend(cluster.mentions)
        target.kind = target.kind or "organisation"
        target.role = target.role or cluster.role
        target.says += cluster.says
    return kept
