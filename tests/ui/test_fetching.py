"""What an open reader does when feeds are fetched, by itself or by another process."""

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.config import RefreshSettings, ScreenSettings, Settings
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.refresh_progress import RefreshProgress
from briefing.ui.screens import base
from tests.ui.driver import WIDE, at, reader_on


def bring_a_story(path: Path) -> str:
    """What another process does: the first story of the edition once more, as a story of its own,
    ranked above all.
    """
    with Store.open(path) as store:
        store._run(
            "INSERT INTO story (headline, outlets, articles, latest, score)"
            " SELECT 'Foghorn of Grisel Rock sounds again', 1, 1, latest, 99999 FROM story"
            " ORDER BY latest DESC LIMIT 1"
        )
        number = store._value("SELECT max(id) FROM story")
        store._run(
            "INSERT INTO story_detail (story_id, beside, brief, reasons)"
            " SELECT ?, beside, brief, reasons FROM story_detail LIMIT 1",
            (number,),
        )
        return str(number)


async def test_what_another_process_brings_is_shown_and_the_cursor_stays(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        driver.edition.look()
        await driver.press("5j")
        row = driver.row
        number = bring_a_story(sample)
        driver.edition.look()
        await driver.until(lambda: driver.edition.stories.rows[0].id == number, "the new story")
        assert driver.row.id == row.id
        await driver.pilot.pause()
        assert row.headline[:15] in driver.shown


async def test_the_cursor_follows_its_story_into_the_one_that_it_is_joined_to(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        driver.edition.look()
        first, second = driver.edition.stories.rows[:2]
        assert driver.row.id == first.id
        assert driver.edition.story is not None
        with Store.open(sample) as store:
            store.merge_stories(first.id, second.id)
        number = bring_a_story(sample)
        driver.edition.look()
        await driver.until(lambda: driver.edition.stories.rows[0].id == number, "the new story")
        assert driver.row.id == second.id
        assert driver.edition.story.id == second.id


async def test_the_cursor_stays_on_what_it_shows_when_a_story_is_parted(sample: Path) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        driver.edition.look()
        first = driver.row
        number = bring_a_story(sample)
        with Store.open(sample) as store:
            store._run("UPDATE story SET headline = ? WHERE id = ?", (first.headline, number))
            store._run("UPDATE story SET headline = 'A seal', latest = latest + 1 WHERE id = ?", (
                first.id,
            ))  # fmt: skip
        driver.edition.look()
        await driver.until(lambda: driver.edition.stories.rows[0].id == number, "the new story")
        assert driver.row.id == number
        assert driver.row.headline == first.headline
        assert driver.edition.story is not None
        assert driver.edition.story.id == number


async def test_a_list_that_was_scrolled_stands_still_when_stories_come(sample: Path) -> None:
    async with at(reader_on(sample), (120, 20)) as driver:
        driver.edition.look()
        await driver.press("G")
        headline = driver.row.headline[:20]

        def place() -> int:
            lines = driver.shown.splitlines()
            return next(n for n, line in enumerate(lines) if headline in line)

        before = place()
        number = bring_a_story(sample)
        driver.edition.look()
        await driver.until(lambda: driver.edition.stories.rows[0].id == number, "the new story")
        await driver.pilot.pause()
        assert place() == before


@pytest.mark.parametrize("density", ["comfortable", "compact"])
@pytest.mark.parametrize(("many", "at_row"), [(1, 3), (40, 3), (40, 0), (90, 12)])
async def test_however_many_stories_come_above_it_the_cursors_story_is_on_the_screen(
    sample: Path, density: str, many: int, at_row: int
) -> None:
    settings = Settings(screen=ScreenSettings(density=density))
    async with at(reader_on(sample, settings), (120, 20)) as driver:
        driver.edition.look()
        if at_row:
            await driver.press(f"{at_row}j")
        row = driver.row
        for _ in range(many):
            bring_a_story(sample)
        driver.edition.look()
        await driver.until(lambda: driver.edition.stories.rows[many - 1].score == 99999, "them")
        await driver.pilot.pause()
        assert driver.row.id == row.id
        cursor = next(line for line in driver.shown.splitlines() if "▌" in line)
        assert row.headline[:15] in cursor


async def test_marks_of_the_reader_itself_are_no_news(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at(reader_on(sample), WIDE) as driver:
        assert not driver.app.session.brought()
        await driver.press("m")
        driver.kept().close()
        assert not driver.app.session.brought()


async def test_an_empty_list_says_that_feeds_are_being_fetched(store_path: Path) -> None:
    with Store.open(store_path) as store:
        store.add_feed("https://courier.example/feed", "Coast Courier")
    async with at(reader_on(store_path), WIDE) as driver:
        assert "Not fetched yet." in driver.shown
        driver.app.is_fetching = True
        driver.edition.begin_fetching()
        await driver.pilot.pause()
        assert "Fetching your feeds" in driver.shown


async def test_the_end_of_the_list_is_no_end_while_more_is_coming(reader: Reader) -> None:
    async with at(reader, (120, 50)) as driver:
        driver.app._progress = RefreshProgress()
        driver.app.is_fetching = True
        driver.app._follow('{"event": "told", "stories": 4}')
        await driver.pilot.pause()
        assert "More is coming" in driver.shown
        assert "You are up to date" not in driver.shown
        driver.app._follow('{"event": "told", "stories": 9, "complete": true}')
        await driver.pilot.pause()
        assert "You are up to date" in driver.shown


async def test_a_message_gives_way_to_what_stands_there(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "MESSAGE_STAYS", 0.01)
    async with at(reader, WIDE) as driver:
        driver.edition.keep_saying("updated 07:02")
        driver.edition.say("starred")
        assert driver.status == "starred"
        await driver.until(lambda: driver.status == "updated 07:02", "the standing words")


async def test_a_timer_fetches_at_the_start_and_says_when_next(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(store_path) as store:
        store.add_feed("https://courier.example/feed", "Coast Courier")
    asked: list[list[str]] = []

    async def run_beside(_: Reader, words: list[str], on_line: Callable[[str], None]) -> int:
        asked.append(words)
        on_line('{"event": "started", "feeds": 0}')
        return 0

    monkeypatch.setattr(Reader, "run_beside", run_beside)
    settings = Settings(refresh=RefreshSettings(every=60))
    async with at(reader_on(store_path, settings), WIDE) as driver:
        await driver.until(lambda: "next 08:" in driver.status, "when it fetches next")
        assert asked == [["refresh", "--events", "--low-priority"]]
