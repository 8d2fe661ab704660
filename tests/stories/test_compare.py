"""Disagreements: what is compared, what is an update, and what is no disagreement at all."""

from dataclasses import replace

import pytest

from briefing.model import Disagreement, Figure, StoryArticle
from briefing.stories import make_brief
from tests.stories.builders import number, story_article


def _article(
    key: str, hours: float, line: str, surface: str, value: float, counts: str, **more: object
) -> StoryArticle:
    own = " ".join(f"{key}{n}" for n in range(20))
    lines = [line, f"Words of its own: {own}."]
    figure: Figure = number(lines, 0, surface, value, counts, **more)  # type: ignore[arg-type]
    return story_article(key, f"Outlet {key}", "Bridge", lines, hours=hours, figures=(figure,))


def _crossing(key: str, hours: float, surface: str, lorries: float) -> StoryArticle:
    line = f"On an ordinary weekday {surface} lorries use the ramp between docks and motorway."
    return _article(key, hours, line, surface, lorries, "lorries")


def _found(*articles: StoryArticle) -> tuple[Disagreement, ...]:
    return make_brief(articles).disagreements


def _repair(key: str, hours: float, weeks: float, **more: object) -> StoryArticle:
    surface = f"{weeks:.0f} weeks"
    line = f"The repairs would take {surface}."
    return _article(key, hours, line, surface, weeks, "repairs", **{"unit": "weeks", **more})


def test_two_values_at_the_same_time_differ() -> None:
    (found,) = _found(_repair("a", 0, 12), _repair("b", 1, 15))
    assert (found.verdict, found.counts) == ("differ", "repairs")
    assert [(v.value, v.outlets) for v in found.values] == [
        (12, ("Outlet a",)),
        (15, ("Outlet b",)),
    ]


def test_a_later_value_is_an_update() -> None:
    (found,) = _found(_repair("a", 0, 8), _repair("b", 12, 12))
    assert found.verdict == "updated"
    assert [v.value for v in found.values] == [8, 12]


def test_an_earlier_value_said_again_after_the_later_one_differs() -> None:
    (found,) = _found(_repair("a", 0, 8), _repair("b", 12, 12), _repair("c", 24, 8))
    assert found.verdict == "differ"


def test_the_figures_that_differ_are_marked() -> None:
    brief = make_brief([_repair("a", 0, 12), _repair("b", 1, 15)])
    assert all(f.differs for f in brief.figures)


def test_a_bound_that_allows_the_other_value_is_no_disagreement() -> None:
    assert not _found(_repair("a", 0, 12, bound="more"), _repair("b", 1, 15))
    assert _found(_repair("a", 0, 20, bound="more"), _repair("b", 1, 15))


def test_about_allows_seven_in_a_hundred() -> None:
    assert not _found(_repair("a", 0, 100, bound="about"), _repair("b", 1, 106))
    assert _found(_repair("a", 0, 100, bound="about"), _repair("b", 1, 112))


def test_a_range_holds_the_values_inside_it() -> None:
    assert not _found(_repair("a", 0, 12, to=15.0), _repair("b", 1, 14))
    assert _found(_repair("a", 0, 12, to=15.0), _repair("b", 1, 16))


def test_a_large_round_number_stands_for_what_rounds_to_it() -> None:
    one = _crossing("a", 0, "1,900", 1900)
    assert not _found(one, _crossing("b", 1, "1,912", 1912))
    assert _found(one, _crossing("b", 1, "2,400", 2400))


def test_a_part_is_not_compared_with_the_whole() -> None:
    whole = _article("a", 0, "The blast killed 90 people.", "90", 90, "people killed")
    part = _article("b", 1, "It killed 13 soldiers.", "13", 13, "soldiers killed")
    assert not _found(whole, part)


def test_words_for_the_same_count_are_compared() -> None:
    one = _article("a", 0, "The blast killed 9 people.", "9", 9, "people killed")
    two = _article("b", 1, "There are 11 dead.", "11", 11, "dead")
    (found,) = _found(one, two)
    assert found.verdict == "differ"


def test_other_units_are_not_compared() -> None:
    assert not _found(_repair("a", 0, 12), _repair("b", 1, 15, unit="%"))


def test_history_is_not_compared() -> None:
    past = _article(
        "b", 1, "In 2019 repair took 30 weeks, compared with 12 now.", "30", 30, "weeks of repair"
    )
    assert not _found(_repair("a", 0, 12), past)


def test_a_number_without_what_it_counts_is_not_compared() -> None:
    one = _article("a", 0, "It is 12 now.", "12", 12, "")
    assert not _found(one, _article("b", 1, "It is 15 now.", "15", 15, ""))


def test_an_article_that_gives_two_values_itself_is_left_out() -> None:
    lines = ["Repair takes 12 weeks on one side.", "Repair takes 20 weeks on the other."]
    figures = (
        number(lines, 0, "12", 12, "weeks of repair"),
        number(lines, 1, "20", 20, "weeks of repair"),
    )
    both = story_article("b", "Outlet b", "Bridge", lines, hours=1, figures=figures)
    assert not _found(_repair("a", 0, 12), both)


def test_a_wire_copy_is_no_second_witness() -> None:
    lines = ["Repair takes 12 weeks, the authority of Nordhaven said on Monday in a short letter."]
    other = [lines[0].replace("12", "15")]
    articles = [
        story_article(
            "a", "One", "B", lines, figures=(number(lines, 0, "12", 12, "weeks of repair"),)
        ),
        story_article(
            "b",
            "Two",
            "B",
            other,
            hours=1,
            figures=(number(other, 0, "15", 15, "weeks of repair"),),
        ),
    ]
    assert not _found(*articles)


def test_a_plain_count_is_compared_only_where_the_sentences_say_the_same() -> None:
    use = _crossing("a", 0, "1,900", 1900)
    lines = {
        "b": "The survey counted 1,200 lorries on the inland detour.",
        "c": "A crossing laid by the army could carry 400 lorries.",
    }
    others = [
        _article(k, 1, line, s, v, "lorries")
        for (k, line), s, v in zip(lines.items(), ("1,200", "400"), (1200, 400), strict=True)
    ]
    assert not _found(use, *others)


def test_values_of_another_order_of_magnitude_are_of_other_things() -> None:
    assert not _found(_crossing("a", 0, "1,900", 1900), _crossing("b", 1, "19", 19))


def test_a_toll_is_known_by_the_verb_before_it_too() -> None:
    one = _article("a", 0, "The slide injured three people.", "three", 3, "people")
    two = _article("b", 9, "Five people were injured.", "Five", 5, "people were injured")
    (found,) = _found(one, two)
    assert (found.verdict, found.counts) == ("updated", "people were injured")


def test_one_outlet_does_not_disagree_with_itself() -> None:
    early, late = _repair("a", 0, 12), _repair("b", 1, 15)
    own = StoryArticle(late.digest, early.source, late.published)
    (found,) = _found(early, own)
    assert found.verdict == "updated"


def test_a_replaced_value_stands_apart_from_those_that_differ() -> None:
    found = _found(_repair("a", 0, 8), _repair("b", 12, 12), _repair("c", 13, 15))
    assert [(d.verdict, [v.value for v in d.values]) for d in found] == [
        ("differ", [12, 15]),
        ("updated", [8, 12]),
    ]


def test_what_an_article_quotes_below_its_own_news_is_not_its_value() -> None:
    lines = ["Repairs would take 15 weeks.", "So says the offer.", "Repairs would take 12 weeks."]
    figures = (
        number(lines, 0, "15 weeks", 15, "Repairs", unit="weeks"),
        number(lines, 2, "12 weeks", 12, "Repairs", unit="weeks"),
    )
    quoting = story_article("b", "Outlet b", "Bridge", lines, hours=1, figures=figures)
    (found,) = _found(_repair("a", 0, 12), quoting)
    assert [v.outlets for v in found.values] == [("Outlet a",), ("Outlet b",)]


def test_a_year_gone_by_is_history() -> None:
    past = _article(
        "b", 1, "In 2019 the repairs took 30 weeks.", "30 weeks", 30, "repairs", unit="weeks"
    )
    assert not _found(_repair("a", 0, 12), past)


# ── What is of the same thing ──


def _dead(key: str, hours: float, line: str, surface: str, value: float) -> StoryArticle:
    return _article(key, hours, line, surface, value, "people killed")


ELEVEN = _dead("a", 0, "The fire killed 11 people in the mill.", "11", 11)


@pytest.mark.parametrize(
    ("line", "surface", "value"),
    [
        ("Another four people were killed on the stairs.", "Another four", 4),
        ("Four of the people killed were children.", "Four", 4),
        ("Of the people who were trapped, four were killed.", "four", 4),
        ("The fire also killed people next door, including four guests.", "four", 4),
        ("In Lower Ambry alone four people were killed.", "four", 4),
        ("In another house four people were killed.", "four", 4),
        ("In November, a fire killed four people in the same street.", "four", 4),
        ("The mayor feared that the toll might reach 20 people killed.", "20", 20),
        ("Fires have killed 40 people in the county since Friday.", "40", 40),
    ],
)
def test_a_part_a_sum_a_fear_and_the_past_are_not_compared(
    line: str, surface: str, value: float
) -> None:
    assert not _found(ELEVEN, _dead("b", 1, line, surface, value))


@pytest.mark.parametrize(
    "line",
    [
        "The number of people killed in the mill has risen to 14.",
        "The death toll rose to 14 in the morning.",
        "The toll now stands at 14.",
    ],
)
def test_a_toll_is_known_by_the_words_before_it(line: str) -> None:
    # What the number is said to count may be anything here: the sentence says it.
    (found,) = _found(ELEVEN, _article("b", 1, line, "14", 14, "mill"))
    assert found.verdict == "differ"


def test_the_toll_of_another_place_is_another_toll() -> None:
    line = "The death toll across the border in Ostrany stood at 24."
    assert not _found(ELEVEN, _article("b", 1, line, "24", 24, "border"))


def test_a_lower_toll_of_another_outlet_later_is_of_something_else() -> None:
    assert not _found(ELEVEN, _dead("b", 9, "The fire killed 4 people on the roof.", "4", 4))
    own = _dead("b", 9, "The fire killed 9 people, not 11.", "9", 9)
    corrected = StoryArticle(own.digest, ELEVEN.source, own.published)
    assert [d.verdict for d in _found(ELEVEN, corrected)] == ["updated"]


def test_what_measures_an_amount_is_the_same_in_other_words() -> None:
    one = _article(
        "a",
        0,
        "The repairs would cost 40 million euros.",
        "40 million euros",
        4e7,
        "repairs",
        unit="EUR",
    )
    line = "The builder put the cost of the repairs at 55 million euros."
    two = _article("b", 1, line, "55 million euros", 5.5e7, "cost of the repairs", unit="EUR")
    (found,) = _found(one, two)
    assert (found.verdict, found.counts) == ("differ", "cost of the repairs")


def test_a_forecast_is_no_result() -> None:
    came = "The economy of the islands grew by 1.9 percent in spring."
    hoped = "Banks had forecast that the economy of the islands grew by 2.4 percent in spring."
    told_ = [("a", came, "1.9 percent", 1.9), ("b", hoped, "2.4 percent", 2.4)]
    assert not _found(*(_article(k, 0, s, n, v, "economy", unit="%") for k, s, n, v in told_))
    both = [
        ("a", hoped, "2.4 percent", 2.4),
        ("b", hoped.replace("2.4", "3.1"), "3.1 percent", 3.1),
    ]
    assert _found(*(_article(k, 0, s, n, v, "economy", unit="%") for k, s, n, v in both))


def test_a_running_log_gives_no_values_of_its_own() -> None:
    lines = ["11:40 The fire killed 14 people.", "10:15 The roof fell.", "09:05 There is a fire."]
    log = story_article(
        "b", "B", "Live", lines, hours=1, figures=[number(lines, 0, "14", 14, "killed")]
    )
    assert not _found(ELEVEN, log)
    assert _found(ELEVEN, _dead("b", 1, "At 11:40 the fire had killed 14 people.", "14", 14))


# ── Over time ──


def test_values_that_a_later_one_replaced_do_not_differ_any_more() -> None:
    early = [ELEVEN, _dead("b", 1, "The fire killed 14 people.", "14", 14)]
    assert [d.verdict for d in _found(*early)] == ["differ"]
    (found,) = _found(*early, _dead("c", 10, "The fire killed 16 people.", "16", 16))
    assert (found.verdict, [v.value for v in found.values]) == ("updated", [11, 14, 16])


def test_an_outlet_that_took_over_the_others_value_does_not_stand_by_its_own() -> None:
    again = _repair("c", 30, 15)
    moved = StoryArticle(again.digest, "Outlet a", again.published)
    (found,) = _found(_repair("a", 0, 12), _repair("b", 1, 15), moved)
    assert (found.verdict, [v.value for v in found.values]) == ("updated", [12, 15])


def test_at_least_eight_that_became_nine_is_an_update_and_no_contradiction() -> None:
    eight = _article("a", 0, "The fire killed at least 8.", "at least 8", 8, "killed", bound="more")
    line = "The fire killed at least 9."
    soon = _article("b", 1, line, "at least 9", 9, "killed", bound="more")
    assert not _found(eight, soon)
    late = _article("b", 9, line, "at least 9", 9, "killed", bound="more")
    (found,) = _found(eight, late)
    assert (found.verdict, [v.value for v in found.values]) == ("updated", [8, 9])


def test_about_as_many_stand_with_those_who_count_exactly() -> None:
    line = "The company will cut {} jobs at the mill in Ambry by June."
    jobs = [("a", "about 1,200", 1200, "about"), ("b", "1,184", 1184, ""), ("c", "1,900", 1900, "")]
    (found,) = _found(
        *(_article(k, 0, line.format(s), s, v, "jobs", bound=b) for k, s, v, b in jobs)
    )
    assert [(v.surface, len(v.outlets)) for v in found.values] == [("1,184", 2), ("1,900", 1)]


def test_the_badly_hurt_are_a_part_of_the_hurt_though_all_tell_of_them() -> None:
    hurt = "Twenty passengers were injured, two of them seriously."
    all_hurt = _article("a", 0, hurt, "Twenty", 20, "passengers were injured")
    line = "Two passengers were seriously injured."
    assert not _found(
        all_hurt, _article("b", 1, line, "Two", 2, "passengers were seriously injured")
    )
    same = "Nine passengers were injured, two of them seriously."
    assert _found(all_hurt, _article("b", 1, same, "Nine", 9, "passengers were injured"))


def test_a_counted_phrase_of_many_words_says_enough_and_a_short_one_does_not() -> None:
    found = [("a", "Scholars count 46 {}.", "46", 46), ("b", "The museum has 61 {}.", "61", 61)]

    def given(counts: str) -> list[StoryArticle]:
        return [_article(k, 0, s.format(counts), n, v, counts) for k, s, n, v in found]

    assert _found(*given("old graves under the market hall"))
    assert not _found(*given("graves"))


def test_an_article_that_repeats_its_figure_two_hundred_times_is_compared_at_once() -> None:
    lines = [f"On an ordinary weekday 1,200 lorries use ramp {n} to the docks." for n in range(200)]
    figures = [number(lines, n, "1,200", 1200, "lorries") for n in range(200)]
    table = story_article("b", "Outlet b", "Bridge", lines, hours=1, figures=figures)
    (found,) = _found(
        _crossing("a", 0, "1,900", 1900), table
    )  # minutes, were all triples looked at
    assert [v.value for v in found.values] == [1900, 1200]


def test_a_table_of_thousands_of_figures_is_told_at_once() -> None:
    one = number(["Depot 1 has 1 lorries."], 0, "1 lorries", 1, "lorries")
    figures = [replace(one, value=float(n), counts=f"lorries of depot {n}") for n in range(6000)]
    table = story_article("a", "Outlet a", "Depots", ["Depot 1 has 1 lorries."], figures=figures)
    brief = make_brief([table])
    assert len(brief.figures) == 6000
