"""Where the panes stand in every terminal: the brief can be read, and nothing is squeezed."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import ScreenSettings, Settings
from briefing.ui.app import Reader
from briefing.ui.arrangement import BARS, arranged, fits, next_place, resized
from briefing.ui.panes.figures import MOST_FIGURES
from briefing.ui.screens.pane_sizes import ALONE, ZOOMED
from briefing.ui.targets import MoreFigures
from tests.ui.driver import LEAST, MEDIUM, TALL, WIDE, ReaderDriver, at, reader_on, visible

SETTINGS = st.builds(
    ScreenSettings,
    list_width=st.just(0) | st.integers(24, 120),
    beside=st.sampled_from(("auto", "right", "below", "hidden")),
    beside_width=st.just(0) | st.integers(28, 120),
    beside_height=st.just(0) | st.integers(6, 60),
)
WIDTHS, HEIGHTS = st.integers(40, 300), st.integers(12, 100)


@given(WIDTHS, HEIGHTS, SETTINGS)
def test_the_brief_has_sixty_columns_of_text_in_a_terminal_of_110(
    width: int, height: int, wanted: ScreenSettings
) -> None:
    got = arranged(width, height, wanted)
    beside = got.beside if got.place == "right" else 0
    text = width - got.stories - beside - 4  # the border, the scroll bar, the cursor's mark
    assert text >= (60 if width >= 110 else 36)
    if got.place != "alone":
        assert got.stories >= 24
    if got.place == "below":
        assert height - BARS - got.beside >= 10
        assert got.beside >= 6
    if got.place == "right":
        assert got.beside >= 28


@given(WIDTHS, HEIGHTS, SETTINGS)
def test_a_place_that_is_wanted_is_had_where_it_fits(
    width: int, height: int, wanted: ScreenSettings
) -> None:
    got = arranged(width, height, wanted)
    if width >= 80 and wanted.beside != "auto" and fits(wanted.beside, width, height):
        assert got.place == wanted.beside


@given(WIDTHS.filter(lambda w: w >= 80), HEIGHTS, SETTINGS)
def test_the_places_come_round(width: int, height: int, wanted: ScreenSettings) -> None:
    seen, now = [], arranged(width, height, wanted).place
    for _ in range(3):
        wanted = replace(wanted, beside=next_place(now, width, height))
        now = arranged(width, height, wanted).place
        assert now == wanted.beside
        seen.append(now)
    assert set(seen) == {p for p in ("right", "below", "hidden") if fits(p, width, height)}


@given(
    st.sampled_from(("stories", "brief", "source", "figures", "linked")),
    st.sampled_from((-1, 1)),
    WIDTHS,
    HEIGHTS,
    SETTINGS,
)
def test_a_size_that_a_key_made_can_stand_in_the_configuration(
    pane: str, steps: int, width: int, height: int, wanted: ScreenSettings
) -> None:
    got = resized(pane, steps, width, height, wanted)
    if got.name is None:
        assert got.wanted == wanted
        return
    setting = ScreenSettings.__dataclass_fields__[got.name].metadata
    assert setting["low"] <= getattr(got.wanted, got.name) <= setting["high"]
    assert arranged(width, height, got.wanted) != arranged(width, height, wanted)


def shows(driver: ReaderDriver, panes: set[str]) -> bool:
    """Whether just these are."""
    return visible(driver) == panes


def other_story(driver: ReaderDriver, story_id: str) -> bool:
    """Whether the brief of another story is shown."""
    return driver.story.id != story_id


@pytest.mark.parametrize("width", [110, 119, 120, 135, 136, 140, 160, 250])
async def test_the_brief_is_wrapped_to_sixty_columns_or_more(reader: Reader, width: int) -> None:
    async with at(reader, (width, 30)) as driver:
        assert driver.view("brief").scrollable_content_region.width - 1 >= 60


def whole_bullets(driver: ReaderDriver) -> int:
    """How many bullets have their first and their last line on the screen."""
    view = driver.view("brief")
    shown = range(view.scroll_offset.y, view.scroll_offset.y + view.size.height)
    bullets = [
        wrapped
        for item, wrapped in zip(view.items, view._wrapped_items, strict=True)
        if getattr(item.target, "label", "").startswith("Bullet")
    ]
    return sum(w.first in shown and w.first + w.height - 1 in shown for w in bullets)


async def test_three_bullets_are_on_a_small_screen(reader: Reader) -> None:
    async with at(reader, MEDIUM) as driver:
        counts = []
        for _ in range(8):
            counts.append(min(whole_bullets(driver), 3) - min(len(driver.story.brief.bullets), 3))
            before = driver.story.id
            await driver.press("j")
            await driver.until(partial(other_story, driver, before))
        assert counts == [0] * 8


@pytest.mark.parametrize("size", [MEDIUM, (110, 30)])
async def test_figures_come_in_the_place_of_the_brief_and_go_with_esc(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        assert visible(driver) == {"stories", "brief"}
        assert "tab: figures, links" in driver.shown
        await driver.press("tab", "tab")
        assert (visible(driver), driver.focus) == ({"stories", "figures", "linked"}, "figures")
        await driver.press("enter")
        assert visible(driver) == {"stories", "source"}
        await driver.press("escape")
        assert visible(driver) == {"stories", "figures", "linked"}
        await driver.press("tab")
        assert driver.focus == "linked"
        await driver.press("escape")
        assert visible(driver) == {"stories", "brief"}


async def test_resizing_at_any_moment_leaves_every_pane_where_it_belongs(reader: Reader) -> None:
    sizes = (WIDE, (110, 30), MEDIUM, (50, 20), LEAST, TALL, (200, 50), MEDIUM, WIDE)
    async with at(reader, WIDE) as driver:
        for keys in ((), ("tab",), ("tab",), ("tab",), ("z",), ("z",), ("shift+tab", "enter")):
            await driver.press(*keys)
            focus, before = driver.focus, visible(driver)
            for size in sizes:
                await driver.resize(*size)
                assert driver.focus == focus
                assert focus in visible(driver)
                stories = driver.edition.stories.region
                assert stories.right <= size[0]
            await driver.until(partial(shows, driver, before), f"{keys}")


# ── Keys ─────────────────────────────────────────────────────────────────────────────────────


async def test_w_goes_through_the_places_and_says_which_line_keeps_it(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        all_panes = {"stories", "brief", "figures", "linked"}
        assert visible(driver) == all_panes
        for place, panes in (
            ("below", {"stories", "brief", "figures"}),
            ("hidden", {"stories", "brief"}),
            ("right", all_panes),
        ):
            await driver.press("w")
            await driver.until(partial(shows, driver, panes), place)
            assert f'beside = "{place}" in [screen] keeps it' in driver.shown


async def test_panes_that_were_moved_in_another_list_have_the_titles_of_their_place(
    reader: Reader,
) -> None:
    async with at(reader, WIDE) as driver:
        figures = driver.view("figures")
        assert str(figures.border_title) == "Key figures"
        driver.app.show_muted()
        await driver.until(lambda: driver.screen == "MutedStories", "another list")
        await driver.press("w", "escape")
        await driver.until(partial(shows, driver, {"stories", "brief", "figures"}), "below")
        assert str(figures.border_title) == "Key figures │ linked"


async def test_a_pane_is_made_wider_and_narrower_by_key(reader: Reader) -> None:
    async with at(reader, (160, 40)) as driver:
        stories, brief = (driver.edition.query_one(f"#{n}") for n in ("stories", "brief"))
        before = stories.region.width
        await driver.press("less_than_sign")
        await driver.until(lambda: stories.region.width == before - 4)
        assert f"list_width = {before - 4} in [screen] keeps it" in driver.shown
        await driver.press("enter", "less_than_sign")
        await driver.until(lambda: stories.region.width == before)
        wide = brief.region.width
        await driver.press("greater_than_sign")
        await driver.until(lambda: brief.region.width == wide + 4)
        await driver.press("tab", "less_than_sign")
        assert "beside_width = " in driver.shown
        await driver.resize(100, 30)
        await driver.resize(160, 40)
        await driver.until(lambda: stories.region.width == before - 4, "kept")


async def test_where_there_is_no_room_a_key_says_so(reader: Reader) -> None:
    async with at(reader, (60, 20)) as driver:
        for key in ("w", "less_than_sign", "greater_than_sign"):
            await driver.press(key)
            assert driver.status == ALONE
        await driver.resize(110, 30)
        for _ in range(12):
            await driver.press("greater_than_sign")
        assert driver.status == "no wider here"
        assert driver.view("brief").scrollable_content_region.width - 1 >= 60
        await driver.press("z", "w")
        assert driver.status == ZOOMED


async def test_the_settings_say_where_the_panes_stand(sample: Path) -> None:
    wanted = ScreenSettings(list_width=30, beside="below", beside_height=8)
    async with at(reader_on(sample, Settings(screen=wanted)), WIDE) as driver:
        assert visible(driver) == {"stories", "brief", "figures"}
        assert driver.edition.query_one("#stories").region.width == 30
        assert driver.view("figures").region.height == 8


# ── People under the figures ─────────────────────────────────────────────────────────────────


def on_screen(driver: ReaderDriver) -> list[str]:
    """The lines of the figures' pane that are on the screen."""
    region = driver.view("figures").content_region
    lines = driver.shown.splitlines()[region.y : region.bottom]
    return [line[region.x : region.right].strip(" ▌▁▂▃▄▅▆▇█") for line in lines]


@pytest.mark.parametrize("size", [WIDE, TALL, (110, 30), MEDIUM, (200, 50), (60, 24)])
async def test_people_is_never_a_heading_over_nothing(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        await driver.press("tab", "tab")
        told = 0
        for row in driver.edition.stories.rows[:8]:
            driver.edition.show_story(row.id)
            await driver.pilot.pause()
            people = [e for e in driver.story.brief.entities if e.entity.key]
            lines = on_screen(driver)
            figures = any(f.figure.key for f in driver.story.brief.figures)
            # Where there is nothing else, the pane is called so.
            assert ("People and organisations" in lines) == bool(people and figures)
            if people and figures:
                told += 1
                below = lines[lines.index("People and organisations") + 1]
                assert below.startswith(people[0].entity.name[:20])
        assert told > 4


async def test_figures_that_there_was_no_room_for_come_on_enter(reader: Reader) -> None:
    async with at(reader, TALL) as driver:
        await driver.press("tab", "tab")
        view = driver.view("figures")
        assert view.move_where(lambda target: isinstance(target, MoreFigures))
        more = driver.line("figures")
        figures = [f for f in driver.story.brief.figures if f.figure.key][:MOST_FIGURES]
        at_first = view.cursor
        assert at_first is not None
        assert more == f"+ {len(figures) - at_first} more"
        await driver.press("enter")
        assert (driver.focus, view.cursor) == ("figures", at_first)
        assert driver.line("figures").startswith(figures[at_first].figure.surface)
        await driver.resize(*WIDE)
        await driver.resize(*TALL)
        assert not [i for i in view.items if isinstance(i.target, MoreFigures)]
        await driver.press("escape", "j", "k", "tab", "tab")
        await driver.until(lambda: more in "\n".join(on_screen(driver)), "as few as before")


async def test_at_every_height_each_figure_is_shown_or_counted(reader: Reader) -> None:
    async with at(reader, WIDE) as driver:
        view = driver.view("figures")
        figures = [f for f in driver.story.brief.figures if f.figure.key][:MOST_FIGURES]
        seen = set()
        for height in range(44, 13, -2):
            await driver.resize(140, height)
            lines = [item.text.plain for item in view.items]
            shown = lines.index("People and organisations") - 1
            left = len(figures) - shown
            if lines[shown - 1].endswith(" more"):
                assert lines[shown - 1] == f"+ {left + 1} more"
            else:
                assert left == 0
            seen.add(left)
        assert len(seen) > 2
