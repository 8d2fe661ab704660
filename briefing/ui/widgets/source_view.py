"""The source of a line: its article's text, at the sentence."""

from briefing.editions import ArticleReading
from briefing.model import Place
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Passage, Sentence
from briefing.ui.widgets.wrapped_list import WrappedList


class SourceView(WrappedList):
    """Shows one article; ``open`` goes to a passage of it."""

    fills_cursor = False  # the ground is the evidence's

    def __init__(self, session: ReadingSession, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._session = session
        self._reading: ArticleReading | None = None
        self._unfolded = False
        self.passage: Passage | None = None

    @property
    def url(self) -> str | None:
        """The address of the article's page."""
        return self._reading.article.url if self._reading is not None else None

    @property
    def outlet(self) -> str:
        """Whose article it is."""
        return (self._reading.article.source or "") if self._reading is not None else ""

    def open(self, passage: Passage) -> None:
        """Show the article of ``passage``, at its sentence. Raises StoreError where it is gone."""
        self._reading = self._session.read_article(passage.article_id)
        self._unfolded = False
        self.passage = passage
        self.redraw()

    def choose(self) -> None:
        """Enter: on the line that tells of changes, the old wordings come and go."""
        from briefing.ui.panes.source import OldWordings

        if isinstance(self.current, OldWordings):
            self._unfolded = not self._unfolded
            self.redraw(keep=True)
        else:
            super().choose()

    def redraw(self, *, keep: bool = False) -> None:
        """Draw the article anew, as in another theme; with ``keep`` the cursor stays."""
        if self._reading is None or self.passage is None:
            return
        from briefing.ui.panes.source import source_items

        now = self._session.clock().astimezone()
        items, place = source_items(
            self._reading,
            self.passage.evidence,
            self.theme_styles,
            now,
            unfolded=self._unfolded,
        )
        self.show(items, cursor=place, keep=keep)
        outlets = len(self._others())
        self.border_subtitle = (
            f"{self._at() + 1} of {outlets} outlets  {{ }}" if outlets > 1 else ""
        )

    def jump(self, step: int) -> None:
        """To the next (1) or previous (-1) sentence that feeds a bullet or is the evidence."""
        marked = [
            i
            for i, item in enumerate(self.items)
            if isinstance(item.target, Sentence) and item.target.marked
        ]
        here = self.cursor or 0
        ahead = (
            [i for i in marked if i > here] if step > 0 else [i for i in marked if i < here][::-1]
        )
        if ahead:
            self.move_to(ahead[0])

    def _others(self) -> list[Place]:
        """The places of the same point, one an article."""
        by_article: dict[str, Place] = {}
        for place in self.passage.places if self.passage is not None else ():
            by_article.setdefault(place.article_id, place)
        return list(by_article.values())

    def _at(self) -> int:
        here = self.passage.article_id if self.passage is not None else ""
        return next((i for i, p in enumerate(self._others()) if p.article_id == here), 0)

    def other_outlet(self, step: int) -> None:
        """To the same point in the next (1) or previous (-1) outlet, round and round."""
        places = self._others()
        if self.passage is not None and len(places) > 1:
            self.open(self.passage.at(places[(self._at() + step) % len(places)]))
