"""What keys do to the story on the screen: open, copy, star, mark, take back, explain."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from textual import work

from briefing.model import Article, BriefingError, ReadState, Span, Story
from briefing.store import UndoToken
from briefing.ui.formatting import format_count, truncate
from briefing.ui.panes.source_view import SourceView
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Comparison, Page, Passage, SourceSentence

if TYPE_CHECKING:
    from briefing.digest.explain import Explained


class StoryActions(ReaderScreen):
    """A screen that shows a story. The subclass shows it; here is what is done to it."""

    def __init__(self, session: ReadingSession) -> None:
        super().__init__()
        self.session = session
        self.story: Story | None = None
        self.units = ""  # the system that figures are shown in besides; empty: as written
        self._undo: Future[UndoToken] | None = None

    # ── What the subclass has ────────────────────────────────────────────────────────────────

    @property
    def pane(self) -> str:
        """The pane that has the focus."""
        raise NotImplementedError

    @property
    def source(self) -> SourceView:
        """The source view."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Say something in the status line."""
        raise NotImplementedError

    def _change_row(self, story_id: str, **changes: Any) -> None:
        raise NotImplementedError

    def _reload_rows(self) -> None:
        raise NotImplementedError

    def _fill(self, *, keep: bool = False) -> None:
        raise NotImplementedError

    # ── Doing ────────────────────────────────────────────────────────────────────────────────

    def act_open_page(self) -> None:
        """Open the page of what the cursor is on."""
        url = self._address()
        if url is None:
            self.notify("There is no page for this line.", severity="warning")
        else:
            self._open(url)

    def _address(self) -> str | None:
        if self.pane == "source":
            return self.source.url
        target = getattr(self.focused, "current", None)
        if isinstance(target, Page):
            return target.url
        article = target.article_id if isinstance(target, Passage | Comparison) else None
        if article is None and self.story is not None:
            article = self.story.brief.lead
        return self.session.article(article).url if article is not None else None

    def _open(self, url: str) -> None:
        from briefing.ui.browser import open_page

        problem = open_page(url, self.session.settings.browser)
        if problem:
            self.notify(problem, severity="warning", markup=False)
        else:
            self.say(f"opened {truncate(url, 60)}")

    def act_copy(self) -> None:
        """Copy the line with its source."""
        if self.story is None:
            return
        target = getattr(self.focused, "current", None)
        text, article_id = self.story.brief.headline, self.story.brief.lead
        if isinstance(target, Passage | Comparison):
            text, article_id = target.text or text, target.article_id
        elif self.pane == "source" and self.source.passage is not None:
            article_id = self.source.passage.article_id
            text = getattr(target, "text", text)
        article = self.session.article(article_id)
        parts = [p for p in (article.source, article.url) if p]
        self.app.copy_to_clipboard(f"{text}\n— {', '.join(parts)}\n")
        self.say("copied with its source")

    def act_star(self) -> None:
        """Star the story, or take the star away."""
        if self.story is not None:
            starred = not self.story.row.starred
            self.session.star(self.story.id, starred)
            self._change_row(self.story.id, starred=starred)
            self.say("starred" if starred else "star taken away")

    def act_read(self) -> None:
        """Mark the story as read; a read one as unread."""
        if self.story is None:
            return
        if self.story.row.state is ReadState.READ:
            self.session.mark_unread(self.story.id)
            self._change_row(self.story.id, state=ReadState.UNREAD)
            self.say("unread again")
        else:
            self._mark_read(self.story.id)
            self.say("read · u takes it back")

    def _mark_read(self, story_id: str) -> None:
        self._undo = self.session.mark_read(story_id)
        self._change_row(story_id, state=ReadState.READ)

    @work(exclusive=True, group="marks")
    async def act_all_read(self) -> None:
        """Mark the whole edition as read."""
        self._undo = marking = self.session.mark_all_read()
        with self.guarded():
            token = await asyncio.shield(asyncio.wrap_future(marking))
            self.say(f"{format_count(token.stories, 'story', 'stories')} read · u takes it back")
        self._reload_rows()

    @work(exclusive=True, group="marks")
    async def act_undo(self) -> None:
        """Take the last marking back."""
        if self._undo is None:
            self.say("nothing to take back")
            return
        marking, self._undo = self._undo, None
        with self.guarded():
            token = await asyncio.shield(asyncio.wrap_future(marking))
            restored = await asyncio.shield(asyncio.wrap_future(self.session.undo(token)))
            self.say(f"{format_count(restored, 'story', 'stories')} as before")
        self._reload_rows()

    def act_explain(self) -> None:
        """Why the sentence under the cursor was or was not taken; else why the story ranks here."""
        asked = self._sentence()
        if asked is not None:
            article_id, span = asked
            self._explain(self.session.article(article_id), span)
        elif self.story is not None:
            reasons = "; ".join(self.story.reasons) or "no reasons are kept"
            self.notify(
                f"{self.story.brief.headline}: {reasons}", title="Why it ranks here", markup=False
            )

    def act_units(self) -> None:
        """Figures in the reader's own units beside what is written, or as written again."""
        if self.units:
            self._show_units("")
        else:
            self._learn_units(self.session.settings.units)

    @work(thread=True, exclusive=True, group="units")
    def _learn_units(self, system: str) -> None:
        """The units are read beside the screen."""
        from briefing.text.measures import load

        load()
        self.app.call_from_thread(self._show_units, system)

    def _show_units(self, system: str) -> None:
        self.units = system
        self._fill(keep=True)
        self.say(f"figures in {system} units too" if system else "figures as written")

    def _sentence(self) -> tuple[str, Span] | None:
        """The article and the sentence of a line of the brief or the source."""
        target = getattr(self.focused, "current", None)
        if self.pane == "brief" and isinstance(target, Passage) and target.focus is not None:
            return target.article_id, target.focus
        passage = self.source.passage
        if self.pane == "source" and isinstance(target, SourceSentence) and passage is not None:
            return passage.article_id, target.span
        return None

    @work(thread=True, exclusive=True, group="explain")
    def _explain(self, article: Article, span: Span) -> None:
        """The article is digested once more, beside the screen."""
        from briefing.digest.explain import explain

        preferred = self.session.settings.digest
        try:
            explanations = explain(article, preferred.bullets, preferred.algorithm)
        except BriefingError as error:  # such as an algorithm that does not exist
            self.app.call_from_thread(self.notify, str(error), severity="error")
        else:
            self.app.call_from_thread(self._explained, explanations, span, article.source or "")

    def _explained(self, explanations: "Sequence[Explained]", span: Span, source: str) -> None:
        from briefing.ui.screens.explanation import ExplanationScreen

        explanation = next((e for e in explanations if e.span.overlaps(span)), None)
        if explanation is None:
            self.say("nothing is known of this line")
        elif self.app.screen is self:
            self.app.push_screen(ExplanationScreen(explanation, len(explanations), source))
