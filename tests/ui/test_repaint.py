"""What a key repaints: no more than what it changes."""

from typing import Any

import pytest
from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet
from textual.geometry import Region
from textual.screen import Screen

from briefing.ui.app import Reader
from briefing.ui.themes import load_theme, to_textual
from briefing.ui.widgets.line import Line
from briefing.ui.widgets.wrapped_list import WrappedList
from tests.ui.driver import NARROW, at


async def test_another_pane_is_gone_to_without_wrapping_any_text_anew(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapped: list[WrappedList] = []
    original = WrappedList._wrapped

    def counted(view: WrappedList, *given: Any) -> Any:
        wrapped.append(view)
        return original(view, *given)

    async with at(reader) as driver:
        monkeypatch.setattr(WrappedList, "_wrapped", counted)
        await driver.press("tab", "tab", "tab")
        assert driver.focus == "linked"
        assert not wrapped
        driver.app.register_theme(to_textual(load_theme("paper")))
        driver.app.theme = "paper"
        await driver.until(lambda: wrapped, "other colours")


async def test_beside_each_other_only_the_panes_that_the_focus_leaves_and_enters_are_styled(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled: set[str | None] = set()
    original = Stylesheet.apply

    def noted(sheet: Stylesheet, node: Any, **given: Any) -> None:
        styled.add(node.id)
        original(sheet, node, **given)

    async with at(reader) as driver:
        monkeypatch.setattr(Stylesheet, "apply", noted)
        await driver.press("tab")
        assert driver.focus == "brief"
        assert {"stories", "brief"} <= styled
        assert not styled & {"figures", "linked", "head", "foot"}


async def test_in_a_narrow_terminal_the_pane_that_is_gone_to_takes_the_place(
    reader: Reader,
) -> None:
    async with at(reader, NARROW) as driver:
        await driver.press("tab", "tab")
        assert driver.view("figures").size.area
        assert not driver.edition.stories.display


async def test_a_pane_that_gets_the_keys_paints_no_other(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: set[Region] = set()
    original = Compositor.render_update

    def noted(compositor: Compositor, *given: Any, **named: Any) -> Any:
        painted.update(compositor._dirty_regions)
        return original(compositor, *given, **named)

    async with at(reader) as driver:
        panes = [driver.edition.stories, driver.view("brief")]
        await driver.press("enter", "h")  # Textual styles the scrollbars at the first focus
        monkeypatch.setattr(Compositor, "render_update", noted)
        await driver.press("enter")
        assert driver.focus == "brief"
        assert painted
        beyond = [r for r in painted if not any(p.region.contains_region(r) for p in panes)]
        assert not beyond


async def test_a_letter_in_the_search_lays_out_nothing(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    layouts: list[Screen[Any]] = []
    original = Screen._refresh_layout

    def counted(screen: Screen[Any], *given: Any, **named: Any) -> None:
        layouts.append(screen)
        original(screen, *given, **named)

    async with at(reader) as driver:
        await driver.press("slash", "q", "x")  # what is found would bring a scrollbar
        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        await driver.press("z", "backspace")
        assert driver.app.screen.query_one(Line).value == "qx"
        assert not layouts
        await driver.press("right_parenthesis")
        await driver.until(lambda: layouts, "what is wrong in the line, under it")


async def test_what_is_said_in_the_line_of_keys_lays_out_nothing(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each key that says what it did would else cost a layout of the whole screen."""
    layouts: list[Screen[Any]] = []
    original = Screen._refresh_layout

    def counted(screen: Screen[Any], *given: Any, **named: Any) -> None:
        layouts.append(screen)
        original(screen, *given, **named)

    async with at(reader) as driver:
        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        driver.edition.say("read · u takes it back")
        await driver.pilot.pause()
        assert "read · u takes it back" in driver.shown
        driver.edition.hush()
        await driver.pilot.pause()
        assert "read · u takes it back" not in driver.shown
        assert not layouts
        driver.edition.say_whole("opened https://" + "coast.example/" * 20, 60)
        await driver.until(lambda: layouts, "the lines that it takes")
        layouts.clear()
        driver.edition.hush()
        await driver.until(lambda: layouts, "the one line again")
        assert driver.edition.query_one("#foot").size.height == 1
