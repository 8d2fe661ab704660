"""Average-link agglomerative clustering over a sparse graph of dated nodes."""

import heapq
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Edge = tuple[int, int, float, float]
_Sums = tuple[float, float]  # of the strengths between two groups, and of the timeless ones
_Span = tuple[float, float]  # first and last day of a group


@dataclass(frozen=True, slots=True)
class Linkage:
    """How strongly two groups are linked.

    The average of the strengths of their pairs; the part ``continued`` of it is the average of the
    timeless strengths instead, faded by the days between the two groups (``pause_days``).
    """

    continued: float
    pause_days: float

    def strength(self, sums: _Sums, pairs: int, first: _Span, second: _Span) -> float:
        """The link of two groups of so many ``pairs``."""
        faded, timeless = sums
        pause = max(0.0, second[0] - first[1], first[0] - second[1])
        reached = timeless * math.exp(-pause / self.pause_days)
        return ((1 - self.continued) * faded + self.continued * reached) / pairs


def agglomerate(
    days: Mapping[int, float], edges: Iterable[Edge], linkage: Linkage
) -> list[list[int]]:
    """The groups of nodes that are linked by at least 1, nearest joined first.

    days: the day of each node, in fractions. An edge is (node, node, strength, strength as if both
    were of one moment), each pair at most once; a pair without an edge counts as 0. Lance-Williams
    average link (UPGMA) with a lazy heap: only pairs that could join stand in it. Groups and their
    members come in the order of ``days``.
    """
    members = {k: [n] for k, n in enumerate(days)}
    spans: dict[int, _Span] = {k: (day, day) for k, day in enumerate(days.values())}
    place = {n: k for k, n in enumerate(days)}
    links: dict[int, dict[int, _Sums]] = {k: {} for k in members}
    heap: list[tuple[float, int, int]] = []
    for node, neighbour, faded, timeless in edges:
        a, b = place[node], place[neighbour]
        links[a][b] = links[b][a] = (faded, timeless)
        strength = linkage.strength((faded, timeless), 1, spans[a], spans[b])
        if strength >= 1:
            heap.append((-strength, min(a, b), max(a, b)))
    heapq.heapify(heap)
    new = len(members)
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in members or b not in members:
            continue
        members[new] = members.pop(a) + members.pop(b)
        spans[new] = (min(spans[a][0], spans[b][0]), max(spans[a][1], spans[b][1]))
        links[new] = _merged(links, a, b)
        for k, sums in links[new].items():
            links[k][new] = sums
            pairs = len(members[new]) * len(members[k])
            strength = linkage.strength(sums, pairs, spans[k], spans[new])
            if strength >= 1:
                heapq.heappush(heap, (-strength, k, new))
        new += 1
    groups = [sorted(m, key=place.__getitem__) for m in members.values()]
    return sorted(groups, key=lambda g: place[g[0]])


def _merged(links: dict[int, dict[int, _Sums]], a: int, b: int) -> dict[int, _Sums]:
    """The links of two groups as one; theirs are taken out."""
    sums, others = links.pop(a), links.pop(b)
    if len(sums) < len(others):
        sums, others = others, sums
    for k, (faded, timeless) in others.items():
        known = sums.get(k, (0.0, 0.0))
        sums[k] = (known[0] + faded, known[1] + timeless)
    sums.pop(a, None)
    sums.pop(b, None)
    for k in sums:
        links[k].pop(a, None)
        links[k].pop(b, None)
    return sums
