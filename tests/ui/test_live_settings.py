"""A running reader takes what is changed in its configuration file, and keeps what is right."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.config import Settings, config_path, load_settings
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.live_settings import changed_settings
from tests.ui.driver import WIDE, ReaderDriver, at, reader_on
from tests.ui.frozen import now
from tests.ui.test_preferences import fill


def write(text: str) -> None:
    """The configuration, as an editor leaves it."""
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


async def takes(driver: ReaderDriver, text: str) -> None:
    """The file is written, and the reader looks twice, as it does every two seconds."""
    write(text)
    driver.edition.look()
    driver.edition.look()
    await driver.pilot.pause()


async def test_a_theme_and_keys_are_taken_and_told(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        await takes(driver, 'theme = "paper"\n[keys]\nsearch = "ctrl+g"\nstar = "b"\n')
        assert driver.app.theme == "paper"
        assert driver.status == "configuration taken: theme, keys"
        assert "b star" in driver.edition.query_one("#foot").words[0]  # type: ignore[attr-defined]
        await driver.press("b")
        assert driver.status.startswith("starred")
        await driver.press("ctrl+g")
        assert driver.screen == "SearchScreen"


async def test_keys_that_are_taken_out_again_are_those_of_the_table(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        await takes(driver, '[keys]\nstar = "b"\n')
        await takes(driver, "")
        await driver.press("s")
        assert driver.status.startswith("starred")
        config_path().unlink()
        driver.edition.look()
        driver.edition.look()
        assert driver.app.session.settings == Settings()


async def test_another_reading_time_moves_the_line_and_not_the_cursor(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        await driver.press("j")
        row = driver.row
        await takes(driver, "[edition]\nminutes = 2\n")
        await driver.until(lambda: "2 minutes end here" in driver.shown, "another line")
        assert driver.row.id == row.id


async def test_a_word_that_is_muted_sinks_its_story(store_path: Path) -> None:
    await asyncio.to_thread(fill, store_path)
    async with at(reader_on(store_path), WIDE) as driver:
        first, last = (row.headline for row in driver.edition.stories.rows)
        word = first.split()[0]
        assert word not in last
        await takes(driver, f'[edition]\nmuted = ["{word}"]\n')
        await driver.until(
            lambda: [row.headline for row in driver.edition.stories.rows] == [last, first],
            "the new order",
        )
        assert driver.row.headline == first


async def test_a_faulty_file_changes_nothing_and_is_told_with_its_line(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        await takes(driver, 'theme = "paper"\n')
        await takes(driver, '\n[edition]\nhours = 999\nminuts = 3\n[keys]\nstarr = "b"\n')
        (told,) = driver.notifications
        assert f"{config_path()}, line 3: 'edition.hours' must be from 1 to 168" in told
        assert "2 more faults" in told
        assert driver.app.theme == "paper"
        assert driver.app.session.settings.theme == "paper"
        assert driver.app.session.settings.edition.hours == 24
        driver.edition.look()
        driver.edition.look()
        assert len(driver.notifications) == 1  # once is enough
        await takes(driver, 'theme = "paper"\n\n')
        assert driver.status == "configuration taken: all is as before"


@pytest.mark.parametrize(
    ("text", "line", "named"),
    [
        ('\ntheme = "papr"\n', 2, "Did you mean paper?"),
        ('[keys]\nstarr = "b"\n', 2, "Did you mean star?"),
        ('[keys]\n\nstar = "ctrl+nothing"\n', 3, "no such key"),
        ('[digest]\nalgorithm = "lexrank"\n', 2, "lex-rank"),
        ("[edition]\nhours = \n", 2, "not valid TOML"),
        ('[[rules]]\nname = "a"\nwhen = "titel:x"\ndo = ["mute"]\n', 3, "no field titel"),
    ],
)
async def test_hostile_23_what_cannot_be_used_is_not_taken(
    sample: Path, text: str, line: int, named: str
) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        await takes(driver, text)
        (told,) = driver.notifications
        assert f"line {line}: " in told
        assert named in told
        assert driver.app.session.settings == Settings()


async def test_the_screen_is_laid_out_anew(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        stories = driver.edition.stories
        await takes(driver, '[screen]\ndensity = "compact"\nlist_width = 30\n')
        assert (stories.row_height, stories.size.width) == (1, 28)
        await takes(driver, "")
        assert stories.row_height == 2
        assert stories.size.width > 28


async def test_sizes_that_keys_made_stay_when_a_theme_is_kept_and_the_file_says_otherwise(
    sample: Path,
) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        stories = driver.edition.stories
        before = stories.size.width
        await driver.press("less_than_sign")
        await driver.until(lambda: stories.size.width == before - 4, "a narrower list")
        await driver.press("t", "j", "enter")
        await takes(driver, config_path().read_text(encoding="utf-8") + "\n")
        assert stories.size.width == before - 4
        assert "configuration taken" not in driver.status
        await takes(driver, '[screen]\ndensity = "compact"\n')
        assert (stories.row_height, stories.size.width) == (1, before - 4)
        await takes(driver, "[screen]\nlist_width = 30\n")
        assert (stories.row_height, stories.size.width) == (2, 28)


async def test_the_place_of_the_store_is_told_to_wait(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        await takes(driver, '[store]\npath = "/srv/other.sqlite3"\n')
        assert driver.notifications == ["store.path is taken when the reader starts next."]
        assert driver.app.session.path == sample


async def test_a_timer_is_set_changed_and_ended(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(store_path) as store:
        store.add_feed("https://courier.example/feed", "Coast Courier")
    asked: list[list[str]] = []

    async def run_beside(_: Reader, words: list[str], on_line: Callable[[str], None]) -> int:
        asked.append(words)
        return 0

    monkeypatch.setattr(Reader, "run_beside", run_beside)
    async with at(reader_on(store_path), WIDE) as driver:
        for minutes in (30, 90):
            await takes(driver, f"[refresh]\nevery = {minutes}\n")
            assert driver.app.fetches_next == now() + timedelta(minutes=minutes)
        timer = driver.app._fetch_timer
        await takes(driver, "")
        assert (driver.app.fetches_next, driver.app._fetch_timer) == (None, None)
        assert timer is not None
        assert timer._task is None  # stopped
    assert asked == []


async def test_a_reader_that_ignores_the_file_goes_on_ignoring_it(sample: Path) -> None:
    app = reader_on(sample)
    app.options = ("--ignore-config",)
    async with at(app, WIDE) as driver:
        await takes(driver, 'theme = "paper"\n')
        assert driver.app.theme == "harbour"


def test_what_changed_is_named_by_its_key() -> None:
    write('units = "imperial"\n[edition]\nhours = 48\n[topics]\nharbour = 2\n')
    names = list(changed_settings(Settings(), load_settings()))
    assert names == ["units", "topics", "edition.hours"]
