"""Linking: which articles are one story, and identifiers that last."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import LinkCandidate
from briefing.stories import Clusterer, cluster
from tests.stories.builders import at

BRIDGE = [
    (
        "Harbour bridge closed to lorries",
        "The Nordhaven port authority closed the harbour bridge; cracks were found in two pillars.",
    ),
    (
        "Nordhaven shuts harbour bridge for lorries",
        "Inspectors found cracks in two pillars of the bridge, said the Nordhaven port authority.",
    ),
    (
        "Cracks close Nordhaven harbour bridge",
        "Lorries may not cross the harbour bridge, the port said: its pillars are cracked.",
    ),
]
DAIRY = [
    (
        "Amber parliament caps dairy prices",
        "The parliament of Amber passed a cap on prices of milk and butter; farmers protested.",
    ),
    (
        "Milk price cap passed in Amber",
        "Farmers protested in Osk as the Amber parliament passed a cap on milk and butter prices.",
    ),
]
ZOO = ("Snow leopard born in Velm zoo", "A snow leopard cub was born at the zoo of Velm.")


def _item(
    key: str, text: tuple[str, str], hours: float = 0.0, story: str | None = None
) -> LinkCandidate:
    return LinkCandidate(key, text[0], text[1], at(hours), "Outlet", story_id=story)


def _stream() -> list[LinkCandidate]:
    texts = [BRIDGE[0], DAIRY[0], ZOO, BRIDGE[1], DAIRY[1], BRIDGE[2]]
    return [_item(f"i{k}", t, k) for k, t in enumerate(texts)]


def test_articles_on_one_event_are_one_story_and_others_are_not() -> None:
    assert cluster(_stream()) == ["i0", "i1", "i2", "i0", "i1", "i0"]


def test_one_by_one_comes_to_the_same_as_the_batch() -> None:
    clusterer = Clusterer()
    for item in _stream():
        clusterer.add(item)
    found = clusterer.assignments()
    groups = {frozenset(k for k in found if found[k] == s) for s in found.values()}
    assert groups == {frozenset({"i0", "i3", "i5"}), frozenset({"i1", "i4"}), frozenset({"i2"})}


def test_articles_far_apart_in_time_are_not_linked() -> None:
    assert cluster([_item("a", BRIDGE[0]), _item("b", BRIDGE[1], 24 * 9)]) == ["a", "b"]


def test_articles_without_a_time_are_linked() -> None:
    items = [LinkCandidate(f"n{k}", t, x, None) for k, (t, x) in enumerate(BRIDGE)]
    assert len(set(cluster(items))) == 1


def test_nothing_gives_nothing() -> None:
    assert cluster([]) == []
    empty = [LinkCandidate("a", "", "", None), LinkCandidate("b", "", "", at(0))]
    assert cluster(empty) == ["a", "b"]


def test_a_new_article_joins_the_story_that_was_restored() -> None:
    clusterer = Clusterer()
    clusterer.restore([_item("a", BRIDGE[0], story="7"), _item("b", DAIRY[0], story="8")])
    changes = clusterer.add(_item("c", BRIDGE[1], 2))
    assert changes.touched == {"7"}
    assert clusterer.assignments() == {"a": "7", "b": "8", "c": "7"}


def test_restoring_changes_no_story() -> None:
    clusterer = Clusterer()
    clusterer.restore([_item("a", BRIDGE[0], story="7"), _item("b", BRIDGE[1], story="8")])
    assert clusterer.assignments() == {"a": "7", "b": "8"}


def test_stories_that_come_together_keep_the_older_name_and_say_so() -> None:
    clusterer = Clusterer()
    clusterer.restore([_item("b", BRIDGE[1], 1, "8"), _item("a", BRIDGE[0], story="7")])
    changes = clusterer.add(_item("c", BRIDGE[2], 2))
    assert changes.merged == (("8", "7"),)
    assert set(clusterer.assignments().values()) == {"7"}


def test_looking_at_all_anew_keeps_restored_stories_whole() -> None:
    clusterer = Clusterer()
    known = [_item(f"b{k}", t, k, "7") for k, t in enumerate(BRIDGE)]
    clusterer.restore([*known, *(_item(f"d{k}", t, k, "8") for k, t in enumerate(DAIRY))])
    before = clusterer.assignments()
    assert clusterer.settle().touched == frozenset()
    assert clusterer.assignments() == before


def test_an_article_that_is_known_changes_nothing() -> None:
    clusterer = Clusterer()
    clusterer.add(_item("a", BRIDGE[0]))
    before = clusterer.assignments()
    changes = clusterer.add(_item("a", BRIDGE[0]))
    assert (changes.touched, changes.merged) == (frozenset(), ())
    assert clusterer.assignments() == before


def test_a_story_can_take_the_name_the_store_gives_it() -> None:
    clusterer = Clusterer()
    clusterer.add(_item("a", BRIDGE[0]))
    clusterer.rename(clusterer.assignments()["a"], "41")
    clusterer.add(_item("b", BRIDGE[1], 1))
    assert clusterer.assignments() == {"a": "41", "b": "41"}
    assert clusterer.members("41") == ("a", "b")


def test_a_long_stream_keeps_the_names_it_gave() -> None:
    clusterer = Clusterer()
    clusterer.add_all(_stream())
    before = clusterer.assignments()
    for day in range(3, 30, 3):
        clusterer.add(_item(f"z{day}", ZOO, 24.0 * day))
    after = clusterer.assignments()
    assert {k: after[k] for k in before if k != "i2"} == {k: before[k] for k in before if k != "i2"}


_TEXTS = st.sampled_from([*BRIDGE, *DAIRY, ZOO, ("", ""), ("1", "2 3")])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(_TEXTS, st.one_of(st.none(), st.floats(0, 500)))))
def test_every_article_has_one_story_that_is_named_after_one_of_its_articles(
    drawn: list[tuple[tuple[str, str], float | None]],
) -> None:
    items = [
        LinkCandidate(f"i{k}", t[0], t[1], None if h is None else at(h))
        for k, (t, h) in enumerate(drawn)
    ]
    found = cluster(items)
    assert len(found) == len(items)
    assert all(found[int(name[1:])] == name for name in found)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(_TEXTS, st.floats(0, 500)), max_size=25))
def test_a_stream_never_loses_an_article_or_a_member(
    drawn: list[tuple[tuple[str, str], float]],
) -> None:
    clusterer = Clusterer()
    for k, (text, hours) in enumerate(drawn):
        clusterer.add(_item(f"i{k}", text, hours))
    found = clusterer.assignments()
    assert found.keys() == {f"i{k}" for k in range(len(drawn))}
    members = Counter(m for s in set(found.values()) for m in clusterer.members(s))
    assert set(members.values()) <= {1}
    assert members.keys() == found.keys()


# ── The corpora ──

FLOORS = {"ecb": 0.92, "outlets": 0.93, "dense": 0.91}
LONE_FLOOR = 0.89


@pytest.mark.corpora
@pytest.mark.parametrize("name", FLOORS)
def test_stories_are_found_as_well_as_they_were(shared: Path, name: str) -> None:
    lines = (shared / "data" / "stories" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    items = [
        LinkCandidate(
            g["id"],
            g.get("title") or "",
            g["text"],
            datetime.fromisoformat(g["published"]) if g.get("published") else None,
        )
        for g in gold
    ]
    want, have = [g["story"] for g in gold], cluster(items)
    f1, lone = _b_cubed(want, have)
    assert f1 >= FLOORS[name]
    if name == "dense":
        assert lone >= LONE_FLOOR


def _b_cubed(want: list[str], have: list[str]) -> tuple[float, float]:
    """B-cubed F1 (Bagga and Baldwin 1998), and the share of lone articles left alone."""
    wanted, had = Counter(want), Counter(have)
    joint = Counter(zip(want, have, strict=True))
    pairs = list(zip(want, have, strict=True))
    precision = sum(joint[w, h] / had[h] for w, h in pairs) / len(pairs)
    recall = sum(joint[w, h] / wanted[w] for w, h in pairs) / len(pairs)
    lone = [h for w, h in pairs if wanted[w] == 1]
    alone = sum(had[h] == 1 for h in lone) / len(lone) if lone else 1.0
    return 2 * precision * recall / (precision + recall), alone
