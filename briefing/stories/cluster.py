"""Which articles tell the same story.

Average-link agglomerative clustering over tf-idf cosines that fade with the time between two
articles, in a window that slides with the stream. Neighbours are found through an inverted index
of each article's heaviest terms, never by comparing all pairs. How alike two articles must be
depends on how dense the stream is and how much text there is (``weights.toml`` says how).
"""

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from briefing.stories.agglomerate import Edge, agglomerate
from briefing.stories.data import ClusterSettings, load_weights
from briefing.stories.identity import Changes, name_groups
from briefing.stories.vectors import Frequencies, cosine, term_counts

_DAY = 86_400.0
_PROBES = 20  # heaviest terms of an article by which its neighbours are looked for
_INDEXED = 32  # heaviest terms by which it can be found
_CANDIDATES = 120  # most neighbours compared in full
_PRUNE_DAYS = 0.5  # how far the stream moves on between two clearings of the window


@dataclass(frozen=True, slots=True)
class LinkItem:
    """What linking needs to know of an article. Of ``text`` the first 400 words are read.

    published: None where unknown; such an article stands at the time of the newest one.
    """

    article_id: str
    title: str
    text: str
    published: datetime | None
    source: str = ""
    url: str | None = None
    language: str = "en"


class _Node:
    """An article in the window."""

    __slots__ = ("article_id", "day", "edges", "number", "threshold", "vector", "words")

    def __init__(self, number: int, article_id: str, day: float, words: int) -> None:
        self.number = number
        self.article_id = article_id
        self.day = day
        self.words = words
        self.vector: dict[str, float] = {}
        # To articles that came before, by likeness; None until somebody asks.
        self.edges: dict[int, float] | None = None
        self.threshold = 1.0


class Clusterer:
    """Stories over a stream of articles, with identifiers that last.

    ``restore`` what is known, then ``add`` articles in the order of their publication. An article
    is never forgotten by ``assignments``, but only those of the window can change their story.
    """

    def __init__(self, settings: ClusterSettings | None = None) -> None:
        self._weights = load_weights()
        self.settings = settings or self._weights.linking
        self._frequencies: dict[str, Frequencies] = {}
        self._nodes: dict[int, _Node] = {}
        self._postings: dict[str, list[tuple[int, float]]] = {}
        self._days: list[float] = []  # of the window, sorted
        self._words = 0  # of all articles of the window
        self._newest = -math.inf
        self._pruned_at = -math.inf
        self._forgot_at = -math.inf
        self._number = 0
        self._number_of: dict[str, int] = {}  # by article, while it is in the window
        self._story_of: dict[str, str] = {}  # by article, for good
        self._members: dict[str, list[str]] = {}  # by story, for good
        self._age: dict[str, int] = {}

    def restore(self, known: Iterable[tuple[LinkItem, str]]) -> None:
        """Take up articles with the stories they have; changes no story."""
        pairs = sorted(known, key=lambda p: _day(p[0].published, -math.inf))
        for node in self._enter([item for item, _ in pairs]):
            self._index(node)
        for item, story in pairs:
            self._place(item.article_id, story)

    def add(self, item: LinkItem) -> Changes:
        """Find the story of one new article; stories near it are looked at again.

        An article that is known already changes nothing.
        """
        return self.add_all([item])

    def add_all(self, items: Sequence[LinkItem]) -> Changes:
        """Find the stories of many new articles; very many make us look at the whole window."""
        fresh = {i.article_id: i for i in items if i.article_id not in self._story_of}
        before = len(self._nodes)
        entered = self._enter(sorted(fresh.values(), key=lambda i: _day(i.published, math.inf)))
        for node in entered:
            self._link(node)
        if len(entered) > max(1, before // 4):
            changes = self.settle()
            self._prune()
            return changes
        touched: set[str] = set()
        merged: list[tuple[str, str]] = []
        for node in entered:
            changes = self._regroup(self._around(node))
            touched |= changes.touched
            merged.extend(changes.merged)
        self._prune()
        return Changes(frozenset(touched & self._members.keys()), tuple(merged))

    def settle(self) -> Changes:
        """Look at the whole window anew (seconds for some ten thousand articles)."""
        nodes = [n for n in self._nodes.values() if n.edges is not None or n.vector]
        for node in nodes:
            node.threshold = self._threshold(node.day)
            if node.edges is None:
                node.edges = self._neighbours(node)
        return self._regroup(nodes)

    def rename(self, story: str, name: str) -> None:
        """Call ``story`` by another name, as a store does that gives out its own."""
        if story == name:
            return
        self._members[name] = self._members.pop(story)
        self._age[name] = self._age.pop(story)
        for article in self._members[name]:
            self._story_of[article] = name

    def assignments(self) -> Mapping[str, str]:
        """The story of every article that was ever added, by article."""
        return dict(self._story_of)

    def members(self, story: str) -> tuple[str, ...]:
        """The articles of a story."""
        return tuple(self._members.get(story, ()))

    # ── The window ──

    def _enter(self, items: Sequence[LinkItem]) -> list[_Node]:
        """Bring articles into the window: all are counted before the first is weighed."""
        entered = []
        raw = []
        for item in items:
            counts = term_counts(item.title, item.text, item.language, self._weights)
            table = self._frequencies.get(item.language)
            if table is None:
                table = self._frequencies[item.language] = Frequencies(self._weights)
            table.count(counts)
            known = self._newest if self._newest > -math.inf else 0.0
            day = _day(item.published, known)
            self._newest = max(self._newest, day) if item.published else self._newest
            longest = self._weights.vectors.words
            words = len(item.text.split(None, longest)[:longest])
            node = _Node(self._number, item.article_id, day, words)
            self._number += 1
            entered.append(node)
            raw.append((table, counts))
            self._nodes[node.number] = node
            self._number_of[node.article_id] = node.number
            insort(self._days, day)
            self._words += words
        for node, (table, counts) in zip(entered, raw, strict=True):
            node.vector = table.vector(counts)
            node.threshold = self._threshold(node.day)
        return entered

    def _prune(self) -> None:
        """Let go of articles that no new one can be linked with any more."""
        now = self._newest
        if now - self._pruned_at < _PRUNE_DAYS:
            return
        self._pruned_at = now
        oldest = now - 2 * self.settings.window_days
        old = {n for n, node in self._nodes.items() if node.day < oldest}
        if len(old) * 4 < len(self._nodes):
            return
        for number in old:
            gone = self._nodes.pop(number)
            self._number_of.pop(gone.article_id, None)
            self._words -= gone.words
        del self._days[: bisect_left(self._days, oldest)]

    def _forget(self, now: float) -> None:
        """Take articles out of the index that are too old to be a neighbour from now on."""
        if now - self._forgot_at < _PRUNE_DAYS:
            return
        self._forgot_at = now
        oldest = now - self.settings.window_days - _PRUNE_DAYS
        nodes = self._nodes
        for node in nodes.values():
            if node.day < oldest and node.vector:
                node.vector = {}  # nobody will ask for it again
        for stem, row in list(self._postings.items()):
            kept = [p for p in row if p[0] in nodes and nodes[p[0]].day >= oldest]
            if kept:
                self._postings[stem] = kept
            else:
                del self._postings[stem]

    def _link(self, node: _Node) -> None:
        """Find the neighbours of an article among those before it, and let it be found."""
        self._index(node)
        node.edges = self._neighbours(node)

    def _index(self, node: _Node) -> None:
        """Let an article be found by its heaviest terms."""
        self._forget(node.day)
        for stem, weight in islice(node.vector.items(), _INDEXED):
            self._postings.setdefault(stem, []).append((node.number, weight))

    def _neighbours(self, node: _Node) -> dict[int, float]:
        """The articles before this one that are like it, with how much."""
        likely: dict[int, float] = {}
        for stem, weight in islice(node.vector.items(), _PROBES):
            for number, other in self._postings.get(stem, ()):
                likely[number] = likely.get(number, 0.0) + weight * other
        least = self.settings.least
        near = [n for n, s in likely.items() if n < node.number and s >= least * 0.6]
        if len(near) > _CANDIDATES:
            near = sorted(near, key=likely.__getitem__, reverse=True)[:_CANDIDATES]
        found = {}
        for number in near:
            other_node = self._nodes.get(number)
            likeness = 0.0 if other_node is None else self._likeness(node, other_node)
            if likeness >= least:
                found[number] = likeness
        return found

    def _likeness(self, one: _Node, other: _Node) -> float:
        """The cosine of two articles, less the further they are apart in time."""
        rule = self.settings
        apart = abs(one.day - other.day)
        if apart > rule.window_days:
            return 0.0
        fade = math.exp(-apart * apart / (2 * rule.sigma_days**2))
        return cosine(one.vector, other.vector) * fade

    def _threshold(self, day: float) -> float:
        """How alike two articles about this day must be to tell one story."""
        rule = self.settings
        days = self._days
        half = rule.window_days / 2
        low, high = bisect_left(days, day - half), bisect_right(days, day + half)
        count = high - low
        covered = max(1.0, days[high - 1] - days[low]) if count else 1.0
        rate = max(count / covered, rule.quiet_per_day)
        busy = math.log(rate / rule.quiet_per_day) / math.log(
            rule.busy_per_day / rule.quiet_per_day
        )
        least = rule.threshold_quiet
        least += (rule.threshold_busy - rule.threshold_quiet) * min(1.0, busy)
        words = self._words / max(1, len(days))
        if words >= 100:
            return least * (1 - (1 - rule.long_text_factor) * min(1.0, (words - 100) / 200))
        return least * (1 - (1 - rule.title_only_factor) * max(0.0, 1 - words / 40))

    # ── Grouping ──

    def _around(self, node: _Node) -> list[_Node]:
        """The article after the stories it may belong to, as far as they stand in the window."""
        strength: dict[str, float] = {}
        for number, likeness in (node.edges or {}).items():
            other = self._nodes.get(number)
            story = self._story_of.get(other.article_id) if other else None
            if other is not None and story is not None:
                force = 2 * likeness / (node.threshold + other.threshold)
                strength[story] = max(strength.get(story, 0.0), force)
        likely = sorted((s for s, f in strength.items() if f >= 1), key=lambda s: -strength[s])
        wanted: set[str] = set()
        for story in likely:
            if len(wanted) + len(self._members[story]) > self.settings.recheck and wanted:
                break
            wanted.update(self._members[story])
        oldest = node.day - 2 * self.settings.window_days
        numbers = sorted(self._number_of[a] for a in wanted if a in self._number_of)
        near = [self._nodes[n] for n in numbers if self._nodes[n].day >= oldest]
        return [*near[-self.settings.recheck :], node]

    def _edges(self, nodes: Sequence[_Node]) -> Iterator[Edge]:
        inside = {n.number for n in nodes}
        stay = self.settings.stay
        for node in nodes:
            story = self._story_of.get(node.article_id)
            known = node.edges
            if known is None:  # restored: likened to these few only
                known = {n.number: self._likeness(node, n) for n in nodes if n.number < node.number}
            for number, likeness in known.items():
                if number in inside and likeness >= self.settings.least:
                    other = self._nodes[number]
                    force = 2 * likeness / (node.threshold + other.threshold)
                    if story is not None and story == self._story_of.get(other.article_id):
                        force *= stay
                    yield node.number, number, force

    def _regroup(self, nodes: Sequence[_Node]) -> Changes:
        """Group these articles anew and carry the names of their stories on."""
        ids = {n.number: n.article_id for n in nodes}
        groups = agglomerate([n.number for n in nodes], self._edges(nodes))
        story_of = {n: self._story_of[a] for n, a in ids.items() if a in self._story_of}
        naming = name_groups(groups, story_of, self._age)
        touched: set[str] = set()
        for group, name in zip(groups, naming.names, strict=True):
            story = name or self._new_story(ids[group[0]])
            for number in group:
                old = self._story_of.get(ids[number])
                if old != story:
                    self._place(ids[number], story)
                    touched |= {story} if old is None else {story, old}
        for ended, into in naming.merged:
            for article in self._members.get(ended, [])[:]:
                self._place(article, into)
        return Changes(frozenset(touched & self._members.keys()), naming.merged)

    def _new_story(self, article: str) -> str:
        name = f"new:{article}"
        count = 1
        while name in self._members:
            count += 1
            name = f"new:{article}:{count}"
        return name

    def _place(self, article: str, story: str) -> None:
        old = self._story_of.get(article)
        if old == story:
            return
        if old is not None:
            self._members[old].remove(article)
            if not self._members[old]:
                del self._members[old]
        self._story_of[article] = story
        self._members.setdefault(story, []).append(article)
        self._age.setdefault(story, len(self._age))


def cluster(items: Sequence[LinkItem]) -> list[str]:
    """The story of each article after the whole batch, in the order of ``items``.

    A story is called by the first of its articles in that order. Identifiers of articles that
    come twice are told apart.
    """
    clusterer = Clusterer()
    keys = [str(k) for k in range(len(items))]
    clusterer.add_all(
        [
            LinkItem(key, i.title, i.text, i.published, i.source, i.url, i.language)
            for key, i in zip(keys, items, strict=True)
        ]
    )
    stories = clusterer.assignments()
    first: dict[str, str] = {}
    for key, item in zip(keys, items, strict=True):
        first.setdefault(stories[key], item.article_id)
    names = _distinct(first)
    return [names[stories[key]] for key in keys]


def _distinct(first: Mapping[str, str]) -> dict[str, str]:
    taken: set[str] = set()
    names = {}
    for story, name in first.items():
        fresh, count = name, 1
        while fresh in taken:
            count += 1
            fresh = f"{name}:{count}"
        taken.add(fresh)
        names[story] = fresh
    return names


def _day(moment: datetime | None, otherwise: float) -> float:
    """Days since the epoch."""
    return otherwise if moment is None else moment.timestamp() / _DAY
