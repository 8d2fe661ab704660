"""The application: its first screen and the ways to the others."""

import asyncio
import gc
import signal
import threading
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from briefing.model import BriefingError, Disagreement
from briefing.ui.beside import IGNORED, Beside
from briefing.ui.depth import Depth, terminal_depth
from briefing.ui.keymap import ACTIONS, BY_ID, keymap, keys_of
from briefing.ui.keynames import shown as key_name
from briefing.ui.screens.base import MANAGING, NOT_KEPT, ReaderScreen
from briefing.ui.screens.edition import EditionScreen
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Passage, Spot

if TYPE_CHECKING:
    from textual.command import Provider

    from briefing.ui.live_settings import LiveSettings


def _commands() -> "type[Provider]":
    """What the palette finds, read when it is first opened."""
    from briefing.ui.commands import Commands

    return Commands


class Reader(Beside):
    """The reader on one store."""

    CSS_PATH: ClassVar = ["reader.tcss"]
    ENABLE_COMMAND_PALETTE = True
    TITLE = "Briefing"
    BINDINGS: ClassVar = [
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, priority=True, id="suspend")
    ]
    COMMANDS: ClassVar = {_commands}  # in place of Textual's own
    COMMAND_PALETTE_BINDING: ClassVar[str] = "ctrl+p"

    def __init__(
        self,
        session: ReadingSession,
        *,
        sample: bool = False,
        welcome: bool = False,
        options: Sequence[str] = (),
        depth: Depth = Depth.TRUE,
    ) -> None:
        """``options`` are passed on to every command that is run beside the reader; ``depth``: how
        many colours the terminal has."""
        super().__init__(session, sample=sample, options=options, depth=depth)
        self._welcome = welcome
        self._settled = False
        self.theme_problem = self.use_theme(session.settings.theme)
        self.set_keymap(keymap(session.settings.keys).overrides())
        self._live: LiveSettings | None = None

    def refresh_css(self, animate: bool = True) -> None:
        """Until the first paint the styles are read once: they are told the theme beforehand."""
        if self._settled:
            super().refresh_css(animate)

    def get_default_screen(self) -> Screen[None]:
        """The edition is the ground that everything else is pushed upon."""
        return EditionScreen(self.session)

    def on_mount(self) -> None:
        """After the first paint: the visit begins, the other themes are read."""
        self._leave_on_signals()
        self.call_after_refresh(self._settle)
        if self._welcome:
            from briefing.ui.screens.welcome import WelcomeScreen

            self.push_screen(WelcomeScreen(self.session))

    def _leave_on_signals(self) -> None:
        """What ends a program from outside leaves the reader as its own key does: the terminal is
        put right, and what was marked is kept."""
        if threading.current_thread() is not threading.main_thread():
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.exit, None, 128 + number)

    def action_suspend_process(self) -> None:
        """Stop, as other programs do on this key; the shell's ``fg`` comes back to the reader."""
        if self.is_headless:
            return
        super().action_suspend_process()

    def _settle(self) -> None:
        if not self.is_running:
            return  # left as soon as it stood
        self._settled = True
        gc.freeze()
        gc.enable()
        loop = asyncio.get_running_loop()

        def report(error: BriefingError) -> None:
            loop.call_soon_threadsafe(self._say_problem, error)

        self.session.on_problem = report
        self.session.begin_visit()
        if IGNORED not in self.options:
            from briefing.ui.live_settings import LiveSettings

            self._live = LiveSettings(self)
        self.theme_changed_signal.subscribe(
            self, lambda _theme: self.call_after_refresh(self._restyle)
        )
        if self.session.unwritable is not None:
            self.edition.say(NOT_KEPT)
            self.notify(str(self.session.unwritable), title="Read only", severity="warning")
        elif self.fetches_every and not self.sample:
            self.fetch_by_timer()
            self.fetch_by_itself()
        self.tell_conflicts(keymap(self.session.settings.keys))
        if self.theme_problem:
            self.notify(self.theme_problem, title="Theme", severity="warning", markup=False)

    def look_at_settings(self) -> None:
        """Take what has changed in the configuration file; nothing where the reader is to ignore
        it."""
        if self._live is not None:
            self._live.look()

    def _say_problem(self, error: BriefingError) -> None:
        self.notify(str(error), title="Not kept", severity="error")
        with self.edition.guarded():
            self.edition.reload_rows()  # what is shown is what is kept
        self.tell("not kept")

    def _restyle(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, ReaderScreen):
                with screen.guarded():
                    screen.restyle()

    async def on_unmount(self) -> None:
        """Leave nothing running."""
        self.end_children()
        self.session.close()

    # ── Commands ─────────────────────────────────────────────────────────────────────────────

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action of the table by what one does, with its help."""
        from briefing.ui.commands import title_of

        if isinstance(screen, ReaderScreen):
            for action in ACTIONS:
                if action.id in ("palette", "down", "up"):
                    continue

                def run(name: str = action.id) -> None:
                    if name in MANAGING and not screen.has_action(name):
                        self._manage_feeds(name)
                    else:
                        screen.action_act(name)

                yield SystemCommand(title_of(action), action.help, run)
            words = "The articles of two weeks that each of your rules is about"
            yield SystemCommand("Rules: what each would catch", words, self.show_rules)
        yield SystemCommand("Starter feeds", "The welcome: topics, OPML, an address", self.welcome)

    # ── What is one key away from every screen ───────────────────────────────────────────────

    def show_help(self) -> None:
        """The list of keys."""
        from briefing.ui.screens.help import HelpScreen

        below = self.screen
        self.push_screen(HelpScreen(below if isinstance(below, ReaderScreen) else None))

    def show_feeds(self) -> None:
        """Every feed and article."""
        from briefing.ui.screens.feeds import FeedsScreen

        if self._back_to(FeedsScreen):
            return
        self.expect_opening()
        self.push_screen(FeedsScreen(self.session))

    def show_muted(self) -> None:
        """Show the stories that rules keep out of the edition."""
        from briefing.ui.screens.muted import MutedStories

        self.push_screen(MutedStories(self.session))

    def show_rules(self) -> None:
        """What the rules of the configuration would catch."""
        from briefing.ui.screens.rules import RulesScreen

        self.push_screen(RulesScreen(self.session))

    def go_to(self, spot: Spot) -> None:
        """Show an article over what shows, or close what lies over the edition and go to a story.
        Raises StoreError where it is gone."""
        if spot.article is None:
            name = self.session.story_row(spot.story or "").id
            while self.screen is not self.edition:
                self.pop_screen()
            self.edition.go_to_story(name)
            return
        from briefing.ui.screens.article import ArticleScreen

        row = self.session.article_row(spot.article)
        if spot.sentence is not None:
            self.session.reading_places[spot.article] = spot.sentence
        passage = Passage(row.id, row.source, text=row.title)
        self.push_screen(ArticleScreen(self.session, passage, row.source))

    def _manage_feeds(self, action: str) -> None:
        """Something is to be done to a feed: it has to be chosen first."""
        self.show_feeds()
        key = key_name(keys_of(BY_ID[action], self.session.settings.keys).split(",")[0])
        words = f"Go to the feed and press {key}." if key else "Go to the feed first."
        self.notify(words, title=BY_ID[action].help)

    def add_feed(self, category: str = "") -> None:
        """A card that asks for an address and follows the feed there."""
        from briefing.ui.screens.add_feed import AddFeedScreen

        self.push_screen(AddFeedScreen(self.session, category))

    def import_feeds(self) -> None:
        """A card that asks for a list of feeds to follow."""
        from briefing.ui.screens.feed_lists import ImportScreen

        self.push_screen(ImportScreen())

    def export_feeds(self) -> None:
        """A card that asks for a file to write the feeds to."""
        from briefing.ui.screens.feed_lists import ExportScreen

        self.push_screen(ExportScreen())

    def show_words(
        self, passage: Passage, trail: str, disagreements: Sequence[Disagreement] = ()
    ) -> None:
        """A point in the words of each outlet, or back to where it is shown so; says so where one
        outlet alone has it."""
        from briefing.ui.panes.point import articles_of
        from briefing.ui.screens.article_actions import NO_OTHER_OUTLET
        from briefing.ui.screens.point import PointScreen

        if len(articles_of(passage)) < 2:
            if isinstance(self.screen, ReaderScreen):
                self.screen.refuse(NO_OTHER_OUTLET)
            return
        points = [screen for screen in self.screen_stack if isinstance(screen, PointScreen)]
        if not points or not points[-1].shows(passage) or not self._back_to(PointScreen):
            self.push_screen(PointScreen(self.session, passage, trail, disagreements))

    def give_to_command(self) -> None:
        """Ask for a command, and give it what is under the cursor."""
        from briefing.ui.screens.piping import ask_for_command

        if isinstance(self.screen, ReaderScreen):
            ask_for_command(self.screen)

    def give_to_bookmarks(self) -> None:
        """Give what is under the cursor to the reader's bookmark program."""
        from briefing.ui.screens.piping import bookmark

        if isinstance(self.screen, ReaderScreen):
            bookmark(self.screen)

    def show_search(self) -> None:
        """A line to search all articles with."""
        from briefing.ui.screens.search import SearchScreen

        if self._back_to(SearchScreen):
            return
        self.expect_opening()
        self.push_screen(SearchScreen(self.session))

    def _back_to(self, kind: type[Screen[None]]) -> bool:
        """Close what lies over a screen of that kind; whether there is one."""
        stack = self.screen_stack
        above = next((n for n, screen in enumerate(stack[::-1]) if isinstance(screen, kind)), None)
        for _ in range(above or 0):
            self.pop_screen()
        return above is not None

    def refresh_feeds(self) -> None:
        """Fetch now, in another process: the same command that cron runs."""
        if self.sample:
            self.tell("the sample has no feeds to fetch")
        elif not self.session.keeps_marks:
            self.tell("the store cannot be written: nothing is fetched")
        elif self.is_fetching:
            self.tell("already fetching")
        elif not self.session.has_feeds() and not self.session.syncs:
            self.welcome()
        else:
            if self.screen is not self.edition:
                self.tell("fetching your feeds …")
            self.fetch(["--manual"])

    def welcome(self) -> None:
        """The ways to begin."""
        from briefing.ui.screens.welcome import WelcomeScreen

        self.push_screen(WelcomeScreen(self.session))

    def choose_theme(self) -> None:
        """The themes to choose from, each shown as the cursor passes over it."""
        from briefing.ui.theme_choice import choose

        choose(self)

    def keep_theme(self, name: str, before: str) -> None:
        """The theme ``name`` was chosen in place of ``before``: the settings keep it."""
        from briefing.ui.theme_choice import keep

        keep(self, name, before)


def run(session: ReadingSession, *, sample: bool = False, options: Sequence[str] = ()) -> int:
    """Show the reader until it is left. Returns the exit code."""
    welcome = not sample and not session.has_feeds() and not session.syncs
    depth = terminal_depth()
    app = Reader(session, sample=sample, welcome=welcome, options=options, depth=depth)
    app.run()
    return app.return_code or 0
