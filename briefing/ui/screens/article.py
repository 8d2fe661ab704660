"""One article on a screen of its own, from the feeds view, a search, or what is told of a story."""

from textual.app import ComposeResult
from textual.widgets import Static

from briefing.ui.panes.source_view import SourceView
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.article_actions import (
    LINK_NUMBER,
    NO_ARTICLE,
    NO_OTHER_OUTLET,
    copy_with_source,
    open_enclosure,
    show_page,
    toggle_article_star,
)
from briefing.ui.screens.list_writing import ListedRow, ListWriting
from briefing.ui.screens.picture_actions import show_picture, tells_pictures
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Page, Passage, PictureLine, Spot, copied_text
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.styles import plain_title
from briefing.ui.widgets.wrapped_list import WrappedList

_KEYS = (
    ("drill-in", ""),
    ("open-page", "open page"),
    ("back", "back"),
    ("next-sentence", ""),
    ("previous-sentence", "sentences of bullets"),
    ("copy", "copy"),
    ("star", "star"),
)
_OUTLETS = (("previous-outlet", ""), ("next-outlet", "outlets"))


class ArticleScreen(ListWriting):
    """The article's text with what feeds its bullets marked in the margin."""

    def __init__(
        self, session: ReadingSession, passage: Passage, trail: str, *, marks: bool = False
    ):
        """``marks``: whether the article is marked as read by this."""
        super().__init__()
        self._session = session
        self._passage = passage
        self._trail = trail
        self._marks = marks
        several = len({p.article_id for p in passage.places}) > 1
        self.FOOT = (*_KEYS, *_OUTLETS) if several else _KEYS

    def compose(self) -> ComposeResult:
        """The text and the foot."""
        yield SourceView(self._session.reading_places, id="article")
        yield Static("Briefing needs 40 × 12", id="small")
        yield StatusBar(id="foot")

    def on_mount(self) -> None:
        """Show the article at its sentence."""
        source = self.query_one(SourceView)
        with self.guarded():
            self._open(self._passage)
        if self._marks and self._session.keeps_marks:
            self._mark_read(self._passage.article_id)
        self._entitle()
        source.focus()

    def _mark_read(self, article_id: str) -> None:
        with self.guarded():
            row, session = self._session.article_row(article_id), self._session
            if not row.read:
                session.mark_article_read(article_id)
                session.changes.did(
                    f"read: {row.title}", lambda: [session.mark_article_read(article_id, False)]
                )

    def _entitle(self) -> None:
        source = self.query_one(SourceView)
        outlet = "" if self._trail.endswith(source.outlet) else f" › {source.outlet}"
        source.border_title = plain_title(f"{self._trail}{outlet}")

    def restyle(self) -> None:
        """The theme changed."""
        source = self.query_one(SourceView)
        source.tells_pictures = tells_pictures(self, self._session)
        source.redraw()

    def act_next_sentence(self) -> None:
        """The next sentence that feeds a bullet."""
        self.query_one(SourceView).jump(1)

    def act_previous_sentence(self) -> None:
        """The one before."""
        self.query_one(SourceView).jump(-1)

    def act_next_outlet(self) -> None:
        """The same point in the next outlet."""
        self._go_to_outlet(1)

    def act_previous_outlet(self) -> None:
        """The same point in the outlet before."""
        self._go_to_outlet(-1)

    def act_outlets_words(self) -> None:
        """The same point in the words of each outlet: from there back to it."""
        passage = self.query_one(SourceView).passage or self._passage
        reader_app(self).show_words(passage, self._trail)

    def _open(self, passage: Passage) -> None:
        reading = self._session.read_article(passage.article_id)
        now = self._session.clock().astimezone()
        source = self.query_one(SourceView)
        source.tells_pictures = tells_pictures(self, self._session)
        source.open(passage, reading, now)
        reader_app(self).judge_article(passage.article_id)
        reader_app(self).complete_article(source)

    def _go_to_outlet(self, step: int) -> None:
        passage = self.query_one(SourceView).in_outlet(step)
        if passage is not None:
            self._open(passage)
        else:
            self.refuse(NO_OTHER_OUTLET)
        self._entitle()

    def act_zoom(self) -> None:
        """The article has the screen to itself."""
        self.refuse("the article has the whole screen: Z shows its text alone")

    def act_zoom_text(self) -> None:
        """The text without the frame and the foot, or with them again."""
        self.toggle_class("bare")

    def on_wrapped_list_chosen(self, message: WrappedList.Chosen) -> None:
        """Enter goes on to the page, or to that of a link."""
        message.stop()
        target = message.target
        if isinstance(target, PictureLine):
            self.act_picture()
            return
        with self.guarded():
            self._open_page(
                target.url if isinstance(target, Page) else self.query_one(SourceView).url
            )

    def act_open_page(self) -> None:
        """Open the page of the article, or of the link under the cursor."""
        source = self.query_one(SourceView)
        target = source.current
        self._open_page(target.url if isinstance(target, Page) else source.url)

    def _open_page(self, url: str | None) -> None:
        show_page(self, self._session, url)

    def act_enclosure(self) -> None:
        """Open what is enclosed with the article."""
        reading = self.query_one(SourceView).reading
        if reading is None:
            self.refuse(NO_ARTICLE)
        else:
            open_enclosure(self, self._session, reading.article)

    def act_picture(self) -> None:
        """Show the picture under the cursor, or the article's first."""
        source = self.query_one(SourceView)
        if source.reading is None:
            self.refuse(NO_ARTICLE)
        else:
            show_picture(self, self._session, source.reading.article, source.current)

    def act_open_link(self) -> None:
        """The number of a link is typed next."""
        why = self.query_one(SourceView).choose_link()
        self.say(why or LINK_NUMBER)

    def act_link_hints(self) -> None:
        """A letter on each link; one is typed next."""
        if why := self.query_one(SourceView).choose_link(by_hint=True):
            self.refuse(why)

    def act_mark_names(self) -> None:
        """Figures and names are marked in the text, or no longer."""
        self.say(self.query_one(SourceView).mark_names())

    def act_old_wordings(self) -> None:
        """What stood there before a change of the article comes and goes."""
        self.say(self.query_one(SourceView).show_old_wordings())

    @property
    def spot(self) -> Spot | None:
        """The sentence under the cursor."""
        return self.query_one(SourceView).spot

    def listed_row(self) -> ListedRow:
        """The article that is shown. Raises StoreError where it is gone."""
        passage = self.query_one(SourceView).passage or self._passage
        return self._session.article_row(passage.article_id)

    def act_next_unread(self) -> None:
        """On to the next unread article of the list that led here."""
        read_on = getattr(self.app.screen_stack[-2], "read_on", None)
        if read_on is None:
            self.notify("n goes on in the edition, and from a list of articles.")
        else:
            self.dismiss()
            self.app.call_later(read_on)

    def act_star(self) -> None:
        """Star the article, or take the star away."""
        passage = self.query_one(SourceView).passage or self._passage
        toggle_article_star(self, self._session, passage.article_id)

    def act_copy(self) -> None:
        """Copy the sentence with its source."""
        source = self.query_one(SourceView)
        if source.reading is None:
            self.refuse(NO_ARTICLE)
            return
        title = source.reading.article.title or ""
        text = copied_text(source.current, (source.passage or self._passage).text or title)
        copy_with_source(self.app, text, source.outlet, source.url)
        self.notify("Copied with its source.")
