"""A developing story is told as of now: what was said before and no longer holds is not told."""

from briefing.model import Basis, StoryArticle
from briefing.stories import make_brief
from tests.stories.builders import at, story_article

MISSING = "Three divers are missing after the ferry Amsel sank off Kelm, the coastguard said."
SEARCH = "The coastguard is searching the bay of Kelm for the divers of the ferry Amsel."
FOUND = "All three divers of the ferry Amsel were found alive off Kelm, the coastguard said."
HARBOUR = "The ferry Amsel had left the harbour of Kelm with the divers in fog."
HULL = "The ferry Amsel lies in forty metres of water off Kelm."


def _early(**changes: object) -> StoryArticle:
    lines = [MISSING, SEARCH, HARBOUR, HULL]
    return story_article("early", "Kelm Post", "Divers missing off Kelm", lines, **changes)  # type: ignore[arg-type]


def _late(source: str = "Radio Kelm", hours: float = 9, **changes: object) -> StoryArticle:
    lines = [FOUND, HARBOUR, "Fishermen brought the divers of the Amsel to Kelm."]
    return story_article("late", source, "Divers found alive", lines, hours=hours, **changes)  # type: ignore[arg-type]


def test_the_newest_report_leads_however_close_the_earlier_ones_are_to_each_other() -> None:
    also = story_article("also", "Bay Courier", "Divers missing", [MISSING, HULL, SEARCH], hours=1)
    brief = make_brief([_early(), also, _late()], lead="early")
    assert (brief.lead, brief.headline) == ("late", "Divers found alive")
    assert brief.bullets[0].bullet.text == FOUND


def test_of_one_outlet_the_later_report_leads_even_within_the_hour() -> None:
    assert make_brief([_early(), _late("Kelm Post", hours=0.5)], lead="early").lead == "late"


def test_what_stands_far_from_the_others_does_not_lead_however_new() -> None:
    far = story_article(
        "far", "Kelm Life", "Sea food", ["Ten ways to cook a mussel at home."], hours=20
    )
    assert make_brief([_early(), _late(), far]).lead == "late"


def test_a_summary_a_log_and_an_opinion_do_not_lead_for_being_new() -> None:
    log = story_article(
        "log",
        "Coast Live",
        "Live: divers off Kelm",
        ["10:00 – " + MISSING, "10:20 – " + SEARCH, "10:40 – " + HARBOUR],
        hours=12,
    )
    for later in (
        _early(hours=12, basis=Basis.SUMMARY),
        _early(hours=12, opinion=True),
        log,
    ):
        first = story_article("first", "Bay Courier", "Divers missing", [MISSING, HULL])
        assert make_brief([first, _late(), later]).lead == "late"


def test_the_newest_state_does_not_depend_on_what_led_before() -> None:
    articles = [_early(), _late()]
    assert {make_brief(articles, lead=lead).lead for lead in (None, "early", "late")} == {"late"}
    assert max(a.published for a in articles) == at(9)
