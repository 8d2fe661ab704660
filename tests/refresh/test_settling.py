"""Stories settle: what was grouped too early is put right when more is known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from briefing.model import LinkCandidate
from briefing.refresh.tasks import cluster_articles

MONDAY = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
BRIDGE = [
    "The Nordhaven port authority closed the harbour bridge; cracks were found in two pillars.",
    "Inspectors found cracks in two pillars of the bridge, said the Nordhaven port authority.",
    "Lorries may not cross the harbour bridge, the port authority said: its pillars are cracked.",
]
DAIRY = "The parliament of Amber passed a cap on prices of milk and butter; farmers protested."
ZOO = "A snow leopard cub was born at the zoo of Velm on Sunday, its keepers said."


def _item(key: str, text: str, hours: float, story: str | None = None) -> LinkCandidate:
    at = MONDAY + timedelta(hours=hours)
    url = f"https://{key}.example/{key}"
    item = LinkCandidate(key, text[:60], text, at, f"Outlet {key}", url, "en")
    return replace(item, story_id=story)


KNOWN = [
    _item("a", BRIDGE[0], 0, "7"),
    _item("b", BRIDGE[1], 1, "8"),
    _item("c", BRIDGE[2], 2, "8"),
    _item("d", DAIRY, 2, "8"),
]


def test_with_the_first_articles_of_six_hours_all_stories_are_looked_at_anew() -> None:
    result = cluster_articles(KNOWN, [_item("z", ZOO, 7)])
    groups = {frozenset(s.article_ids): s.story_id for s in result.stories}
    assert frozenset("d") in groups  # it was in the story of the bridge
    bridge = next(ids for ids in groups if "a" in ids)
    assert bridge == frozenset("abc")
    assert groups[bridge] in ("7", "8")
    assert groups[frozenset("z")] is None


def test_within_them_only_what_is_near_is_looked_at() -> None:
    result = cluster_articles(KNOWN, [_item("z", ZOO, 3)])
    assert [s.article_ids for s in result.stories] == [("z",)]


def test_what_stands_right_stays_as_it_is() -> None:
    right = [replace(item, story_id="9" if item.article_id == "d" else "7") for item in KNOWN]
    result = cluster_articles(right, [_item("z", ZOO, 7)])
    assert [(s.story_id, s.article_ids) for s in result.stories] == [(None, ("z",))]
    assert result.merged == ()
