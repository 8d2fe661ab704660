"""The line below the edition that tells how many stories rules mute, and the way to them."""

from datetime import UTC, datetime

from rich.text import Text
from textual.message import Message

from briefing.model import StoryRow
from briefing.ui.panes.written import muted_words
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.story_panes import StoryPanesScreen
from briefing.ui.widgets.styles import styled
from briefing.ui.widgets.virtual_list import VirtualList

MUTED_ROW = "muted"
"""The identifier of that line: no story has it."""


class MutedLine(StoryPanesScreen):
    """Ends the list of stories with "7 muted (2 rules)", where rules mute some."""

    def load_rows(self, after: StoryRow | None, limit: int) -> list[StoryRow]:
        """A page of the list; after the last story the line of what is muted."""
        if after is not None and after.id == MUTED_ROW:
            return []
        rows = super().load_rows(after, limit)
        if len(rows) >= limit:
            return rows
        stories, rules = self.session.muted_counts()
        return [*rows, muted_row(stories, rules)] if stories else rows

    def _draw_row(self, row: StoryRow, number: int, width: int) -> list[Text]:
        if row.id != MUTED_ROW:
            return super()._draw_row(row, number, width)
        style = self.stories.theme_styles.muted
        line = styled(f"  {row.headline} · enter shows them", style=style, no_wrap=True, end="")
        line.truncate(width, overflow="ellipsis")
        return [line]

    @property
    def current_story(self) -> StoryRow | None:
        """The story under the cursor; None on the line of what is muted."""
        row = self.stories.current
        return None if row is None or row.id == MUTED_ROW else row

    def show_story(self, story_id: str) -> None:
        """The line is no story: what stands in the panes stays."""
        if story_id != MUTED_ROW:
            super().show_story(story_id)

    def on_virtual_list_chosen(self, message: VirtualList.Chosen[StoryRow]) -> None:
        """Enter on the line shows what is muted."""
        if message.row is not None and message.row.id == MUTED_ROW:
            stop(message)
            reader_app(self).show_muted()


def stop(message: Message) -> None:
    """Nobody else is to act on it."""
    message.prevent_default()
    message.stop()


def muted_row(stories: int, rules: int) -> StoryRow:
    """The line, as a row of the list."""
    return StoryRow(MUTED_ROW, muted_words(stories, rules), 0, 0, datetime(1, 1, 1, tzinfo=UTC), 0)
