"""The chooser of themes: what is behind it shows each, and the one that is kept stays."""

from pathlib import Path

import pytest
from textual.color import Color

from briefing.config import Settings, config_path, load_settings
from briefing.ui.app import Reader
from briefing.ui.screens.themes import LOW
from briefing.ui.themes import load_theme, theme_files
from tests.ui.driver import LEAST, MEDIUM, WIDE, ReaderDriver, at, reader_on
from tests.unwritable import unwritable

SIZES = (WIDE, MEDIUM, (50, 20), LEAST)
NAMES = sorted(theme_files())


def grounds(driver: ReaderDriver) -> set[str]:
    """The colours that are drawn behind the text of the screen's uppermost line."""
    strip = driver.app.screen._compositor.render_strips()[0]
    colors = [segment.style.bgcolor for segment in strip if segment.style is not None]
    return {Color.from_rich_color(color).hex6.lower() for color in colors if color is not None}


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
async def test_what_is_behind_the_chooser_stays_in_sight_and_shows_each_theme(
    reader: Reader, size: tuple[int, int]
) -> None:
    async with at(reader, size) as driver:
        before, headline = driver.app.theme, driver.row.headline[:12]
        await driver.press("t")
        for _ in NAMES:
            await driver.press("j")
            theme = load_theme(driver.app.theme)
            ground = Color.parse(theme.colors["background"])

            def has_ground(wanted: Color = ground) -> bool:
                return driver.edition.stories.styles.background == wanted

            await driver.until(has_ground, "the theme's ground")
            card = driver.app.screen.query_one("#themes").region
            assert card.area <= size[0] * size[1] * 0.45
            assert headline in driver.shown
            assert f" {theme.id} " in driver.shown
            assert (theme.description.split()[0] in driver.shown) or size[1] < LOW
            if not theme.ansi:
                wanted = theme_grounds(theme)

                def is_drawn(wanted: set[str] = wanted) -> bool:
                    return bool(wanted & grounds(driver))

                await driver.until(is_drawn, "the theme on the screen")
        await driver.press("escape")
        assert driver.app.theme == before
        await driver.until(
            lambda: theme_grounds(load_theme(before)) & grounds(driver), "the theme before"
        )


def theme_grounds(theme: object) -> set[str]:
    """The grounds of a theme's panel and background."""
    colors: dict[str, str] = theme.colors  # type: ignore[attr-defined]
    return {colors["panel"].lower(), colors["background"].lower()}


COMMENTED = '# mine\nbrowser = "w3m"  # text\n\n[edition]\nhours = 30 # long\n'


@pytest.mark.parametrize("text", [None, COMMENTED, 'theme = "slate" # dark\n' + COMMENTED])
async def test_a_theme_that_is_kept_is_there_after_a_restart(
    sample: Path, text: str | None
) -> None:
    if text is not None:
        config_path().parent.mkdir(parents=True, exist_ok=True)
        config_path().write_text(text, encoding="utf-8")
    async with at(reader_on(sample, load_settings())) as driver:
        await driver.press("t", "j", "enter")
        kept = driver.app.theme
        assert driver.screen == "EditionScreen"
        assert f"theme {kept} kept" in driver.status
    written = config_path().read_text(encoding="utf-8")
    assert all(line in written for line in (text or "").splitlines() if "theme" not in line)
    async with at(reader_on(sample, load_settings())) as driver:
        assert driver.app.theme == kept


async def test_undo_brings_the_theme_before_back_in_the_file_too(sample: Path) -> None:
    async with at(reader_on(sample, Settings(theme="paper"))) as driver:
        await driver.press("t", "j", "enter")
        assert load_settings().theme == driver.app.theme != "paper"
        assert "u takes it back" in driver.status
        await driver.press("u")
        await driver.until(lambda: driver.app.theme == "paper", "the theme before")
        assert load_settings().theme == "paper"


async def test_esc_writes_nothing(reader: Reader) -> None:
    async with at(reader) as driver:
        await driver.press("t", "j", "escape")
        assert not config_path().exists()


async def test_a_configuration_that_cannot_be_written_says_how_to_keep_the_theme(
    sample: Path,
) -> None:
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text(COMMENTED, encoding="utf-8")
    async with at(reader_on(sample, load_settings())) as driver:
        with unwritable(config_path(), "folder"):
            await driver.press("t", "j", "enter")
        assert f'theme = "{driver.app.theme}"' in driver.notifications[-1]
        assert driver.app._exception is None
    assert config_path().read_text(encoding="utf-8") == COMMENTED


async def test_the_demo_says_that_it_keeps_no_theme(sample: Path) -> None:
    async with at(reader_on(sample, sample=True)) as driver:
        await driver.press("t", "j", "enter")
        assert "until you leave" in driver.status
    assert not config_path().exists()


async def test_a_theme_of_ones_own_that_is_wrong_is_named_and_left_out_of_the_menu(
    reader: Reader,
) -> None:
    path = config_path().parent / "themes" / "mine.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("name = [", encoding="utf-8")
    async with at(reader) as driver:
        await driver.press("t")
        assert "mine.toml" in driver.notifications[-1]
        assert driver.screen == "ThemeScreen"
        assert "mine" not in driver.app.available_themes
