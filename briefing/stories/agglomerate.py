"""Average-link agglomerative clustering over a sparse graph."""

import heapq
from collections.abc import Iterable, Sequence

Edge = tuple[int, int, float]


def agglomerate(nodes: Sequence[int], edges: Iterable[Edge]) -> list[list[int]]:
    """The groups of ``nodes`` whose average link is at least 1, nearest joined first.

    An edge is (node, node, strength), each pair at most once; a pair without an edge counts as 0.
    Lance-Williams average link (UPGMA) with a lazy heap: only pairs that could join stand in it.
    Groups and their members come in the order of ``nodes``.
    """
    members: dict[int, list[int]] = {k: [n] for k, n in enumerate(nodes)}
    place = {n: k for k, n in enumerate(nodes)}
    links: dict[int, dict[int, float]] = {k: {} for k in members}
    heap: list[tuple[float, int, int]] = []
    for node, neighbour, strength in edges:
        a, b = place[node], place[neighbour]
        links[a][b] = strength
        links[b][a] = strength
        if strength >= 1:
            heap.append((-strength, min(a, b), max(a, b)))
    heapq.heapify(heap)
    next_group = len(members)
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in members or b not in members:
            continue
        joined = members.pop(a) + members.pop(b)
        sums, other_sums = links.pop(a), links.pop(b)
        if len(sums) < len(other_sums):
            sums, other_sums = other_sums, sums
        for k, s in other_sums.items():
            sums[k] = sums.get(k, 0.0) + s
        sums.pop(a, None)
        sums.pop(b, None)
        size = len(joined)
        for k, s in sums.items():
            row = links[k]
            row.pop(a, None)
            row.pop(b, None)
            row[next_group] = s
            average = s / (size * len(members[k]))
            if average >= 1:
                heapq.heappush(heap, (-average, k, next_group))
        members[next_group] = joined
        links[next_group] = sums
        next_group += 1
    groups = [sorted(m, key=place.__getitem__) for m in members.values()]
    return sorted(groups, key=lambda g: place[g[0]])
