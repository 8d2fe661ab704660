"""What screens about one story share: each line leads to a sentence, read on its own screen."""

from briefing.model import Article, Digest
from briefing.text.clean import clean_line
from briefing.ui.formatting import truncate
from briefing.ui.screens.article_actions import (
    copy_with_source,
    show_page,
    toggle_article_star,
)
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Passage, Spot
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.wrapped_list import WrappedList


class StoryDetail(ReaderScreen):
    """Lines about one story. Subclasses compose Bars ``#head``, ``#foot`` and views of items."""

    CSS_PATH = "story_detail.tcss"
    FOOT: tuple[tuple[str, str], ...] = (
        ("drill-in", "to the sentence"),
        ("back", "back"),
        ("open-page", "open page"),
        ("copy", "copy"),
    )

    def __init__(self, session: ReadingSession, trail: str) -> None:
        """``trail``: what the breadcrumb says of the story."""
        super().__init__()
        self.session = session
        self.trail = clean_line(trail)
        self._articles: dict[str, tuple[Article, Digest | None]] = {}

    def read(self, article_id: str) -> tuple[Article, Digest | None]:
        """An article and its digest, read once. Raises StoreError where it is gone."""
        if article_id not in self._articles:
            session = self.session
            self._articles[article_id] = session.article(article_id), session.digest(article_id)
        return self._articles[article_id]

    def crumbs(self, tail: str) -> None:
        """Write where the reader is at the head, the story's name cut to fit."""
        tail = truncate(clean_line(tail), 40)
        room = max(12, self.size.width - len(f" Edition ›  › {tail}") - 3)
        self.query_one("#head", StatusBar).say(f"Edition › {truncate(self.trail, room)} › {tail}")

    @property
    def target(self) -> Passage | None:
        """What the line under the cursor leads to."""
        focused = self.focused
        target = focused.current if isinstance(focused, WrappedList) else None
        return target if isinstance(target, Passage) else None

    def on_wrapped_list_chosen(self, message: WrappedList.Chosen) -> None:
        """Enter on a line reads its article at the sentence."""
        message.stop()
        if isinstance(message.target, Passage):
            from briefing.ui.screens.article import ArticleScreen

            trail = f"{truncate(self.trail, 30)} › {message.target.label}"
            self.app.push_screen(ArticleScreen(self.session, message.target, trail))

    @property
    def spot(self) -> Spot | None:
        """The article of the line under the cursor."""
        target = self.target
        if target is None:
            return None
        return Spot(target.text, article=target.article_id, sentence=target.focus)

    def act_back(self) -> None:
        """Back to the story."""
        self.dismiss()

    def act_open_page(self) -> None:
        """Open the page of the line's article."""
        target = self.target
        if target is None:
            return
        show_page(self, self.session, self.session.article(target.article_id).url)

    def act_star(self) -> None:
        """Star the line's article, or take the star away."""
        target = self.target
        if target is not None:
            toggle_article_star(self, self.session, target.article_id)

    def act_copy(self) -> None:
        """Copy the line with its source."""
        target = self.target
        if target is not None:
            article = self.session.article(target.article_id)
            copy_with_source(self.app, target.text, article.source, article.url)
            self.notify("Copied with its source.")
