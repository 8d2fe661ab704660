"""What keys do to the line under the cursor of a story: open, copy, explain, in other units."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import work

from briefing.model import Article, BriefingError, Span
from briefing.ui.panes.rank import rank_items
from briefing.ui.panes.written import rule_words
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.article_actions import copy_with_source, show_page
from briefing.ui.screens.pane_sizes import PaneSizes
from briefing.ui.targets import Comparison, Page, Passage, SourceSentence, copied_text
from briefing.ui.widgets.styles import ThemeStyles
from briefing.ui.widgets.wrapped_list import Item
from briefing.wording import reason_lines

if TYPE_CHECKING:
    from briefing.digest.explain import Explained


class StoryActions(PaneSizes):
    """Works on the line under the cursor, else on the story as a whole."""

    def act_open_page(self) -> None:
        """Open the page of what the cursor is on."""
        url = self._address()
        if url is None:
            self.notify("There is no page for this line.", severity="warning")
        else:
            self.open_page(url)

    def _address(self) -> str | None:
        target = self.line_target
        if isinstance(target, Page):
            return target.url
        if self.pane == "source":
            return self.source.url
        article = target.article_id if isinstance(target, Passage | Comparison) else None
        if article is None and self.story is not None:
            article = self.story.brief.lead
        return self.session.article(article).url if article is not None else None

    def open_page(self, url: str) -> None:
        """Open an address in the browser, and say so."""
        show_page(self, self.session, url)

    def act_copy(self) -> None:
        """Copy the line with its source."""
        if self.story is None:
            return
        target = self.line_target
        text, article_id = self.story.brief.headline, self.story.brief.lead
        if isinstance(target, Passage | Comparison):
            text, article_id = target.text or text, target.article_id
        elif self.pane == "source" and self.source.passage is not None:
            article_id = self.source.passage.article_id
            text = copied_text(target, text)
        article = self.session.article(article_id)
        copy_with_source(self.app, text, article.source, article.url)
        self.say("copied with its source")

    def act_second_editor(self) -> None:
        """Ask the second editor about the article of the line, or take his choice back."""
        if self.story is None:
            return
        target, brief = self.line_target, self.story.brief
        article_id = target.article_id if isinstance(target, Passage) else brief.lead
        chosen = any(line.bullet.by for line in brief.bullets if line.article_id == article_id)
        reader_app(self).ask_editor(article_id, undo=chosen)

    # ── Explaining ───────────────────────────────────────────────────────────────────────────

    def act_explain(self) -> None:
        """Why the sentence under the cursor was or was not taken; else why the story ranks here."""
        sentence = self._sentence()
        if sentence is not None:
            article_id, span = sentence
            self.say("looking why …")
            self._explain(self.session.article(article_id), span)
        elif self.story is not None:
            rules = rule_words(self.session.story_rules(self.story.id))
            headline, reasons = self.story.brief.headline, reason_lines(self.story.reasons)
            self._show_card(
                "Why it ranks here", lambda styles: rank_items(headline, (*rules, *reasons), styles)
            )

    def _sentence(self) -> tuple[str, Span] | None:
        """The article and the sentence of a line of the brief or the source."""
        target = self.line_target
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
            judge = self.session.judge_of(article)
            explanations = explain(
                article, preferred.bullets, preferred.algorithm, judge=judge, asked=span
            )
        except BriefingError as error:  # such as an algorithm that does not exist
            self.app.call_from_thread(self.notify, str(error), severity="error")
        else:
            source = article.source or ""
            self.app.call_from_thread(self._show_explanation, explanations, span, source)

    def _show_explanation(
        self, explanations: "Sequence[Explained]", span: Span, source: str
    ) -> None:
        from briefing.ui.panes.explanation import explanation_items

        asked = self._sentence()
        if self.app.screen is not self or asked is None or asked[1] != span:
            return  # the reader has gone on
        explanation = next((e for e in explanations if e.span.overlaps(span)), None)
        if explanation is None:
            self.say("nothing is known of this line")
        else:
            self._show_card(
                "Why this sentence",
                lambda styles: explanation_items(explanation, len(explanations), source, styles),
            )

    def _show_card(self, title: str, draw: Callable[[ThemeStyles], list[Item]]) -> None:
        from briefing.ui.screens.explanation import ExplanationScreen

        self.app.push_screen(ExplanationScreen(title, draw))

    # ── Units ────────────────────────────────────────────────────────────────────────────────

    def act_units(self) -> None:
        """Figures in the reader's own units beside what is written, or as written again."""
        if self.units:
            self._show_units("")
        else:
            self._load_units(self.session.settings.units)

    @work(thread=True, exclusive=True, group="units")
    def _load_units(self, system: str) -> None:
        """The units are read beside the screen."""
        from briefing.text.measures import load

        load()
        self.app.call_from_thread(self._show_units, system)

    def _show_units(self, system: str) -> None:
        self.units = system
        self.fill(keep=True)
        self.say(f"figures in {system} units too" if system else "figures as written")
