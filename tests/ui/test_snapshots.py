"""What the reader's user sees: every screen at four sizes in three themes.

Where a change is meant: run the tests with ``--snapshot-update``, and look at what changed
(``cat`` draws a snapshot).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from briefing.config import RuleSettings, Settings
from briefing.ingest.htmltext import read_html
from briefing.model import Span
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.panes.source_view import SourceView
from briefing.ui.screens.article import ArticleScreen
from briefing.ui.targets import Passage
from tests.ui.driver import LEAST, MEDIUM, TALL, ReaderDriver, at, reader_on
from tests.ui.snapshots import LARGE, assert_looks_as_ever, standing
from tests.ui.test_revisions import altered, read

Then = Callable[[ReaderDriver], Awaitable[Any]]


async def _hits(driver: ReaderDriver) -> None:
    await driver.until(lambda: driver.rows().rows, "hits")


async def _caught(driver: ReaderDriver) -> None:
    await driver.until(lambda: driver.screen == "RulesScreen" and driver.rows().rows, "articles")


async def _found(driver: ReaderDriver) -> None:
    await driver.until(lambda: "Rules: what each would catch" in driver.shown, "the command")


async def _rules(driver: ReaderDriver) -> None:
    await _found(driver)
    await driver.press("enter")
    await _caught(driver)


@dataclass(frozen=True, slots=True)
class View:
    """A screen, and how one comes to it from the edition."""

    name: str
    keys: str = ""
    then: Then | None = None

    async def show(self, driver: ReaderDriver) -> None:
        """Go there."""
        await driver.press(*self.keys.split())
        if self.then is not None:
            await self.then(driver)
        for line in driver.app.screen.query(Input):
            line.cursor_blink = False


VIEWS = (
    View("edition"),
    View("read and starred", "m j s j m"),
    View("one line a story", "d"),
    View("figures below", "w"),
    View("brief", "enter j"),
    View("peek", "enter p"),
    View("evidence", "2 j enter j enter"),
    View("figures and names", "enter enter F"),
    View("zoomed", "enter z"),
    View("text alone", "enter enter Z"),
    View("figures", "tab tab"),
    View("differ", "tab tab j enter"),
    View("point", "j space V"),
    View("coverage", "3 j tab tab tab enter"),  # a story with wire copies
    View("why it ranks", "e"),
    View("why a bullet", "enter e"),
    View("tags", "T"),
    View("note", "N"),
    View("feeds", "f 3 j"),
    View("articles", "f 3 j enter j"),
    View("settings of a feed", "f 4 j i"),
    View("rename", "f 4 j c"),
    View("category", "f 4 j C"),
    View("add a feed", "f a"),
    View("import", "f I"),
    View("export", "f X"),
    View("search", "slash"),
    View("hits", "slash b r i d g e", _hits),
    View("hit", "slash b r i d g e enter", _hits),
    View("jump", "apostrophe"),
    View("help", "question_mark"),
    View("palette", "ctrl+p r u l e", _found),
    View("rules", "ctrl+p w o u l d", _rules),
    View("themes", "t"),
    View("muted", "G enter"),
)
RULES = (
    RuleSettings("no bridges", "title:bridge", ("mute",)),
    RuleSettings("milk", "milk", ("tag:Dairy",)),
)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
async def test_every_screen(snapshot: SnapshotAssertion, sample: Path, view: View) -> None:
    needs_rules = view.name in ("rules", "muted")
    app = reader_on(sample, Settings(rules=RULES if needs_rules else ()))
    async with at(app, TALL) as driver:
        if needs_rules:
            await driver.until(
                lambda: any(row.id == "muted" for row in driver.edition.stories.rows)
            )
        await view.show(driver)
        await assert_looks_as_ever(driver, snapshot)


ARTICLE = """<h2>The lock at Elvern</h2><p>The lock closed on <i>Monday</i>.
<a href="https://elvern.example/barges">Barges</a> wait below it, and some turned back. Nobody
knows for how long, said the keeper, who has the <a href="/key">only key</a>.</p>
<ul><li>One barge with gravel, which was sold dry and is getting wet.</li><li>A cat.</li></ul>
<blockquote><p>We were told nothing, and so was the cat.</p></blockquote>
<table><tr><th>Gate</th><th>Monday</th><th>Tuesday</th></tr><tr><td>Upper</td><td>4.2 m</td>
<td>4.1 m</td></tr><tr><td>Lower</td><td>1.0 m</td><td>1.1 m</td></tr></table>
<pre>lock --open --gate upper</pre><p>It opens again in May.</p>"""


@pytest.mark.parametrize("keys", ["", "semicolon"], ids=["read", "links"])
async def test_an_article_with_all_that_it_is_set_in(
    snapshot: SnapshotAssertion, sample: Path, keys: str
) -> None:
    found = read_html(ARTICLE, "https://elvern.example/lock")
    with Store.open(sample) as store:
        name = store.article_rows()[0].id
        made = replace(store.article(name), text=found.text, blocks=found.blocks, links=found.links)
        store.save_article(name, made)
    async with at(reader_on(sample), TALL) as driver:
        place = found.text.index("Barges wait")
        screen = ArticleScreen(
            driver.app.session, Passage(name, "", Span(place, place + 6)), "Feeds"
        )
        await driver.app.push_screen(screen)
        view = screen.query_one(SourceView)
        await driver.until(
            lambda: view.reading is not None and view.reading.digest is not None, "its digest"
        )
        await driver.press(*keys.split())
        await assert_looks_as_ever(driver, snapshot)


async def test_the_wording_before_a_change(snapshot: SnapshotAssertion, sample: Path) -> None:
    name, *_ = altered(sample)
    async with at(reader_on(sample), TALL) as driver:
        await read(driver, Passage(name, ""))
        await driver.press("W")
        await assert_looks_as_ever(driver, snapshot)


async def test_the_welcome(snapshot: SnapshotAssertion, newcomer: Reader) -> None:
    async with at(newcomer, TALL) as driver:
        await assert_looks_as_ever(driver, snapshot)


async def test_the_edition_in_the_terminals_own_colours(
    snapshot: SnapshotAssertion, reader: Reader
) -> None:
    async with at(reader, TALL) as driver:
        await assert_looks_as_ever(driver, snapshot, (MEDIUM, LARGE), ("terminal",))


@pytest.mark.parametrize("view", ["edition", "feeds"])
async def test_a_terminal_that_was_resized_shows_what_one_of_that_size_shows(
    sample: Path, view: str
) -> None:
    """So the snapshots, which are made by resizing, hold for a reader that is started so, too."""
    shown = []
    for size in (LEAST, LARGE):
        async with at(reader_on(sample), size) as driver:
            await next(one for one in VIEWS if one.name == view).show(driver)
            await driver.resize(*MEDIUM)
            await standing(driver)
            shown.append(driver.shown.split("\n"))
    assert shown[0] == shown[1]
