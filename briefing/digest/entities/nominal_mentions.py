"""Mentions by office: "the Prime Minister", where the article calls one person prime minister."""

from collections.abc import Iterable

from briefing.digest.entities.clustering import MentionCluster
from briefing.digest.entities.mentions import Mention
from briefing.digest.entities.name_lists import NameLists
from briefing.digest.entities.tokens import Tokens

_PAST = frozenset("former ex late deputy vice acting ex-president then".split())
_AFTER_OFFICE = frozenset("of for to 's".split())


def join_offices(
    clusters: Iterable[MentionCluster], prose: Iterable[Tokens], lists: NameLists
) -> None:
    """Gives each person who alone holds an office the later mentions by it."""
    holders = _holders(clusters, lists)
    if not holders:
        return
    named = [f"the {office}" for office in holders]
    for tokens in prose:
        if any(map(tokens.text.lower().__contains__, named)):
            _join(tokens, holders)
    for cluster in holders.values():
        cluster.mentions.sort(key=lambda m: m.start)


def _holders(clusters: Iterable[MentionCluster], lists: NameLists) -> dict[str, MentionCluster]:
    """The persons who alone hold an office, by that."""
    holders: dict[str, MentionCluster | None] = {}
    for cluster in clusters:
        if cluster.kind == "person" and cluster.role is not None:
            office = _office(cluster.role.words, lists)
            if office:
                holders[office] = None if office in holders else cluster
    return {office: cluster for office, cluster in holders.items() if cluster is not None}


def _office(role: tuple[str, ...], lists: NameLists) -> str:
    """The office that a role ends in, before its "of …"; nothing where it is past."""
    if not _PAST.isdisjoint(role):
        return ""
    end = next((i for i, w in enumerate(role) if w in _AFTER_OFFICE), len(role))
    for first in range(max(0, end - 3), end):
        office = " ".join(role[first:end])
        if office in lists.offices:
            return office
    return ""


def _join(tokens: Tokens, holders: dict[str, MentionCluster]) -> None:
    lows, texts = tokens.lows, tokens.texts
    for at, low in enumerate(lows):
        if low != "the":
            continue
        for size in (3, 2, 1):
            last = at + 1 + size
            cluster = holders.get(" ".join(lows[at + 1 : last]))
            if cluster is None or last > len(lows):
                continue
            after = texts[last] if last < len(texts) else "."
            start = tokens.starts[at + 1]
            free = not (after[0].isupper() or after in _AFTER_OFFICE or last - 1 in tokens.owns)
            if free and cluster.mentions[0].start < start:
                words = tuple(texts[at + 1 : last])
                cluster.mentions.append(Mention(tokens, at + 1, at + 1, last, words, start))
            break
