"""The edition: stories, the brief, figures and links, and the source behind every line."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from briefing.model import BriefingError, EditionCounts, ReadState, Story, StoryRow
from briefing.ui.formatting import format_count, format_day, format_time, part_of_day, truncate
from briefing.ui.keymap import ACTIONS
from briefing.ui.panes.source_view import SourceView
from briefing.ui.panes.stories import story_lines
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.base import MOVING, footer_words
from briefing.ui.screens.story_actions import StoryActions
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Comparison, CoverageList, OtherStory, Page, Passage
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.styles import plain_title, styled
from briefing.ui.widgets.virtual_list import Divider, VirtualList
from briefing.ui.widgets.wrapped_list import WrappedList

# The brief follows the cursor when it rests so long, in seconds: a held key never waits for it.
REST = 0.06
# A brief on the screen for so long counts as seen, in seconds.
SEEN_AFTER = 2.0


class StoryList(VirtualList[StoryRow]):
    """The stories of the edition, two lines each."""

    row_height: ClassVar[int] = 2


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Where the reader was in a story that was left for another."""

    story_id: str
    pane: str
    cursor: int | None


class EditionScreen(StoryActions):
    """The main screen. Panes receive values; keys and messages come here."""

    PANES: ClassVar = ("stories", "brief", "figures", "linked")
    LIST_TITLE: ClassVar = "Stories"
    LIST_ENDING: ClassVar = "You are up to date"

    def __init__(self, session: ReadingSession) -> None:
        super().__init__(session)
        self.add_class("-starting")
        self.counts: EditionCounts | None = None
        self._rest: Timer | None = None
        self._seen: Timer | None = None
        self._history: list[HistoryEntry] = []  # stories left for an earlier chapter
        self._from_pane = "brief"  # where a source was entered from

    # ── Building ─────────────────────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        """The panes."""
        yield StatusBar(id="head")
        with Container(id="body"):
            yield StoryList(self.load_rows, self._draw_row, id="stories")
            with Vertical(id="middle"):
                yield WrappedList(id="brief")
                yield SourceView(id="source")
            with Vertical(id="beside"):
                yield WrappedList(id="figures")
                yield WrappedList(id="linked")
        yield Static("Briefing needs 40 × 12", id="small")
        yield StatusBar(id="foot")

    def on_mount(self) -> None:
        """The first page stands before the first paint."""
        stories = self.stories
        stories.border_title = self.LIST_TITLE
        self.query_one("#figures").border_title = "Key figures"
        self.query_one("#linked").border_title = "Linked"
        stories.empty = self._empty_words()
        stories.ending = self.LIST_ENDING
        stories.reload()
        self.say_head()
        self.enter_first()
        self.call_after_refresh(self.painted)

    def enter_first(self) -> None:
        """Where the reader begins: the first story of the list."""
        self.go("stories")

    def painted(self) -> None:
        """The headlines are on the screen: now the other panes, the first brief, the counts."""
        self.remove_class("-starting")
        current = self.stories.current
        if current is not None:
            self._show_story(current.id)
        else:
            self._show_nothing()
        self.refresh_counts()

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

    def load_rows(self, after: StoryRow | None, limit: int) -> list[StoryRow]:
        """A page of the list of stories: the rows that follow ``after``."""
        return self.session.stories(after, limit)

    @property
    def has_left_story(self) -> bool:
        """Whether a story was left for an earlier chapter, to which Esc leads back."""
        return bool(self._history)

    def _draw_row(self, row: StoryRow, number: int, width: int) -> list[Text]:
        return story_lines(row, number, width, self.stories.theme_styles, self.now)

    def _empty_words(self) -> list[str]:
        if self.session.has_feeds():
            return [
                "Nothing new.",
                "",
                "You are up to date.",
                "r fetches the feeds now,",
                "f shows every article.",
            ]
        return ["No feeds yet.", "", "ctrl+p, Welcome: add some."]

    # ── The status and the foot ──────────────────────────────────────────────────────────────

    def refresh_counts(self) -> None:
        """Count what the edition holds, beside the screen."""
        self._count()

    @work(thread=True, exclusive=True, group="counts")
    def _count(self) -> None:
        self.app.call_from_thread(self._counted, self.session.counts())

    def _counted(self, counts: EditionCounts) -> None:
        self.counts = counts
        below = counts.stories - counts.above
        stories = self.stories
        minutes = self.session.settings.edition.minutes
        stories.dividers = (
            {counts.above: Divider(f"{minutes} minutes end here · {below} more")}
            if below > 0
            else {}
        )
        stories.reload(keep=lambda r: r.id)
        self.say_head()

    def say_head(self) -> None:
        """The date and what the edition holds, at the left end of the status line."""
        now = self.now
        head = styled(" Briefing", style="bold")
        parts = [
            f"{format_day(now)} · {part_of_day(now)}" if self.size.width >= 60 else format_day(now)
        ]
        if self.counts is not None:
            c = self.counts
            counts = [format_count(c.stories, "story", "stories")]
            if self.size.width >= 100:
                counts += [format_count(c.articles, "article"), format_count(c.sources, "source")]
            if c.unread:
                counts.append(f"{c.unread:,} unread")
            parts.append(" · ".join(counts))
        for part in parts:
            head.append(f"   {part}", style="not bold")
        self.query_one("#head", StatusBar).say(head)

    def say(self, words: str) -> None:
        """Say something at the right end of the status line."""
        self.query_one("#head", StatusBar).say(right=words)

    def on_resize(self, event: Any) -> None:
        """The foot holds as many keys as fit."""
        super().on_resize(event)
        keys = [a for a in ACTIONS if a.footer]
        words = footer_words(keys, event.size.width - 4, dict(self.session.settings.keys))
        self.query_one("#foot", StatusBar).say(words)
        self._name_tabs()
        self.say_head()
        self.call_after_refresh(self._crumbs)  # the panes have their widths then

    def _name_tabs(self) -> None:
        medium = 80 <= self.size.width < 120
        on_linked = self.has_class("on-linked")
        figures, linked = self.query_one("#figures"), self.query_one("#linked")
        figures.border_title = "Key figures │ linked" if medium else "Key figures"
        linked.border_title = "key figures │ Linked" if medium and on_linked else "Linked"

    # ── Going about ──────────────────────────────────────────────────────────────────────────

    @property
    def pane(self) -> str:
        """The pane that has the focus."""
        for name in (*self.PANES, "source"):
            if self.has_class(f"on-{name}"):
                return name
        return "stories"

    def go(self, pane: str) -> None:
        """Give the focus to a pane, showing it where it was hidden."""
        for name in (*self.PANES, "source"):
            self.set_class(name == pane, f"on-{name}")
        self.set_class(pane == "source", "reading")
        widget = self.query_one(f"#{pane}", Widget)
        self.set_focus(widget)
        self._name_tabs()
        self._crumbs()

    def on_descendant_focus(self, event: Any) -> None:
        """A click into a pane is as good as the key."""
        name = event.widget.id
        if (
            name in (*self.PANES, "source")
            and name != self.pane
            and event.widget is self.focused  # not one that keys in a burst have left again
            and not (name != "source" and self.pane == "source" and name == "brief")
        ):
            self.go(name)

    def act_next_pane(self) -> None:
        """Stories, brief, figures, links, and round."""
        self._cycle(1)

    def act_previous_pane(self) -> None:
        """The same way back."""
        self._cycle(-1)

    def _cycle(self, step: int) -> None:
        panes = ("stories", "source" if self.has_class("reading") else "brief", "figures", "linked")
        at = panes.index(self.pane) if self.pane in panes else 0
        self.go(panes[(at + step) % len(panes)])

    def act_back(self) -> None:
        """One step out: from the source to its line, from the brief to the stories."""
        if self.pane == "source":
            self.go(self._from_pane)
        elif self._history and self.pane in ("brief", "linked"):
            left = self._history.pop()
            self._show_story(left.story_id)
            self.go(left.pane)
            if left.cursor is not None:
                self.query_one(f"#{left.pane}", WrappedList).move_to(left.cursor)
        elif self.pane != "stories":
            self.go("stories")

    def _crumbs(self) -> None:
        """Where the panes stand in Edition › Story › Bullet › Source, cut to fit its border."""
        story = self.story
        if story is None:
            self.brief.border_title = "Brief"
            return
        # Before its first layout the pane has no width: the border itself then cuts a title.
        room = max(20, (self.query_one("#middle").size.width or self.size.width) - 6)
        chapter = "Earlier › " if self._history else ""
        headline = truncate(story.brief.headline, room - len(chapter))
        self.brief.border_title = plain_title(f"{chapter}{headline}")
        passage = self.source.passage
        if self.pane == "source" and passage is not None:
            outlet = self.source.outlet
            inner = [passage.label] if passage.label == outlet else [passage.label, outlet]
            tail = " › ".join(truncate(part, 24) for part in inner if part)
            left = room - len("Edition › ") - len(f" › {tail}")
            head = f"Edition › {truncate(story.brief.headline, left)}" if left > 12 else "…"
            self.source.border_title = plain_title(f"{head} › {tail}")

    # ── Stories ──────────────────────────────────────────────────────────────────────────────

    def on_virtual_list_moved(self, message: VirtualList.Moved[StoryRow]) -> None:
        """The brief follows when the cursor rests."""
        if self._rest is not None:
            self._rest.stop()
        row = message.row
        self._history.clear()
        if row is not None:
            self._rest = self.set_timer(REST, lambda: self._show_story(row.id))

    def on_virtual_list_chosen(self, message: VirtualList.Chosen[StoryRow]) -> None:
        """Enter on a story goes to its brief."""
        if message.row is not None:
            self._show_story(message.row.id)
            self.go("brief")

    def action_act(self, name: str) -> None:
        """What a key does, it does to the story under the cursor, whose brief may follow later."""
        row = self.stories.current
        if row is not None and self.pane == "stories" and name not in MOVING:
            self._show_story(row.id)
        super().action_act(name)

    def _show_nothing(self) -> None:
        self.story = None
        self.brief.show([])
        self.query_one("#figures", WrappedList).show([])
        self.query_one("#linked", WrappedList).show([])

    def _show_story(self, story_id: str) -> None:
        if self._rest is not None:
            self._rest.stop()
        if self.story is not None and self.story.id == story_id:
            return
        try:
            self.story = self.session.story(story_id)
        except BriefingError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self._fill()
        self._watch()

    def _watch(self) -> None:
        """The brief counts as seen when it has been on the screen for a while from now."""
        if self._seen is not None:
            self._seen.stop()
        shown = self.story
        if shown is not None:
            self._seen = self.set_timer(SEEN_AFTER, lambda: self._mark_seen(shown))

    @property
    def _brief_shows(self) -> bool:
        """Whether the brief is on the terminal: not under another screen, not in a hidden pane."""
        return self.app.screen is self and self.brief.display and bool(self.brief.size.area)

    def on_wrapped_list_shown(self, message: WrappedList.Shown) -> None:
        """The brief comes out of hiding, as in a narrow terminal."""
        if message.view is self.brief:
            self._watch()

    def on_screen_resume(self) -> None:
        """Back from another screen: the brief is on the terminal again."""
        self._watch()

    def _fill(self, *, keep: bool = False) -> None:
        story = self.story
        if story is None:
            return
        from briefing.ui.panes.brief import brief_items
        from briefing.ui.panes.figures import figure_items
        from briefing.ui.panes.linked import linked_items

        styles = self.brief.theme_styles
        self.brief.show(brief_items(story, styles, self.now), keep=keep)
        self.query_one("#figures", WrappedList).show(
            figure_items(story, styles, self.units), keep=keep
        )
        self.query_one("#linked", WrappedList).show(
            linked_items(story, styles, self.now), keep=keep
        )
        self._crumbs()

    def restyle(self) -> None:
        """The theme changed: everything is drawn anew."""
        self.stories.reload(keep=lambda r: r.id)
        self._fill(keep=True)
        self.source.redraw()

    def _mark_seen(self, story: Story) -> None:
        if not self._brief_shows or self.story is None or self.story.id != story.id:
            return
        self.session.mark_seen(story)
        if self._row_of(story.id, state=ReadState.UNREAD):
            self._change_row(story.id, state=ReadState.SEEN)

    def _row_of(self, story_id: str, **wanted: Any) -> StoryRow | None:
        for row in self.stories.rows:
            if row.id == story_id:
                return row if all(getattr(row, k) == v for k, v in wanted.items()) else None
        return None

    def _change_row(self, story_id: str, **changes: Any) -> None:
        for index, row in enumerate(self.stories.rows):
            if row.id == story_id:
                changed = replace(row, **changes)
                self.stories.replace(index, changed)
                less = (row.state is ReadState.UNREAD) - (changed.state is ReadState.UNREAD)
                if self.counts is not None and less:
                    self.counts = replace(self.counts, unread=self.counts.unread - less)
                    self.say_head()
        if self.story is not None and self.story.id == story_id:
            self.story = replace(self.story, row=replace(self.story.row, **changes))

    # ── The lines of the panes ───────────────────────────────────────────────────────────────

    def on_wrapped_list_chosen(self, message: WrappedList.Chosen) -> None:
        """Enter on a bullet, figure, person or link."""
        message.stop()
        with self.guarded():
            if message.view is self.source:
                self.act_open_page()
            else:
                self._enter(message.target)

    def _enter(self, target: Any) -> None:
        if isinstance(target, Passage):
            self._from_pane = self.pane if self.pane != "source" else self._from_pane
            self.open_source(target)
            self.go("source")
        elif isinstance(target, OtherStory):
            if self.story is not None:
                view = self.query_one(f"#{self.pane}", WrappedList)
                self._history.append(HistoryEntry(self.story.id, self.pane, view.cursor))
            self._show_story(target.story_id)
            self.go("brief")
        elif isinstance(target, Page):
            self._open(target.url)
        elif self.story is not None and isinstance(target, Comparison):
            from briefing.ui.screens.comparison import ComparisonScreen

            self.app.push_screen(ComparisonScreen(self.session, target, self.story.brief.headline))
        elif self.story is not None and isinstance(target, CoverageList):
            from briefing.ui.screens.coverage import CoverageScreen

            self.app.push_screen(CoverageScreen(self.session, self.story))

    def on_wrapped_list_past_end(self, message: WrappedList.PastEnd) -> None:
        """Going past the last bullet is having read the story."""
        story = self.story if message.view is self.brief else None
        if story is not None and story.row.state is not ReadState.READ:
            self._mark_read(story.id)
            self.say("read · n goes on")

    def act_next_sentence(self) -> None:
        """The next sentence that feeds a bullet."""
        self.source.jump(1)

    def act_previous_sentence(self) -> None:
        """The one before."""
        self.source.jump(-1)

    def act_next_outlet(self) -> None:
        """The same point in the next outlet."""
        self._go_to_outlet(1)

    def act_previous_outlet(self) -> None:
        """The same point in the outlet before."""
        self._go_to_outlet(-1)

    def open_source(self, passage: Passage) -> None:
        """Show the article of a passage in the source view. Raises StoreError where it is gone."""
        self.source.open(passage, self.session.read_article(passage.article_id), self.now)

    def _go_to_outlet(self, step: int) -> None:
        passage = self.source.in_outlet(step)
        if passage is not None:
            self.open_source(passage)
        self._crumbs()

    # ── What the store says now ──────────────────────────────────────────────────────────────

    def _reload_rows(self) -> None:
        self.stories.reload(keep=lambda r: r.id)
        if self.story is not None:
            row = self._row_of(self.story.id)
            if row is not None:
                self.story = replace(self.story, row=row)
        self.refresh_counts()

    def act_next_unread(self) -> None:
        """Go to the next unread story and its brief."""
        unread = self.session.next_unread(self.stories.current)
        if unread is None or (self.story is not None and unread.id == self.story.id):
            self.say("You are up to date")
            return
        index = next((i for i, r in enumerate(self.stories.rows) if r.id == unread.id), None)
        while index is None and not self.stories.complete:
            start = len(self.stories.rows)
            self.stories.move_to(start, quiet=True)
            index = next((i for i, r in enumerate(self.stories.rows) if r.id == unread.id), None)
        if index is not None:
            self.stories.move_to(index)
            self._show_story(unread.id)
            if self.pane not in ("stories", "brief"):
                self.go("brief")

    def act_search(self) -> None:
        """Search all articles."""
        from briefing.ui.screens.search import SearchScreen

        self.app.push_screen(SearchScreen(self.session))

    def act_feeds(self) -> None:
        """Every feed and article."""
        from briefing.ui.screens.feeds import FeedsScreen

        self.app.push_screen(FeedsScreen(self.session))

    def act_refresh(self) -> None:
        """Fetch the feeds now."""
        reader_app(self).refresh_feeds()

    def refreshed(self) -> None:
        """A refresh has ended: show what is new, the cursor where it was."""
        self.session.advance_window()
        self.stories.empty = self._empty_words()
        had = self.story
        self.stories.reload(keep=lambda r: r.id)
        if had is not None:
            self.story = None
            try:
                self.story = self.session.story(had.id)
                self._fill(keep=True)
                self._watch()
            except BriefingError:
                had = None
        if had is None and self.stories.current is not None:
            self._show_story(self.stories.current.id)
        self.refresh_counts()
        self.say(f"updated {format_time(self.now, self.now)}")
