"""Lines in a frame: the same strip while they say the same, and a scrollbar that follows them."""

from typing import Any

import pytest
from rich.segment import Segment
from rich.text import Text
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from briefing.ui.panes.feed_lines import ALL_ARTICLES
from briefing.ui.themes import DEFAULT, load_theme, to_textual
from briefing.ui.widgets.wrapped_list import Item, WrappedList

WIDTH, HEIGHT = 40, 10


class OneView(App[None]):
    """A view in a border that has the colours of the focus."""

    CSS = """
    WrappedList { border: round white; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    WrappedList:focus { border: round red; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(to_textual(load_theme(DEFAULT)))
        self.theme = DEFAULT

    def compose(self) -> ComposeResult:
        """The view."""
        yield WrappedList(id="view")


def lines(count: int) -> list[Item]:
    """Items of one line each, a stop of the cursor every one."""
    return [Item(Text(f"Pier {number}"), ALL_ARTICLES) for number in range(count)]


def drawn(view: WrappedList) -> list[Strip]:
    """All lines of the view as it draws them now."""
    return view.render_lines(Region(0, 0, *view.region.size))


async def test_only_the_lines_that_the_cursor_leaves_and_enters_are_drawn_anew() -> None:
    app = OneView()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        view = app.query_one(WrappedList)
        view.show(lines(5))
        await pilot.pause()
        before = drawn(view)
        view.move(1)
        after = drawn(view)
        changed = [y for y in range(HEIGHT) if before[y] is not after[y]]
        assert changed == [1, 2]


async def test_the_frame_has_the_colour_of_the_focus_and_the_title_of_now() -> None:
    app = OneView()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        view = app.query_one(WrappedList)
        view.show(lines(5))
        await pilot.pause()

        def color_at_left() -> str:
            segment: Segment = next(iter(drawn(view)[1]))
            assert segment.style is not None
            assert segment.style.color is not None
            return segment.style.color.name

        assert color_at_left() == "#ff0000"  # the only view has the focus
        app.set_focus(None)
        await pilot.pause()
        assert color_at_left() == "#ffffff"
        view.entitle("Piers")
        assert "Piers" in drawn(view)[0].text
        view.entitle("Quays")
        assert "Quays" in drawn(view)[0].text


async def test_more_lines_move_the_scrollbar_and_lay_out_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    layouts: list[Screen[Any]] = []
    original = Screen._refresh_layout

    def counted(screen: Screen[Any], *given: Any, **named: Any) -> None:
        layouts.append(screen)
        original(screen, *given, **named)

    app = OneView()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        view = app.query_one(WrappedList)
        view.show(lines(50))
        await pilot.pause()
        assert view.show_vertical_scrollbar
        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        view.show(lines(70))
        await pilot.pause()
        assert not layouts
        assert view.vertical_scrollbar.window_virtual_size == 70
        view.show(lines(3))
        await pilot.pause()
        assert layouts  # the scrollbar goes
        assert not view.show_vertical_scrollbar


async def test_an_item_is_replaced_without_wrapping_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = OneView()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        view = app.query_one(WrappedList)
        view.show(lines(5))
        await pilot.pause()
        wrapped: list[Item] = []
        original = WrappedList._wrapped

        def counted(one: WrappedList, item: Item, width: int) -> list[Strip]:
            wrapped.append(item)
            return original(one, item, width)

        monkeypatch.setattr(WrappedList, "_wrapped", counted)
        view.replace(3, Item(Text("Lighthouse"), ALL_ARTICLES))
        assert "Lighthouse" in drawn(view)[4].text
        assert len(wrapped) == 1
        view.replace(3, Item(Text("Lighthouse " * 5), ALL_ARTICLES))
        assert "Pier 4" in drawn(view)[6].text


async def test_the_cursor_paints_the_items_that_it_leaves_and_enters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    painted: set[Region] = set()
    original = Compositor.render_update

    def noted(compositor: Compositor, *given: Any, **named: Any) -> Any:
        painted.update(compositor._dirty_regions)
        return original(compositor, *given, **named)

    app = OneView()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        view = app.query_one(WrappedList)
        view.show(lines(6))
        await pilot.pause()
        monkeypatch.setattr(Compositor, "render_update", noted)
        view.move(2)
        await pilot.pause()
        assert {(region.y, region.height) for region in painted} == {(1, 1), (3, 1)}
