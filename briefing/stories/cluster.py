"""Which articles tell the same story.

Average-link agglomerative clustering over tf-idf cosines that fade with the time between two
articles, in part only with the time between two groups of them (``agglomerate.py``), in a window
that slides with the stream (``article_index.py``). How alike two articles
must be depends on how alike each is to its surroundings and on how dense the stream is; the
weekdays and numbers that they name count too (``parameters.toml`` says how much).
"""

import math
from collections.abc import Iterator, Mapping, Sequence

from briefing.model import LinkCandidate
from briefing.stories.agglomerate import Edge, Linkage, agglomerate
from briefing.stories.article_index import ArticleIndex, Node
from briefing.stories.cluster_identity import ClusterChanges, assign_story_ids
from briefing.stories.parameters import Parameters, load_parameters


class Clusterer:
    """Stories over a stream of articles, with identifiers that last.

    ``restore`` what is known, then ``add`` articles in the order of their publication. An article
    is never forgotten by ``assignments``, but only those of the window can change their story.
    parameters: in place of the packaged ones.
    """

    def __init__(self, parameters: Parameters | None = None) -> None:
        parameters = parameters or load_parameters()
        self._rule = parameters.linking
        self._index = ArticleIndex(parameters)
        self._story_of: dict[str, str] = {}  # by article, for good
        self._members: dict[str, list[str]] = {}  # by story, for good
        self._age: dict[str, int] = {}

    def restore(self, known: Sequence[LinkCandidate]) -> None:
        """Take up articles with the stories they have (``story_id``); changes no story."""
        story_of = {i.article_id: i.story_id for i in known if i.story_id is not None}
        for node in self._index.enter([i for i in known if i.article_id in story_of]):
            self._index.index(node)
            self._place(node.article_id, story_of[node.article_id])

    def add(self, item: LinkCandidate) -> ClusterChanges:
        """Find the story of one new article; stories near it are looked at again.

        An article that is known already changes nothing.
        """
        return self.add_all([item])

    def add_all(self, items: Sequence[LinkCandidate]) -> ClusterChanges:
        """Find the stories of many new articles; very many make us look at the whole window."""
        unknown = {i.article_id: i for i in items if i.article_id not in self._story_of}
        before = len(self._index)
        entered = self._index.enter(list(unknown.values()))
        for node in entered:
            self._index.link(node)
        if len(entered) > max(1, before // 4):
            changes = self.settle()
            self._index.prune()
            return changes
        touched: set[str] = set()
        merged: list[tuple[str, str]] = []
        for node in entered:
            changes = self._regroup(self._around(node))
            touched |= changes.touched
            merged.extend(changes.merged)
        self._index.prune()
        return ClusterChanges(frozenset(touched & self._members.keys()), tuple(merged))

    def settle(self) -> ClusterChanges:
        """Look at the whole window anew (seconds for some ten thousand articles)."""
        nodes = self._index.linkable()
        for node in nodes:
            self._index.refresh(node)
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

    # ── Grouping ──

    def _around(self, node: Node) -> list[Node]:
        """The article after the stories it may belong to, as far as they stand in the window."""
        strength: dict[str, float] = {}
        for other, force in self._forces(node):
            story = self._story_of.get(other.article_id)
            if story is not None:
                strength[story] = max(strength.get(story, 0.0), force)
        likely = sorted((s for s, f in strength.items() if f >= 1), key=lambda s: -strength[s])
        nearby: set[str] = set()
        for story in likely:
            if len(nearby) + len(self._members[story]) > self._rule.recheck and nearby:
                break
            nearby.update(self._members[story])
        oldest = node.day - 2 * self._rule.window_days
        recheck = [
            n for n in self._index.nodes(nearby) if n.day >= oldest and (n.searched or n.stems)
        ]
        return [*recheck[-self._rule.recheck :], node]

    def _forces(self, node: Node) -> Iterator[tuple[Node, float]]:
        """The articles before this one that are like it; from 1 on, likely of the same story."""
        index = self._index
        threshold = index.threshold(node)
        for number, similarity in zip(node.neighbours, node.similarity, strict=True):
            if number in index:
                other = index[number]
                yield other, similarity / math.sqrt(threshold * index.threshold(other))

    def _edges(self, nodes: Sequence[Node]) -> Iterator[Edge]:
        inside = {n.number for n in nodes}
        for node in nodes:
            self._index.search(node)
        for node in nodes:
            story = self._story_of.get(node.article_id)
            for other, force in self._forces(node):
                if other.number in inside:
                    if story is not None and story == self._story_of.get(other.article_id):
                        force *= self._rule.stay
                    timeless = force * math.exp(abs(node.day - other.day) / self._rule.fade_days)
                    if timeless >= self._rule.faint:
                        noted = force if force >= self._rule.faint else 0.0
                        timeless *= self._index.names_shared(node, other)
                        yield node.number, other.number, noted, timeless

    def _regroup(self, nodes: Sequence[Node]) -> ClusterChanges:
        """Group these articles anew and carry the names of their stories on."""
        ids = {n.number: n.article_id for n in nodes}
        linkage = Linkage(self._rule.continued, self._rule.pause_days)
        days = {n.number: n.day for n in nodes}
        groups = agglomerate(days, self._edges(nodes), linkage)
        story_of = {n: self._story_of[a] for n, a in ids.items() if a in self._story_of}
        assignment = assign_story_ids(groups, story_of, self._age)
        touched: set[str] = set()
        for group, name in zip(groups, assignment.story_ids, strict=True):
            story = name or self._new_story(ids[group[0]])
            for number in group:
                old = self._story_of.get(ids[number])
                if old != story:
                    self._place(ids[number], story)
                    touched |= {story} if old is None else {story, old}
        for ended, into in assignment.merged:
            for article in self._members.get(ended, [])[:]:
                self._place(article, into)
        return ClusterChanges(frozenset(touched & self._members.keys()), assignment.merged)

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


def cluster(items: Sequence[LinkCandidate], *, parameters: Parameters | None = None) -> list[str]:
    """The story of each article after the whole batch, in the order of ``items``.

    A story is called by the first of its articles in that order. Identifiers of articles that
    come twice are told apart.
    """
    clusterer = Clusterer(parameters)
    keys = [str(k) for k in range(len(items))]
    clusterer.add_all(
        [
            LinkCandidate(key, i.title, i.text, i.published, i.source, i.url, i.language)
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
        distinct, count = name, 1
        while distinct in taken:
            count += 1
            distinct = f"{name}:{count}"
        taken.add(distinct)
        names[story] = distinct
    return names
