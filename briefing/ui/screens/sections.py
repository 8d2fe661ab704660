"""Saved searches as sections of the list of stories, between the line and what else is below it."""

from collections.abc import Sequence
from contextlib import suppress

from textual import work

from briefing.editions import ListSection
from briefing.model import BriefingError, ReadState, StoryRow
from briefing.ui.screens.walking import Walking
from briefing.ui.widgets.virtual_list import Divider


class SectionedStories(Walking):
    """Shows, below the line, the stories of each saved search that wants a section, under its name;
    then the others. No story stands there twice."""

    _sections: Sequence[ListSection] = ()
    _above = 0  # how many stories stand above the line
    _line = ""  # what the divider says there
    _under = 0  # how many are below it

    def divide(self, above: int, words: str, below: int) -> None:
        """The line, which says that, has so many stories above and below it; none where none is
        below."""
        was = self._above, self._line, self._under
        self._above, self._line, self._under = above, words, below
        line = {above: Divider(f"{words} here · {below} more")} if below else {}
        if self._sections and was != (above, words, below):
            self.reload_list()
        elif not self._sections and line != self.stories.dividers:
            self.stories.dividers = line
            self.reload_list()

    def find_sections(self) -> None:
        """Look for the stories of the sections, beside the screen."""
        if any(s.section for s in self.session.settings.searches):
            self._find_sections(self._above)
        elif self._sections:
            self._show_sections(())

    @work(thread=True, exclusive=True, group="sections")
    def _find_sections(self, above: int) -> None:
        with suppress(BriefingError):  # such as of a store that is busy: what stands there stays
            self.app.call_from_thread(self._show_sections, self.session.sections(above))

    def _show_sections(self, sections: Sequence[ListSection]) -> None:
        if self.query("#stories") and sections != self._sections:  # else the screen went
            self._sections = sections
            if not sections:
                self.stories.dividers = {}
                self.divide(self._above, self._line, self._under)
            self.reload_list()

    def load_rows(self, after: StoryRow | None, limit: int) -> list[StoryRow]:
        """A page of the list."""
        if not self._sections:
            return super().load_rows(after, limit)
        within = {name for section in self._sections for name in section.stories}
        if after is None:
            above = super().load_rows(None, self._above)
            rows = self._sectioned(above)
            after = above[-1] if above else None
        else:
            rows = []
        told = len(rows)
        # The next page follows the last row: that has to be one of the list itself.
        while len(rows) < limit or len(rows) == told:
            page = super().load_rows(after, limit)
            rows += [row for row in page if row.id not in within]
            if len(page) < limit:
                break
            after = page[-1]
        return rows

    def _sectioned(self, above: list[StoryRow]) -> list[StoryRow]:
        """The stories above the line and those of the sections, with a divider before each part."""
        told = {row.id for row in above}
        rows, dividers = list(above), dict[int, Divider]()
        for section in self._sections:
            found = [self._stored(name) for name in section.stories if name not in told]
            stories = [row for row in found if row is not None]
            if stories:
                words = f"{section.name} · {len(stories)}"
                dividers[len(rows)] = Divider(f"{self._line} · {words}" if not dividers else words)
                rows += stories
        others = self._under - (len(rows) - len(above))
        if others > 0:
            words = f"{others} more"
            dividers[len(rows)] = Divider(words if dividers else f"{self._line} here · {words}")
        self.stories.dividers = dividers
        return rows

    def _stored(self, story_id: str) -> StoryRow | None:
        with suppress(BriefingError):
            return self.session.story_row(story_id)
        return None

    def following(self) -> StoryRow | None:
        """The next unread story of the list, sections too; at its end, from the top again."""
        if self._sections and self.current_story is not None:
            index = self.stories.find(
                lambda row: row.state is ReadState.UNREAD and bool(row.articles),
                self.stories.cursor + 1,
            )
            if index is not None:
                return self.stories.rows[index]
        return super().following()
