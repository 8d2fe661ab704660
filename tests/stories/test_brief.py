"""How many articles become one brief: the rules of the design, one by one."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Basis, Brief, BulletAdded, CaveatKind, Entity, Link, Span, StoryArticle
from briefing.model.codec import brief_from_json, brief_to_json
from briefing.stories import deserves_unread, make_brief, snapshot, story_changes
from tests.stories.builders import (
    BUSES,
    CLOSED,
    CRACKS,
    DENIED,
    DETOUR,
    FERRY,
    MARKET,
    SCHOOL,
    number,
    person,
    story_article,
)

Marks = dict[int, tuple[CaveatKind, int]]
VERIFIED = (
    "But that could not be verified by any of the engineers who looked at the northern pier and its"
    " bearings on Monday evening."
)
LIMITATION = (CaveatKind.LIMITATION, 3)
DISPUTE = (CaveatKind.DISPUTE, 2)


def _three() -> list[StoryArticle]:
    return [
        story_article(
            "a",
            "Coast Courier",
            "Harbour bridge closed to lorries",
            [CLOSED, CRACKS, DETOUR, BUSES],
            bullets=(0, 1, 3),
            caveats={3: LIMITATION},
        ),
        story_article(
            "b",
            "Elm Gazette",
            "Bridge shut to heavy traffic",
            [
                "Lorries may no longer cross the harbour bridge of Nordhaven, the authority said.",
                DENIED,
                MARKET,
            ],
            hours=1,
            bullets=(0, 1, 2),
            caveats={1: DISPUTE},
        ),
        story_article(
            "c",
            "Radio Fjord",
            "Commuters and the bridge",
            [SCHOOL, "At night buses and ambulances may still cross the bridge.", FERRY],
            hours=2,
            bullets=(0, 2),
        ),
    ]


def test_the_lead_is_the_article_closest_to_the_others_and_gives_the_headline() -> None:
    brief = make_brief(_three())
    assert brief.lead == "a"
    assert brief.headline == "Harbour bridge closed to lorries"
    assert brief.bullets[0].bullet.text == CLOSED


def test_a_summary_does_not_lead_while_there_is_a_full_text() -> None:
    articles = _three()
    short = story_article(
        "s", "Wire", "Harbour bridge closed to lorries", [CLOSED], basis=Basis.SUMMARY
    )
    assert make_brief([*articles, short]).lead != "s"


def test_the_lead_changes_only_when_another_is_clearly_better() -> None:
    articles = [
        story_article("a", "One", "Bridge closed", [CLOSED, CRACKS, BUSES, MARKET]),
        story_article("b", "Two", "Bridge closed", [CLOSED, DETOUR, FERRY, SCHOOL], hours=1),
    ]
    assert make_brief(articles).lead == "a"
    assert make_brief(articles, lead="b").lead == "b"
    far = [
        *_three(),
        story_article("z", "Far", "Weather", ["It rains in the hills of Amber today."]),
    ]
    assert make_brief(far, lead="z").lead == "a"


def test_caveats_come_before_other_bullets_by_weight() -> None:
    brief = make_brief(_three())
    marks = [b.bullet.caveat.weight if b.bullet.caveat else 0 for b in brief.bullets[1:]]
    assert marks == sorted(marks, reverse=True)
    assert [b.bullet.text for b in brief.bullets[1:3]] == [BUSES, DENIED]


def test_of_equal_caveats_the_one_more_outlets_tell_comes_first() -> None:
    marks = {1: DISPUTE, 2: DISPUTE}
    articles = [
        story_article(
            "a", "One", "Bridge", [CLOSED, DENIED, BUSES], bullets=(0, 1, 2), caveats=marks
        ),
        story_article("b", "Two", "Bridge", [BUSES, SCHOOL, MARKET, FERRY], hours=1, bullets=()),
    ]
    assert [b.bullet.text for b in make_brief(articles, lead="a").bullets] == [
        CLOSED,
        BUSES,
        DENIED,
    ]


def test_near_repeats_are_one_bullet_with_the_other_evidence_beside_it() -> None:
    articles = _three()
    brief = make_brief(articles)
    buses = next(b for b in brief.bullets if b.bullet.text == BUSES)
    assert [p.article_id for p in buses.also] == ["c"]
    assert buses.outlets == 2
    assert sum("ambulances" in b.bullet.text for b in brief.bullets) == 1


def test_a_denial_is_not_taken_for_a_repeat_of_what_it_denies() -> None:
    claim = "The weight limit on the harbour bridge is permanent, the authority said."
    denial = "The weight limit on the harbour bridge is not permanent, the authority said."
    articles = [
        story_article("a", "One", "Limit", [claim]),
        story_article("b", "Two", "Limit", [denial], hours=1),
    ]
    assert len(make_brief(articles).bullets) == 2


def test_what_one_outlet_says_carries_its_name() -> None:
    denied = next(b for b in make_brief(_three()).bullets if b.bullet.text == DENIED)
    assert (denied.source, denied.outlets, denied.also) == ("Elm Gazette", 1, ())


def test_there_are_at_most_five_bullets() -> None:
    assert len(make_brief(_three()).bullets) == 5


def test_a_wire_copy_counts_for_nobody() -> None:
    lines = [CLOSED, CRACKS, DETOUR, BUSES]
    copy = story_article("w", "Hill Herald", "Bridge closed", [*lines, "More follows."], hours=3)
    brief = make_brief([*_three(), copy])
    assert {c.article_id: c.copy_of for c in brief.articles}["w"] == "a"
    assert brief.outlets == 3
    assert brief.bullets[0].outlets == make_brief(_three()).bullets[0].outlets


def test_the_agency_that_a_copy_credits_is_the_original() -> None:
    lines = [CLOSED, CRACKS, DETOUR, "Nordhaven Wire has the report."]
    early = story_article("e", "Hill Herald", "Bridge", lines, credit="Nordhaven Wire", first=False)
    agency = story_article("n", "Nordhaven Wire", "Bridge", lines[:3], hours=1)
    brief = make_brief([early, agency])
    assert {c.article_id: c.copy_of for c in brief.articles} == {"e": "n", "n": None}


def test_reports_that_credit_one_report_are_one_voice() -> None:
    articles = [
        story_article("a", "Coast Courier", "Bridge closed", [CLOSED, CRACKS, DETOUR]),
        story_article(
            "b",
            "Elm Gazette",
            "Bridge closed, paper says",
            [CLOSED, SCHOOL, MARKET, "The closure was first reported by the Coast Courier."],
            hours=2,
            credit="the Coast Courier",
        ),
    ]
    brief = make_brief(articles)
    assert brief.bullets[0].outlets == brief.outlets == 1
    assert [c.follows for c in brief.articles] == [None, "a"]
    assert brief_from_json(brief_to_json(brief)) == brief


def test_an_older_store_knows_nothing_of_credits() -> None:
    value = brief_to_json(make_brief(_three()))
    for article in value["articles"]:
        del article["follows"]
    assert brief_from_json(value).outlets == 3


def test_one_plea_told_three_times_is_one_bullet() -> None:
    pleas = [
        "Olaf Brun, who was harbour master until 2023, pleaded not guilty to selling 11 berths.",
        "Brun pleaded not guilty on Monday to eleven counts, one for each of the berths.",
        "The former harbour master pleaded not guilty on Monday to selling eleven berths.",
    ]
    articles = [
        story_article(
            key,
            f"Outlet {key}",
            "Trial",
            [CRACKS if key == "a" else MARKET, line],
            hours=hour,
            bullets=(0, 1),
            caveats={1: (CaveatKind.DISPUTE, 3)},
            entities=(person([MARKET, line], "Brun"),) if "Brun" in line else (),
        )
        for hour, (key, line) in enumerate(zip("abc", pleas, strict=True))
    ]
    pleaded = [b for b in make_brief(articles).bullets if "guilty" in b.bullet.text]
    assert len(pleaded) == 1
    assert pleaded[0].outlets == 3


def test_of_one_kind_of_caveat_there_are_two_while_there_is_anything_else() -> None:
    lines = [CLOSED, BUSES, DENIED, CRACKS, DETOUR, FERRY, MARKET]
    marks = dict.fromkeys((1, 2, 3, 4), DISPUTE)
    brief = make_brief(
        [story_article("a", "One", "Bridge", lines, bullets=range(7), caveats=marks)]
    )
    assert [b.bullet.text for b in brief.bullets] == [CLOSED, BUSES, DENIED, FERRY, MARKET]
    alone = make_brief(
        [story_article("a", "One", "Bridge", lines[:5], bullets=range(5), caveats=marks)]
    )
    assert len(alone.bullets) == 5


def test_two_bullets_are_marked_at_most_and_the_main_claim_never() -> None:
    lines = [CLOSED, BUSES, DENIED, CRACKS, DETOUR, FERRY]
    kinds = list(CaveatKind)
    marks = {k: (kinds[k], 3) for k in range(5)}
    brief = make_brief(
        [story_article("a", "One", "Bridge", lines, bullets=range(6), caveats=marks)]
    )
    marked = [b.bullet.text for b in brief.bullets if b.bullet.caveat is not None]
    assert len(marked) == 2
    assert CLOSED not in marked
    assert FERRY in [b.bullet.text for b in brief.bullets]


def _bullets(lines: list[str], marks: Marks, dependent: tuple[int, ...] = ()) -> list[str]:
    """The bullets of the brief of an article each of whose lines is a bullet."""
    article = story_article(
        "a", "One", "Bridge", lines, bullets=range(len(lines)), caveats=marks, dependent=dependent
    )
    return [b.bullet.text for b in make_brief([article]).bullets]


def test_a_bullet_that_says_little_comes_after_the_others() -> None:
    short = "The authority rejected that."
    assert _bullets([CLOSED, short, DENIED], {1: DISPUTE, 2: DISPUTE}) == [CLOSED, DENIED, short]
    reading = "The port authority rejected that reading."
    behind = _bullets([CLOSED, DENIED, reading, FERRY, SCHOOL], {1: DISPUTE, 2: DISPUTE}, (2,))
    assert behind == [CLOSED, DENIED, reading, FERRY, SCHOOL]


@pytest.mark.parametrize("lines", [(CLOSED, VERIFIED, DENIED, FERRY), (CLOSED, DENIED, VERIFIED)])
def test_a_dependent_bullet_stands_right_behind_what_explains_it(lines: tuple[str, ...]) -> None:
    kinds = {VERIFIED: (CaveatKind.UNCERTAINTY, 3), DENIED: (CaveatKind.DISPUTE, 2)}
    marks = {k: kinds[line] for k, line in enumerate(lines) if line in kinds}
    shown = _bullets(list(lines), marks, (lines.index(VERIFIED),))
    assert shown == list(lines)


def test_what_explains_a_caveat_is_chosen_before_other_bullets_without_one() -> None:
    lines = [CLOSED, BUSES, MARKET, SCHOOL, CRACKS, FERRY, VERIFIED]
    shown = _bullets(lines, {6: (CaveatKind.UNCERTAINTY, 3)}, (6,))
    assert shown == [CLOSED, FERRY, VERIFIED, BUSES, MARKET]


def test_a_dependent_bullet_is_left_out_where_nothing_explains_it() -> None:
    lines = [CLOSED, DENIED, BUSES, CRACKS, FERRY, VERIFIED]
    kinds = (CaveatKind.DISPUTE, CaveatKind.LIMITATION, CaveatKind.PRECEDENT)
    marks = {k: (kind, 3) for k, kind in enumerate(kinds, 1)}
    shown = _bullets(lines, {**marks, 5: (CaveatKind.UNCERTAINTY, 3)}, (5,))
    assert shown == [CLOSED, DENIED, BUSES, CRACKS, FERRY]


def test_a_dependent_bullet_follows_what_another_article_says_alike() -> None:
    lead = story_article("a", "One", "Bridge", [CLOSED, DETOUR, SCHOOL], bullets=range(3))
    marks = {1: (CaveatKind.UNCERTAINTY, 3)}
    other = story_article(
        "b", "Two", "Bridge", [CLOSED, VERIFIED], bullets=range(2), caveats=marks, dependent=(1,)
    )
    shown = [b.bullet.text for b in make_brief([lead, other], lead="a").bullets]
    assert shown[:2] == [CLOSED, VERIFIED]


def test_the_lead_carries_the_newest_value_of_a_figure() -> None:
    one = [CLOSED, DETOUR, "The repairs would take 8 weeks.", SCHOOL]
    two = [MARKET, CRACKS, "The harbour bridge repairs would take 12 weeks."]
    early = number(one, 2, "8 weeks", 8, "repairs", unit="weeks")
    late = number(two, 2, "12 weeks", 12, "repairs", unit="weeks")
    articles = [
        story_article("a", "One", "Bridge", one, figures=(early,)),
        story_article("b", "Two", "Bridge", two, hours=9, figures=(late,)),
    ]
    assert make_brief(articles).lead == "b"
    assert make_brief(articles[:1]).lead == "a"


def test_first_is_the_earliest_where_nobody_gives_credit() -> None:
    first = make_brief(_three()).first
    assert (first.article_id, first.source, first.how) == ("a", "Coast Courier", "time")


def test_first_by_credit_goes_before_time_and_shows_the_sentence() -> None:
    crediting = story_article(
        "d",
        "Hill Herald",
        "Bridge",
        [FERRY, "The closure was first reported by Radio Fjord."],
        hours=-2,
        credit="Radio Fjord",
    )
    first = make_brief([*_three(), crediting]).first
    assert (first.article_id, first.how) == ("c", "attribution")
    assert first.place is not None
    assert first.place.article_id == "d"


def test_a_credited_outlet_outside_the_story_is_named_without_an_article() -> None:
    crediting = story_article(
        "d", "Hill Herald", "Bridge", [FERRY, "X."], hours=9, credit="Amber Post"
    )
    first = make_brief([*_three(), crediting]).first
    assert (first.article_id, first.source, first.how) == (None, "Amber Post", "attribution")


def test_a_credit_to_itself_is_none() -> None:
    own = story_article(
        "d", "Hill Herald", "Bridge", [FERRY, "X."], hours=9, credit="the Hill Herald"
    )
    assert make_brief([*_three(), own]).first.how == "time"


def test_a_story_of_one_summary_says_so() -> None:
    short = story_article("s", "Wire", "Bridge closed", [CLOSED], basis=Basis.SUMMARY)
    assert make_brief([short]).summary_only
    assert not make_brief([short, *_three()]).summary_only


def test_figures_of_one_value_and_thing_are_one_and_key_ones_come_first() -> None:
    one = ["The limit is 44 tonnes for lorries.", "There are 9 pillars in the bridge."]
    two = ["Lorries over 44 tonnes are turned away."]
    articles = [
        story_article(
            "a",
            "One",
            "Limit",
            one,
            figures=(
                number(one, 1, "9", 9, "pillars", key=False),
                number(one, 0, "44 tonnes", 44, "limit for lorries", unit="t"),
            ),
        ),
        story_article(
            "b",
            "Two",
            "Limit",
            two,
            hours=1,
            figures=(number(two, 0, "44 tonnes", 44, "lorries", unit="t"),),
        ),
    ]
    figures = make_brief(articles, lead="a").figures
    assert [f.figure.value for f in figures] == [44, 9]
    assert (figures[0].outlets, [p.article_id for p in figures[0].also]) == (2, ["b"])


def test_a_surname_joins_the_full_name_and_the_role_is_kept() -> None:
    one = ["Brun said the bridge stays closed."]
    two = ["Ada Brun, the port director, said the bridge stays closed."]
    articles = [
        story_article("a", "One", "Bridge", one, entities=(person(one, "Brun"),)),
        story_article(
            "b", "Two", "Bridge", two, entities=(person(two, "Ada Brun", "port director"),)
        ),
    ]
    entities = make_brief(articles).entities
    assert [(e.entity.name, e.entity.role, e.outlets) for e in entities] == [
        ("Ada Brun", "port director", 2)
    ]


def test_two_reports_that_open_with_one_event_in_other_words_tell_it_once() -> None:
    """But the second is told too where it gives a number that the first does not."""
    one = (
        "Harbour mayor Ada Brun of Nordhaven presented a plan on Monday to close the old bridge and"
        " let a committee examine the storm of May, before the council votes."
    )
    other = (
        "The mayor of Nordhaven, Ada Brun, wants a committee to look at why the bridge failed in"
        " the storm; her plan, shown on Monday, sends lorries over the ford for 40 weeks."
    )
    first = story_article("a", "One", "Bridge", [one])
    plain = make_brief([first, story_article("b", "Two", "Bridge", [other])])
    assert len(plain.bullets) == 1
    assert [p.article_id for p in plain.bullets[0].also] in (["a"], ["b"])
    weeks = number([other], 0, "40 weeks", 40, "lorries over the ford")
    telling = make_brief([first, story_article("b", "Two", "Bridge", [other], figures=(weeks,))])
    assert telling.lead == "a"
    assert len(telling.bullets) == 2


def test_a_role_that_says_of_what_comes_before_a_bare_title() -> None:
    one = ["Gov. Ada Brun said the bridge stays closed."]
    two = ["Ada Brun, governor of Velm, said the bridge stays closed."]
    bare = story_article("a", "One", "Bridge", one, entities=(person(one, "Ada Brun", "Gov."),))
    whole = story_article(
        "b", "Two", "Bridge", two, entities=(person(two, "Ada Brun", "governor of Velm"),)
    )
    assert [e.entity.role for e in make_brief([bare, whole]).entities] == ["governor of Velm"]


def test_a_role_that_points_back_is_not_told_beside_a_name() -> None:
    """Whose deputy, the sentence before says, which nobody sees there."""
    one = ["Ada Brun, his deputy, said the bridge stays closed."]
    two = ["Ada Brun, the port treasurer, said the bridge stays closed."]
    pointing = story_article(
        "a", "One", "Bridge", one, entities=(person(one, "Ada Brun", "His deputy"),)
    )
    telling = story_article(
        "b", "Two", "Bridge", two, entities=(person(two, "Ada Brun", "port treasurer"),)
    )
    assert [e.entity.role for e in make_brief([pointing]).entities] == [None]
    assert [e.entity.role for e in make_brief([pointing, telling]).entities] == ["port treasurer"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("U.S. Harbour Conference", "United States Harbour Conference"),
        ("Veld Shipping Corp.", "Veld Shipping Corporation"),
        ("Veld Shipping, Inc.", "Veld Shipping"),
    ],
)
def test_one_organisation_by_two_forms_of_its_name_is_told_once(name: str, other: str) -> None:
    def article(key: str, source: str, form: str) -> StoryArticle:
        body = Entity(form, "organisation", (Span(0, len(form)),), key=True)
        return story_article(key, source, "Bridge", [f"{form} paid for it."], entities=(body,))

    articles = [article("a", "One", name), article("b", "Two", other)]
    assert len(make_brief(articles).entities) == 1


@pytest.mark.parametrize("name", ["The Velm Ledger", "Velm Ledger", "Ledger"])
def test_an_outlet_that_names_itself_is_no_part_of_its_story(name: str) -> None:
    def article(key: str, source: str) -> StoryArticle:
        itself = Entity(name, "organisation", (Span(0, len(name)),), key=True)
        lines = [f"{name} could not reach the harbour master."]
        return story_article(key, source, "Bridge", lines, entities=(itself,))

    assert make_brief([article("a", "The Velm Ledger")]).entities == ()
    told = make_brief([article("a", "The Velm Ledger"), article("b", "Two")]).entities
    assert [e.entity.name for e in told] == [name]  # another outlet's story is of it


def test_a_surname_that_two_people_share_joins_neither() -> None:
    lines = ["Ada Brun and Olaf Brun met. Later Brun spoke."]
    names = (person(lines, "Ada Brun"), person(lines, "Olaf Brun"))
    other = ["Brun spoke."]
    articles = [
        story_article("a", "One", "Bridge", lines, entities=names),
        story_article(
            "b", "Two", "Bridge", other, entities=(Entity("Brun", "person", (Span(0, 4),)),)
        ),
    ]
    assert sorted(e.entity.name for e in make_brief(articles).entities) == [
        "Ada Brun",
        "Brun",
        "Olaf Brun",
    ]


def test_links_are_pooled_once_with_see_also_first() -> None:
    inside = Link("in-article", "order", "https://port.example/order?utm_source=x")
    again = Link("in-article", "the order", "https://port.example/order")
    also = Link("see-also", "Inspection report", None)
    articles = [
        story_article("a", "One", "Bridge", [CLOSED], links=(inside,)),
        story_article("b", "Two", "Bridge", [CLOSED], links=(again, also)),
    ]
    assert [i.link.title for i in make_brief(articles, lead="a").links] == [
        "Inspection report",
        "order",
    ]


def test_a_brief_does_not_depend_on_the_order_of_its_articles() -> None:
    briefs = {repr(make_brief(p)) for p in itertools.permutations(_three())}
    assert len(briefs) == 1


def test_a_brief_survives_the_codec() -> None:
    brief = make_brief(_three())
    assert brief_from_json(brief_to_json(brief)) == brief


_LINES = st.lists(
    st.sampled_from([CLOSED, BUSES, DENIED, CRACKS, DETOUR, FERRY, MARKET, SCHOOL]),
    min_size=1,
    max_size=6,
    unique=True,
)


@given(st.lists(st.tuples(_LINES, st.integers(0, 5), st.integers(1, 3)), min_size=1, max_size=6))
def test_every_place_of_a_brief_is_in_one_of_its_articles(
    drawn: list[tuple[list[str], int, int]],
) -> None:
    articles = [
        story_article(
            f"k{k}",
            f"Outlet {k % 4}",
            lines[0][:30],
            lines,
            hours=k,
            bullets=range(len(lines)),
            caveats={mark: (CaveatKind.CONDITION, weight)} if mark < len(lines) else None,
        )
        for k, (lines, mark, weight) in enumerate(drawn)
    ]
    brief = make_brief(articles)
    texts = {a.id: a.article.text for a in articles}
    _check(brief, texts)
    assert 1 <= len(brief.bullets) <= 5


def _check(brief: Brief, texts: dict[str, str]) -> None:
    assert brief.lead in texts
    for b in brief.bullets:
        assert " ".join(s.of(texts[b.article_id]) for s in b.bullet.evidence) == b.bullet.text
        assert all(s.of(texts[p.article_id]) for p in b.also for s in p.evidence)
    marks = [b.bullet.caveat is not None for b in brief.bullets[1:]]
    assert marks == sorted(marks, reverse=True)


# ── Opinion pieces ───────────────────────────────────────────────────────────────────────────


def _piece(**changes: Any) -> StoryArticle:
    """An opinion piece that is closest to all the others, and the newest."""
    lines = [CLOSED, CRACKS, DETOUR, BUSES, "The port authority has only itself to blame for it."]
    given = {"hours": 3, "bullets": (0, 4), "opinion": True, **changes}
    return story_article("o", "Harbour Post", "Opinion: The bridge nobody painted", lines, **given)


def test_an_opinion_piece_does_not_lead_while_there_is_a_report() -> None:
    assert make_brief([*_three(), _piece()], lead="o").lead != "o"
    short = story_article("s", "Wire", "Bridge closed", [CLOSED], basis=Basis.SUMMARY)
    assert make_brief([short, _piece()]).lead == "s"
    assert (
        make_brief([_piece(), story_article("e", "Wire", "Market", [MARKET], bullets=())]).lead
        == "o"
    )
    assert make_brief([_piece()]).lead == "o"


def test_bullets_of_an_opinion_piece_are_argued_and_those_of_reports_are_not() -> None:
    report = story_article(
        "a", "Coast Courier", "Harbour bridge closed", [CLOSED, MARKET, FERRY, SCHOOL]
    )
    brief = make_brief([report, _piece()])
    assert [(b.bullet.text, b.article_id, b.argued) for b in brief.bullets] == [
        (CLOSED, "a", False),  # both say it: it is the report's
        ("The port authority has only itself to blame for it.", "o", True),
    ]
    assert [a.opinion for a in brief.articles] == [False, True]
    assert not brief.opinion
    assert make_brief([_piece()]).opinion


def test_what_both_say_is_the_reports_whichever_came_first() -> None:
    lead = story_article(
        "a", "Coast Courier", "Fish market", [MARKET, FERRY], bullets=(0,), hours=4
    )
    report = story_article("c", "Radio Fjord", "Bridge", [CRACKS, MARKET], bullets=(0,), hours=5)
    brief = make_brief([_piece(bullets=(1,), hours=0), report, lead], lead="a")
    told_by = {b.bullet.text: b.article_id for b in brief.bullets}
    assert told_by[CRACKS] == "c"


def test_the_marks_of_opinion_survive_the_store() -> None:
    brief = make_brief([*_three(), _piece()])
    value = brief_to_json(brief)
    assert brief_from_json(value) == brief
    assert [a.get("opinion") for a in value["articles"]] == [None, None, None, True]
    assert {b.get("argued") for b in value["bullets"]} <= {None, True}


def test_news_of_an_opinion_piece_is_argued_and_makes_nothing_unread() -> None:
    claim = "Nobody may trust the port authority again, unless it pays for the detour."
    piece = story_article(
        "o", "Harbour Post", "Opinion", [claim], caveats={0: LIMITATION}, hours=3, opinion=True
    )
    before = snapshot(make_brief(_three()[:1]))
    changes = story_changes(before, make_brief([*_three()[:1], piece]))
    (added,) = [c for c in changes if isinstance(c, BulletAdded) and c.line.argued]
    assert added.line.bullet.text == claim
    assert not added.is_weighty_caveat
    assert not deserves_unread(changes)
