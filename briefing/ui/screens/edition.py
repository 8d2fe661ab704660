"""The edition: today's stories with an end, and the ways from it to everything else."""

import asyncio
from contextlib import suppress
from dataclasses import replace

from textual import events, work

from briefing.model import BriefingError, EditionCounts, FetchHealth
from briefing.ui.panes.headings import empty_words, health_words
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.muted_line import MutedLine
from briefing.ui.screens.sections import SectionedStories
from briefing.ui.screens.writing_actions import WritingActions

LOOK_EVERY = 2.0  # seconds between two looks whether another process brought something


class EditionScreen(MutedLine, WritingActions, SectionedStories):
    """The main screen."""

    _health: FetchHealth | None = None

    def empty_words(self) -> list[str]:
        """What stands in the list where there is no story."""
        if reader_app(self).is_fetching:
            return ["Fetching your feeds …", "", "The first stories", "are here in a moment."]
        if self.session.has_feeds() or self.session.syncs:
            return empty_words(self._health, reader_app(self).fetch_trouble)
        return [
            "No feeds yet.",
            "",
            "a adds one;",
            "ctrl+p, Starter feeds",
            "offers some by topic.",
        ]

    def painted(self) -> None:
        """The whole screen stands: now the counts, and what else can wait."""
        super().painted()
        if self.counts is None:
            self.refresh_counts()
        else:
            self.find_sections()
        self._apply_preferences()
        self.set_interval(LOOK_EVERY, self.look)

    @work(exclusive=True, group="preferences")
    async def _apply_preferences(self) -> None:
        """Where the reader's weights have changed since the stories were ranked, rank them anew."""
        with self.guarded():
            if await asyncio.wrap_future(self.session.apply_preferences()):
                self.reload_rows()

    # ── The counts ───────────────────────────────────────────────────────────────────────────

    def refresh_counts(self) -> None:
        """Count what the edition holds, beside the screen."""
        self._count()

    @work(thread=True, exclusive=True, group="counts")
    def _count(self) -> None:
        with suppress(BriefingError):  # such as of a store that is busy: what was counted stays
            self.app.call_from_thread(self._show_counts, *self.session.overview())
        self.app.call_from_thread(self.find_sections)

    def show_counted(self) -> None:
        """What was counted beside start-up, where that is done: the first paint has it."""
        counted = self.session.counted()
        if counted is not None:
            self._show_counts(*counted)

    def _show_counts(self, counts: EditionCounts, health: FetchHealth) -> None:
        if not self.query("#stories"):
            return  # the screen went while they were counted
        self.counts, self._health = counts, health
        self._say_health()
        if not self.stories.rows:
            self._say_why_empty()
        below = counts.stories - counts.above
        minutes = self.session.settings.edition.minutes
        self.divide(counts.above, f"{minutes} minutes end", max(0, below))
        self.say_head()

    def _say_health(self) -> None:
        app = reader_app(self)
        if self._health is None or app.is_fetching:
            return
        words = health_words(
            self._health,
            self.now,
            self.size.width,
            app.fetches_next,
            read_only=not self.session.keeps_marks,
            trouble=app.fetch_trouble,
            behind=self._behind_words(),
        )
        self.keep_saying(words)

    def on_resize(self, _event: events.Resize) -> None:
        """How much is said of the feeds depends on the width."""
        self._say_health()

    def _behind_words(self) -> str:
        """That the sync server is not in step; "" where it is, or there is none."""
        if self._health is None or self._health.sync is None:
            return ""
        from briefing.ui.sync_words import behind_words

        return behind_words(self._health.sync, reader_app(self).sync_failed_at)

    def reload_rows(self) -> None:
        """Many stories were marked: show what the store says now, and count anew."""
        super().reload_rows()
        self.refresh_counts()

    @property
    def is_top(self) -> bool:
        """The list of stories; one comes back to it from the panes, and from a chapter before."""
        return super().is_top and self.pane == "stories" and not self.has_left_story

    # ── Ways from here ───────────────────────────────────────────────────────────────────────

    def begin_fetching(self) -> None:
        """A refresh begins: an empty list says so."""
        self._say_why_empty()

    def _say_why_empty(self) -> None:
        self.stories.empty = self.empty_words()
        self.stories.refresh()

    def refreshed(self) -> None:
        """Stories were told: show what is new, the cursor where it was. The story in the panes
        stays as it is until the reader leaves it and comes back.
        """
        with self.guarded():
            self.session.advance_window()
            self.stories.empty = self.empty_words()
            coming = reader_app(self).more_is_coming
            self.stories.ending = "More is coming …" if coming else self.LIST_ENDING
            self.reload_list()
            self._rename_story()
            if self.story is None and self.stories.current is not None:
                self.show_story(self.stories.current.id)
            self.refresh_counts()

    def _rename_story(self) -> None:
        """The story in the panes may be in another one now, have another name, or be gone."""
        if self.story is None:
            return
        row, here = self.story.row, self.stories.current
        same = here is not None and here.headline == row.headline
        name = here.id if here is not None and same else self.session.name_now(row.id)
        self.story = None if name is None else replace(self.story, row=replace(row, id=name))

    def settings_changed(self) -> None:
        """Another window, line or ranking: tell the edition anew, the cursor where it was."""
        super().settings_changed()
        self.refreshed()
        if self.session.keeps_marks:
            self._apply_preferences()

    def look(self) -> None:
        """Show what another process has brought meanwhile, and what the configuration says now."""
        with self.guarded():
            reader_app(self).look_at_settings()
            if self.session.brought() and not reader_app(self).is_fetching:
                self.refreshed()
