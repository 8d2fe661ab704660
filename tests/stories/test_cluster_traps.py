"""Linking: what makes strangers alike, and what makes one article look like many."""

import pytest

from briefing.model import LinkCandidate
from briefing.stories import Clusterer, cluster, make_brief
from briefing.stories.article_index import ArticleIndex
from briefing.stories.cluster_identity import assign_story_ids
from briefing.stories.event_cues import EventCues, agreement, find_event_cues
from briefing.stories.parameters import load_parameters
from tests.stories.builders import BUSES, CLOSED, CRACKS, DENIED, DETOUR, FERRY, at, story_article

QUAKE = (
    "Quake shakes Velm valley",
    (
        "An earthquake shook the Velm valley before dawn and cut the railway to Osk. Walls fell in"
        " Lower Velm, the district governor said, and a school gym was opened for families."
    ),
)
HOSPITAL = (
    "Amber hospital nurses begin strike",
    (
        "Nurses at the Amber general hospital stopped work over night shifts. Operations were put"
        " off, the hospital said, and the nurses' union asked for a mediator."
    ),
)
CHESS = (
    "Ilse Tarn wins chess title in Pell",
    (
        "Ilse Tarn won the national chess title in Pell after a draw in the last round. Her"
        " opponent offered the draw in a lost rook ending."
    ),
)
QUAKE_AGAIN = (
    "Velm valley counts quake damage",
    (
        "Families slept in a school gym after an earthquake shook the Velm valley. The railway to"
        " Osk is cut and walls fell in Lower Velm, the governor of the district said."
    ),
)
NURSES_AGAIN = (
    "Operations put off as nurses in Amber walk out",
    (
        "The Amber general hospital put off operations when its nurses stopped work. The union"
        " wants a mediator and other rules for night shifts."
    ),
)
FOOTER = (
    " You are reading the free edition of the Coast Courier. Become a member to support our"
    " journalism and receive the weekend letter. All rights reserved, Coast Courier press house."
)


def _item(
    key: str, text: tuple[str, str], hours: float = 0.0, source: str = "Outlet"
) -> LinkCandidate:
    return LinkCandidate(key, text[0], text[1], at(hours), source)


def _groups(items: list[LinkCandidate]) -> set[frozenset[str]]:
    names = cluster(items)
    return {
        frozenset(i.article_id for i, n in zip(items, names, strict=True) if n == name)
        for name in names
    }


# ── What must not glue ──


def test_a_round_up_does_not_glue_the_stories_it_lists() -> None:
    everything = " ".join(text for _, text in (QUAKE, HOSPITAL, CHESS))
    items = [
        _item("q1", QUAKE),
        _item("h1", HOSPITAL, 1),
        _item("q2", QUAKE_AGAIN, 2),
        _item("h2", NURSES_AGAIN, 3),
        _item("up", ("The morning in five minutes", everything), 4),
    ]
    groups = _groups(items)
    assert not any({"q1", "h1"} <= g for g in groups)
    assert any({"q1", "q2"} <= g for g in groups)
    assert any({"h1", "h2"} <= g for g in groups)


def test_a_live_blog_that_grows_does_not_glue_what_it_touches() -> None:
    clusterer = Clusterer()
    parts = (QUAKE, HOSPITAL, CHESS)
    for k, part in enumerate(parts):
        clusterer.add(_item(f"s{k}", part, k))
        live = " ".join(text for _, text in reversed(parts[: k + 1]))
        clusterer.add(_item(f"live{k}", (f"Live: news of the day, {k + 7}:00", live), k + 0.5))
    found = clusterer.assignments()
    assert len({found["s0"], found["s1"], found["s2"]}) == 3


def test_an_outlets_template_makes_no_story() -> None:
    other = [
        " ".join(f"{stem}{k}" for stem in ("mole", "reef", "sand", "kelp", "buoy", "tarn", "weir"))
        for k in range(24)
    ]
    texts = [QUAKE, HOSPITAL, CHESS, *((words[:12], words) for words in other)]
    items = [
        _item(f"t{k}", (title, text + FOOTER), k, "Coast Courier")
        for k, (title, text) in enumerate(texts)
    ]
    assert len(_groups(items)) == len(items)


def test_equal_titles_alone_make_no_story() -> None:
    items = [
        _item(f"t{k}", ("What we know so far", text), k)
        for k, (_, text) in enumerate((QUAKE, HOSPITAL, CHESS))
    ]
    assert len(_groups(items)) == 3


# ── One text in many places ──


def test_ten_copies_of_a_wire_report_are_one_story_and_one_voice() -> None:
    lines = [CLOSED, BUSES, CRACKS, DETOUR, FERRY]
    copies = [
        story_article(f"c{k}", f"Paper {k}", "Bridge closed", lines, hours=k) for k in range(10)
    ]
    own = story_article(
        "own",
        "Harbour Watch",
        "Hauliers doubt the cracks in Nordhaven's harbour bridge",
        [
            DENIED,
            "Nordhaven's port authority had closed the harbour bridge to lorries over cracks.",
        ],
        hours=11,
    )
    items = [
        LinkCandidate(a.id, a.article.title or "", a.article.text, a.published, a.source)
        for a in [*copies, own]
    ]
    groups = _groups(items)
    assert any({f"c{k}" for k in range(10)} <= g for g in groups)
    assert make_brief(copies).outlets == 1
    assert make_brief([*copies, own]).outlets == 2


def test_one_article_under_ten_addresses_is_one_story() -> None:
    page = "courier.example/coast/bridge-closed"
    addresses = [
        f"https://{page}",
        f"http://www.{page}/",
        f"https://m.{page}",
        f"https://amp.{page}",
        f"https://{page}/amp",
        f"https://{page}?utm_source=feed",
        f"https://{page}?fbclid=1",
        f"https://{page}#comments",
        f"https://mobile.{page}",
        f"https://partner.example/syndicated/{page}",
    ]
    items = [
        LinkCandidate(str(k), *QUAKE, at(k / 10), f"Paper {k}", url)
        for k, url in enumerate(addresses)
    ]
    assert len(_groups(items)) == 1


def test_copies_do_not_count_as_surroundings() -> None:
    index = ArticleIndex(load_parameters())
    nodes = index.enter([_item(f"c{k}", QUAKE) for k in range(12)])
    for node in nodes:
        index.link(node)
    assert all(n.near == [] for n in nodes)
    assert len(nodes[-1].neighbours) == 11


# ── Dates that are wrong ──


@pytest.mark.parametrize("years", [1, 80])
def test_an_article_dated_in_the_future_does_not_end_the_stream(years: int) -> None:
    clusterer = Clusterer()
    clusterer.add_all([_item("q1", QUAKE), _item("h1", HOSPITAL, 1), _item("c1", CHESS, 2)])
    clusterer.add(_item("ahead", ("Tide table", "High water at the mole."), 8766.0 * years))
    clusterer.add(_item("q2", QUAKE_AGAIN, 3))
    clusterer.add(_item("h2", NURSES_AGAIN, 4))
    found = clusterer.assignments()
    assert found["q1"] == found["q2"]
    assert found["h1"] == found["h2"]
    assert found["ahead"] not in {found["q1"], found["h1"], found["c1"]}


# ── What differs ──

RULE = load_parameters().linking


def test_weekdays_and_numbers_are_read_from_the_opening() -> None:
    found = find_event_cues("Toll 1,204", "On Monday 56 fell, 7 rose; 3.5 stayed.", {"monday": 0})
    assert found == EventCues(1, ("1204", "56", "3.5"))
    assert find_event_cues("", "x" * 600 + " Monday 99", {"monday": 0}) == EventCues(0, ())


def test_weekdays_are_known_in_other_languages() -> None:
    days = load_parameters().weekdays
    named = ("Wednesday", "Mittwoch", "mercredi", "miércoles")
    assert {find_event_cues("", f"{word}.", days).days for word in named} == {1 << 2}


def test_what_differs_counts_against_and_what_is_not_said_does_not() -> None:
    monday, friday, silent = EventCues(1, ("56",)), EventCues(16, ("48",)), EventCues(0, ())
    assert agreement(monday, silent, RULE) == agreement(silent, silent, RULE) == 1
    assert agreement(monday, friday, RULE) == RULE.other_day * RULE.other_numbers < 1
    assert agreement(monday, monday, RULE) == RULE.same_number > 1


def test_a_number_written_many_times_is_no_proof() -> None:
    many = EventCues(0, tuple(map(str, range(10, 30))))
    assert agreement(many, many, RULE) == RULE.same_number**RULE.same_numbers


# ── How alike is alike enough ──


def _threshold(count: int, days: float) -> float:
    index = ArticleIndex(load_parameters())
    items = [
        _item(f"x{k}", (f"word{k}", f"other{k} thing{k}"), 24 * days * k / count)
        for k in range(count)
    ]
    nodes = index.enter(items)
    for node in nodes:
        index.link(node)
    return index.threshold(nodes[-1])


def test_a_busy_stream_asks_for_more_likeness() -> None:
    assert _threshold(400, 2) > _threshold(400, 40)


def test_a_small_window_presumes_its_surroundings() -> None:
    assert _threshold(3, 3) > _threshold(60, 60)


def test_alike_surroundings_ask_for_more_likeness() -> None:
    index = ArticleIndex(load_parameters())
    beat = [
        _item(f"b{k}", ("Harbour council", f"The harbour council of Osk met on mole{k} pier{k}"))
        for k in range(40)
    ]
    nodes = index.enter([*beat, *(_item(f"x{k}", (f"w{k}", f"o{k} t{k}")) for k in range(40))])
    for node in nodes:
        index.link(node)
    assert index.threshold(nodes[0]) > index.threshold(nodes[-1])


# ── Names ──


def test_a_story_that_parts_stays_with_most_of_its_articles() -> None:
    story_of = dict.fromkeys(range(5), "7")
    assignment = assign_story_ids([[0, 1], [2, 3, 4]], story_of, {"7": 0})
    assert assignment.story_ids == (None, "7")
    assert assignment.merged == ()
