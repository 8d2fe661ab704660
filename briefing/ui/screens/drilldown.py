"""In and out of a story: from a line to what stands behind it, and back to where one was."""

from briefing.model import Article
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.article_actions import (
    LINK_NUMBER,
    NO_ARTICLE,
    NO_OTHER_OUTLET,
    open_enclosure,
)
from briefing.ui.screens.picture_actions import show_picture
from briefing.ui.screens.story_actions import StoryActions
from briefing.ui.targets import (
    Comparison,
    CoverageList,
    OtherStory,
    Page,
    Passage,
    PictureLine,
    Target,
)
from briefing.ui.widgets.wrapped_list import Item, WrappedList
from briefing.wording import format_count


def _stands_under(view: WrappedList, items: list[Item]) -> bool:
    """Whether the first of ``items`` follows the one with the cursor."""
    after = (view.cursor or 0) + 1
    return bool(items) and after < len(view.items) and view.items[after] is items[0]


class DrillDown(StoryActions):
    """Enter goes in, Esc goes out, and the cursor is where it was."""

    _peeked: tuple[Item, ...] | list[Item] = ()

    def on_wrapped_list_chosen(self, message: WrappedList.Chosen) -> None:
        """Enter on a bullet, figure, person or link."""
        message.stop()
        with self.guarded():
            if isinstance(message.target, PictureLine):
                self.act_picture()
            elif message.view is self.source and not isinstance(message.target, Page):
                self.act_open_page()
            else:
                self._enter(message.target)

    def _enter(self, target: Target | None) -> None:
        match target:
            case Passage():
                self.open_source(target)
                self.set_pane_focus(self.pane_focus.to_source())
            case OtherStory():
                self._enter_story(target.story_id)
            case Page():
                self.open_page(target.url)
            case Comparison():
                self._compare(target)
            case CoverageList():
                self._list_coverage()

    def _enter_story(self, story_id: str) -> None:
        pane_focus = self.pane_focus.to("brief")
        if self.story is not None:
            view = self.query_one(f"#{self.pane}", WrappedList)
            pane_focus = self.pane_focus.to_other_story(self.story.id, view.cursor)
        self.show_story(story_id)
        self.set_pane_focus(pane_focus)

    def _compare(self, comparison: Comparison) -> None:
        from briefing.ui.screens.comparison import ComparisonScreen

        if self.story is not None:
            headline = self.story.brief.headline
            self.app.push_screen(ComparisonScreen(self.session, comparison, headline))

    def act_outlets_words(self) -> None:
        """The point of the line, or of the source, in the words of each outlet."""
        target = self.source.passage if self.pane == "source" else self.line_target
        if isinstance(target, Comparison):
            self._compare(target)
        elif not isinstance(target, Passage) or self.story is None:
            self.refuse("go to a bullet or a figure for the words of each outlet")
        else:
            brief = self.story.brief
            reader_app(self).show_words(target, brief.headline, brief.disagreements)

    def _list_coverage(self) -> None:
        from briefing.ui.screens.coverage import CoverageScreen

        if self.story is not None:
            self.app.push_screen(CoverageScreen(self.session, self.story))

    # ── A bullet by its number ───────────────────────────────────────────────────────────────

    def number_typed(self, number: str) -> None:
        """Say what can be done with it."""
        self.say(f"{number} · enter: bullet {number} · j: down {number}")

    def act_drill_in(self) -> None:
        """Enter the line under the cursor, or the bullet whose number was typed before."""
        if self.number is None:
            super().act_drill_in()
            return
        bullets = self.story.brief.bullets if self.story is not None else ()
        # The bullets are the first lines of the brief that lead somewhere.
        lines = [i for i, item in enumerate(self.brief.items) if item.target is not None]
        if not 0 < self.number <= len(bullets):
            told = format_count(len(bullets), "bullet")
            self.refuse(f"there is no bullet {self.number}: the brief has {told}")
            return
        self.pane_focus = self.pane_focus.to("brief")
        self.brief.move_to(lines[self.number - 1])
        with self.guarded():
            self._enter(self.brief.current)

    # ── Out ──────────────────────────────────────────────────────────────────────────────────

    def act_back(self) -> None:
        """One step out: from the text alone to the panes, from the source to its line, from the
        brief to the stories. From there a pane that was zoomed stands beside the others again.
        """
        if self.has_class("bare"):  # nothing on the screen tells of a way back but this key
            self._zoom(zoomed=False)
            return
        if self.pane == "stories" and self.has_class("zoomed"):
            self._zoom(zoomed=False)
        pane_focus, left = self.pane_focus.back()
        if left is not None:
            self.pane_focus = pane_focus
            self.show_story(left.story_id)
        if pane_focus != self.pane_focus or left is not None:
            self.set_pane_focus(pane_focus)
        if left is not None and left.cursor is not None:
            self.query_one(f"#{left.pane}", WrappedList).move_to(left.cursor)

    @property
    def has_left_story(self) -> bool:
        """Whether a story was left for an earlier chapter, to which Esc leads back."""
        return bool(self.pane_focus.history)

    # ── Without leaving ──────────────────────────────────────────────────────────────────────

    def act_peek(self) -> None:
        """Show the sentences behind the line under it, or hide them again."""
        view, target = self.focused, self.line_target
        if not isinstance(view, WrappedList) or view is self.source:
            self.refuse("p shows the sentence behind a line of the brief")
            return
        shown = [item for item in self._peeked if any(item is i for i in view.items)]
        items: list[Item] = []
        if isinstance(target, Passage) and not _stands_under(view, shown):
            from briefing.ui.panes.peek import peek_items

            article = self.session.article(target.article_id)
            items = peek_items(target, article, view.theme_styles)
        if items or shown:
            self._peeked = items
            view.show_under(items, but=shown)
        else:
            self.refuse("no sentence stands behind this line")

    def act_enclosure(self) -> None:
        """Open what is enclosed with the article of the line."""
        article = self._article_of_line()
        if article is None:
            self.refuse(NO_ARTICLE)
            return
        open_enclosure(self, self.session, article)

    def act_picture(self) -> None:
        """Show the picture under the cursor, or the first of the article of the line."""
        article = self._article_of_line()
        if article is None:
            self.refuse(NO_ARTICLE)
        else:
            show_picture(self, self.session, article, self.source.current)

    def _article_of_line(self) -> Article | None:
        """The article that is read, or that the line is of; the leading one of the story."""
        reading = self.source.reading if self.pane == "source" else None
        if reading is not None:
            return reading.article
        if self.story is None:
            return None
        target = self.line_target
        name = target.article_id if isinstance(target, Passage) else self.story.brief.lead
        return self.session.article(name)

    # ── In the source ────────────────────────────────────────────────────────────────────────

    def act_next_sentence(self) -> None:
        """The next sentence that feeds a bullet."""
        self.source.jump(1)

    def act_previous_sentence(self) -> None:
        """The one before."""
        self.source.jump(-1)

    def act_open_link(self) -> None:
        """The number of a link is typed next."""
        self._choose_link(by_hint=False)

    def act_link_hints(self) -> None:
        """A letter on each link; one is typed next."""
        self._choose_link(by_hint=True)

    def act_mark_names(self) -> None:
        """Figures and names are marked in the text, or no longer."""
        if self.pane == "source":
            self.say(self.source.mark_names())
        else:
            self.refuse("figures are marked in the source: enter on a line leads there")

    def act_old_wordings(self) -> None:
        """What stood there before a change of the article comes and goes."""
        if self.pane == "source":
            self.say(self.source.show_old_wordings())
        else:
            self.refuse("old wordings are shown in the source: enter on a line leads there")

    def _choose_link(self, *, by_hint: bool) -> None:
        why = "links are numbered in the source: enter on a bullet leads there"
        if self.pane == "source":
            why = self.source.choose_link(by_hint=by_hint)
        if why or not by_hint:
            self.say(why or LINK_NUMBER)

    def act_next_outlet(self) -> None:
        """The same point in the next outlet."""
        self._go_to_outlet(1)

    def act_previous_outlet(self) -> None:
        """The same point in the outlet before."""
        self._go_to_outlet(-1)

    def _go_to_outlet(self, step: int) -> None:
        passage = self.source.in_outlet(step) if self.pane == "source" else None
        if passage is not None:
            self.open_source(passage)
        elif self.pane == "source":
            self.refuse(NO_OTHER_OUTLET)
        else:
            self.refuse("the outlets' sentences are in the source: enter on a line leads there")
        self.write_breadcrumb()
