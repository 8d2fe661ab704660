"""Stable identifiers of clusters: which new group of articles continues which story."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClusterChanges:
    """What linking changed.

    touched: stories whose articles changed, without those that ended. merged: (ended, into).
    """

    touched: frozenset[str] = frozenset()
    merged: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StoryAssignment:
    """A story for each group, in the order of the groups (None: a new one), and what ended."""

    story_ids: tuple[str | None, ...]
    merged: tuple[tuple[str, str], ...]


def assign_story_ids(
    groups: Sequence[Sequence[int]], story_of: Mapping[int, str], age: Mapping[str, int]
) -> StoryAssignment:
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
    story_ids: list[str | None] = []
    merged: list[tuple[str, str]] = []
    for k in range(len(groups)):
        claimants = sorted(claims.get(k, ()), key=lambda s: age[s])
        story_ids.append(claimants[0] if claimants else None)
        merged.extend((ended, claimants[0]) for ended in claimants[1:])
    return StoryAssignment(tuple(story_ids), tuple(merged))
