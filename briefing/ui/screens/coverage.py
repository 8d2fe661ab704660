"""The coverage of a story: every article, by voice."""

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from briefing.model import Story
from briefing.ui.panes.coverage import coverage_items
from briefing.ui.screens.story_detail import StoryDetail
from briefing.ui.session import ReadingSession
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.wrapped_list import WrappedList


class CoverageScreen(StoryDetail):
    """Enter on an article reads it."""

    FOOT = (("drill-in", "to the article"), *StoryDetail.FOOT[1:])

    def __init__(self, session: ReadingSession, story: Story) -> None:
        super().__init__(session, story.brief.headline)
        self._story = story

    def compose(self) -> ComposeResult:
        """The list and the foot."""
        yield StatusBar(id="head")
        yield WrappedList(id="coverage")
        yield Static("Briefing needs 40 × 12", id="small")
        yield StatusBar(id="foot")

    def on_mount(self) -> None:
        """Fill it in."""
        self.restyle()
        self.query_one(WrappedList).focus()

    def on_resize(self, _event: events.Resize) -> None:
        """The breadcrumb fits the width."""
        self.crumbs("Coverage")

    def restyle(self) -> None:
        """Draw the list, the cursor where it was."""
        view = self.query_one(WrappedList)
        now = self.session.clock().astimezone()
        view.show(coverage_items(self._story, view.theme_styles, now), keep=True)
