"""The five-minute path: one key through the bullets of a brief and on to the next unread story,
until nothing above the line is unread."""

from typing import ClassVar

from briefing.model import ReadState, StoryRow
from briefing.ui.screens.drilldown import DrillDown
from briefing.ui.screens.read_state import ReadStateActions
from briefing.ui.session import ReadingSession


class Walking(ReadStateActions, DrillDown):
    """Goes from story to story in the order of the list."""

    LIST_ENDING: ClassVar = "You are up to date"

    def __init__(self, session: ReadingSession) -> None:
        super().__init__(session)
        self._ended_at = ""  # the story at which the end of what stands above the line was told

    def enter_first(self) -> None:
        """The first unread story above the line; the first of all where they are read."""
        rows = self.stories.rows[: self.session.line]
        at = next((i for i, row in enumerate(rows) if row.state is ReadState.UNREAD), 0)
        if at:
            self.stories.move_to(at, quiet=True)
        super().enter_first()

    def act_go_on(self) -> None:
        """From the list to the brief, through its bullets, and on to the next unread story; in
        another pane down a page."""
        if self.pane == "stories" and self.story is not None:
            self.go("brief")
        elif self.pane != "brief":
            super().act_go_on()
        elif not self.brief.at_end:
            self.brief.move(1)
        else:
            if self.story is not None:
                self.passed(self.story)
            self.to_following(brief=True)

    def act_next_unread(self) -> None:
        """Go to the next unread story and its brief."""
        self.to_following(brief=self.pane not in ("stories", "brief"))

    @property
    def current_story(self) -> StoryRow | None:
        """The story under the cursor."""
        return self.stories.current

    def following(self) -> StoryRow | None:
        """The story that comes next on the path; None at its end."""
        here = self.current_story
        unread = self.session.next_unread(here)
        shown = self.story if here is not None else None
        if unread is None or (shown is not None and unread.id == shown.id):
            return None
        listed = self.row_of(unread.id)
        # A mark of just now may not be kept yet.
        return None if listed is not None and listed.state is ReadState.READ else unread

    def to_following(self, *, brief: bool) -> None:
        """Go to the story that comes next, with ``brief`` into it; at the end, say so."""
        row = self.following()
        index = None if row is None else self._loaded_index(row.id)
        if row is None or index is None:
            self.say(self._up_to_date(0))
        elif self._crosses_line(index):
            self._ended_at = self.story.id if self.story is not None else ""
            self.say(self._up_to_date(self._below))
        else:
            self.stories.move_to(index)
            self.show_after_paint(row.id)
            if brief:
                self.go("brief")

    def go_to_story(self, story_id: str) -> None:
        """Go to a story, in the list where it stands in it, and to its brief."""
        index = self._loaded_index(story_id)
        if index is not None:
            self.stories.move_to(index)
        self.show_story(story_id)
        self.go("brief")

    @property
    def _below(self) -> int:
        return self.counts.stories - self.counts.above if self.counts is not None else 0

    def _crosses_line(self, index: int) -> bool:
        """Whether the line lies between the cursor and a story, which is told once before one
        goes on over it."""
        if self.counts is None or self.story is None or self._ended_at == self.story.id:
            return False
        return self.stories.cursor < self.counts.above <= index

    def _up_to_date(self, below: int) -> str:
        words = f"You are up to date · {self.now:%H:%M}"
        return f"{words} · {below} more below the line" if below > 0 else words

    def _loaded_index(self, story_id: str) -> int | None:
        """A story's place in the list, whose pages are loaded up to it; the cursor stays."""
        return self.stories.find(lambda row: row.id == story_id)
