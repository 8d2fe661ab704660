"""A sentence that a feed cut off in the middle tells nobody what it was to say."""

import pytest

from briefing.stories import make_brief
from tests.stories.builders import CLOSED, story_article

CUT = "The port authority said on Friday that the repairs of three piers would cost"


@pytest.mark.parametrize("end", ["...", "…", ",...", " [...]", " […]", "…”"])
def test_a_last_sentence_that_stops_in_the_middle_is_no_bullet_of_a_story(end: str) -> None:
    lead = story_article("a", "Coast Courier", "Bridge closed", [CLOSED, CUT + end], bullets=(0, 1))
    told = [line.bullet.text for line in make_brief([lead]).bullets]
    assert told
    assert not any(text.startswith(CUT) for text in told)


def test_it_stays_where_it_is_all_there_is() -> None:
    lead = story_article("a", "Coast Courier", "Bridge closed", [f"{CUT}…"])
    assert [line.bullet.text for line in make_brief([lead]).bullets] == [f"{CUT}…"]


@pytest.mark.parametrize("end", [" €4m....", " €4m."])
def test_one_that_ends_is_told(end: str) -> None:
    lead = story_article("a", "Coast Courier", "Bridge closed", [CLOSED, CUT + end], bullets=(0, 1))
    assert any(b.bullet.text.startswith(CUT) for b in make_brief([lead]).bullets)
