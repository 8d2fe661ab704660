"""What the reader has seen and read of the stories: a brief on the screen, and the keys for it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from textual import work

from briefing.model import ReadState, Story
from briefing.store import UndoToken
from briefing.ui.delay import Delay
from briefing.ui.screens.story_panes import StoryPanesScreen
from briefing.ui.session import ReadingSession
from briefing.ui.widgets.wrapped_list import WrappedList
from briefing.wording import format_count

# A brief on the screen for so long counts as seen, in seconds.
SEEN_AFTER = 2.0


@dataclass(frozen=True, slots=True)
class Reversible:
    """Something written that can be taken back. words: what it was."""

    words: str
    take_back: Callable[[], "Future[Any] | None"]


class ReadStateActions(StoryPanesScreen):
    """Marks the story that the panes show."""

    def __init__(self, session: ReadingSession) -> None:
        super().__init__(session)
        self._seen = Delay(self)
        self._undo: Future[UndoToken] | Reversible | None = None

    # ── Seen ─────────────────────────────────────────────────────────────────────────────────

    def story_shown(self) -> None:
        """The brief counts as seen when it has been on the screen for a while from now."""
        self._seen.stop()
        shown = self.story
        if shown is not None:
            self._seen.start(SEEN_AFTER, lambda: self._mark_seen(shown))

    @property
    def _brief_shows(self) -> bool:
        """Whether the brief is on the terminal: not under another screen, not in a hidden pane."""
        return self.app.screen is self and self.brief.display and bool(self.brief.size.area)

    def on_wrapped_list_shown(self, message: WrappedList.Shown) -> None:
        """The brief comes out of hiding, as in a narrow terminal."""
        if message.view is self.brief:
            self.story_shown()

    def on_screen_resume(self) -> None:
        """Back from another screen: the brief is on the terminal again."""
        self.story_shown()

    def _mark_seen(self, story: Story) -> None:
        if not self._brief_shows or self.story is None or self.story.id != story.id:
            return
        if not self.session.keeps_marks:
            return
        self.session.mark_seen(story)
        row = self.row_of(story.id)
        if row is not None and row.state is ReadState.UNREAD:
            self.change_row(story.id, state=ReadState.SEEN)

    # ── Read ─────────────────────────────────────────────────────────────────────────────────

    def on_wrapped_list_past_end(self, message: WrappedList.PastEnd) -> None:
        """Going past the last bullet is having read the story."""
        if message.view is self.brief and self.story is not None:
            self.passed(self.story)

    def passed(self, story: Story) -> None:
        """The reader went past the last bullet of a story."""
        if story.row.state is not ReadState.READ and self.session.keeps_marks:
            self._mark_read(story.id)
            self.say("read · n goes on")

    def act_read(self) -> None:
        """Mark the story as read; a read one as unread."""
        if self.story is None:
            return
        if self.story.row.state is ReadState.READ:
            self.session.mark_unread(self.story.id)
            self.change_row(self.story.id, state=ReadState.UNREAD)
            self.say("unread again")
        else:
            self._mark_read(self.story.id)
            self.say("read · u takes it back")

    def _mark_read(self, story_id: str) -> None:
        self._undo = self.session.mark_read(story_id)
        self.change_row(story_id, state=ReadState.READ)

    @work(exclusive=True, group="marks")
    async def act_all_read(self) -> None:
        """Mark the whole edition as read."""
        self._undo = marking = self.session.mark_all_read()
        with self.guarded():
            token = await asyncio.shield(asyncio.wrap_future(marking))
            self.say(f"{format_count(token.stories, 'story', 'stories')} read · u takes it back")
        self.reload_rows()

    @work(exclusive=True, group="marks")
    async def act_undo(self) -> None:
        """Take the last marking back."""
        if self._undo is None:
            self.say("nothing to take back")
            return
        marking, self._undo = self._undo, None
        if isinstance(marking, Reversible):
            await self._take_back(marking)
            return
        with self.guarded():
            token = await asyncio.shield(asyncio.wrap_future(marking))
            restored = await asyncio.shield(asyncio.wrap_future(self.session.undo(token)))
            self.say(f"{format_count(restored, 'story', 'stories')} as before")
        self.reload_rows()

    def take_back_by(self, change: Reversible) -> None:
        """The next undo takes this back."""
        self._undo = change

    async def _take_back(self, change: Reversible) -> None:
        with self.guarded():
            back = change.take_back()
            if back is not None:
                await asyncio.shield(asyncio.wrap_future(back))
            self.say(f"taken back: {change.words}")
        self.reload_rows()
        self.show_again()

    def show_again(self) -> None:
        """What is written beside the story has changed: it is shown as the store has it now."""

    def act_star(self) -> None:
        """Star the story, or take the star away."""
        if self.story is not None:
            starred = not self.story.row.starred
            self.session.star(self.story.id, starred)
            self.change_row(self.story.id, starred=starred)
            self.say("starred" if starred else "star taken away")
