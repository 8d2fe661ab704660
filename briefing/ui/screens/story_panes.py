"""A list of stories and the panes of the one under the cursor: brief, source, figures, links."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widget import Widget
from textual.widgets import Static

from briefing.model import BriefingError, EditionCounts, ReadState, Story, StoryRow
from briefing.ui.arrangement import Arrangement, arranged
from briefing.ui.delay import Delay
from briefing.ui.focus import PANES, Pane, PaneFocus
from briefing.ui.keymap import ACTIONS
from briefing.ui.panes.figures_view import FiguresView
from briefing.ui.panes.headings import brief_title, edition_head, source_title
from briefing.ui.panes.source_view import SourceView
from briefing.ui.panes.stories import compact_story_line, story_lines
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.base import MOVING, first_key
from briefing.ui.screens.density import DenseList, Density
from briefing.ui.screens.picture_actions import tells_pictures
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Passage, Spot, Target
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.styles import StyledView, plain_title
from briefing.ui.widgets.virtual_list import VirtualList
from briefing.ui.widgets.wrapped_list import Item, WrappedList

# The brief follows the cursor when it rests so long, in seconds: a held key never waits for it.
REST = 0.06
# What was painted is on the terminal so soon, in seconds: a thread of its own writes it.
WRITTEN = 0.002


TO_A_STORY = frozenset({"read", "star", "explain", "open-page", "copy"})
"""Actions that do something to the story in the panes."""


class StoryList(DenseList[StoryRow]):
    """The stories, two lines each, or one."""


class StoryPanesScreen(Density):
    """Panes that receive values. What keys do to the story is added by the classes above."""

    LIST_TITLE: ClassVar = "Stories"
    LIST_ENDING: ClassVar = "You are up to date"
    FOOT = tuple((action.id, action.label) for action in ACTIONS if action.footer)

    def __init__(self, session: ReadingSession) -> None:
        super().__init__()
        self.add_class("on-stories", update=False)
        self.foresee(self.app.size.width)
        self.session = session
        self.arrangement = arranged(*self.app.size, session.screen)
        for name, held in _classes(self.arrangement).items():
            self.set_class(held, name, update=False)
        self.story: Story | None = None
        self.counts: EditionCounts | None = None
        self.units = ""  # the system that figures are shown in besides; empty: as written
        self.pane_focus = PaneFocus()
        self._rest = Delay(self)
        self._coming: str | None = None  # the story that the panes show after the list's paint
        self._hint = ""  # the key that leads to panes which are not on the screen
        self._is_laid_out = False

    # ── Building ─────────────────────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        """The panes."""
        yield StatusBar(id="head")
        body, beside = Container(id="body"), Vertical(id="beside")
        stories = StoryList(self.load_rows, self._draw_row, id="stories")
        _set_sizes(self.arrangement, body, stories, beside)
        with body:
            yield stories
            with Vertical(id="middle"):
                yield WrappedList(id="brief")
                yield SourceView(self.session.reading_places, id="source")
            with beside:
                yield FiguresView(id="figures")
                yield WrappedList(id="linked")
        yield Static("Briefing needs 40 × 12", id="small")
        yield StatusBar(id="foot")

    def on_mount(self) -> None:
        """The list and its first story stand before the first paint."""
        stories = self.stories
        stories.entitle(self.LIST_TITLE)
        stories.empty = self.empty_words()
        stories.ending = self.LIST_ENDING
        stories.reload()
        self.say_head()
        self.enter_first()
        if stories.current is not None:
            self.show_story(stories.current.id)
        self.call_after_refresh(self.painted)

    def enter_first(self) -> None:
        """Where the reader begins: the first story of the list."""
        self.go("stories")

    def painted(self) -> None:
        """The whole screen stands: now what can wait for it."""

    def _compositor_refresh(self) -> None:
        """Nothing is painted before the panes are laid out: the first paint is the whole screen.
        Textual would paint each time that a pane asks for its scrollbar.
        """
        if self._is_laid_out:
            super()._compositor_refresh()
            if self._coming is not None:
                self._rest.start(WRITTEN, self._show_coming)

    @property
    def stories(self) -> StoryList:
        """The story list."""
        return self.query_one("#stories", StoryList)

    @property
    def brief(self) -> WrappedList:
        """The brief pane."""
        return self.query_one("#brief", WrappedList)

    @property
    def source(self) -> SourceView:
        """The source view."""
        return self.query_one("#source", SourceView)

    @property
    def now(self) -> datetime:
        """The time, local."""
        return self.session.clock().astimezone()

    @property
    def line_target(self) -> Target | None:
        """What the line under the cursor leads to, where a pane of lines has the focus."""
        focused = self.focused
        return focused.current if isinstance(focused, WrappedList) else None

    def load_rows(self, after: StoryRow | None, limit: int) -> list[StoryRow]:
        """A page of the list of stories: the rows that follow ``after``."""
        return self.session.stories(after, limit)

    def empty_words(self) -> list[str]:
        """What stands in the list where there is no story."""
        return []

    def _draw_row(self, row: StoryRow, number: int, width: int) -> list[Text]:
        styles = self.stories.theme_styles
        if self.stories.is_compact:
            return compact_story_line(row, number, width, styles)
        return story_lines(row, number, width, styles, self.now)

    # ── The status and the foot ──────────────────────────────────────────────────────────────

    def say_head(self) -> None:
        """The date and what the edition holds, at the left end of the status line."""
        for bar in self.query("#head").results(StatusBar):  # none while the screen goes
            room = self.size.width - 3 - cell_len(bar.words[1])
            bar.say(edition_head(self.now, self.counts, self.size.width, room))

    def keep_saying(self, words: str) -> None:
        """What stands at the right end of the status line."""
        for bar in self.query("#head").results(StatusBar):  # none while the screen goes
            bar.say(right=words)
        self.say_head()

    def on_resize(self, _event: events.Resize) -> None:
        """What is cut to the width is cut anew."""
        self.arrange_panes()
        self.say_head()
        if self._is_laid_out:
            self.call_after_refresh(self.write_breadcrumb)  # the panes have their widths then
        else:
            self._lay_out()

    def arrange_panes(self) -> None:
        """Give the panes the places and sizes that suit the terminal and the settings now."""
        if not self.size.area:
            return  # not on the terminal yet
        arrangement = arranged(*self.size, self.session.screen)
        if self.has_class("zoomed"):
            arrangement = replace(arrangement, stories=0, beside=0)
        if arrangement != self.arrangement:
            self.arrangement = arrangement
            self.update_classes(_classes(arrangement))
            panes = (self.query_one(name, Widget) for name in ("#body", "#stories", "#beside"))
            _set_sizes(arrangement, *panes)
        self._name_tabs()

    def arrange_anew(self) -> None:
        """The panes may get other places and sizes, to which their titles are cut."""
        self.arrange_panes()
        self.call_after_refresh(self.write_breadcrumb)  # the panes have their widths then

    def _lay_out(self) -> None:
        """The panes have their first widths: what they hold is wrapped, and says how long it is."""
        self.show_counted()
        self.write_breadcrumb()
        for pane in self.query(StyledView):
            pane.lay_out()
        self._is_laid_out = True

    def show_counted(self) -> None:
        """For subclasses: what has been counted by now of what the list holds."""

    def _name_tabs(self) -> None:
        in_turn = self.arrangement.place in ("below", "hidden") and not self.arrangement.stacked
        figures, linked = self.query_one(FiguresView), self.query_one("#linked", WrappedList)
        name = "People" if figures.has_only_people else "Key figures"
        whole = "People and organisations" if figures.has_only_people else name
        figures.entitle(f"{name} │ linked" if in_turn else whole)
        linked.entitle(f"{name.lower()} │ Linked" if in_turn else "Linked")
        key = first_key("next-pane", self._changed_keys)
        is_hidden = self.arrangement.place == "hidden" and not self.has_class("zoomed")
        hint = f"{key}: figures, links" if key and is_hidden else ""
        if hint != self._hint:
            self._hint = hint
            self.brief.border_subtitle = plain_title(hint) if hint else ""

    def write_breadcrumb(self) -> None:
        """Where the panes stand in Edition › Story › Bullet › Source, cut to fit its border."""
        story = self.story
        if story is None:
            self.brief.entitle("Brief")
            return
        # Before its first layout the pane has no width: the border itself then cuts a title.
        room = max(20, (self.query_one("#middle").size.width or self.size.width) - 6)
        headline = story.brief.headline
        earlier = bool(self.pane_focus.history)
        self.brief.entitle(brief_title(headline, room, earlier=earlier))
        passage = self.source.passage
        if self.pane == "source" and passage is not None:
            self.source.entitle(source_title(headline, passage, self.source.outlet, room))

    # ── Going about ──────────────────────────────────────────────────────────────────────────

    @property
    def pane(self) -> Pane:
        """The pane that has the focus."""
        return self.pane_focus.pane

    def go(self, pane: Pane) -> None:
        """Give the focus to a pane, showing it where it was hidden."""
        self.set_pane_focus(self.pane_focus.to(pane))

    def set_pane_focus(self, pane_focus: PaneFocus) -> None:
        """Draw where the reader is: what is shown, what has the focus, the titles."""
        self.pane_focus = pane_focus
        reading = pane_focus.pane == "source"
        classes = {f"on-{pane}": pane == pane_focus.pane for pane in PANES} | {"reading": reading}
        # Where the same panes stand on the screen, no style depends on which of them has the focus.
        before = next((pane for pane in PANES if self.has_class(f"on-{pane}")), pane_focus.pane)
        same = self._standing_with(before) == self._standing_with(pane_focus.pane)
        is_drawn = same and self.has_class("reading") == reading
        self.update_classes(classes, update=False)
        if not is_drawn:  # no style of the bars, nor of what lies over the panes, depends on it
            for name in ("#stories", "#middle", "#beside"):
                self.query_one(name, Widget).update_node_styles()
        self.set_focus(self.query_one(f"#{pane_focus.pane}", Widget))
        self._name_tabs()
        self.write_breadcrumb()

    def _standing_with(self, pane: Pane) -> str:
        """Tells apart which panes are on the screen where ``pane`` has the focus."""
        if self.has_class("zoomed"):
            return pane
        return self.arrangement.standing_with(pane)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click into a pane is as good as the key."""
        if event.widget is not self.focused:
            return  # keys in a burst have left it again
        for pane in PANES:
            clicked = self.pane_focus.clicked(pane)
            if event.widget.id == pane and clicked != self.pane_focus:
                self.set_pane_focus(clicked)

    def act_next_pane(self) -> None:
        """Stories, brief, figures, links, and round."""
        self.set_pane_focus(self.pane_focus.cycled(1))

    def act_previous_pane(self) -> None:
        """The same way back."""
        self.set_pane_focus(self.pane_focus.cycled(-1))

    def act_zoom(self) -> None:
        """The pane has the whole screen, or stands beside the others again."""
        self._zoom(zoomed=not self.has_class("zoomed"))

    def act_zoom_text(self) -> None:
        """Its text alone has the whole screen."""
        bare = not self.has_class("bare")
        self._zoom(zoomed=bare, bare=bare)

    def _zoom(self, *, zoomed: bool, bare: bool = False) -> None:
        self.update_classes({"zoomed": zoomed, "bare": bare})
        self.arrange_anew()

    def action_act(self, name: str) -> None:
        """What a key does, it does to the story under the cursor, whose brief may follow later."""
        self._show_coming()
        row = self.stories.current
        if row is not None and self.pane == "stories" and name not in MOVING:
            self.show_story(row.id)
        if self.story is None and name in TO_A_STORY:
            self.refuse("there is no story here")
        else:
            super().action_act(name)

    # ── The story ────────────────────────────────────────────────────────────────────────────

    def on_virtual_list_moved(self, _message: VirtualList.Moved[StoryRow]) -> None:
        """The brief follows when the cursor rests."""
        row = self.stories.current  # where it is by now; the message may be of an earlier key
        self.pane_focus = self.pane_focus.without_history()
        if row is not None and row.id == self._coming:
            return  # it comes sooner
        self._coming = None
        self._rest.stop()
        if row is not None:
            self._rest.start(REST, lambda: self.show_story(row.id))

    def on_virtual_list_chosen(self, message: VirtualList.Chosen[StoryRow]) -> None:
        """Enter on a story goes to its brief."""
        if message.row is not None:
            self.show_story(message.row.id)
            self.go("brief")

    def show_story(self, story_id: str) -> None:
        """Show a story in the panes; says so where it cannot be read."""
        self._rest.stop()
        self._coming = None
        if self.story is not None and self.story.id == story_id:
            return
        try:
            self.story = self.session.story(story_id)
        except BriefingError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.fill()
        self.story_shown()

    def show_after_paint(self, story_id: str) -> None:
        """Show a story as soon as the list is painted with the cursor on it: what the key did is
        seen at once. The next key finds the story shown."""
        self._coming = story_id
        if self.stories.size.area:
            self._rest.start(REST, self._show_coming)
        else:
            self._show_coming()

    def _show_coming(self) -> None:
        coming, self._coming = self._coming, None
        if coming is not None:
            self.show_story(coming)

    def read_again(self, article_id: str) -> None:
        """Show the story in the panes as it is told now, where this article is one of its own."""
        story = self.story
        if story is not None and any(a.article_id == article_id for a in story.brief.articles):
            with self.guarded():
                self.story = self.session.story(story.id)
                self.fill(keep=True)

    def story_shown(self) -> None:
        """Another story, or the same read anew, stands in the panes."""

    def fill(self, *, keep: bool = False) -> None:
        """Draw the story in the panes; with ``keep`` the cursors stay."""
        story = self.story
        if story is None:
            return
        from briefing.ui.panes.brief import brief_items
        from briefing.ui.panes.figures import figure_items, people_items
        from briefing.ui.panes.linked import linked_items

        styles, now = self.brief.theme_styles, self.now
        figures = self.query_one("#figures", FiguresView)
        linked = self.query_one("#linked", WrappedList)
        self.brief.show([*brief_items(story, styles, now), *self._written(story)], keep=keep)
        numbers, people = figure_items(story, styles, self.units), people_items(story, styles)
        figures.show_story(numbers, people, keep=keep)
        linked.show(linked_items(story, styles, now), keep=keep)
        self._name_tabs()
        self.write_breadcrumb()

    def _written(self, story: Story) -> list[Item]:
        """What the reader wrote beside the story."""
        from briefing.ui.panes.written import written_items

        session = self.session
        return written_items(
            session.story_tags(story.id),
            session.story_notes(story.id),
            session.hidden_outlets(story.id),
            self.brief.theme_styles,
            self.now,
        )

    def open_source(self, passage: Passage) -> None:
        """Show the article of a passage in the source view. Raises StoreError where it is gone."""
        self.source.tells_pictures = tells_pictures(self, self.session)
        self.source.open(passage, self.session.read_article(passage.article_id), self.now)
        reader_app(self).judge_article(passage.article_id)
        reader_app(self).complete_article(self.source)

    def restyle(self) -> None:
        """The theme changed: everything is drawn anew."""
        self.reload_list()
        self.fill(keep=True)
        self.source.tells_pictures = tells_pictures(self, self.session)
        self.source.redraw()

    @property
    def spot(self) -> Spot | None:
        """The story, or the sentence in the source."""
        if self.pane == "source" and self.source.reading is not None:
            return self.source.spot
        if self.story is None:
            return None
        return Spot(self.story.brief.headline, story=self.story.id)

    # ── The rows ─────────────────────────────────────────────────────────────────────────────

    def reload_list(self) -> None:
        """Load the list anew, the cursor on its story, also where that was joined to another, or
        parted and goes on under another name.
        """
        here = self.stories.current
        name = here and (self.session.name_now(here.id) or here.id)
        self.stories.reload(keep=lambda row: name if row is here else row.id, words=_headline)

    def row_of(self, story_id: str) -> StoryRow | None:
        """The story's row, where it is loaded."""
        return next((row for row in self.stories.rows if row.id == story_id), None)

    def change_row(
        self, story_id: str, *, state: ReadState | None = None, starred: bool | None = None
    ) -> None:
        """Show a story otherwise, in the list and in the panes, without asking the store."""

        def changed(row: StoryRow) -> StoryRow:
            return replace(
                row,
                state=row.state if state is None else state,
                starred=row.starred if starred is None else starred,
            )

        for index, row in enumerate(self.stories.rows):
            if row.id == story_id:
                self.stories.replace(index, changed(row))
                less = (row.state is ReadState.UNREAD) - (changed(row).state is ReadState.UNREAD)
                if self.counts is not None and less:
                    self.counts = replace(self.counts, unread=self.counts.unread - less)
                    self.say_head()
        if self.story is not None and self.story.id == story_id:
            self.story = replace(self.story, row=changed(self.story.row))

    def reload_rows(self) -> None:
        """Many stories were marked: show what the store says now."""
        self.reload_list()
        row = self.row_of(self.story.id) if self.story is not None else None
        if self.story is not None and row is not None:
            self.story = replace(self.story, row=row)


def _classes(arrangement: Arrangement) -> dict[str, bool]:
    """The classes that the styles of an arrangement hang on."""
    places = ("right", "below", "hidden")
    classes = {f"-{place}": place == arrangement.place for place in places}
    return classes | {"-stacked": arrangement.stacked}


def _set_sizes(arrangement: Arrangement, body: Widget, stories: Widget, beside: Widget) -> None:
    """The sizes of an arrangement; those of the stylesheet where it gives none."""
    columns = arrangement.stories
    is_below = bool(arrangement.beside) and arrangement.place == "below"
    is_right = bool(arrangement.beside) and arrangement.place == "right"
    stories.styles.width = columns or None
    beside.styles.width = arrangement.beside if is_right else None
    body.styles.grid_columns = f"{columns} 1fr" if is_below else None
    body.styles.grid_rows = f"1fr {arrangement.beside}" if is_below else None


def _headline(row: StoryRow) -> str:
    return row.headline
