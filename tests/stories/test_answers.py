"""Answers stand behind what they answer, and what is said twice is one bullet."""

from briefing.model import Brief, StoryArticle
from briefing.stories import make_brief
from tests.stories.builders import number, story_article

FELL = "The bridge at Orle Ferry fell on Monday, throwing six cars into the river Hask."
AGAIN = "Six cars fell into the river Hask."
CLAIM = "The union says the bridge at Orle Ferry had not been inspected since the spring floods."
DENIAL = "The county council of Orle and its engineers deny it."


def _told(brief: Brief) -> list[str]:
    return [b.bullet.text for b in brief.bullets]


def _other(lines: list[str], bullets: tuple[int, ...], **more: object) -> StoryArticle:
    return story_article("b", "Radio Orle", "Bridge", lines, hours=0.5, bullets=bullets, **more)  # type: ignore[arg-type]


def _lead() -> StoryArticle:
    lines = [FELL, "Divers searched the river bed until dark on Monday, the wardens said."]
    return story_article(
        "a",
        "Orle Post",
        "Bridge at Orle Ferry falls",
        lines,
        bullets=(0, 1),
        figures=(number(lines, 0, "six", 6, "cars"),),
    )


def test_a_near_repeat_with_the_same_number_is_one_bullet() -> None:
    lines = ["Crews of the harbour were called out to Orle at noon on Monday.", AGAIN]
    other = _other(lines, (0, 1), figures=(number(lines, 1, "Six", 6, "cars"),))
    told = _told(make_brief([_lead(), other], lead="a"))
    assert len({FELL, AGAIN} & set(told)) == 1


def test_another_number_is_no_near_repeat() -> None:
    lines = ["Crews of the harbour were called out to Orle at noon on Monday.", AGAIN]
    lines[1] = "Two cars were pulled from the river Hask."
    other = _other(lines, (0, 1), figures=(number(lines, 1, "Two", 2, "cars"),))
    assert lines[1] in _told(make_brief([_lead(), other], lead="a"))


def test_a_denial_that_does_not_say_of_what_stands_behind_what_is_denied() -> None:
    opening = "Crews of the harbour were called out to Orle at noon on Monday."
    told = _told(make_brief([_lead(), _other([opening, CLAIM, DENIAL], (0, 1, 2))], lead="a"))
    assert told[told.index(DENIAL) - 1] == CLAIM


def test_without_what_is_denied_it_is_left_out() -> None:
    opening = "Crews of the harbour were called out to Orle at noon on Monday."
    told = _told(make_brief([_lead(), _other([opening, CLAIM, DENIAL], (0, 2))], lead="a"))
    assert DENIAL not in told
