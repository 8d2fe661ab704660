"""The articles that may still be linked, and which of them are alike.

Neighbours are found through an inverted index of each article's heaviest terms, never by comparing
all pairs. Vectors, index and links are kept in arrays: twenty thousand articles a week in some
sixty megabytes.
"""

import math
from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice, repeat
from operator import mul

from briefing.model import LinkCandidate
from briefing.stories.event_cues import EventCues, agreement, find_event_cues, find_names
from briefing.stories.parameters import Parameters
from briefing.stories.vectors import Frequencies, term_counts

_DAY = 86_400.0
_PROBES = 20  # heaviest terms of an article by which its neighbours are looked for
_INDEXED = 32  # heaviest terms by which it can be found
_SCANNED = 2000  # most entries of the index read for one article; its rarest terms come first
_CANDIDATES = 64  # most neighbours compared in full
_STEP_DAYS = 0.5  # how far the stream moves on between two clearings
_AHEAD = 5  # so many articles must be newer before older ones are let go: dates can be wrong


class Node:
    """An article of the index, as a node of the graph of alike articles."""

    __slots__ = (
        "article_id",
        "busy",
        "cues",
        "day",
        "language",
        "names",
        "near",
        "neighbours",
        "number",
        "searched",
        "similarity",
        "stems",
        "weights",
    )

    def __init__(self, number: int, article_id: str, day: float, cues: EventCues) -> None:
        self.number = number
        self.article_id = article_id
        self.day = day
        self.cues = cues
        self.language = ""
        self.names: frozenset[str] = frozenset()
        self.busy = 1.0
        self.stems: tuple[str, ...] = ()
        self.weights = array("f")
        self.searched = False
        self.neighbours = array("I")  # that came before, with
        self.similarity = array("f")  # how alike they are, agreement included
        self.near: list[float] = []  # similarity of the nearest, before and after; least first


class Posting:
    """The articles of one stem, with its weight in each."""

    __slots__ = ("numbers", "weights")

    def __init__(self) -> None:
        self.numbers = array("I")
        self.weights = array("f")


class ArticleIndex:
    """The articles of the last days of a stream, with their neighbours."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._rule = parameters.linking
        self._frequencies: dict[str, Frequencies] = {}
        self._postings: dict[str, Posting] = {}
        self._nodes: dict[int, Node] = {}
        self._number_of: dict[str, int] = {}
        self._days: list[float] = []  # of all articles, sorted
        self._dated: list[float] = []  # of those with a time of their own, sorted
        self._pruned_at = -math.inf
        self._cleared_at = -math.inf
        self._count = 0
        self._dates = {*parameters.weekdays, *parameters.compare.months}

    def __len__(self) -> int:
        return len(self._nodes)

    def __contains__(self, number: int) -> bool:
        return number in self._nodes

    def __getitem__(self, number: int) -> Node:
        return self._nodes[number]

    def nodes(self, articles: Iterable[str]) -> list[Node]:
        """Those of the articles that stand in the window, in the order in which they came."""
        numbers = sorted(self._number_of[a] for a in articles if a in self._number_of)
        return [self._nodes[n] for n in numbers]

    def linkable(self) -> list[Node]:
        """All whose neighbours are known, or can still be looked for."""
        return [n for n in self._nodes.values() if n.searched or n.stems]

    # ── Coming and going ──

    def enter(self, items: Sequence[LinkCandidate]) -> list[Node]:
        """Bring articles in, oldest first: all are counted before the first is weighed."""
        entered = []
        raw = []
        for item in sorted(items, key=lambda i: _day(i.published, math.inf)):
            counts = term_counts(item.title, item.text, item.language, self._parameters)
            table = self._frequencies.get(item.language)
            if table is None:
                table = self._frequencies[item.language] = Frequencies(self._parameters)
            table.count(counts)
            raw.append((table, tuple(counts), array("f", counts.values())))
            day = _day(item.published, self._latest())
            cues = find_event_cues(item.title, item.text, self._parameters.weekdays)
            node = Node(self._count, item.article_id, day, cues)
            node.language = item.language
            node.names = find_names(item.text, item.language, self._dates)
            self._count += 1
            entered.append(node)
            self._nodes[node.number] = node
            self._number_of[node.article_id] = node.number
            insort(self._days, day)
            if item.published is not None:
                insort(self._dated, day)
        raw.reverse()
        for node in entered:
            table, stems, amounts = raw.pop()
            vector = table.vector(dict(zip(stems, amounts, strict=True)))
            node.stems = tuple(vector)
            node.weights = array("f", vector.values())
            node.busy = self._busy(node.day)
        return entered

    def prune(self) -> None:
        """Let go of articles that no new one can be linked with any more."""
        now = self._settled()
        if now - self._pruned_at < _STEP_DAYS:
            return
        self._pruned_at = now
        oldest = now - 2 * self._rule.window_days
        old = [n for n, node in self._nodes.items() if node.day < oldest]
        if len(old) * 4 < len(self._nodes):
            return
        for number in old:
            self._number_of.pop(self._nodes.pop(number).article_id, None)
        for days in (self._days, self._dated):
            del days[: bisect_left(days, oldest)]

    def _clear_postings(self, now: float) -> None:
        """Take articles out of the index that are too old to be a neighbour from now on."""
        if now - self._cleared_at < _STEP_DAYS:
            return
        self._cleared_at = now
        oldest = now - self._rule.window_days - _STEP_DAYS
        old = {n for n, node in self._nodes.items() if node.day < oldest}
        for number in old:  # nobody will ask for these again
            self._nodes[number].stems = ()
            self._nodes[number].weights = array("f")
        for stem, posting in list(self._postings.items()):
            kept = Posting()
            for number, weight in zip(posting.numbers, posting.weights, strict=True):
                if number in self._nodes and number not in old:
                    kept.numbers.append(number)
                    kept.weights.append(weight)
            if kept.numbers:
                self._postings[stem] = kept
            else:
                del self._postings[stem]

    def _latest(self) -> float:
        return self._days[-1] if self._days else 0.0

    def _settled(self) -> float:
        """The time that the stream has surely come to: one date far ahead moves nothing."""
        return self._days[-min(len(self._days), _AHEAD)] if self._days else -math.inf

    # ── Neighbours ──

    def index(self, node: Node) -> None:
        """Let an article be found by its heaviest terms."""
        self._clear_postings(min(node.day, self._settled()))
        for stem, weight in islice(zip(node.stems, node.weights, strict=True), _INDEXED):
            posting = self._postings.get(stem)
            if posting is None:
                posting = self._postings[stem] = Posting()
            posting.numbers.append(node.number)
            posting.weights.append(weight)

    def link(self, node: Node) -> None:
        """Find the neighbours of an article that has just come; it becomes one of theirs."""
        for other, similarity in self._find(node):
            self._add_neighbour(node, other, similarity)
            self._note_surroundings(other, similarity)
        node.searched = True
        self.index(node)

    def search(self, node: Node) -> None:
        """Find the neighbours of a restored article; does nothing where they are known."""
        if node.searched:
            return
        node.searched = True
        node.near.clear()
        for other, similarity in self._find(node):
            if other.number < node.number:
                self._add_neighbour(node, other, similarity)
            else:
                self._note_surroundings(node, similarity)

    def threshold(self, node: Node) -> float:
        """How alike another must be to tell the same story.

        It rises with how alike an article's surroundings are to it (on a beat where all speaks of
        the same people more similarity is needed), and with how busy the stream is. A window of few
        articles shows little of the surroundings: what it lacks is presumed.
        """
        rule = self._rule
        unseen = max(0.0, 1 - len(self._nodes) / rule.few)
        around = rule.alone + sum(node.near) / rule.near + rule.presumed * unseen
        return float(max(rule.floor, rule.bar * node.busy * around**rule.surroundings))

    def names_shared(self, first: Node, second: Node) -> float:
        """By what two articles that name the same are more alike than their words say, from 1 on.

        Names count that stand in few articles: what all of a beat speak of tells no event.
        """
        rule = self._rule
        common = first.names & second.names
        if len(common) < rule.enough_names - 1 or first.language != second.language:
            return 1.0
        seen = self._frequencies[first.language].seen
        missing = rule.enough_names - sum(seen(n) <= rule.rare_name for n in common)
        return 1 + rule.same_names * min(1.0, max(0.0, 1 - missing / 2))

    def refresh(self, node: Node) -> None:
        """Look again at how busy the stream is about an article."""
        node.busy = self._busy(node.day)

    def _add_neighbour(self, node: Node, other: Node, similarity: float) -> None:
        node.neighbours.append(other.number)
        apart = abs(node.day - other.day)
        factor = agreement(node.cues, other.cues, self._rule, apart)
        node.similarity.append(similarity * factor)
        self._note_surroundings(node, similarity)

    def _note_surroundings(self, node: Node, similarity: float) -> None:
        """Remember how alike the surroundings are; a copy says nothing about them."""
        near = node.near
        if similarity < self._rule.copy and (len(near) < self._rule.near or similarity > near[0]):
            insort(near, similarity)
            if len(near) > self._rule.near:
                del near[0]

    def _find(self, node: Node) -> Iterator[tuple[Node, float]]:
        """The articles in the index that are like this one, with how much."""
        rule = self._rule
        get = dict(zip(node.stems, node.weights, strict=True)).get
        for number in self._candidates(node):
            other = self._nodes.get(number)
            if other is None or other is node:
                continue
            apart = abs(node.day - other.day)
            if apart > rule.window_days:
                continue
            product = sum(map(mul, map(get, other.stems, repeat(0.0)), other.weights))
            similarity = product * math.exp(-apart / rule.fade_days)
            if similarity >= rule.least:
                yield other, similarity

    def _candidates(self, node: Node) -> list[int]:
        """Those that share heavy terms with an article, the likeliest first where they are many."""
        products: dict[int, float] = {}
        so_far = products.get
        left = _SCANNED
        for stem, weight in islice(zip(node.stems, node.weights, strict=True), _PROBES):
            posting = self._postings.get(stem)
            if posting is None:
                continue
            left -= len(posting.numbers)
            if left < 0 and products:
                break
            for number, other in zip(posting.numbers, posting.weights, strict=True):
                products[number] = so_far(number, 0.0) + weight * other
        enough = self._rule.least * 0.6
        nearest = [n for n, s in products.items() if s >= enough]
        if len(nearest) > _CANDIDATES:
            nearest = sorted(nearest, key=products.__getitem__, reverse=True)[:_CANDIDATES]
        return nearest

    def _busy(self, day: float) -> float:
        """By what the density of the stream about this day raises the threshold.

        On a logarithmic scale of articles a day; those without a time say nothing about it.
        """
        rule = self._rule
        half = rule.window_days / 2
        low, high = bisect_left(self._dated, day - half), bisect_right(self._dated, day + half)
        if high == low:
            return 1.0
        covered = max(1.0, self._dated[high - 1] - self._dated[low])
        rate = max((high - low) / covered, rule.quiet_per_day)
        share = math.log(rate / rule.quiet_per_day) / math.log(
            rule.busy_per_day / rule.quiet_per_day
        )
        return float(rule.busy ** min(1.0, share))


def _day(moment: datetime | None, otherwise: float) -> float:
    """Days since the epoch."""
    return otherwise if moment is None else moment.timestamp() / _DAY
