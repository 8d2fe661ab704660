"""Figures that changed: told with what they were, and never as a disagreement."""

from briefing.model import Brief, StoryArticle, StoryFigure
from briefing.stories import make_brief
from tests.stories.builders import number, story_article


def _report(key: str, hours: float, line: str, surface: str, weeks: float) -> StoryArticle:
    own = " ".join(f"{key}{n}" for n in range(20))
    lines = [line, f"Words of its own: {own}."]
    figure = number(lines, 0, surface, weeks, "repairs", unit="weeks")
    return story_article(
        key,
        f"Outlet {key}",
        "Bridge at Orle Ferry",
        lines,
        hours=hours,
        figures=(figure,),
    )


def _repair(key: str, hours: float, surface: str, weeks: float) -> StoryArticle:
    return _report(key, hours, f"The repairs would take {surface}.", surface, weeks)


def _shown(brief: Brief) -> list[StoryFigure]:
    return [f for f in brief.figures if f.figure.key]


def test_a_figure_says_which_value_it_took_the_place_of() -> None:
    brief = make_brief([_repair("a", 0, "8 weeks", 8), _repair("b", 12, "12 weeks", 12)])
    (figure,) = _shown(brief)
    assert (figure.figure.value, figure.before and figure.before.value) == (12, 8)


def test_of_several_earlier_values_the_last_is_told() -> None:
    reports = [
        _repair("a", 0, "6 weeks", 6),
        _repair("a2", 12, "8 weeks", 8),
        _repair("b", 24, "12 weeks", 12),
    ]
    (figure,) = _shown(make_brief(reports))
    assert figure.before is not None
    assert figure.before.value == 8


def test_the_bullet_that_tells_the_figure_knows_the_update() -> None:
    brief = make_brief([_repair("a", 0, "8 weeks", 8), _repair("b", 12, "12 weeks", 12)])
    assert [f.figure.value for f in brief.updates_in(brief.bullets[0])] == [12]


def test_values_that_both_stand_are_no_update() -> None:
    brief = make_brief([_repair("a", 0, "8 weeks", 8), _repair("b", 1, "12 weeks", 12)])
    assert all(f.differs and f.before is None for f in brief.figures)


def test_a_value_told_as_past_does_not_stand_against_the_new_one() -> None:
    new = _repair("b", 12, "12 weeks", 12)
    late = _report("c", 24, "The repairs had been put at 8 weeks.", "8 weeks", 8)
    brief = make_brief([_repair("a", 0, "8 weeks", 8), new, late])
    assert [d.verdict for d in brief.disagreements] == ["updated"]
    assert [v.value for v in brief.disagreements[0].values] == [8, 12]


def test_a_report_that_comes_late_with_the_old_value_is_no_update() -> None:
    # The first report words it so that the two are not compared with each other.
    first = _report("a", 0, "It expects 8 weeks of work on the piers.", "8 weeks", 8)
    brief = make_brief([first, _repair("b", 12, "12 weeks", 12), _repair("c", 24, "8 weeks", 8)])
    assert not [d for d in brief.disagreements if d.values[-1].value == 8]
    assert not [f for f in brief.figures if f.figure.value == 8 and f.before is not None]


def _barns(key: str, hours: float, line: str, *numbers: tuple[str, float]) -> StoryArticle:
    own = " ".join(f"{key}{n}" for n in range(20))
    lines = [line, f"Words of its own: {own}."]
    figures = [number(lines, 0, surface, value, "barns burned") for surface, value in numbers]
    return story_article(
        key, f"Outlet {key}", "Fire on Hask Moor", lines, hours=hours, figures=figures
    )


def _first_count() -> StoryArticle:
    return _barns("a", 0, "Fourteen barns burned on Hask Moor.", ("Fourteen", 14))


def test_a_number_that_a_report_takes_back_is_an_update_however_soon() -> None:
    line = "Eleven barns burned, not 14 as had been reported, the wardens said."
    brief = make_brief([_first_count(), _barns("b", 1, line, ("Eleven", 11), ("14", 14))])
    (found,) = brief.disagreements
    assert found.verdict == "updated"
    assert [v.value for v in found.values] == [14, 11]
    assert not any(f.differs for f in brief.figures)


def test_another_count_of_somebody_is_no_correction() -> None:
    line = "Eleven barns burned, not 14, the farmers insist."
    brief = make_brief([_first_count(), _barns("b", 1, line, ("Eleven", 11), ("14", 14))])
    assert not [d for d in brief.disagreements if d.verdict == "updated"]
    assert all(f.before is None for f in brief.figures)


def test_what_nobody_reported_is_not_told_as_the_value_before() -> None:
    line = "Eleven barns burned, not 20 as had been reported, the wardens said."
    later = _barns("b", 12, line, ("Eleven", 11), ("20", 20))
    shown = make_brief([_first_count(), later]).figures
    assert not [f for f in shown if f.before is not None and f.before.value == 20]


def test_what_a_later_report_only_recalls_is_no_key_figure_for_having_been_one() -> None:
    recalled = ["The repairs would take 12 weeks.", "A notice of Monday names 8 weeks."]
    figures = (
        number(recalled, 0, "12 weeks", 12, "repairs", unit="weeks"),
        number(recalled, 1, "8 weeks", 8, "repairs named", unit="weeks", key=False),
    )
    later = story_article(
        "b", "Radio Orle", "Bridge at Orle Ferry", recalled, hours=12, figures=figures
    )
    brief = make_brief([_repair("a", 0, "8 weeks", 8), later])
    assert [f.figure.value for f in _shown(brief)] == [12]


def test_a_toll_says_what_it_was_wherever_it_is_given() -> None:
    own = " ".join(f"word{n}" for n in range(20))
    other = " ".join(f"other{n}" for n in range(20))
    first = ["Nine people are now known to have died in the flood at Orle.", f"Of it: {own}."]
    second = ["The flood at Orle has killed 14 people, the wardens said.", f"More: {other}."]
    reports = [
        story_article(
            "a",
            "Orle Post",
            "Flood",
            first,
            figures=(number(first, 0, "Nine", 9, "people are now known to have died"),),
        ),
        story_article(
            "b",
            "Radio Orle",
            "Flood",
            second,
            hours=12,
            figures=(number(second, 0, "14", 14, "people killed"),),
        ),
    ]
    (figure,) = _shown(make_brief(reports))
    assert (figure.figure.value, figure.before and figure.before.value) == (14, 9)
