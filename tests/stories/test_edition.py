"""Ranking, what is new since the reader looked, and earlier chapters."""

import json
from dataclasses import replace

import pytest

from briefing.model import CaveatKind, News
from briefing.stories import (
    StoryArticle,
    StoryTerms,
    chapter_terms,
    deserves_unread,
    earlier_chapters,
    make_brief,
    news,
    rank,
    snapshot,
)
from tests.stories.planted import (
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
    told,
)

LIMITATION = (CaveatKind.LIMITATION, 3)


def _rank(*articles: StoryArticle, muted: tuple[str, ...] = ()) -> tuple[float, tuple[str, ...]]:
    ranking = rank(make_brief(articles), articles, muted)
    return ranking.score, ranking.reasons


def _one(key: str = "a", hours: float = 0.0, weight: float = 1.0) -> StoryArticle:
    own = {"a": CRACKS, "b": MARKET, "c": SCHOOL, "d": FERRY}[key]
    return told(
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
    plain = told("a", "One", "Bridge", [CLOSED, BUSES], bullets=(0, 1))
    marked = told("a", "One", "Bridge", [CLOSED, BUSES], bullets=(0, 1), caveats={1: LIMITATION})
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
    brief = make_brief([article])
    plain = rank(brief, [article])
    for topic in ("coast", "News / Coast", "harbour bridge"):
        high = rank(brief, [article], topics={topic: 2.0})
        assert high.score == pytest.approx(plain.score + 1)
        assert high.reasons == (f"you weight “{topic}” highly",)
    low = rank(brief, [article], topics={"Coast": 0.5, "bridg": 8.0, "bridge": 1.0})
    assert low.score == pytest.approx(plain.score - 1)
    assert low.reasons == ("you weight “Coast” low",)
    assert rank(brief, [article], topics={"coast": 0, "bridge": 9}).score < plain.score - 50


def test_a_story_that_continues_an_earlier_one_is_less_of_a_novelty() -> None:
    article = _one()
    brief = make_brief([article])
    fresh, goes_on = rank(brief, [article]), rank(brief, [article], earlier=1)
    assert goes_on.score < fresh.score
    assert goes_on.reasons == ("continues an earlier story",)
    assert rank(brief, [article], earlier=2).score == rank(brief, [article], earlier=9).score


def test_a_late_copy_makes_no_story_new() -> None:
    first = told("a", "One", "Harbour bridge closed", [CRACKS, CLOSED, MARKET, SCHOOL])
    copy = told("b", "Two", "Harbour bridge closed", [CRACKS, CLOSED, MARKET, SCHOOL], hours=12)
    assert _rank(first, copy)[0] == pytest.approx(_rank(first)[0])


def test_disagreement_is_a_reason() -> None:
    one, two = ["The repair takes 12 weeks."], ["The repair needs 15 weeks."]
    articles = [
        told("a", "One", "B", one, figures=(number(one, 0, "12 weeks", 12, "repair", unit="w"),)),
        told("b", "Two", "B", two, figures=(number(two, 0, "15 weeks", 15, "repair", unit="w"),)),
    ]
    assert "outlets disagree on repair" in _rank(*articles)[1]


# ── Since you last looked ──


def _news(before: list[StoryArticle], after: list[StoryArticle]) -> tuple[News, ...]:
    kept = json.loads(json.dumps(snapshot(make_brief(before))))
    return news(kept, make_brief(after))


def test_nothing_is_new_where_nothing_changed_or_nothing_was_seen() -> None:
    assert _news([_one()], [_one()]) == ()
    assert news(None, make_brief([_one()])) == ()


def test_new_outlets_are_counted_and_three_make_a_story_unread() -> None:
    two = _news([_one()], [_one(), _one("b"), _one("c")])
    assert [n.text for n in two if n.kind == "outlets"] == ["2 more sources: Outlet b, Outlet c"]
    assert not deserves_unread([n for n in two if n.kind == "outlets"])
    three = _news([_one()], [_one(), _one("b"), _one("c"), _one("d")])
    assert deserves_unread([n for n in three if n.kind == "outlets"])


def test_a_new_weighty_caveat_is_news_and_makes_a_story_unread() -> None:
    late = told(
        "z",
        "Outlet a",
        "Bridge",
        [DETOUR, DENIED],
        hours=2,
        bullets=(0, 1),
        caveats={1: LIMITATION},
    )
    found = _news([_one()], [_one(), late])
    caveat = next(n for n in found if n.kind == "caveat")
    assert caveat.text == DENIED
    assert caveat.place is not None
    assert caveat.place.article_id == "z"
    assert deserves_unread(found)


def test_a_new_bullet_is_news_but_leaves_a_story_read() -> None:
    late = told("z", "Outlet a", "Bridge", [DETOUR], hours=2)
    found = _news([_one()], [_one(), late])
    assert [(n.kind, n.text) for n in found] == [("bullet", DETOUR)]
    assert not deserves_unread(found)


def test_a_changed_figure_tells_both_values() -> None:
    one, two = ["The repair takes 8 weeks."], ["The port now says the repair needs 12 weeks."]
    early = told("a", "One", "B", one, figures=(number(one, 0, "8 weeks", 8, "repair", unit="w"),))
    late = told(
        "b", "Two", "B", two, hours=9, figures=(number(two, 0, "12 weeks", 12, "repair", unit="w"),)
    )
    found = _news([early], [early, late])
    assert [n.kind for n in found][:2] == ["outlets", "figure"]
    assert [n.text for n in found if n.kind == "figure"] == ["repair 8 → 12 weeks"]
    assert deserves_unread(found)


def test_there_are_at_most_six_news() -> None:
    lines = [f"{word} lines of words stand here for the test alone." for word in "ABCDEFGH"]
    after = [
        told(k, f"O{k}", "B", [line], hours=i)
        for i, (k, line) in enumerate(zip("abcdefgh", lines, strict=True))
    ]
    assert len(_news([_one()], after)) <= 6


# ── Earlier chapters ──


def _story(key: str, hours: float, lines: list[str]) -> StoryTerms:
    article = told(key, "One", lines[0][:40], lines, hours=hours)
    brief = make_brief([article])
    return StoryTerms(key, brief.headline, at(hours), chapter_terms(brief, [article]))


def test_earlier_chapters_are_older_stories_on_the_same_matter() -> None:
    now = _story("now", 0, [CLOSED, CRACKS, DETOUR])
    past = _story("past", -24 * 20, [CRACKS, "The harbour bridge of Nordhaven needs inspectors."])
    later = _story("later", 5, [CLOSED, CRACKS])
    other = _story("other", -24 * 9, ["A snow leopard cub was born at the zoo of Velm."])
    assert [c.story_id for c in earlier_chapters(now, [other, later, now, past])] == ["past"]


def test_there_are_at_most_three_earlier_chapters() -> None:
    now = _story("now", 0, [CLOSED, CRACKS])
    past = [_story(f"p{k}", -24.0 * k, [CLOSED, CRACKS]) for k in range(1, 6)]
    assert len(earlier_chapters(now, past)) == 3
