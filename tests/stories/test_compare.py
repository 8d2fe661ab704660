"""Disagreements: what is compared, what is an update, and what is no disagreement at all."""

from briefing.model import Disagreement, Figure
from briefing.stories import StoryArticle, make_brief
from tests.stories.planted import number, told


def _article(
    key: str, hours: float, line: str, surface: str, value: float, counts: str, **more: object
) -> StoryArticle:
    lines = [line, f"{key} has words of its own about the bridge."]
    figure: Figure = number(lines, 0, surface, value, counts, **more)  # type: ignore[arg-type]
    return told(key, f"Outlet {key}", "Bridge", lines, hours=hours, figures=(figure,))


def _found(*articles: StoryArticle) -> tuple[Disagreement, ...]:
    return make_brief(articles).disagreements


def _repair(key: str, hours: float, weeks: float, **more: object) -> StoryArticle:
    surface = f"{weeks:.0f}"
    return _article(
        key, hours, f"Repair takes {surface} weeks.", surface, weeks, "weeks of repair", **more
    )


def test_two_values_at_the_same_time_differ() -> None:
    (found,) = _found(_repair("a", 0, 12), _repair("b", 1, 15))
    assert (found.verdict, found.counts) == ("differ", "weeks of repair")
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
    one = _article("a", 0, "1,900 lorries a day cross.", "1,900", 1900, "lorries a day")
    assert not _found(one, _article("b", 1, "1,912 lorries a day.", "1,912", 1912, "lorries a day"))
    assert _found(one, _article("b", 1, "2,400 lorries a day.", "2,400", 2400, "lorries a day"))


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
