"""The starred stories, read as the edition is: reached from the list of what is starred."""

from typing import ClassVar

from briefing.model import ArticleRow, StoryRow
from briefing.ui.screens.edition import EditionScreen
from briefing.ui.session import ReadingSession
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.styles import styled


class StarredStories(EditionScreen):
    """The edition's panes over the starred stories; Esc leads back to where it was opened."""

    LIST_TITLE: ClassVar = "Starred stories"
    LIST_ENDING: ClassVar = "That is all"

    def __init__(self, session: ReadingSession, story_id: str) -> None:
        """story_id: the story that is shown first."""
        super().__init__(session)
        self._first_story = story_id

    def load_rows(self, after: StoryRow | None, limit: int) -> list[StoryRow]:
        """A page of the starred stories, newest first."""
        stories: list[StoryRow] = []
        last: StoryRow | ArticleRow | None = after
        while len(stories) < limit:
            page = self.session.starred(last, limit)
            stories += [row for row in page if isinstance(row, StoryRow)]
            if len(page) < limit:
                break
            last = page[-1]
        return stories[:limit]

    def enter_first(self) -> None:
        """The chosen story."""
        rows = self.stories
        at = next((i for i, row in enumerate(rows.rows) if row.id == self._first_story), 0)
        rows.move_to(at, quiet=True)
        self.go("stories")

    def painted(self) -> None:
        """Its brief: that is what it was chosen for."""
        super().painted()
        self.go("brief")

    def act_back(self) -> None:
        """From the source to its line, from the brief to the list that led here."""
        if self.pane in ("stories", "brief") and not self.has_left_story:
            self.dismiss()
        else:
            super().act_back()

    def act_next_unread(self) -> None:
        """What is starred is no edition: it has no next unread story."""
        self.say("n goes on in the edition")

    def following(self) -> StoryRow | None:
        """The starred story below this one."""
        rows = self.stories
        return rows.rows[rows.cursor + 1] if rows.cursor + 1 < len(rows.rows) else None

    def _up_to_date(self, below: int) -> str:
        del below
        return self.LIST_ENDING

    def look(self) -> None:
        """The edition below looks for what another process brought."""

    def refresh_counts(self) -> None:
        """What is starred has no line and no counts."""

    show_counted = refresh_counts

    def say_head(self) -> None:
        """What this list is."""
        self.query_one("#head", StatusBar).say(styled(" ★ Starred stories", style="bold"))
