"""What the screens ask of the application they are on, without knowing its module."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.screen import Screen

from briefing.model import Disagreement, Feed
from briefing.ui.session import ReadingSession

if TYPE_CHECKING:
    from briefing.refresh.pictures import PictureFetching
    from briefing.ui.depth import Depth
    from briefing.ui.panes.source_view import SourceView
    from briefing.ui.targets import Passage, Spot


class ReaderApp(Protocol):
    """The application as its screens see it; ``app.Reader`` is one.

    is_fetching: a refresh that it began is under way. more_is_coming: it has not told all its
    stories. fetches_next: when it begins one by itself. fetch_trouble: why the last one fetched
    nothing, "" where it did. sync_failed_at: when its last sync failed; None where it did not.
    sample: it shows the sample, and keeps nothing. why_not_kept: why nothing is written into the
    configuration, "" where it is. depth: the terminal's colours.
    """

    session: ReadingSession
    sample: bool
    why_not_kept: str
    is_fetching: bool
    more_is_coming: bool
    fetches_next: datetime | None
    fetch_trouble: str
    sync_failed_at: datetime | None
    depth: "Depth"

    @property
    def pictures(self) -> "PictureFetching":
        """Who fetches pictures."""

    def tell(self, words: str) -> None:
        """Say something in the edition's status line."""

    def show_help(self) -> None:
        """Show the list of keys."""

    def show_feeds(self) -> None:
        """Show every feed and article."""

    def show_muted(self) -> None:
        """Show the stories that rules keep out of the edition."""

    def go_to(self, spot: "Spot") -> None:
        """Show a story of the edition, or an article. Raises StoreError where it is gone."""

    def show_words(
        self, passage: "Passage", trail: str, disagreements: Sequence[Disagreement] = ()
    ) -> None:
        """Show a point in the words of each outlet, or go back to where it is shown so; say so
        where one outlet alone has it. disagreements: those of the story, where it is known."""

    def show_search(self) -> None:
        """Show a line to search all articles with."""

    def add_feed(self, category: str = "") -> None:
        """Show the card that follows another feed."""

    def import_feeds(self) -> None:
        """Ask for a list of feeds to follow."""

    def export_feeds(self) -> None:
        """Ask for a file to write the feeds to."""

    def choose_theme(self) -> None:
        """Show the themes to choose from."""

    def keep_theme(self, name: str, before: str) -> None:
        """A theme was chosen in place of another: keep it."""

    def refresh_feeds(self) -> None:
        """Fetch now."""

    async def refresh_feed(self, feed: Feed) -> bool:
        """Fetch one feed now, due or not; False where another refresh is under way."""

    def look_at_settings(self) -> None:
        """Take what has changed in the configuration file."""

    def give_to_command(self) -> None:
        """Ask for a command, and give it what is under the cursor."""

    def give_to_bookmarks(self) -> None:
        """Give what is under the cursor to the reader's bookmark program."""

    def run_hooks(
        self, event: str, *, story: str | None = None, article: str | None = None
    ) -> None:
        """A story or an article was starred or opened: let the hooks for it run."""

    def judge_article(self, article_id: str) -> None:
        """An article is opened: where only the quick judge has seen it, let the better one."""

    def ask_editor(self, article_id: str, *, undo: bool) -> None:
        """Ask the second editor about an article, or make its digest ours alone again."""

    def complete_article(self, source: "SourceView") -> None:
        """An article is opened: show what can be made of it at once, where no refresh has."""

    async def run_beside(
        self, words: list[str], on_line: Callable[[str], None], given: str = ""
    ) -> int:
        """Run a command of ours in another process; its exit code."""


def reader_app(screen: Screen[Any]) -> ReaderApp:
    """The application that ``screen`` is on."""
    return cast("ReaderApp", screen.app)
