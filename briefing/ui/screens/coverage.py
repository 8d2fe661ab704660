"""The coverage of a story: every article, by voice."""

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from briefing.model import Story
from briefing.ui.library import Library
from briefing.ui.panes.coverage import coverage_items
from briefing.ui.screens.detail import Detail
from briefing.ui.widgets.bar import Bar
from briefing.ui.widgets.items import ItemsView


class CoverageScreen(Detail):
    """Enter on an article reads it."""

    KEYS = (("drill-in", "to the article"), *Detail.KEYS[1:])

    def __init__(self, library: Library, story: Story) -> None:
        super().__init__(library, story.brief.headline)
        self._story = story

    def compose(self) -> ComposeResult:
        """The list and the foot."""
        yield Bar(id="head")
        yield ItemsView(id="coverage")
        yield Static("Briefing needs 40 × 12", id="small")
        yield Bar(id="foot")

    def on_mount(self) -> None:
        """Fill it in."""
        self.restyle()
        self.query_one(ItemsView).focus()

    def on_resize(self, event: events.Resize) -> None:
        """The breadcrumb fits the width."""
        super().on_resize(event)
        self.crumbs("Coverage")

    def restyle(self) -> None:
        """Draw the list, the cursor where it was."""
        view = self.query_one(ItemsView)
        now = self.library.clock().astimezone()
        view.show(coverage_items(self._story, view.inks, now), keep=True)
