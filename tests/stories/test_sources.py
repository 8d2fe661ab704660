"""Whose report it is: credits followed to their end, and the warning that all have one source."""

import pytest

from briefing.model import Brief, StoryArticle
from briefing.stories import make_brief
from tests.stories.builders import CLOSED, CRACKS, DETOUR, FERRY, MARKET, SCHOOL, story_article

_OWN = {"a": CRACKS, "b": MARKET, "c": SCHOOL, "d": FERRY}


def _report(
    key: str, opening: str = CLOSED, hours: float = 0.0, credit: str | None = None
) -> StoryArticle:
    lines = [opening, _OWN[key], f"{_OWN[key]} That is what is known so far."]
    names = {"a": "Coast Courier", "b": "Radio Holm", "c": "Evening Star", "d": "Island Echo"}
    return story_article(key, names[key], "Harbour bridge", lines, hours=hours, credit=credit)


def _brief(*articles: StoryArticle) -> Brief:
    return make_brief(articles)


@pytest.mark.parametrize(
    "opening",
    [
        "Radio Holm reported that the bridge in Nordhaven will be closed.",
        "The bridge will be closed, the port director told Radio Holm.",
        "The bridge in Nordhaven will be closed, according to Radio Holm.",
        "The bridge will be closed, show papers seen by Radio Holm.",
    ],
)
def test_news_that_opens_with_another_outlets_report_is_that_outlets(opening: str) -> None:
    brief = _brief(_report("b"), _report("c", opening, 2))
    assert brief.outlets == 1
    assert [a.follows for a in brief.articles] == [None, "b"]


def test_a_mention_of_an_outlet_is_no_credit() -> None:
    named = "Reporters of Radio Holm could not cross the bridge on Monday either."
    assert _brief(_report("b"), _report("c", named, 2)).outlets == 2
    below = story_article(
        "c", "Evening Star", "Bridge", [CLOSED, DETOUR, "A driver told Radio Holm so."], hours=2
    )
    assert _brief(_report("b"), below).outlets == 2


def test_a_chain_of_credits_ends_at_the_first_report() -> None:
    scoop = _report("a")
    second = _report("b", hours=1, credit="Coast Courier")
    third = _report("c", "Radio Holm reported that the bridge is to be closed.", 2)
    brief = _brief(scoop, second, third)
    assert brief.outlets == 1
    assert [a.follows for a in brief.articles] == [None, "a", "a"]
    assert brief.single_source == "Coast Courier"


def test_all_may_follow_an_outlet_that_is_not_among_the_feeds() -> None:
    brief = _brief(_report("b", credit="The Lantern"), _report("c", hours=1, credit="Lantern"))
    assert brief.outlets == 1
    assert brief.single_source == "The Lantern"


def test_copies_of_one_text_have_one_source() -> None:
    lines = [CLOSED, DETOUR, CRACKS]
    copies = [story_article(k, f"Paper {k}", "Bridge", lines, hours=n) for n, k in enumerate("xyz")]
    assert _brief(*copies).single_source == "Paper x"


def test_two_witnesses_and_one_outlet_alone_are_no_single_source() -> None:
    assert _brief(_report("a"), _report("b")).single_source is None
    assert _brief(_report("a")).single_source is None
    mixed = [_report("a"), _report("b", hours=1, credit="Coast Courier"), _report("d", hours=2)]
    assert _brief(*mixed).single_source is None
