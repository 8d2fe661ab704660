"""Follow-ups of an event join its story, however far the first report is behind."""

from dataclasses import replace

import pytest

from briefing.model import LinkCandidate
from briefing.stories import Clusterer, cluster
from briefing.stories.agglomerate import Linkage, agglomerate
from briefing.stories.article_index import ArticleIndex
from briefing.stories.event_cues import EventCues, agreement, find_names
from briefing.stories.parameters import Parameters, load_parameters
from tests.stories.builders import at

PARAMETERS = load_parameters()
RULE = PARAMETERS.linking
NOT_CONTINUED = replace(PARAMETERS, linking=replace(RULE, continued=0.0))

DAM = (
    (
        0,
        "Crack found in Orrin dam above Hestle",
        (
            "Engineers found a crack in the Orrin dam on Monday and 2,300 people were told to leave"
            " Hestle, the village below it. Water is being let out through both gates, the river"
            " authority said, and the road through the gorge is shut."
        ),
    ),
    (
        9,
        "Villagers leave Hestle as Orrin dam is drained",
        (
            "Buses took 2,300 people out of Hestle on Monday after a crack was found in the Orrin"
            " dam. The river authority is letting water out through both gates; engineers were to"
            " dive at the wall of the dam overnight."
        ),
    ),
    (
        28,
        "Divers look at wall of cracked Orrin dam",
        (
            "Divers measured the crack in the Orrin dam on Tuesday and found it 14 metres long. The"
            " river authority said that both gates stay open until the lake has fallen; people from"
            " Hestle sleep in a sports hall."
        ),
    ),
    (
        50,
        "Hestle families go home as Orrin dam is declared safe",
        (
            "Families went back to Hestle, the village below the Orrin dam, on Wednesday after"
            " divers filled the crack. The sports hall was cleared by noon, and the river"
            " authority, which shut both gates, promised to pay 340 crowns for each cow."
        ),
    ),
)
PRIZE = (
    "Orrin dam visitor centre wins prize",
    (
        "The visitor centre at the Orrin dam won a prize for its garden. Judges praised the roses,"
        " the gardener said, and tickets will cost less in spring."
    ),
)
BEATS = ("opera", "chess", "tram", "harvest", "museum", "football", "bakery", "cinema")


def _reports() -> list[LinkCandidate]:
    return [
        LinkCandidate(f"dam-{k}", title, text, at(hours), f"Outlet {k}")
        for k, (hours, title, text) in enumerate(DAM)
    ]


def _others() -> list[LinkCandidate]:
    return [
        LinkCandidate(
            f"other-{k}",
            f"New {beat} season opens in Tolm {k}",
            f"The {beat} of quarter {k} starts its season with guests, {beat} lovers said.",
            at(4.0 * k),
            "Outlet",
        )
        for k, beat in enumerate(BEATS)
    ]


def _stories(parameters: Parameters = PARAMETERS) -> list[str]:
    return cluster([*_reports(), *_others()], parameters=parameters)[: len(DAM)]


def test_the_end_of_an_event_joins_the_story_that_was_reported_every_day() -> None:
    assert len(set(_stories())) == 1
    assert len(set(_stories(NOT_CONTINUED))) > 1


def test_the_same_when_the_articles_come_one_by_one() -> None:
    clusterer = Clusterer()
    for item in sorted([*_reports(), *_others()], key=lambda i: i.published or at(0)):
        clusterer.add(item)
    stories = clusterer.assignments()
    assert len({stories[i.article_id] for i in _reports()}) == 1


def test_another_matter_of_the_same_place_stays_apart() -> None:
    prize = LinkCandidate("prize", *PRIZE, at(40), "Outlet")
    stories = cluster([*_reports(), *_others(), prize])
    assert stories[-1] not in stories[: len(DAM)]


# ── Groups of dated articles ──


def _chain(continued: float, last: float) -> list[list[int]]:
    """Two early reports, a later one, and the last, which is near in time to the later one only."""
    days = {1: 0.0, 2: 0.1, 3: 1.0, 4: last}
    edges = [(2, 1, 3.0, 3.0), (3, 1, 1.5, 2.0), (3, 2, 1.5, 2.0)]
    edges += [(4, 1, 0.5, 1.6), (4, 2, 0.5, 1.6), (4, 3, 1.1, 1.6)]
    return agglomerate(days, edges, Linkage(continued, pause_days=2.0))


def test_a_story_that_is_still_reported_is_reached_from_its_newest_report() -> None:
    assert _chain(0.0, last=1.6) == [[1, 2, 3], [4]]
    assert _chain(0.9, last=1.6) == [[1, 2, 3, 4]]


def test_a_story_that_nobody_reports_any_more_is_not() -> None:
    assert _chain(0.9, last=6.0) == [[1, 2, 3], [4]]


def test_a_pair_without_an_edge_counts_as_nothing() -> None:
    days = {1: 0.0, 2: 0.0, 3: 0.0}
    edges = [(2, 1, 1.6, 1.6), (3, 2, 1.5, 1.5)]
    assert agglomerate(days, edges, Linkage(0.4, 2.0)) == [[1, 2], [3]]


@pytest.mark.parametrize("apart", [0.5, 1.0, 3.0])
def test_another_weekday_tells_less_the_later_an_article_comes(apart: float) -> None:
    monday, tuesday = EventCues(1, ()), EventCues(2, ())
    assert RULE.other_day < agreement(monday, tuesday, RULE, apart) < 1
    assert agreement(monday, tuesday, RULE, apart) < agreement(monday, tuesday, RULE, apart + 1)


# ── Names ──


def test_names_are_the_capitals_within_a_sentence() -> None:
    text = "Divers left Hestle on Monday. The Orrin dam holds, said Mira Vanth: “Nobody left.”"
    assert find_names(text, "en", {"monday"}) == {"hestl", "orrin", "mira", "vanth"}


def test_a_language_that_writes_all_nouns_with_a_capital_shows_no_names() -> None:
    assert find_names("Am Abend kam der Bagger nach Velm.", "de", ()) == frozenset()


def _names_shared(first: str, second: str, others: int) -> float:
    """For two texts in a stream where so many more articles name all of the first."""
    index = ArticleIndex(PARAMETERS)
    texts = [first, second, *[f"{first} Report {k}." for k in range(others)]]
    items = [LinkCandidate(str(k), "News", t, at(k), "Outlet") for k, t in enumerate(texts)]
    nodes = index.enter(items)
    return index.names_shared(nodes[0], nodes[1])


CREW = "Boats search for the Wender Lark off Ostrel, the harbour master of Tolm said."
FOUND = "Two sailors of the Wender Lark were found near Ostrel, and flown to Tolm."


def test_names_that_few_articles_hold_make_two_of_them_more_alike() -> None:
    assert _names_shared(CREW, FOUND, others=2) == 1 + RULE.same_names


def test_names_that_the_whole_stream_speaks_of_do_not() -> None:
    assert _names_shared(CREW, FOUND, others=RULE.rare_name) == 1


def test_one_name_in_common_is_not_enough() -> None:
    assert _names_shared(CREW, "A bakery near Ostrel won a prize.", others=0) == 1
