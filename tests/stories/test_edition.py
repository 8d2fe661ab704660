"""Ranking, what is new since the reader looked, and earlier chapters."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from briefing.model import (
    BulletAdded,
    CaveatKind,
    FigureChanged,
    OutletsJoined,
    Preferences,
    StoryArticle,
    StoryChange,
)
from briefing.stories import (
    StoryTerms,
    deserves_unread,
    earlier_stories,
    make_brief,
    rank,
    snapshot,
    story_changes,
    story_score,
    story_terms,
)
from briefing.wording import change_line, reason_lines
from tests.stories.builders import (
    BUSES,
    CLOSED,
    CRACKS,
    DENIED,
    DETOUR,
    FERRY,
    MARKET,
    SCHOOL,
    at,
    number,
    story_article,
)

LIMITATION = (CaveatKind.LIMITATION, 3)


def _rank(
    *articles: StoryArticle,
    muted: tuple[str, ...] = (),
    topics: Mapping[str, float] | None = None,
    earlier: int = 0,
) -> tuple[float, tuple[str, ...]]:
    """The score of a story for a reader, and its reasons in words."""
    ranking = rank(
        story_score(make_brief(articles), articles, earlier),
        Preferences(muted, tuple((topics or {}).items())),
        feed_weight=max(a.feed_weight for a in articles),
        categories={a.category for a in articles},
    )
    return ranking.score, reason_lines(ranking.parts)


def _one(key: str = "a", hours: float = 0.0, weight: float = 1.0) -> StoryArticle:
    own = {"a": CRACKS, "b": MARKET, "c": SCHOOL, "d": FERRY}[key]
    return story_article(
        key, f"Outlet {key}", "Harbour bridge closed", [own, CLOSED], hours=hours, weight=weight
    )


# ── Ranking ──


def test_more_independent_outlets_rank_higher_and_the_reason_says_so() -> None:
    alone, _ = _rank(_one("a", 3))
    many, reasons = _rank(_one("a"), _one("b", 1), _one("c", 3))
    assert many == pytest.approx(alone + 1)
    assert "3 independent outlets" in reasons


def test_twelve_hours_are_worth_one_point() -> None:
    assert _rank(_one(hours=12))[0] == pytest.approx(_rank(_one())[0] + 1)


def test_a_weighty_caveat_counts_and_is_a_reason() -> None:
    plain = story_article("a", "One", "Bridge", [CLOSED, BUSES], bullets=(0, 1))
    marked = story_article(
        "a", "One", "Bridge", [CLOSED, BUSES], bullets=(0, 1), caveats={1: LIMITATION}
    )
    assert _rank(marked)[0] > _rank(plain)[0]
    assert _rank(marked)[1] == ("one weighty caveat",)


def test_a_feed_weighted_higher_ranks_higher() -> None:
    score, reasons = _rank(_one(weight=2.0))
    assert score == pytest.approx(_rank(_one())[0] + 1)
    assert reasons == ("from a feed you weight highly",)


def test_a_muted_word_sinks_a_story_below_a_month_of_news_whole_words_only() -> None:
    score, reasons = _rank(_one(), muted=("Bridge",))
    assert score < _rank(_one(hours=-24 * 29))[0]
    assert reasons[0] == "you muted “Bridge”"
    assert _rank(_one(), muted=("bridg",)) == _rank(_one())


def test_a_topic_weighs_by_category_or_by_words_and_the_reason_names_it() -> None:
    article = replace(_one(), category="News / Coast")
    plain, _ = _rank(article)
    for topic in ("coast", "News / Coast", "harbour bridge"):
        high, reasons = _rank(article, topics={topic: 2.0})
        assert high == pytest.approx(plain + 1)
        assert reasons == (f"you weight “{topic}” highly",)
    low, reasons = _rank(article, topics={"Coast": 0.5, "bridg": 8.0, "bridge": 1.0})
    assert low == pytest.approx(plain - 1)
    assert reasons == ("you weight “Coast” low",)
    assert _rank(article, topics={"coast": 0, "bridge": 9})[0] < plain - 50


def test_a_story_that_continues_an_earlier_one_is_less_of_a_novelty() -> None:
    score, reasons = _rank(_one(), earlier=1)
    assert score < _rank(_one())[0]
    assert reasons == ("continues an earlier story",)
    assert _rank(_one(), earlier=2)[0] == _rank(_one(), earlier=9)[0]


def test_a_late_copy_makes_no_story_new() -> None:
    first = story_article("a", "One", "Harbour bridge closed", [CRACKS, CLOSED, MARKET, SCHOOL])
    copy = story_article(
        "b", "Two", "Harbour bridge closed", [CRACKS, CLOSED, MARKET, SCHOOL], hours=12
    )
    assert _rank(first, copy)[0] == pytest.approx(_rank(first)[0])


def test_disagreement_is_a_reason() -> None:
    one, two = ["The repair takes 12 weeks."], ["The repair needs 15 weeks."]
    articles = [
        story_article(
            "a", "One", "B", one, figures=(number(one, 0, "12 weeks", 12, "repair", unit="w"),)
        ),
        story_article(
            "b", "Two", "B", two, figures=(number(two, 0, "15 weeks", 15, "repair", unit="w"),)
        ),
    ]
    assert "outlets disagree on repair" in _rank(*articles)[1]


# ── Since you last looked ──


def _changes(before: list[StoryArticle], after: list[StoryArticle]) -> tuple[StoryChange, ...]:
    kept = json.loads(json.dumps(snapshot(make_brief(before))))
    return story_changes(kept, make_brief(after))


def _joined(changes: tuple[StoryChange, ...]) -> OutletsJoined:
    return next(c for c in changes if isinstance(c, OutletsJoined))


def _added(changes: tuple[StoryChange, ...]) -> list[BulletAdded]:
    return [c for c in changes if isinstance(c, BulletAdded)]


def test_nothing_is_new_where_nothing_changed_or_nothing_was_seen() -> None:
    assert _changes([_one()], [_one()]) == ()
    assert story_changes(None, make_brief([_one()])) == ()


def test_new_outlets_are_counted_and_three_make_a_story_unread() -> None:
    two = _joined(_changes([_one()], [_one(), _one("b"), _one("c")]))
    assert two.outlets == ("Outlet b", "Outlet c")
    assert not deserves_unread([two])
    three = _joined(_changes([_one()], [_one(), _one("b"), _one("c"), _one("d")]))
    assert deserves_unread([three])


def test_what_changed_does_not_hang_on_how_an_outlet_is_called() -> None:
    odd = story_article("b", "Herald, Sunday: 3 more", "Bridge", [CLOSED, DETOUR], hours=2)
    joined = _joined(_changes([_one()], [_one(), odd]))
    assert joined.outlets == ("Herald, Sunday: 3 more",)
    assert not deserves_unread([joined])


def test_a_second_name_of_an_outlet_that_was_there_is_no_new_one() -> None:
    first = story_article("a", "Coast Courier", "Bridge", [CLOSED, DETOUR])
    again = story_article("b", "The Coast Courier (online)", "Bridge", [DENIED, DETOUR], hours=2)
    assert not any(isinstance(c, OutletsJoined) for c in _changes([first], [first, again]))
    brief = make_brief([first, again])
    assert brief.outlets == 1
    assert brief.single_source is None
    assert _rank(first, again)[1] == ("one outlet",)


def test_a_snapshot_of_an_older_version_is_compared_by_its_sources() -> None:
    after = make_brief([_one(), _one("b")])
    kept = {"version": 1, "sources": ["Outlet a"], "bullets": [], "articles": ["a"]}
    assert _joined(story_changes(kept, after)).outlets == ("Outlet b",)


def test_a_new_weighty_caveat_is_news_and_makes_a_story_unread() -> None:
    late = story_article(
        "z",
        "Outlet a",
        "Bridge",
        [DETOUR, DENIED],
        hours=2,
        bullets=(0, 1),
        caveats={1: LIMITATION},
    )
    changes = _changes([_one()], [_one(), late])
    caveat = next(added for added in _added(changes) if added.is_weighty_caveat)
    assert (caveat.line.bullet.text, caveat.line.article_id) == (DENIED, "z")
    assert deserves_unread(changes)


def test_a_new_bullet_is_news_but_leaves_a_story_read() -> None:
    late = story_article("z", "Outlet a", "Bridge", [DETOUR], hours=2)
    changes = _changes([_one()], [_one(), late])
    assert [added.line.bullet.text for added in _added(changes)] == [DETOUR]
    assert len(changes) == 1
    assert not deserves_unread(changes)


def test_a_changed_figure_tells_both_values() -> None:
    one, two = ["The repair takes 8 weeks."], ["The port now says the repair needs 12 weeks."]
    early = story_article(
        "a", "One", "B", one, figures=(number(one, 0, "8 weeks", 8, "repair", unit="w"),)
    )
    late = story_article(
        "b", "Two", "B", two, hours=9, figures=(number(two, 0, "12 weeks", 12, "repair", unit="w"),)
    )
    joined, figure, *_ = _changes([early], [early, late])
    assert isinstance(joined, OutletsJoined)
    assert isinstance(figure, FigureChanged)
    assert (figure.before.value, figure.after.value) == (8, 12)
    assert change_line(figure) == "repair 8 → 12 weeks"
    assert deserves_unread([figure])


def test_at_most_six_changes_are_told() -> None:
    lines = [f"{word} lines of words stand here for the test alone." for word in "ABCDEFGH"]
    after = [
        story_article(k, f"O{k}", "B", [line], hours=i)
        for i, (k, line) in enumerate(zip("abcdefgh", lines, strict=True))
    ]
    assert len(_changes([_one()], after)) <= 6


# ── Earlier chapters ──


def _story(key: str, hours: float, lines: list[str]) -> StoryTerms:
    article = story_article(key, "One", lines[0][:40], lines, hours=hours)
    brief = make_brief([article])
    return StoryTerms(key, brief.headline, at(hours), story_terms(brief, [article]))


def test_earlier_chapters_are_older_stories_on_the_same_matter() -> None:
    now = _story("now", 0, [CLOSED, CRACKS, DETOUR])
    past = _story("past", -24 * 20, [CRACKS, "The harbour bridge of Nordhaven needs inspectors."])
    later = _story("later", 5, [CLOSED, CRACKS])
    other = _story("other", -24 * 9, ["A snow leopard cub was born at the zoo of Velm."])
    assert [c.story_id for c in earlier_stories(now, [other, later, now, past])] == ["past"]


def test_there_are_at_most_three_earlier_chapters() -> None:
    now = _story("now", 0, [CLOSED, CRACKS])
    past = [_story(f"p{k}", -24.0 * k, [CLOSED, CRACKS]) for k in range(1, 6)]
    assert len(earlier_stories(now, past)) == 3
