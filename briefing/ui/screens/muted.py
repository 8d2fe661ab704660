"""The stories that rules keep out of the edition, read as the edition is."""

from typing import ClassVar

from briefing.model import StoryRow
from briefing.ui.screens.starred import StarredStories
from briefing.ui.session import ReadingSession
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.styles import styled


class MutedStories(StarredStories):
    """The edition's panes over the muted stories; Esc leads back to the edition."""

    LIST_TITLE: ClassVar = "Muted stories"

    def __init__(self, session: ReadingSession) -> None:
        super().__init__(session, "")

    def load_rows(self, after: StoryRow | None, limit: int) -> list[StoryRow]:
        """A page of the muted stories, best first."""
        return self.session.muted_stories(after, limit)

    def painted(self) -> None:
        """The list first: what is there is what was asked for."""
        super().painted()
        self.go("stories")

    def act_back(self) -> None:
        """From the source to its line, from the brief to the list, from there to the edition."""
        if self.pane == "stories":
            self.dismiss()
        else:
            super(StarredStories, self).act_back()

    def say_head(self) -> None:
        """What this list is, and the key that says why."""
        words = " Muted by your rules · e says by which · s brings one back"
        self.query_one("#head", StatusBar).say(styled(words, style="bold"))
