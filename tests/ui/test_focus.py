"""Which pane has the keys, and where Esc leads: the transitions, without a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ui.focus import PANES, HistoryEntry, Pane, PaneFocus


def test_tab_goes_through_the_four_panes_and_round() -> None:
    focus, passed = PaneFocus(), []
    for _ in range(4):
        focus = focus.cycled(1)
        passed.append(focus.pane)
    assert passed == ["brief", "figures", "linked", "stories"]


def test_an_open_source_stands_in_the_place_of_the_brief() -> None:
    focus = PaneFocus("figures").to_source()
    assert focus.cycled(1).pane == "figures"
    assert focus.cycled(-1).pane == "stories"
    assert focus.cycled(1).cycled(-1).pane == "brief"


@given(st.sampled_from(PANES), st.integers(-9, 9))
def test_the_same_way_back_ends_where_it_began_unless_the_source_was_left(
    pane: Pane, steps: int
) -> None:
    there_and_back = PaneFocus(pane).cycled(steps).cycled(-steps).pane
    left_source = pane == "source" and steps % 4 != 0
    assert there_and_back == ("brief" if left_source else pane)


@pytest.mark.parametrize("pane", ["brief", "figures", "linked"])
def test_esc_leads_from_the_source_to_the_pane_of_its_line(pane: Pane) -> None:
    assert PaneFocus(pane).to_source().back() == (PaneFocus(pane, source_opened_from=pane), None)


def test_another_source_opened_from_the_source_leads_back_to_the_same_line() -> None:
    assert PaneFocus("figures").to_source().to_source().back()[0].pane == "figures"


@pytest.mark.parametrize("pane", [pane for pane in PANES if pane != "source"])
def test_esc_leads_from_every_other_pane_to_the_stories(pane: Pane) -> None:
    assert PaneFocus(pane).back() == (PaneFocus("stories"), None)


def test_esc_leads_back_through_the_stories_that_were_left_for_earlier_chapters() -> None:
    first, second = HistoryEntry("7", "linked", 3), HistoryEntry("8", "brief", None)
    focus = PaneFocus("linked").to_other_story("7", 3)
    assert focus == PaneFocus("brief", history=(first,))
    focus = focus.to_other_story("8", None)
    assert focus.history == (first, second)
    focus, left = focus.back()
    assert (focus, left) == (PaneFocus("brief", history=(first,)), second)
    focus, left = focus.back()
    assert (focus, left) == (PaneFocus("linked"), first)
    assert focus.back() == (PaneFocus("stories"), None)


def test_no_way_leads_back_after_another_story_of_the_list_was_gone_to() -> None:
    focus = PaneFocus("linked").to_other_story("7", 3).without_history()
    assert focus.back() == (PaneFocus("stories"), None)


@given(st.sampled_from(PANES), st.sampled_from(PANES))
def test_a_click_is_as_good_as_the_key_but_not_through_the_source(here: Pane, there: Pane) -> None:
    covered = (here, there) == ("source", "brief")
    assert PaneFocus(here).clicked(there).pane == (here if covered else there)
