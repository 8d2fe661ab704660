"""Which new group of articles is which story: identifiers that survive joining and parting."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """What linking changed.

    touched: stories whose articles changed, without those that ended. merged: (ended, into).
    """

    touched: frozenset[str] = frozenset()
    merged: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Naming:
    """A story for each group, in the order of the groups (None: a new one), and what ended."""

    names: tuple[str | None, ...]
    merged: tuple[tuple[str, str], ...]


def name_groups(
    groups: Sequence[Sequence[int]], story_of: Mapping[int, str], age: Mapping[str, int]
) -> Naming:
    """Give each group the story it continues.

    A story stays with the group that holds most of its articles; where several stories come
    together, the oldest goes on (``age``: the smaller, the older) and the others end in it.
    """
    homes: dict[str, Counter[int]] = {}
    for k, group in enumerate(groups):
        for node in group:
            story = story_of.get(node)
            if story is not None:
                homes.setdefault(story, Counter())[k] += 1
    claims: dict[int, list[str]] = {}
    for story, counts in homes.items():
        home = min(counts, key=lambda k: (-counts[k], k))
        claims.setdefault(home, []).append(story)
    names: list[str | None] = []
    merged: list[tuple[str, str]] = []
    for k in range(len(groups)):
        claimants = sorted(claims.get(k, ()), key=lambda s: age[s])
        names.append(claimants[0] if claimants else None)
        merged.extend((ended, claimants[0]) for ended in claimants[1:])
    return Naming(tuple(names), tuple(merged))
