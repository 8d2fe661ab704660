"""Driving the reader in tests: keys in, the screen's own text and the store's state out."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.style import Style
from textual.pilot import Pilot

from briefing.config import Settings
from briefing.model import ArticleRow, Story, StoryRow
from briefing.store import Store
from briefing.ui.app import Reader
from briefing.ui.screens.edition import EditionScreen
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Passage, SourceSentence
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.virtual_list import VirtualList
from briefing.ui.widgets.wrapped_list import Item, WrappedList
from tests.ui.frozen import now

TURNS = 4000  # how often the event loop may come to rest before a wait has failed
WIDE, TALL, MEDIUM, NARROW, LEAST = (140, 40), (120, 36), (80, 24), (60, 24), (40, 12)


def reader_on(
    path: Path, settings: Settings | None = None, *, sample: bool = False, welcome: bool = False
) -> Reader:
    """A reader on the store at ``path``; it is always the same morning."""
    session = ReadingSession(path, settings or Settings(), now)
    return Reader(session, sample=sample, welcome=welcome)


@dataclass
class ReaderDriver:
    """A running reader."""

    app: Reader
    pilot: Pilot[None]

    @property
    def edition(self) -> EditionScreen:
        """The main screen."""
        return self.app.edition

    @property
    def focus(self) -> str:
        """The id of the widget with the focus."""
        focused = self.app.screen.focused
        return (focused.id or "") if focused is not None else ""

    @property
    def screen(self) -> str:
        """The name of the screen on top."""
        return type(self.app.screen).__name__

    @property
    def shown(self) -> str:
        """What stands on the terminal, a line a row."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def row(self) -> StoryRow:
        """The story under the cursor."""
        row = self.edition.stories.current
        assert row is not None
        return row

    @property
    def story(self) -> Story:
        """The story whose brief is shown."""
        story = self.edition.story
        assert story is not None
        return story

    @property
    def article(self) -> ArticleRow:
        """The article under the cursor of the list on the screen on top."""
        row = self.rows().current
        assert isinstance(row, ArticleRow)
        return row

    @property
    def status(self) -> str:
        """What the edition says: a message in its line of keys, else what its head says."""
        foot, head = (self.edition.query_one(name, StatusBar) for name in ("#foot", "#head"))
        return foot.words[1] or head.words[1]

    @property
    def said(self) -> str:
        """What the line of keys says at its right end, on a screen that has no status line."""
        return self.app.screen.query_one("#foot").words[1]  # type: ignore[attr-defined, no-any-return]

    @property
    def notifications(self) -> list[str]:
        """The notifications so far."""
        return [note.message for note in self.app._notifications]

    def view(self, name: str) -> WrappedList:
        """A pane of lines on the screen on top."""
        return self.app.screen.query_one(f"#{name}", WrappedList)

    def rows(self, name: str = "articles") -> VirtualList[Any]:
        """A list of rows on the screen on top."""
        return self.app.screen.query_one(f"#{name}", VirtualList)

    def line(self, name: str) -> str:
        """The text under the cursor of a pane."""
        view = self.view(name)
        assert view.cursor is not None
        return view.items[view.cursor].text.plain

    def target_text(self, name: str) -> str:
        """The words of what the cursor of a pane stands on, as copying gives them."""
        target = self.view(name).current
        assert isinstance(target, Passage | SourceSentence)
        return target.text

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and let the reader come to rest."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, happened: Callable[[], object], what: str = "") -> None:
        """Wait until something is so, for as many turns of the event loop as TURNS."""
        for _ in range(TURNS):
            if happened():
                return
            await self.pilot.pause()
        raise AssertionError(f"it never came to this: {what or happened}\n{self.shown}")

    async def resize(self, width: int, height: int) -> None:
        """Another size of the terminal."""
        await self.pilot.resize_terminal(width, height)
        await self.pilot.pause()

    async def on(self, story_id: str) -> None:
        """Put the cursor on a story and wait for its brief."""
        stories = self.edition.stories
        stories.move_to(next(i for i, r in enumerate(stories.rows) if r.id == story_id))
        await self.brief_of(story_id)

    async def brief_of(self, story_id: str) -> None:
        """Wait for the brief of a story."""
        await self.until(
            lambda: self.edition.story is not None and self.edition.story.id == story_id,
            f"the brief of story {story_id}",
        )

    def kept(self) -> Store:
        """The store by a connection of its own, once the marks under way are kept."""
        self.app.session._mark(lambda _store: None).result()
        return Store.open(self.app.session.path, read_only=True)

    def state(self, story_id: str) -> str:
        """A story's state as the store has it."""
        with self.kept() as store:
            return store.story_row(story_id).state.value


async def settled(pilot: Pilot[None]) -> ReaderDriver:
    """Wait for what comes after the first paint: the first brief, the counts, the visit."""
    assert isinstance(pilot.app, Reader)
    driver = ReaderDriver(pilot.app, pilot)
    await driver.until(
        lambda: driver.edition.counts is not None and driver.app.session.visit is not None,
        "the counts",
    )
    await pilot.pause()
    return driver


@asynccontextmanager
async def at(app: Reader, size: tuple[int, int] = WIDE) -> AsyncIterator[ReaderDriver]:
    """Run a reader in a terminal of ``size`` columns and lines."""
    async with app.run_test(size=size, notifications=True) as pilot:
        yield await settled(pilot)


def visible(driver: ReaderDriver) -> set[str]:
    """The panes that are on the screen."""
    names = ("stories", "brief", "source", "figures", "linked")
    return {n for n in names if driver.edition.query_one(f"#{n}").region.area}


def styled_words(items: list[Item], style: Style) -> list[str]:
    """The words that bear a style."""
    return [i.text.plain[s.start : s.end] for i in items for s in i.text.spans if s.style == style]


def tags_of(driver: ReaderDriver) -> list[str]:
    """The tags of the story that is shown."""
    with driver.kept() as store:
        return [tag.name for tag in store.story_tags(driver.story.id)]
