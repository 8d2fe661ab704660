"""Pictures of what the reader's user sees, at the four sizes that the design names.

Where a change is meant: look at the pictures in snapshot_report.html, then run the tests with
``--snapshot-update``.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from briefing.config import Settings
from briefing.ingest.htmltext import read_html
from briefing.model import Span
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.panes.source_view import SourceView
from briefing.ui.screens.article import ArticleScreen
from briefing.ui.targets import Passage
from tests.ui.driver import ReaderDriver, reader_on, settled

Compare = Callable[..., bool]
LEAST, MEDIUM, WIDE, LARGE = (40, 12), (80, 24), (120, 36), (200, 50)
SIZES = pytest.mark.parametrize(
    "size", [LEAST, MEDIUM, WIDE, LARGE], ids=["40x12", "80x24", "120x36", "200x50"]
)


def after(
    *keys: str, then: Callable[[ReaderDriver], Awaitable[Any]] | None = None
) -> dict[str, Any]:
    """Options for the comparison: press keys once everything stands that comes after the start."""

    async def prepare(pilot: Pilot[None]) -> None:
        driver = await settled(pilot)
        await driver.press(*keys)
        if then is not None:
            await then(driver)

    return {"run_before": prepare}


@SIZES
def test_the_edition(snap_compare: Compare, reader: Reader, size: tuple[int, int]) -> None:
    assert snap_compare(reader, terminal_size=size, **after())


@SIZES
def test_the_source_of_a_caveat(
    snap_compare: Compare, reader: Reader, size: tuple[int, int]
) -> None:
    assert snap_compare(reader, terminal_size=size, **after("2", "j", "enter", "j", "enter"))


ARTICLE = """<h2>The lock at Elvern</h2><p>The lock closed on <i>Monday</i>.
<a href="https://elvern.example/barges">Barges</a> wait below it, and some turned back. Nobody
knows for how long, said the keeper, who has the <a href="/key">only key</a>.</p>
<ul><li>One barge with gravel, which was sold dry and is getting wet.</li><li>A cat.</li></ul>
<blockquote><p>We were told nothing, and so was the cat.</p></blockquote>
<table><tr><th>Gate</th><th>Monday</th><th>Tuesday</th></tr><tr><td>Upper</td><td>4.2 m</td>
<td>4.1 m</td></tr><tr><td>Lower</td><td>1.0 m</td><td>1.1 m</td></tr></table>
<pre>lock --open --gate upper</pre><p>It opens again in May.</p>"""


@SIZES
def test_an_article_with_all_that_it_is_set_in(
    snap_compare: Compare, sample: Path, size: tuple[int, int]
) -> None:
    found = read_html(ARTICLE, "https://elvern.example/lock")
    with Store.open(sample) as store:
        name = store.article_rows()[0].id
        made = replace(store.article(name), text=found.text, blocks=found.blocks, links=found.links)
        store.save_article(name, made)

    async def opened(driver: ReaderDriver) -> None:
        place = found.text.index("Barges wait")
        passage = Passage(name, "", Span(place, place + 6))
        screen = ArticleScreen(driver.app.session, passage, "Feeds")
        await driver.app.push_screen(screen)
        view = screen.query_one(SourceView)
        await driver.until(
            lambda: view.reading is not None and view.reading.digest is not None, "its digest"
        )

    assert snap_compare(reader_on(sample), terminal_size=size, **after(then=opened))


@SIZES
def test_where_outlets_differ(snap_compare: Compare, reader: Reader, size: tuple[int, int]) -> None:
    assert snap_compare(reader, terminal_size=size, **after("tab", "tab", "j", "enter"))


@SIZES
def test_the_coverage(snap_compare: Compare, reader: Reader, size: tuple[int, int]) -> None:
    keys = ("3", "j", "tab", "tab", "tab", "enter")  # a story with wire copies
    assert snap_compare(reader, terminal_size=size, **after(*keys))


@SIZES
def test_the_feeds(snap_compare: Compare, reader: Reader, size: tuple[int, int]) -> None:
    assert snap_compare(reader, terminal_size=size, **after("f", "3", "j"))


@SIZES
def test_a_search(snap_compare: Compare, reader: Reader, size: tuple[int, int]) -> None:
    async def found(driver: ReaderDriver) -> None:
        driver.app.screen.query_one(Input).cursor_blink = False
        await driver.until(lambda: driver.rows().rows, "hits")
        await driver.press("enter")

    assert snap_compare(reader, terminal_size=size, **after("slash", *"bridge", then=found))


def test_the_brief_in_the_least_terminal(snap_compare: Compare, reader: Reader) -> None:
    async def second_bullet(driver: ReaderDriver) -> None:
        brief = driver.view("brief")
        await driver.until(
            lambda: brief.size.area and len(brief._wrapped_items) == len(brief.items), "a brief"
        )
        await driver.press("j")
        await driver.pilot.pause()

    assert snap_compare(reader, terminal_size=LEAST, **after("enter", then=second_bullet))


def test_what_is_read_starred_and_seen(snap_compare: Compare, reader: Reader) -> None:
    keys = ("m", "j", "s", "j", "m")
    assert snap_compare(reader, terminal_size=WIDE, **after(*keys))


@SIZES
def test_the_help(snap_compare: Compare, reader: Reader, size: tuple[int, int]) -> None:
    assert snap_compare(reader, terminal_size=size, **after("question_mark"))


@SIZES
def test_the_welcome(snap_compare: Compare, newcomer: Reader, size: tuple[int, int]) -> None:
    assert snap_compare(newcomer, terminal_size=size, **after())


@pytest.mark.parametrize("theme", ["paper", "terminal"])
def test_the_edition_in_other_themes(snap_compare: Compare, sample: Path, theme: str) -> None:
    app = reader_on(sample, Settings(theme=theme))
    assert snap_compare(app, terminal_size=WIDE, **after())


SCREENS = {
    "source": ("2", "j", "enter", "enter"),
    "differ": ("tab", "tab", "j", "enter"),
    "point": ("enter", "V"),
    "why": ("e",),
    "feeds": ("f", "3", "j"),
    "add": ("f", "a"),
    "search": ("slash", *"bridge"),
    "tags": ("T",),
    "help": ("question_mark",),
    "themes": ("t",),
}


@pytest.mark.parametrize("theme", ["paper", "lighthouse"])
@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_in_other_themes(
    snap_compare: Compare, sample: Path, screen: str, theme: str
) -> None:
    async def found(driver: ReaderDriver) -> None:
        if screen == "search":
            await driver.until(lambda: driver.rows().rows, "hits")
            driver.app.screen.query_one(Input).cursor_blink = False

    app = reader_on(sample, Settings(theme=theme))
    options = after(*SCREENS[screen], then=found)
    assert snap_compare(app, terminal_size=MEDIUM, **options)


def test_a_terminal_that_is_too_small(snap_compare: Compare, reader: Reader) -> None:
    assert snap_compare(reader, terminal_size=(30, 8), **after())
