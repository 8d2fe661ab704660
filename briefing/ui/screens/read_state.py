"""What the reader has seen and read of the stories: a brief on the screen, and the keys for it."""

import asyncio

from textual import work

from briefing.model import ReadState, Story
from briefing.ui.delay import Delay
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.story_panes import StoryPanesScreen
from briefing.ui.session import ReadingSession
from briefing.ui.widgets.wrapped_list import WrappedList
from briefing.wording import format_count

# A brief on the screen for so long counts as seen, in seconds.
SEEN_AFTER = 2.0


class ReadStateActions(StoryPanesScreen):
    """Marks the story that the panes show."""

    def __init__(self, session: ReadingSession) -> None:
        super().__init__(session)
        self._seen = Delay(self)

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
            self._mark_read(story)
            self.say("read · n goes on")

    def act_read(self) -> None:
        """Mark the story as read; a read one as unread."""
        story = self.story
        if story is None:
            return
        if story.row.state is ReadState.READ:
            self.session.mark_unread(story.id)
            self.change_row(story.id, state=ReadState.UNREAD)
            headline = story.brief.headline
            self.did("unread again", lambda: [self.session.mark_read(story.id)], headline)
        else:
            self._mark_read(story)

    def _mark_read(self, story: Story) -> None:
        marking = self.session.mark_read(story.id)
        self.change_row(story.id, state=ReadState.READ)
        self.did("read", lambda: [self.session.undo(marking)], story.brief.headline)

    @work(exclusive=True, group="marks")
    async def act_all_read(self) -> None:
        """Mark the whole edition as read."""
        marking = self.session.mark_all_read()

        def words() -> str:
            return f"{format_count(marking.result().stories, 'story', 'stories')} read"

        self.session.changes.did(words, lambda: [self.session.undo(marking)])
        with self.guarded():
            await asyncio.shield(asyncio.wrap_future(marking))
            self.say(words() + self.way_back)
        self.reload_rows()

    def taken_back(self) -> None:
        """A change was taken back: the list and the story as the store has them now."""
        self.reload_rows()
        self.show_again()

    def show_again(self) -> None:
        """What is written beside the story has changed: it is shown as the store has it now."""

    def act_star(self) -> None:
        """Star the story, or take the star away."""
        if self.story is not None:
            name, starred = self.story.id, not self.story.row.starred
            self.session.star(name, starred)
            self.change_row(name, starred=starred)
            if starred:
                reader_app(self).run_hooks("star", story=name)
            self.did(
                "starred" if starred else "star taken away",
                lambda: [self.session.star(name, not starred)],
                self.story.brief.headline,
            )
