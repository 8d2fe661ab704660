"""Which mentions are one: full and short forms, initials, capitals, acronyms; namesakes apart."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from briefing.digest.coreference.antecedents import load_clues
from briefing.digest.entities.mentions import Mention, NameLists
from briefing.digest.entities.roles import Role, role_of
from briefing.digest.entities.types_by_mention import is_place, kind_of_name, kind_of_word, speaks

_JUNIOR = frozenset(("Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"))
_SEX = {"Mr.": "he", "Mr": "he", "Sir": "he"} | dict.fromkeys(
    ("Mrs.", "Mrs", "Ms.", "Ms", "Miss", "Dame", "Lady"), "she"
)


@dataclass(slots=True, eq=False)
class Group:
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
    def is_told(self) -> bool:
        """Whether nothing more need be known: it has a kind, and a role of some words."""
        role = self.role
        return bool(self.kind) and role is not None and role.rank < 3 and len(role.words) > 1

    @property
    def is_slight(self) -> bool:
        """Whether nothing speaks for it: named once, of no kind, without a role or a word said."""
        return not (self.kind or self.says or self.role) and len(self.mentions) == 1

    def take(self, mention: Mention, role: Role | None, lists: NameLists) -> None:
        """One more mention, with the role it gives."""
        self.mentions.append(mention)
        self.says += speaks(mention, lists)
        fits = role is not None and not (self.kind and role.kind not in ("", "either", self.kind))
        if role is not None and fits and (self.role is None or role.betters(self.role)):
            self.role = role


def gather(mentions: Iterable[Mention], lists: NameLists) -> list[Group]:
    """The mentions by whom or what they name, known places left out."""
    groups: list[Group] = []
    by_core: dict[tuple[str, ...], Group] = {}
    by_ends: dict[tuple[str, str], list[Group]] = {}
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
        group = by_core.get(core) or next(
            (g for g in by_ends.get(ends, ()) if g.kind != "organisation"), None
        )
        role = None if group is not None and group.is_told else role_of(mention)
        if group is None:
            group = Group(words, kind_of_name(mention, role, lists))
            groups.append(group)
            by_ends.setdefault(ends, []).append(group)
        by_core[core] = group
        group.named(words)
        if not group.kind:
            group.kind = kind_of_name(mention, role, lists)
        group.take(mention, role, lists)
    _place_short(short, groups, lists)
    groups = _with_acronyms(groups)
    for group in groups:
        group.mentions.sort(key=lambda m: m.start)
    return groups


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


def _place_short(short: list[Mention], groups: list[Group], lists: NameLists) -> None:
    """Gives one-word mentions to whom they shorten, or groups them by themselves."""
    known = _Shorts(groups, lists)
    alone: dict[str, Group] = {}
    for mention in short:
        word = mention.words[0]
        group = known.full(mention) or alone.get(word)
        if mention.common and group is None:
            group = known.ending.get(word.lower())
            if group is None:
                continue
        role = None if group is not None and group.is_told else role_of(mention)
        if group is None:
            group = alone[word] = Group(mention.words, kind_of_word(mention, word, role, lists))
            groups.append(group)
        elif not group.kind:
            group.kind = kind_of_word(mention, word, role, lists)
        group.take(mention, role, lists)


class _Shorts:
    """The full names of an article by the words that may stand for them."""

    def __init__(self, groups: list[Group], lists: NameLists) -> None:
        self.last: dict[str, list[Group]] = {}
        self.first: dict[str, list[Group]] = {}
        self.ending: dict[str, Group] = {}
        for group in groups:
            core, first = group.core, group.words[0]
            if group.kind != "organisation":
                self.last.setdefault(core[-1], []).append(group)
                self.first.setdefault(core[0], []).append(group)
            elif not (
                first in lists.heads
                or first in lists.not_names
                or first in lists.places
                or (first.isupper() and len(first) > 1)
            ):
                self.first.setdefault(core[0], []).append(group)
            self.ending.setdefault(core[-1], group)

    def full(self, mention: Mention) -> Group | None:
        """The full name that a mention of one word shortens.

        Of several of one surname, the one of the right sex where a courtesy title says it; then
        the one named last before it.
        """
        word = mention.words[0].lower()
        alike = self.last.get(word) or self.first.get(word)
        if not alike:
            return None
        if len(alike) == 1:
            return alike[0]
        sex = next((_SEX[t] for t in mention.titles if t in _SEX), None)
        if sex is not None:
            names = load_clues().sex_of_name
            alike = [g for g in alike if names.get(g.words[0], sex) == sex] or alike
        return max(
            alike,
            key=lambda g: max((m.start for m in g.mentions if m.start < mention.start), default=-1),
        )


def _with_acronyms(groups: list[Group]) -> list[Group]:
    """The groups, those of "WHO" and "World Health Organization" joined."""
    full: dict[str, Group] = {}
    for group in groups:
        if len(group.words) > 1:
            letters = "".join([w[0] for w in group.words if w[0].isupper()])
            full.setdefault(letters, group)
    kept = []
    for group in groups:
        word = group.words[0].replace(".", "")
        target = full.get(word) if len(group.words) == 1 and len(word) > 1 else None
        if target is None or not word.isupper():
            kept.append(group)
            continue
        target.mentions.extend(group.mentions)
        target.kind = target.kind or "organisation"
        target.role = target.role or group.role
        target.says += group.says
    return kept
