"""Disagreements: what is compared, what is an update, and what is no disagreement at all."""

from briefing.model import Disagreement, Figure
from briefing.stories import StoryArticle, make_brief
from tests.stories.planted import number, told


def _article(
    key: str, hours: float, line: str, surface: str, value: float, counts: str, **more: object
) -> StoryArticle:
    own = " ".join(f"{key}{n}" for n in range(20))
    lines = [line, f"Words of its own: {own}."]
    figure: Figure = number(lines, 0, surface, value, counts, **more)  # type: ignore[arg-type]
    return told(key, f"Outlet {key}", "Bridge", lines, hours=hours, figures=(figure,))


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
    both = told("b", "Outlet b", "Bridge", lines, hours=1, figures=figures)
    assert not _found(_repair("a", 0, 12), both)


def test_a_wire_copy_is_no_second_witness() -> None:
    lines = ["Repair takes 12 weeks, the authority of Nordhaven said on Monday in a short letter."]
    other = [lines[0].replace("12", "15")]
    articles = [
        told("a", "One", "B", lines, figures=(number(lines, 0, "12", 12, "weeks of repair"),)),
        told(
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
    quoting = told("b", "Outlet b", "Bridge", lines, hours=1, figures=figures)
    (found,) = _found(_repair("a", 0, 12), quoting)
    assert [v.outlets for v in found.values] == [("Outlet a",), ("Outlet b",)]


def test_a_year_gone_by_is_history() -> None:
    past = _article(
        "b", 1, "In 2019 the repairs took 30 weeks.", "30 weeks", 30, "repairs", unit="weeks"
    )
    assert not _found(_repair("a", 0, 12), past)
