"""A developing story is told as of now: what was said before and no longer holds is not told."""

from briefing.model import Basis, CaveatKind, StoryArticle
from briefing.stories import make_brief
from tests.stories.builders import at, number, person, story_article

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


# ── What is told ─────────────────────────────────────────────────────────────────────────────

WAITING = "Relatives are waiting at the lighthouse of Kelm."
SANK = "The Amsel sank off Kelm in four minutes."


def _told(*articles: StoryArticle) -> list[str]:
    return [b.bullet.text for b in make_brief(articles).bullets]


def test_what_an_earlier_report_gave_as_news_or_as_the_present_is_not_told() -> None:
    launched = "The crew launched a red raft at dawn."
    lines = [MISSING, SEARCH, WAITING, launched]
    early = story_article("early", "Kelm Post", "Divers missing", lines, bullets=range(4))
    assert _told(early, _late()) == [FOUND, launched]


def test_within_one_state_every_report_is_heard() -> None:
    early = story_article(
        "early", "Kelm Post", "Divers found", [FOUND, HARBOUR, WAITING], bullets=(0, 2)
    )
    assert WAITING in _told(early, _late(hours=1))


def test_the_newest_report_comes_before_what_earlier_ones_add() -> None:
    early = story_article(
        "early", "Kelm Post", "Missing", [MISSING, SEARCH, SANK, HULL], bullets=range(4)
    )
    brought = "Fishermen brought the divers of the Amsel to Kelm."
    assert _told(early, _late(bullets=(0, 2)))[:2] == [FOUND, brought]


def test_a_replaced_value_is_in_no_bullet_and_no_key_figure() -> None:
    before = ["The flood at Orle killed 12 people, the mayor said.", HULL, "It rained for days."]
    after = [
        "The flood at Orle killed 31 people, the mayor said.",
        "The toll had stood at 12 in the night.",
        "The river at Orle fell on Sunday.",
    ]
    early = story_article(
        "early",
        "Kelm Post",
        "Flood at Orle kills 12",
        before,
        figures=(number(before, 0, "12", 12, "people killed"),),
    )
    late = story_article(
        "late",
        "Radio Kelm",
        "Flood at Orle kills 31",
        after,
        hours=18,
        figures=(
            number(after, 0, "31", 31, "people killed"),
            number(after, 1, "12", 12, "toll"),
        ),
    )
    brief = make_brief([early, late])
    assert not [b for b in brief.bullets if "12" in b.bullet.text]
    assert [f.figure.value for f in brief.figures if f.figure.key] == [31]
    assert {f.figure.value for f in brief.figures} == {31, 12}


def test_further_caveats_and_corrections_of_the_newest_report_are_told() -> None:
    lines = [
        FOUND,
        "The coastguard withdrew its list of passengers.",
        "She slept well.",
        "The list of passengers may be wrong because the purser wrote it from memory.",
    ]
    late = story_article(
        "late",
        "Radio Kelm",
        "Divers of the Amsel found alive off Kelm",
        lines,
        hours=9,
        caveats={3: (CaveatKind.UNCERTAINTY, 2)},
    )
    told = _told(_early(), late)
    assert told == [FOUND, lines[1], lines[3]]
    assert _told(late) == [FOUND]  # nothing was overtaken: the digest is enough


def test_a_further_sentence_that_stops_in_the_middle_is_not_told() -> None:
    lines = [
        FOUND,
        "The coastguard withdrew its list of passengers.",
        "The list of passengers may be wrong because the purser wrote it from...",
    ]
    late = story_article(
        "late",
        "Radio Kelm",
        "Divers of the Amsel found alive off Kelm",
        lines,
        hours=9,
        caveats={2: (CaveatKind.UNCERTAINTY, 2)},
    )
    assert _told(_early(), late) == lines[:2]


def test_that_nobody_answered_is_not_told_beside_other_reports() -> None:
    silent = "The ferry company declined to comment on the fog."
    late = story_article(
        "late", "Radio Kelm", "Found", [FOUND, silent, HARBOUR], hours=9, bullets=(0, 1)
    )
    assert silent not in _told(_early(), late)
    assert silent in _told(late)


def test_what_is_denied_stands_before_the_denial() -> None:
    claim = "A deckhand told the coastguard that the company had sold the rafts of the Amsel."
    denial = "The company denied selling the rafts of the Amsel and accused the deckhand of theft."
    late = story_article(
        "late",
        "Radio Kelm",
        "Found",
        [FOUND, denial, claim],
        hours=9,
        bullets=(0, 1, 2),
        caveats={1: (CaveatKind.DISPUTE, 3)},
    )
    assert _told(_early(), late)[1:3] == [claim, denial]


def test_two_answers_of_one_party_are_one_bullet() -> None:
    lines = [
        FOUND,
        "The shipowner Brun denied that the rafts of the Amsel were too few.",
        "Brun rejected any talk of rafts missing from the ship.",
    ]
    article = story_article(
        "late",
        "Radio Kelm",
        "Found",
        lines,
        bullets=(0, 1, 2),
        caveats={1: (CaveatKind.DISPUTE, 2), 2: (CaveatKind.DISPUTE, 2)},
        entities=(person(lines, "Brun"),),
    )
    assert _told(article) == lines[:2]


def test_a_feature_after_the_news_does_not_lead() -> None:
    found = f"On Tuesday {FOUND}"
    news = story_article("news", "Kelm Echo", "Divers of the Amsel found", [found], hours=1)
    feature = [
        "The divers of the Amsel sang to each other in the dark.",
        "Kelm has a song for everything that goes down.",
        "The divers of the Amsel were found alive off Kelm by a fishing boat.",
    ]
    later = story_article("later", "Radio Kelm", "The songs of the Amsel", feature, hours=9)
    explainer = story_article(
        "why", "Dock Post", "Why the divers of the Amsel lived", [found], hours=12
    )
    assert make_brief([news, later, explainer]).lead == "news"
