"""A week of thirty feeds, lived through day by day: what is planted in it is told, and no more."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.model import Basis, Disagreement, FigureChanged
from briefing.store import Store
from briefing.stories import snapshot, story_changes
from tests.conftest import OnceForAll
from tests.fake_web import Newsroom
from tests.week_scenario import Evening, Expectation, live_through, load_week

WEEK = load_week()
Evenings = dict[float, Evening]


@pytest.fixture(scope="module")
def evenings(tmp_path_factory: pytest.TempPathFactory, once_for_all: OnceForAll) -> Evenings:
    """The whole week, lived through once for all tests."""

    def lived() -> Evenings:
        path = tmp_path_factory.mktemp("week") / "briefing.sqlite3"
        with Newsroom() as room, Store.open(path) as store:
            return live_through(WEEK, room, store)

    return once_for_all("week", lived)


@pytest.mark.parametrize("expected", WEEK.expectations, ids=lambda e: e.name)
def test_what_was_planted_is_told(evenings: Evenings, expected: Expectation) -> None:
    assert _HOLDS[expected.what](evenings, expected)


@pytest.mark.parametrize("day", WEEK.days)
def test_no_other_disagreement_is_shown(evenings: Evenings, day: float) -> None:
    planted = [e for e in WEEK.expectations if e.what in ("differ", "updated")]
    evening = evenings[day]
    assert [
        [(v.surface, v.outlets) for v in told.values]
        for _, told in evening.shown()
        if not any(_tells(evening, told, e) for e in planted)
    ] == []


def test_each_side_of_a_disagreement_has_its_own_sentence(evenings: Evenings) -> None:
    for evening in evenings.values():
        for brief, told in evening.shown():
            places = [p for v in told.values for p in v.places]
            assert len({p.article_id for p in places}) == len(places) > 1
            assert {p.article_id for p in places} <= {a.article_id for a in brief.articles}


def test_every_article_was_read_whole(evenings: Evenings) -> None:
    seen = {a.article_id for s in evenings[7].stories.values() for a in s.brief.articles}
    assert len(seen) == len(WEEK.reports)
    assert all(
        a.basis is Basis.FULL for s in evenings[7].stories.values() for a in s.brief.articles
    )


_EDITED = """
[[article]]
key = "bell"
outlet = "post"
at = "1 08:00"
title = "Bell stolen"
text = "The bell weighs two tonnes."
[[article.later]]
at = "1 12:00"
text = "The bell weighs {three|3} tonnes."
"""


def test_a_later_version_of_a_text_stands_in_the_place_of_the_first(tmp_path: Path) -> None:
    head = 'monday = "2026-05-11"\n[outlets]\npost = "Post"\n'
    (tmp_path / "outlets.toml").write_text(head, encoding="utf-8")
    (tmp_path / "bell.toml").write_text(_EDITED, encoding="utf-8")
    week = load_week(tmp_path)
    (report,) = week.reports
    says = [report.read_at(week.monday + timedelta(hours=h)) for h in (7, 9, 13)]
    assert [v and v.text.split()[3] for v in says] in (
        [None, "two", "three"],
        [None, "two", "3"],
    )
    assert [v and v.title for v in says] == [None, "Bell stolen", "Bell stolen"]


# ── What an expectation means ────────────────────────────────────────────────────────────────


def _tells(evening: Evening, told: Disagreement, expected: Expectation) -> bool:
    """Whether a disagreement has the values expected, each from its article."""
    return all(
        any(v.value == value and evening.said_by(v, key) for v in told.values)
        for key, value in zip(expected.articles, expected.values, strict=True)
    )


def _shown(evenings: Evenings, expected: Expectation, verdict: str) -> bool:
    evening = evenings[expected.day]
    brief = evening.brief(expected.articles[0])
    return any(d.verdict == verdict and _tells(evening, d, expected) for d in brief.disagreements)


def _differ(evenings: Evenings, expected: Expectation) -> bool:
    return _shown(evenings, expected, "differ")


def _updated(evenings: Evenings, expected: Expectation) -> bool:
    return _shown(evenings, expected, "updated")


def _no_differ(evenings: Evenings, expected: Expectation) -> bool:
    return not _shown(evenings, expected, "differ")


def _kept_apart(evenings: Evenings, expected: Expectation) -> bool:
    """The two values are never set against each other."""
    evening = evenings[expected.day]
    one, other = expected.values
    return not any(
        {one, other} <= {v.value for v in told.values}
        and any(evening.said_by(v, k) for v in told.values for k in expected.articles)
        for _, told in evening.shown()
    )


def _same(evenings: Evenings, expected: Expectation) -> bool:
    """Both articles give their value in one story, and no disagreement is made of the two."""
    evening = evenings[expected.day]
    brief = evening.brief(expected.articles[0])
    given = {f.figure.value for f in brief.figures}
    together = len({evening.story_of[k] for k in expected.articles}) == 1
    return together and set(expected.values) <= given and _kept_apart_or_one(evenings, expected)


def _kept_apart_or_one(evenings: Evenings, expected: Expectation) -> bool:
    one, other = expected.values
    return one == other or _kept_apart(evenings, expected)


def _together(evenings: Evenings, expected: Expectation) -> bool:
    return len({evenings[expected.day].story_of[k] for k in expected.articles}) == 1


def _apart(evenings: Evenings, expected: Expectation) -> bool:
    stories = [evenings[expected.day].story_of[k] for k in expected.articles]
    return len(set(stories)) == len(stories)


def _outlets(evenings: Evenings, expected: Expectation) -> bool:
    return evenings[expected.day].brief(expected.articles[0]).outlets == expected.values[0]


def _first(evenings: Evenings, expected: Expectation) -> bool:
    evening = evenings[expected.day]
    first = evening.brief(expected.articles[0]).first
    return first.how == expected.how and first.article_id in evening.ids[expected.articles[0]]


def _one_article(evenings: Evenings, expected: Expectation) -> bool:
    return len(evenings[expected.day].ids[expected.articles[0]]) == 1


def _earlier(evenings: Evenings, expected: Expectation) -> bool:
    evening = evenings[expected.day]
    now, then = (evening.story_of[k] for k in expected.articles)
    return then in [c.story_id for c in evening.stories[now].earlier]


def _changed(evenings: Evenings, expected: Expectation) -> bool:
    """The value is news to somebody who read the story after the refresh before."""
    story = evenings[expected.day].story_of[expected.articles[0]]
    before = evenings[WEEK.days[WEEK.days.index(expected.day) - 1]].stories[story].brief
    after = evenings[expected.day].stories[story].brief
    return any(
        isinstance(change, FigureChanged)
        and change.disagreement.verdict == "updated"
        and change.after.value == expected.values[0]
        for change in story_changes(snapshot(before), after)
    )


def _single_source(evenings: Evenings, expected: Expectation) -> bool:
    evening = evenings[expected.day]
    source = evening.brief(expected.articles[0]).single_source
    (scoop,) = (r for r in WEEK.reports if r.key == expected.articles[0])
    return source == WEEK.outlets[scoop.outlet]


def _no_single_source(evenings: Evenings, expected: Expectation) -> bool:
    return evenings[expected.day].brief(expected.articles[0]).single_source is None


_HOLDS: dict[str, Callable[[Evenings, Expectation], bool]] = {
    "differ": _differ,
    "updated": _updated,
    "no-differ": _no_differ,
    "same": _same,
    "not-comparable": _kept_apart,
    "together": _together,
    "apart": _apart,
    "outlets": _outlets,
    "first": _first,
    "one-article": _one_article,
    "earlier": _earlier,
    "news": _changed,
    "single-source": _single_source,
    "no-single-source": _no_single_source,
}
