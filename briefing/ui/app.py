"""The application: themes, keys, the refresh beside it, and the first screen."""

import asyncio
import gc
import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.notifications import SeverityLevel
from textual.screen import Screen

from briefing.model import BriefingError, without_credentials
from briefing.text.clean import clean_line
from briefing.ui.keymap import ACTIONS, BY_ID, keymap, keys_of
from briefing.ui.keynames import shown as key_name
from briefing.ui.screens.base import MANAGING, NOT_KEPT, ReaderScreen
from briefing.ui.screens.edition import EditionScreen
from briefing.ui.session import ReadingSession
from briefing.ui.targets import Passage, Spot
from briefing.ui.themes import DEFAULT, load_theme, theme_files, to_textual

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.timer import Timer

    from briefing.editions import ArticleReading
    from briefing.model import Entry, Feed
    from briefing.refresh.opening import ArticleOpening
    from briefing.ui.live_settings import LiveSettings
    from briefing.ui.panes.source_view import SourceView
    from briefing.ui.refresh_progress import RefreshProgress


_ERROR = "briefing: "
"""How a command begins the line that says what is wrong."""


def _commands() -> "type[Provider]":
    """What the palette finds, read when it is first opened."""
    from briefing.ui.commands import Commands

    return Commands


class Reader(App[None]):
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
    ) -> None:
        """``options`` are passed on to every command that is run beside the reader."""
        super().__init__()
        self._options = tuple(options)
        self.session = session
        self.sample = sample
        self._welcome = welcome
        self.is_fetching = False
        self.fetches_next: datetime | None = None
        self.fetch_trouble = ""
        self._progress: RefreshProgress | None = None
        self._judging = asyncio.Lock()
        self._judged: set[str] = set()  # articles given to the better judge
        self._opening: ArticleOpening | None = None
        self._settled = False
        self._children: set[asyncio.subprocess.Process] = set()
        self.theme_problem = self.use_theme(session.settings.theme)
        self.set_keymap(keymap(session.settings.keys).overrides())
        self._live: LiveSettings | None = None
        self._fetch_timer: Timer | None = None

    @property
    def _every(self) -> timedelta:
        """How often the reader fetches by itself; zero: never."""
        return timedelta(minutes=self.session.settings.refresh.every)

    def use_theme(self, name: str) -> str | None:
        """Take a theme; the default one where it is not or is wrong, saying so."""
        problem = None
        try:
            theme = load_theme(name)
        except BriefingError as error:
            problem = str(error)
            theme = load_theme(DEFAULT)
        self.register_theme(to_textual(theme))
        self.theme = theme.id
        self.stylesheet.set_variables(self.get_css_variables())
        return problem

    def refresh_css(self, animate: bool = True) -> None:
        """Until the first paint the styles are read once: they are told the theme beforehand."""
        if self._settled:
            super().refresh_css(animate)

    def get_default_screen(self) -> Screen[None]:
        """The edition is the ground that everything else is pushed upon."""
        return EditionScreen(self.session)

    @property
    def edition(self) -> EditionScreen:
        """The main screen."""
        for screen in self.screen_stack:
            if isinstance(screen, EditionScreen):
                return screen
        raise LookupError("the edition is not on the screen")

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
        if "--ignore-config" not in self._options:
            from briefing.ui.live_settings import LiveSettings

            self._live = LiveSettings(self)
        self.theme_changed_signal.subscribe(
            self, lambda _theme: self.call_after_refresh(self._restyle)
        )
        if self.session.unwritable is not None:
            self.edition.say(NOT_KEPT)
            self.notify(str(self.session.unwritable), title="Read only", severity="warning")
        elif self._every and not self.sample:
            self.fetch_by_timer()
            self._fetch_by_itself()
        for conflict in keymap(self.session.settings.keys).conflicts:
            self.notify(f"{conflict}. {conflict.mend}", title="Keys", severity="warning")
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
                screen.restyle()

    async def on_unmount(self) -> None:
        """Leave nothing running."""
        for child in self._children:
            child.terminate()
        self.end_opening()
        self.session.close()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """A message is plain words, wherever they come from: no markup, no control characters."""
        del markup
        super().notify(
            clean_line(message),
            title=clean_line(title),
            severity=severity,
            timeout=timeout,
            markup=False,
        )

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
        if isinstance(screen, ReaderScreen):
            words = "The articles of two weeks that each of your rules is about"
            yield SystemCommand("Rules: what each would catch", words, self.show_rules)
        yield SystemCommand("Starter feeds", "The welcome: topics, OPML, an address", self.welcome)

    def tell(self, words: str) -> None:
        """Say something in the edition's status line, and on the screen that lies over it."""
        self.edition.say(words)
        if isinstance(self.screen, ReaderScreen) and self.screen is not self.edition:
            self.screen.say(words)

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
        self._expect_opening()
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

    def show_search(self) -> None:
        """A line to search all articles with."""
        from briefing.ui.screens.search import SearchScreen

        if self._back_to(SearchScreen):
            return
        self._expect_opening()
        self.push_screen(SearchScreen(self.session))

    def _back_to(self, kind: type[Screen[None]]) -> bool:
        """Close what lies over a screen of that kind; whether there is one."""
        stack = self.screen_stack
        above = next((n for n, screen in enumerate(stack[::-1]) if isinstance(screen, kind)), None)
        for _ in range(above or 0):
            self.pop_screen()
        return above is not None

    def welcome(self) -> None:
        """The ways to begin."""
        from briefing.ui.screens.welcome import WelcomeScreen

        self.push_screen(WelcomeScreen(self.session))

    def choose_theme(self) -> None:
        """The themes to choose from, each shown as the cursor passes over it."""
        for name in theme_files():
            if name not in self.available_themes:
                try:
                    self.register_theme(to_textual(load_theme(name)))
                except BriefingError as error:
                    self.notify(str(error), title="Theme", severity="warning", markup=False)
        from briefing.ui.screens.themes import ThemeScreen

        self.push_screen(ThemeScreen(sorted(theme_files())))

    # ── The refresh beside the reader ────────────────────────────────────────────────────────

    @property
    def more_is_coming(self) -> bool:
        """Whether a refresh has not told all its stories yet."""
        return self.is_fetching and self._progress is not None and not self._progress.has_told

    def refresh_feeds(self) -> None:
        """Fetch now, in another process: the same command that cron runs."""
        if self.sample:
            self.tell("the sample has no feeds to fetch")
        elif not self.session.keeps_marks:
            self.tell("the store cannot be written: nothing is fetched")
        elif self.is_fetching:
            self.tell("already fetching")
        elif not self.session.has_feeds():
            self.welcome()
        else:
            if self.screen is not self.edition:
                self.tell("fetching your feeds …")
            self._fetch(["--manual"])

    async def refresh_feed(self, feed: "Feed") -> bool:
        """Fetch one feed now, due or not; False where another refresh is under way."""
        if self.is_fetching or self.sample:
            return False
        # Without a password: every user of the machine sees a process's arguments.
        await self._fetch([f"--feed={without_credentials(feed.url)}"]).wait()
        return True

    def fetch_by_timer(self) -> None:
        """Fetch every so many minutes from now on, or not any more, as the settings say."""
        if self._fetch_timer is not None:
            self._fetch_timer.stop()
        self.fetches_next = self._fetch_timer = None
        if self._every and self.session.keeps_marks and not self.sample:
            self.fetches_next = self.session.clock() + self._every
            self._fetch_timer = self.set_interval(
                self._every.total_seconds(), self._fetch_by_itself
            )

    def _fetch_by_itself(self) -> None:
        """The timer of ``refresh.every``: fetch what is due, without a word where nothing is."""
        self.fetches_next = self.session.clock() + self._every
        with self.edition.guarded():
            if not self.is_fetching and self.session.has_feeds():
                self._fetch([])

    @work(exclusive=True, group="refresh")
    async def _fetch(self, options: list[str]) -> None:
        from briefing.ui.refresh_progress import RefreshProgress, outcome_words, trouble_words

        self._progress = progress = RefreshProgress()
        self.is_fetching = True
        self.edition.begin_fetching()
        try:
            await self.session.have_let_go()
            code = await self.run_beside(
                ["refresh", "--events", "--low-priority", *options], self._follow
            )
        finally:
            self.is_fetching = False
        self.fetch_trouble = trouble_words(code, progress.report)
        self.edition.refreshed()
        words = outcome_words(code, progress.report)
        if words and (options or code == 3):
            self.tell(words)
        elif self.fetch_trouble:
            problem = progress.problem or "The refresh failed; `briefing refresh -v` tells more."
            self.notify(problem, title="Not refreshed", severity="error")

    def judge_article(self, article_id: str) -> None:
        """An article is opened: where only the quick judge has seen it, let the better one see it,
        in another process. What is shown stays; it is read anew when the reader comes back to it.
        """
        if not self.session.keeps_marks or article_id in self._judged:
            return
        if self.session.judged_quickly(article_id):
            self._judged.add(article_id)
            self._judge(article_id)

    @work(group="judge")
    async def _judge(self, article_id: str) -> None:
        async with self._judging:  # one process at a time
            await self.run_beside(["refresh", "--judge", article_id], lambda _line: None)

    @property
    def opening(self) -> "ArticleOpening":
        """Who reads articles that no refresh has read, in a process of his own."""
        if self._opening is None:
            from briefing.refresh.opening import ArticleOpening

            self._opening = ArticleOpening(self.session.settings.digest)
        return self._opening

    def end_opening(self) -> None:
        """End that process, where there is one; the next one has the settings of then."""
        if self._opening is not None:
            self._opening.close()
            self._opening = None

    @work(group="expect-opening", exclusive=True, exit_on_error=False)
    async def _expect_opening(self) -> None:
        """Articles are listed: where some wait to be read, the process that reads what is opened
        starts already."""
        if self.session.has_waiting_articles():
            import briefing.ui.completing  # noqa: F401 - the first article is not to wait for it

            await self.opening.start()

    def complete_article(self, source: "SourceView") -> None:
        """An article is opened: where it has no digest, show what can be made of what is stored at
        once. Nothing of it is kept; the refresh does that. Raises RowError where what is stored
        cannot be read.
        """
        reading = source.reading
        if reading is not None and reading.digest is None:
            text, name = reading.article.text, reading.article.id
            kept = None if text else self.session.kept_entry(name)
            self._complete(source, reading, kept)

    @work(group="opening", exclusive=True)
    async def _complete(
        self,
        source: "SourceView",
        reading: "ArticleReading",
        kept: "tuple[Feed, Entry] | None",
    ) -> None:
        from briefing.ui.completing import completed

        name = reading.article.id
        async for shown in completed(reading, kept, self.opening):
            now = source.reading
            if not source.is_attached or now is None or now.article.id != name:
                return  # the reader went on
            source.complete(shown.reading, shown.note)
            if shown.problem is not None:
                self.notify(str(shown.problem), severity="warning")

    async def run_beside(
        self, words: list[str], on_line: Callable[[str], None], given: str = ""
    ) -> int:
        """Run a command of ours in another process, its lines to ``on_line``; its exit code.

        given: its standard input. Every user of the machine sees a process's arguments.
        """
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # never what stands in the folder the reader was started from
            "-m",
            "briefing",
            *words,
            *self._options,
            stdin=asyncio.subprocess.PIPE if given else asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=1 << 20,
        )
        self._children.add(child)
        try:
            if child.stdin is not None:
                child.stdin.write(given.encode())
                child.stdin.close()
            output = child.stdout
            while output is not None and (line := await output.readline()):
                on_line(line.decode("utf-8", "replace").strip())
            return await child.wait()
        finally:
            self._children.discard(child)
            if child.returncode is None:
                child.terminate()

    def _follow(self, line: str) -> None:
        """One line of a refresh that tells its events."""
        from briefing.refresh import Told, event_from_json

        try:
            event = event_from_json(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError):
            if self._progress is not None and line.startswith(_ERROR):
                self._progress.problem = line.removeprefix(_ERROR)
            return  # a warning on standard error, say
        if event is None or self._progress is None:
            return
        had_told = self._progress.has_told
        words = self._progress.words(event, time.monotonic())
        if isinstance(event, Told) or self._progress.has_told != had_told:
            self.edition.refreshed()
        if words:
            self.edition.keep_saying(words)


def run(session: ReadingSession, *, sample: bool = False, options: Sequence[str] = ()) -> int:
    """Show the reader until it is left. Returns the exit code."""
    welcome = not sample and not session.has_feeds()
    app = Reader(session, sample=sample, welcome=welcome, options=options)
    app.run()
    return app.return_code or 0
