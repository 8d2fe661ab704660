"""What is to be done after a while is done, however much the machine is held up."""

import asyncio
import sys
from collections.abc import Callable
from itertools import count

import pytest

from briefing.ui.app import Reader
from briefing.ui.delay import Delay
from tests.ui.driver import at

HOUR = 3600.0


@pytest.fixture
def held_up(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Once called, an hour passes between any two looks at the clock of a timer of Textual's that
    goes off once. (One that repeats would look again until the clock stands.)"""
    looks = count()

    def late() -> float:
        once = sys._getframe(1).f_locals.get("_repeat") == 0
        return asyncio.get_running_loop().time() + (HOUR * next(looks) if once else 0.0)

    return lambda: monkeypatch.setattr("textual._time.get_time", late)


async def test_the_brief_follows_the_cursor_on_a_machine_that_is_held_up(
    reader: Reader, held_up: Callable[[], None]
) -> None:
    async with at(reader) as driver:
        held_up()
        await driver.press("j")
        story = driver.row
        await driver.brief_of(story.id)
        assert driver.edition.story is not None
        assert driver.edition.story.id == story.id


async def test_a_brief_counts_as_seen_on_a_machine_that_is_held_up(
    reader: Reader, hurry: Callable[[], None], held_up: Callable[[], None]
) -> None:
    async with at(reader) as driver:
        hurry()
        held_up()
        await driver.press("j")
        story = driver.row
        await driver.brief_of(story.id)
        await driver.until(lambda: driver.state(story.id) == "seen")
        assert driver.state(story.id) == "seen"


async def test_what_is_stopped_or_begun_again_is_not_done_twice(reader: Reader) -> None:
    async with at(reader) as driver:
        done: list[str] = []
        delay, other = Delay(driver.edition), Delay(driver.edition)
        delay.start(0.001, lambda: done.append("first"))
        delay.start(0.001, lambda: done.append("again"))
        other.start(0.001, lambda: done.append("stopped"))
        other.stop()
        await driver.until(lambda: done)
        assert done == ["again"]
