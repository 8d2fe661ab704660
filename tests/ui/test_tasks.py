"""Thirty tasks of a week with a reader: each is done by the keys that ``docs/tasks.md`` names."""

from pathlib import Path

import pytest

from briefing.ui.app import Reader
from tests.ui.driver import WIDE, at
from tests.ui.tasks import FREQUENT, TASKS, Task, count, document, presses

DOCUMENT = Path(__file__).parents[2] / "docs" / "tasks.md"


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
async def test_the_keys_do_the_task(
    reader: Reader, opened: list[str], monkeypatch: pytest.MonkeyPatch, task: Task
) -> None:
    monkeypatch.setattr(Reader, "refresh_feeds", lambda self: self.tell("fetching your feeds …"))
    async with at(reader, WIDE) as driver:
        await driver.press(*presses(task.before))
        assert not task.keys or not task.done(driver), "it was done before"
        await driver.press(*presses(task.keys))
        await driver.until(lambda: task.done(driver), task.name)


def test_none_of_the_most_frequent_takes_more_than_two_presses() -> None:
    assert {t.name: count(t.keys) for t in TASKS[:FREQUENT] if count(t.keys) > 2} == {}


def test_what_newsboat_does_too_takes_few_presses_more_here() -> None:
    more = {t.name: count(t.keys) - count(t.newsboat) for t in TASKS if t.newsboat}
    assert {name: n for name, n in more.items() if n > 1} == {}


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text("utf-8") == document()
