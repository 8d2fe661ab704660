"""What a person does in a week with a reader: thirty tasks, the most frequent first.

Each is walked through the real application by ``test_tasks``. ``docs/tasks.md`` is made of them:

    python -m tests.ui.tasks > docs/tasks.md
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from briefing.ui.keynames import shown
from tests.ui.driver import ReaderDriver, tags_of


@dataclass(frozen=True, slots=True)
class Task:
    """One task. ``keys`` are pressed one after the other; what stands in quotation marks is typed
    and not counted. ``before`` leads to where the task begins, and is not counted either.
    ``newsboat``: the same there (2.40, its own keys), empty where it has nothing of the kind.
    """

    name: str
    keys: str
    done: Callable[[ReaderDriver], object]
    before: str = ""
    newsboat: str = ""


def presses(keys: str) -> list[str]:
    """Keys as the pilot presses them, typed words letter by letter."""
    found: list[str] = []
    for typed, key in _KEYS.findall(keys):
        found += ["space" if letter == " " else letter for letter in typed] if typed else [key]
    return found


def count(keys: str) -> int:
    """How many keys are pressed, without the words that are typed."""
    return sum(not typed for typed, _ in _KEYS.findall(keys))


def as_read(keys: str) -> str:
    """Keys as the document shows them."""
    return " ".join(
        f"“{typed}”" if typed else f"`{shown(key)}`" for typed, key in _KEYS.findall(keys)
    )


_KEYS = re.compile(r'"([^"]+)"|(\S+)')


def _focus(name: str) -> Callable[[ReaderDriver], object]:
    return lambda driver: driver.focus == name


def _screen(name: str) -> Callable[[ReaderDriver], object]:
    return lambda driver: driver.screen == name


def _says(words: str) -> Callable[[ReaderDriver], object]:
    return lambda driver: words in driver.shown


def _first_is(state: str) -> Callable[[ReaderDriver], object]:
    return lambda driver: driver.edition.stories.rows[0].state == state


def _on_second(driver: ReaderDriver) -> bool:
    return driver.edition.stories.cursor == 1


def _all_read(driver: ReaderDriver) -> bool:
    return {row.state for row in driver.edition.stories.rows} == {"read"}


def _unread_only(driver: ReaderDriver) -> bool:
    rows = driver.rows().rows
    return bool(rows) and not any(row.read for row in rows)


def _feed_read(driver: ReaderDriver) -> bool:
    rows = driver.rows().rows
    return bool(rows) and all(row.read for row in rows)


def _found(driver: ReaderDriver) -> bool:
    if driver.screen != "SearchScreen":
        return False
    rows = driver.rows().rows
    return bool(rows) and len(rows) < 10


TASKS = (
    Task("See what is new, the best first", "", _focus("stories"), newsboat="enter"),
    Task("Read the next point", "space", _focus("brief"), newsboat="space"),
    Task("Go to the next unread story", "n", _on_second, newsboat="n"),
    Task("Go down the list", "j", _on_second, newsboat="j"),
    Task(
        "Read the sentence a point comes from, in its article", "enter", _focus("source"), "space"
    ),
    Task("Go back to where one was", "escape", _focus("brief"), "space enter", "q"),
    Task("Read a whole article", "enter enter", _focus("source"), newsboat="enter"),
    Task("Open the article's page in the browser", "o", _says("opened"), newsboat="o"),
    Task("Mark a story as read", "m", _first_is("read"), newsboat="N"),
    Task("Star a story", "s", lambda d: d.row.starred, newsboat='ctrl+e "s" enter'),
    Task("Fetch the feeds now", "r", _says("fetch"), newsboat="R"),
    Task("End the reader", "q", lambda d: not d.app.is_running, newsboat="q q"),
    Task("See the sentence behind a point in its place", "p", _says("p hides"), "space"),
    Task("See the key figures", "tab tab", _focus("figures")),
    Task("See a point in the words of each outlet", "V", _screen("PointScreen"), "j space"),
    Task("See who else tells it", "tab tab tab", _focus("linked")),
    Task("Take the last change back", "u", _first_is("unread"), "m"),
    Task("Mark everything as read", "A", _all_read, newsboat="C"),
    Task(
        "Find what was written on a thing",
        'slash "sepsis"',
        _found,
        newsboat='slash "sepsis" enter',
    ),
    Task("See every feed", "f", _screen("FeedsScreen"), newsboat="q"),
    Task("Mark a feed's articles as read", "A", _feed_read, "f j j j", "A"),
    Task("Show unread articles only", "v", _unread_only, "m f", "l"),
    Task(
        "Keep a story to read it later",
        "L",
        lambda d: tags_of(d) == ["later"],
        newsboat='ctrl+e "l" enter',
    ),
    Task(
        "Give a story a tag",
        'T "harbour" enter escape',
        lambda d: tags_of(d) == ["harbour"],
        newsboat='ctrl+e "h" enter',
    ),
    Task("Write a note on a story", 'N "ask Ada" enter', _says("noted")),
    Task("Copy a point with its source", "y", lambda d: "https://" in d.app.clipboard, "space"),
    Task(
        "Open a link that stands in an article",
        "number_sign 1",
        _says("opened"),
        "space enter right_curly_bracket",
        "1",
    ),
    Task("Begin to add a feed", "a", _screen("AddFeedScreen"), newsboat="E"),
    Task("Remove a feed", "D", _says("u takes it back"), "f j j j j", 'E "dd" : "wq" enter'),
    Task("Find a key", "question_mark", _screen("HelpScreen"), newsboat="question_mark"),
)
"""The first twelve are the most frequent: none takes more than two presses."""

FREQUENT = 12


def document() -> str:
    """``docs/tasks.md``."""
    lines = [
        "# What one does in a week, and with how many keys",
        "",
        "Thirty tasks, the most frequent first, each walked through the real program by a test",
        "(`tests/ui/test_tasks.py`); none of the first twelve takes more than two presses. Words",
        "that are typed, in quotation marks, are not counted. Beside them the same in newsboat",
        "2.40 with its own keys; “–” where it has nothing of the kind. (This file is made by",
        "`python -m tests.ui.tasks`.)",
        "",
        "| | Task | Keys | Presses | newsboat | Presses |",
        "|-:|---|---|-:|---|-:|",
    ]
    for number, task in enumerate(TASKS, 1):
        there = (as_read(task.newsboat), count(task.newsboat)) if task.newsboat else ("–", "–")
        lines.append(
            f"| {number} | {task.name} | {as_read(task.keys) or 'none'} | {count(task.keys)}"
            f" | {there[0]} | {there[1]} |"
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.stdout.write(document())
