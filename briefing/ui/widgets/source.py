"""The source of a line: its article's text, at the sentence."""

from briefing.model import Article, Digest, Place, Revision
from briefing.ui.library import Library
from briefing.ui.targets import Passage, Sentence
from briefing.ui.widgets.items import ItemsView


class SourceView(ItemsView):
    """Shows one article; ``open`` goes to a passage of it."""

    fills_cursor = False  # the ground is the evidence's

    def __init__(self, library: Library, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._library = library
        self._article: Article | None = None
        self._digest: Digest | None = None
        self._revision: Revision | None = None
        self._unfolded = False
        self.passage: Passage | None = None

    @property
    def url(self) -> str | None:
        """The address of the article's page."""
        return self._article.url if self._article is not None else None

    @property
    def outlet(self) -> str:
        """Whose article it is."""
        return (self._article.source or "") if self._article is not None else ""

    def open(self, passage: Passage) -> None:
        """Show the article of ``passage``, at its sentence. Raises StoreError where it is gone."""
        self._article = self._library.article(passage.article_id)
        self._digest = self._library.digest(passage.article_id)
        self._revision = self._revised(self._article)
        self._unfolded = False
        self.passage = passage
        self.redraw()

    def _revised(self, article: Article) -> Revision | None:
        """What was changed since the first fetch: one look by key, and work only where it was."""
        first = self._library.store.first_text(article.id)
        if first is None:
            return None
        from briefing.text.revisions import revision
        from briefing.ui.panes.source import sentences_of

        return revision(first, article, sentences_of(article, self._digest))

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
        if self._article is None or self.passage is None:
            return
        from briefing.ui.panes.source import source_items

        now = self._library.clock().astimezone()
        items, place = source_items(
            self._article,
            self._digest,
            self.passage.evidence,
            self.inks,
            now,
            self._revision,
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
        found: dict[str, Place] = {}
        for place in self.passage.places if self.passage is not None else ():
            found.setdefault(place.article_id, place)
        return list(found.values())

    def _at(self) -> int:
        here = self.passage.article_id if self.passage is not None else ""
        return next((i for i, p in enumerate(self._others()) if p.article_id == here), 0)

    def other_outlet(self, step: int) -> None:
        """To the same point in the next (1) or previous (-1) outlet, round and round."""
        places = self._others()
        if self.passage is not None and len(places) > 1:
            self.open(self.passage.at(places[(self._at() + step) % len(places)]))
