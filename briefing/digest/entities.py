"""The people and organisations of an article, each once, by its fullest name."""

import math
from collections import Counter
from dataclasses import dataclass, field

from briefing.digest.document import Document
from briefing.digest.names import Mention, NameLists, find_mentions, name_lists
from briefing.digest.roles import Role, role_of
from briefing.model import Entity, EntityKind, Span

MAX_KEY = 6
_JUNIOR = frozenset(("Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"))


@dataclass(slots=True)
class _Group:
    """The mentions of one name while they are gathered."""

    words: tuple[str, ...]
    kind: str
    mentions: list[Mention] = field(default_factory=list)
    role: Role | None = None
    said: bool = False
    core: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.core = _core(self.words)

    def named(self, words: tuple[str, ...]) -> None:
        """Take a fuller name."""
        self.words = words
        self.core = _core(words)

    def take(self, mention: Mention, role: Role | None) -> None:
        self.mentions.append(mention)
        if role is not None and (
            self.role is None or (role.rank < self.role.rank and self.role.rank > 2)
        ):
            if self.kind and role.kind not in ("", "either", self.kind):
                return
            self.role = role


def find_entities(document: Document) -> tuple[Entity, ...]:
    """The named people and organisations of ``document``, the most important first.

    ``kind`` is None where it is not sure; places are left out; ``key`` marks at most ``MAX_KEY``.
    """
    mentions = find_mentions(document)
    groups = _grouped(mentions, name_lists())
    total = max(1, len(document.sentences))
    title = document.title
    scored = sorted(
        ((_score(g, total, title), g) for g in groups),
        key=lambda pair: (-pair[0], pair[1].mentions[0].tokens[pair[1].mentions[0].first].start),
    )
    out = []
    keys = 0
    for score, group in scored:
        key = keys < MAX_KEY and score >= _KEY_SCORE
        keys += key
        out.append(_entity(document, group, key=key))
    return tuple(out)


_KEY_SCORE = 1.6


def _entity(document: Document, group: _Group, *, key: bool) -> Entity:
    spans = sorted(
        {Span(m.tokens[m.first].start, m.tokens[m.last - 1].end) for m in group.mentions}
    )
    longest = max(
        (m for m in group.mentions if m.words == group.words),
        key=lambda m: m.last - m.first,
        default=group.mentions[0],
    )
    name = document.text[longest.tokens[longest.first].start : longest.tokens[longest.last - 1].end]
    kind: EntityKind | None = None
    if group.kind == "person":
        kind = "person"
    elif group.kind == "organisation":
        kind = "organisation"
    role_span = group.role.span if group.role else None
    role = role_span.of(document.text) if role_span else None
    return Entity(" ".join(name.split()), kind, tuple(spans), role, role_span, key)


# ── Which mentions are one ───────────────────────────────────────────────────────────────────


def _grouped(mentions: list[Mention], lists: NameLists) -> list[_Group]:
    groups: list[_Group] = []
    by_words: dict[tuple[str, ...], _Group] = {}
    short: list[tuple[Mention, Role | None]] = []
    singles = Counter(m.words[0] for m in mentions if len(m.words) == 1)
    for mention in mentions:
        words = _core(mention.words)
        if _is_place(words, lists):
            continue
        role = role_of(mention)
        if len(words) == 1 and not words[0].isupper():
            short.append((mention, role))
            continue
        group = by_words.get(words) or _same_person(words, groups)
        if group is None:
            kind = _kind(mention, words, role, singles, lists)
            group = _Group(mention.words, kind)
            groups.append(group)
        by_words[words] = group
        if len(mention.words) > len(group.words):
            group.named(mention.words)
        if not group.kind:
            group.kind = _kind(mention, words, role, singles, lists)
        group.take(mention, role)
        group.said = group.said or _speaks(mention, lists)
    _place_short(short, groups, lists)
    _join_acronyms(groups)
    groups = _without_places(groups, lists)
    for group in groups:
        group.mentions.sort(key=lambda m: m.tokens[m.first].start)
    return groups


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name's words for comparison: no middle initials, no "Jr.", no "The"."""
    if len(words) == 1:
        return words
    kept = tuple(
        [
            w
            for i, w in enumerate(words)
            if w not in _JUNIOR and not (0 < i < len(words) - 1 and len(w) == 2 and w[1] == ".")
        ]
    )
    return kept or words


def _is_place(words: tuple[str, ...], lists: NameLists) -> bool:
    whole = " ".join(words)
    if whole in lists.places or whole.rstrip(".") in lists.places:
        return True
    return whole in lists.not_names or all(w in lists.places or w in lists.not_names for w in words)


def _without_places(groups: list[_Group], lists: NameLists) -> list[_Group]:
    """Without what the text uses as places: "in Ulvane", "Lake Sumeri", a dateline."""
    places = {
        " ".join(g.words).casefold() for g in groups if _used_as_place(g, lists) or _is_dateline(g)
    }
    return [g for g in groups if " ".join(g.words).casefold() not in places]


def _used_as_place(group: _Group, lists: NameLists) -> bool:
    if group.kind or group.role is not None or group.said:
        return False
    words = group.words
    if len(words) > 1 and (words[0] in lists.landmarks or words[-1] in lists.landmarks):
        return True
    placed = sum(_is_placed(m, lists) for m in group.mentions)
    return 2 * placed > len(group.mentions)


def _is_placed(mention: Mention, lists: NameLists) -> bool:
    """Whether a name stands where places stand: after "in", or before ", California"."""
    tokens = mention.tokens
    if (
        mention.lead == mention.first
        and mention.lead
        and tokens[mention.lead - 1].low in lists.placing
    ):
        return True
    at = mention.last
    if at + 1 >= len(tokens):
        return False
    if tokens[at].low.capitalize() in lists.landmarks:
        return True  # "the Kalder valley"
    return tokens[at].text == "," and tokens[at + 1].text in lists.places


def _is_dateline(group: _Group) -> bool:
    """Whether a name in capitals opens a report: "ULVANE (Tidewire) - …", "PARIS, May 3 - …"."""
    if len(group.words) > 2 or not all(w.isupper() and len(w) > 3 for w in group.words):
        return False
    return any(
        m.first == 0 and m.last < len(m.tokens) and m.tokens[m.last].text in "(,—–-"
        for m in group.mentions
    )


def _same_person(words: tuple[str, ...], groups: list[_Group]) -> _Group | None:
    """A person with the same first and last name, other middle names apart."""
    if len(words) < 2:
        return None
    for group in groups:
        other = group.core
        if (
            group.kind != "organisation"
            and len(other) > 1
            and other[-1] == words[-1]
            and other[0] == words[0]
        ):
            return group
    return None


def _kind(
    mention: Mention,
    words: tuple[str, ...],
    role: Role | None,
    singles: Counter[str],
    lists: NameLists,
) -> str:
    whole = " ".join(words)
    if whole in lists.media or f"The {whole}" in lists.media:
        return "organisation"
    if words[-1] in lists.suffixes or (words[0] in lists.heads and "of" in words):
        return "organisation"
    if any(t.text in lists.titles or t.text in lists.courtesy for t in mention.titles):
        return "person"
    if role is not None and role.kind in ("person", "organisation") and role.rank != 2:
        return role.kind
    if len(words) == 1:
        return "organisation" if words[0].isupper() and 2 <= len(words[0]) <= 6 else ""
    if any(w in lists.suffixes for w in words[1:]):
        return "organisation"
    if 2 <= len(words) <= 4 and (
        words[0] in lists.given or (len(words[0]) <= 4 and words[0].endswith("."))
    ):
        return "person"
    if "of" in words or "&" in words or "for" in words:
        return "organisation"
    acts = 2 <= len(words) <= 3 and (singles[words[-1]] > 0 or _speaks(mention, lists))
    placed = any(w in lists.places or w in lists.not_names for w in words)
    article = mention.lead > 0 and mention.tokens[mention.lead - 1].low == "the"
    return "person" if acts and not placed and not article else ""


def _speaks(mention: Mention, lists: NameLists) -> bool:
    """Whether the name is the subject or inverted subject of a verb of saying."""
    tokens = mention.tokens
    after = tokens[mention.last].text if mention.last < len(tokens) else ""
    before = tokens[mention.lead - 1].text if mention.lead else ""
    return after in lists.saying or before in ("said", "says")


def _place_short(
    short: list[tuple[Mention, Role | None]], groups: list[_Group], lists: NameLists
) -> None:
    """Gives one-word mentions to the person they shorten, or groups them by themselves."""
    last: dict[str, _Group] = {}
    first: dict[str, _Group] = {}
    for group in groups:
        core = group.core
        if group.kind == "organisation":
            if (
                core[0] not in lists.heads
                and core[0] not in lists.not_names
                and core[0] not in lists.places
            ):
                first.setdefault(core[0], group)
            continue
        if len(core) > 1:
            last.setdefault(core[-1], group)
            first.setdefault(core[0], group)
    alone: dict[str, _Group] = {}
    for mention, role in short:
        word = _core(mention.words)[0]
        known = last.get(word) or first.get(word) or alone.get(word)
        if mention.common:
            known = known or _ending_in(word, groups)
            if known is None:
                continue
        group = known or _Group(mention.words, _single_kind(mention, word, role, lists))
        if known is None:
            alone[word] = group
            groups.append(group)
        elif not group.kind:
            group.kind = _single_kind(mention, word, role, lists)
        group.take(mention, role)
        group.said = group.said or _speaks(mention, lists)


def _ending_in(word: str, groups: list[_Group]) -> _Group | None:
    """The organisation whose name ends in ``word``, for its short form: "the League"."""
    return next((g for g in groups if len(g.words) > 1 and g.words[-1] == word), None)


def _single_kind(mention: Mention, word: str, role: Role | None, lists: NameLists) -> str:
    if word in lists.media or word in lists.suffixes:
        return "organisation"
    if any(t.text in lists.titles or t.text in lists.courtesy for t in mention.titles):
        return "person"
    if (
        any(c.isupper() for c in word[1:])
        and "-" not in word
        and "’" not in word
        and "'" not in word
    ):
        return "organisation"
    if role is not None and role.kind in ("person", "organisation") and role.rank != 2:
        return role.kind
    if word in lists.given:
        return "person"
    return ""


def _join_acronyms(groups: list[_Group]) -> None:
    """ "WHO" and "World Health Organization" are one."""
    full: dict[str, _Group] = {}
    for group in groups:
        if len(group.words) > 1:
            letters = "".join(w[0] for w in group.words if w[0].isupper())
            full.setdefault(letters, group)
    for group in list(groups):
        word = group.words[0].replace(".", "")
        if len(group.words) == 1 and word.isupper() and len(word) > 1 and word in full:
            target = full[word]
            if target is not group:
                target.mentions.extend(group.mentions)
                target.kind = target.kind or "organisation"
                target.role = target.role or group.role
                groups.remove(group)


# ── Who matters ──────────────────────────────────────────────────────────────────────────────


def _score(group: _Group, total: int, title: str) -> float:
    count = len(group.mentions)
    score = 1.2 * math.log2(1 + count)
    score += 1.5 * (group.role is not None)
    score += 0.8 * group.said
    score += {"person": 0.6, "organisation": 0.6}.get(group.kind, -0.8)
    score += 0.5 * (len(group.words) > 1)
    score += 1.0 * (group.words[-1] in title)
    score -= 1.5 * (" ".join(group.words) in name_lists().media)
    return score - 1.5 * group.mentions[0].sentence.index / total
