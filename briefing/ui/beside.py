"""What runs beside the screen: the refresh, the better judge, the reading of what is opened."""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual import work

from briefing.model import BriefingError, without_credentials
from briefing.model.writing import is_read_only
from briefing.ui.depth import Depth
from briefing.ui.error_lines import error_in, without_name
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.screens.edition import EditionScreen
from briefing.ui.session import ReadingSession
from briefing.ui.terminal_app import TerminalApp

if TYPE_CHECKING:
    from concurrent.futures import Future

    from textual.timer import Timer

    from briefing.editions import ArticleReading
    from briefing.model import Entry, Feed
    from briefing.refresh.opening import ArticleOpening
    from briefing.refresh.pictures import PictureFetching
    from briefing.ui.panes.source_view import SourceView
    from briefing.ui.refresh_progress import RefreshProgress

IGNORED = "--ignore-config"


class Beside(TerminalApp):
    """An application whose commands run in processes of their own: its screens never wait."""

    def __init__(
        self,
        session: ReadingSession,
        *,
        sample: bool,
        options: Sequence[str],
        depth: Depth,
    ) -> None:
        """``options`` are passed on to every command; of the ``sample`` nothing is fetched."""
        super().__init__(depth)
        self.session = session
        self.sample = sample
        if sample:  # it is told as it is, whatever the reader's own rules would do with it
            session.settings = replace(session.settings, rules=())
        self.options = tuple(options)
        self.is_fetching = False
        self.fetches_next: datetime | None = None
        self.fetch_trouble = ""
        self.sync_failed_at: datetime | None = None
        self._sync_problem = ""
        self._sync_notes: tuple[str, ...] = ()
        self._fetch_timer: Timer | None = None
        self._progress: RefreshProgress | None = None
        self._judging = asyncio.Lock()
        self._editing = asyncio.Lock()
        self._judged: set[str] = set()  # articles given to the better judge
        self._opening: ArticleOpening | None = None
        self._pictures: PictureFetching | None = None
        self._children: set[asyncio.subprocess.Process] = set()

    @property
    def why_not_kept(self) -> str:
        """Why nothing is written into the configuration; "" where it is."""
        if self.sample:
            return "the demo keeps nothing"
        if is_read_only():
            return "read only: nothing is kept"
        return f"{IGNORED}: nothing is kept" if IGNORED in self.options else ""

    @property
    def edition(self) -> EditionScreen:
        """The main screen."""
        for screen in self.screen_stack:
            if isinstance(screen, EditionScreen):
                return screen
        raise LookupError("the edition is not on the screen")

    def tell(self, words: str) -> None:
        """Say something in the edition's status line, and on the screen that lies over it."""
        self.edition.say(words)
        if isinstance(self.screen, ReaderScreen) and self.screen is not self.edition:
            self.screen.say(words)

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
            *self.options,
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

    def end_children(self) -> None:
        """Leave nothing running."""
        for child in self._children:
            child.terminate()
        self.end_opening()
        self.end_pictures()

    # ── The refresh ──────────────────────────────────────────────────────────────────────────

    @property
    def fetches_every(self) -> timedelta:
        """How often the reader fetches by itself; zero: never."""
        return timedelta(minutes=self.session.settings.refresh.every)

    @property
    def more_is_coming(self) -> bool:
        """Whether a refresh has not told all its stories yet."""
        return self.is_fetching and self._progress is not None and not self._progress.has_told

    async def refresh_feed(self, feed: "Feed") -> bool:
        """Fetch one feed now, due or not; False where another refresh is under way."""
        if self.is_fetching or self.sample:
            return False
        # Without a password: every user of the machine sees a process's arguments.
        await self.fetch([f"--feed={without_credentials(feed.url)}"]).wait()
        return True

    def fetch_by_timer(self) -> None:
        """Fetch every so many minutes from now on, or not any more, as the settings say."""
        if self._fetch_timer is not None:
            self._fetch_timer.stop()
        self.fetches_next = self._fetch_timer = None
        if self.fetches_every and self.session.keeps_marks and not self.sample:
            self.fetches_next = self.session.clock() + self.fetches_every
            self._fetch_timer = self.set_interval(
                self.fetches_every.total_seconds(), self.fetch_by_itself
            )

    def fetch_by_itself(self) -> None:
        """The timer of ``refresh.every``: fetch what is due, without a word where nothing is."""
        self.fetches_next = self.session.clock() + self.fetches_every
        with self.edition.guarded():
            if not self.is_fetching and (self.session.has_feeds() or self.session.syncs):
                self.fetch([])

    @work(exclusive=True, group="refresh")
    async def fetch(self, options: list[str]) -> None:
        from briefing.ui.refresh_progress import RefreshProgress, outcome_words, trouble_words

        self._progress = progress = RefreshProgress()
        self.is_fetching = True
        self.edition.begin_fetching()
        syncs = self.session.syncs and not any(o.startswith("--feed=") for o in options)
        try:
            await self.session.have_let_go()
            if syncs:
                await self._sync(asked=bool(options))
            code = await self.run_beside(
                ["refresh", "--events", "--low-priority", *options], self._follow
            )
        finally:
            self.is_fetching = False
        self.fetch_trouble = trouble_words(code, progress.report)
        self.edition.refreshed()
        self._edit_after_refresh()
        words = outcome_words(code, progress.report, after_sync=syncs)
        if words and (options or code == 3):
            self.tell(words)
        elif self.fetch_trouble:
            problem = progress.problem or "The refresh failed; `briefing refresh -v` tells more."
            self.notify(problem, title="Not refreshed", severity="error")

    async def _sync(self, *, asked: bool) -> None:
        """Bring feeds and marks in step with the server, in another process.

        What came of it is told in the line of keys: where nobody asked, only what is news. What
        went wrong stands in the head too, and in a message when it begins.
        """
        from briefing.ui.sync_words import outcome_of

        self.edition.keep_saying("in touch with the sync server …")
        lines: list[str] = []
        code = await self.run_beside(["sync", "now", "--format", "json"], lines.append)
        outcome = outcome_of(code, lines)
        is_new = outcome.kind_of_problem != self._sync_problem
        self._sync_problem = outcome.kind_of_problem
        self.sync_failed_at = self.session.clock() if outcome.problem else None
        if asked or outcome.is_news or (outcome.problem and is_new):
            self.tell(outcome.words)
        if outcome.problem and not outcome.is_offline and (asked or is_new):
            self.notify(outcome.problem, title="Not in step", severity="error")
        if outcome.notes and outcome.notes != self._sync_notes:
            self.notify("\n".join(outcome.notes), title="Sync")
        self._sync_notes = outcome.notes
        if outcome.done:
            self.edition.refreshed()  # such as marks that were made elsewhere

    def _follow(self, line: str) -> None:
        """One line of a refresh that tells its events."""
        from briefing.refresh import HooksDone, Told, event_from_json

        try:
            event = event_from_json(json.loads(line))
        except (ValueError, TypeError, KeyError, AttributeError):
            if self._progress is not None and (problem := error_in([line])):
                self._progress.problem = problem
            return  # a warning on standard error, say
        if event is None or self._progress is None:
            return
        if isinstance(event, HooksDone):
            self.tell_hook_problems(event.problems)
        had_told = self._progress.has_told
        words = self._progress.words(event, time.monotonic())
        if isinstance(event, Told) or self._progress.has_told != had_told:
            self.edition.refreshed()
        if words:
            self.edition.keep_saying(words)

    # ── Hooks ────────────────────────────────────────────────────────────────────────────────

    def run_hooks(
        self, event: str, *, story: str | None = None, article: str | None = None
    ) -> None:
        """A story or an article was starred or opened: let the hooks for it run, in another
        process."""
        if self.sample or not self.session.keeps_marks:
            return
        if any(hook.on == event for hook in self.session.settings.hooks):
            self._run_hooks(self.session.queue_hooks(event, story, article))

    @work(group="hooks")
    async def _run_hooks(self, queued: "Future[None]") -> None:
        with suppress(BriefingError):  # the session has told of it
            # Shielded: a reader that is quit now would take the call out of the queue of writing.
            await asyncio.shield(asyncio.wrap_future(queued))
            problems: list[str] = []
            await self.run_beside(["hooks", "run"], problems.append)
            self.tell_hook_problems([without_name(line) for line in problems])

    def tell_hook_problems(self, problems: Sequence[str]) -> None:
        """Say which programs of the reader's own failed."""
        if problems:
            self.notify("\n".join(problems), title="Hooks", severity="warning")

    # ── The second editor ────────────────────────────────────────────────────────────────────

    def ask_editor(self, article_id: str, *, undo: bool) -> None:
        """Ask the second editor about an article in another process, or undo what came of it."""
        if self.sample or not self.session.keeps_marks:
            self.tell("nothing is kept here: no second editor is asked")
        elif not self.session.settings.editor.is_set:
            self.tell("no second editor is set: write [editor] into the configuration")
        else:
            words = "making it ours alone again …" if undo else "asking the second editor …"
            self.edition.keep_saying(words)
            self._edit(["--undo", article_id] if undo else [article_id])

    def _edit_after_refresh(self) -> None:
        """Let the second editor look at the edition, where that is set; nobody waits for it."""
        settings = self.session.settings.editor
        if settings.is_set and settings.when != "asked" and not self.sample:
            self._edit(["--queue"])

    @work(group="editor")
    async def _edit(self, words: list[str]) -> None:
        lines: list[str] = []
        async with self._editing:  # one question at a time
            code = await self.run_beside(["editor", *words], lines.append)
        self.edition.refreshed()
        if words != ["--queue"]:
            self.edition.read_again(words[-1])
            said = lines[-1] if lines else ""
            self.tell(error_in(lines) or said if code else said)

    # ── Better judging, reading what is opened ───────────────────────────────────────────────

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

    @property
    def pictures(self) -> "PictureFetching":
        """Who fetches the pictures that are asked for."""
        if self._pictures is None:
            from briefing.config.folders import folders
            from briefing.refresh.pictures import PictureFetching

            folder = folders().cache / "pictures"
            self._pictures = PictureFetching(self.session.settings.fetch, folder)
        return self._pictures

    def end_pictures(self) -> None:
        """End what fetches pictures, where it was begun; the next has the settings of then."""
        if self._pictures is not None:
            self._pictures.close()
            self._pictures = None

    @work(group="expect-opening", exclusive=True, exit_on_error=False)
    async def expect_opening(self) -> None:
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
