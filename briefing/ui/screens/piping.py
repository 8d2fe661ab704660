"""What is under the cursor is given to a command: it is typed at the foot, its answer shown."""

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.worker import Worker

from briefing.hooks.calling import Answer
from briefing.hooks.piping import commands_before, keep_command, pipe, words_of
from briefing.hooks.subjects import Subject
from briefing.model import BriefingError
from briefing.model.writing import is_read_only
from briefing.text.clean import clean_line, strip_controls
from briefing.ui.formatting import truncate
from briefing.ui.screens.app_protocol import ReaderApp, reader_app
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.targets import Spot
from briefing.ui.widgets.line import Line
from briefing.ui.widgets.status_bar import StatusBar
from briefing.ui.widgets.styles import plain_title, styled
from briefing.ui.widgets.wrapped_list import Item, WrappedList

_MOST_LINES = 2000  # of an answer
_FIRST_LINES = 300  # shown while more is coming
_LONGEST_LINE = 2000  # characters
_REDRAW = 0.1  # seconds between two looks at an answer that is still coming
_NOTHING = "go to a story or an article first"
_READ_ONLY = "read only: no program is run"
_KEYS = "enter runs it · tab: {other} · ↑ before · esc"


def ask_for_command(screen: ReaderScreen) -> None:
    """Ask at the foot of a screen for a command, and give it what is under the cursor."""
    spot = screen.spot
    if spot is None:
        screen.refuse(_NOTHING)
        return
    if is_read_only():
        screen.refuse(_READ_ONLY)
        return

    def run(asked: tuple[str, bool] | None) -> None:
        if asked is not None:
            screen.app.push_screen(AnswerScreen(spot, *asked))

    session = reader_app(screen).session
    before = list(dict.fromkeys([*session.commands[::-1], *commands_before()[::-1]]))[::-1]
    screen.app.push_screen(PipePrompt(spot, before), run)


def bookmark(screen: ReaderScreen) -> None:
    """Give what is under the cursor of a screen to the bookmark program."""
    spot = screen.spot
    if spot is None:
        screen.refuse(_NOTHING)
    elif is_read_only():
        screen.refuse(_READ_ONLY)
    elif not reader_app(screen).session.settings.open.bookmark:
        screen.refuse("no bookmark program is set: bookmark under [open] in config.toml")
    else:
        screen.say("giving it to the bookmark program …")
        # The application's, as a screen that is left ends its own workers.
        work = _bookmark(screen.app, reader_app(screen), spot)
        screen.app.run_worker(work, group="bookmark", exit_on_error=False)


async def _bookmark(app: App[Any], reader: ReaderApp, spot: Spot) -> None:
    from briefing.hooks.piping import bookmark as give

    session = reader.session
    try:
        subject = await asyncio.to_thread(session.subject, spot.story, spot.article)
        answer = await give(session.settings.open, subject)
    except BriefingError as error:
        app.notify(str(error), severity="error", markup=False)
        return
    said = clean_line(answer.output.decode("utf-8", "replace"))[:300]
    if answer.fault is not None:
        words = f"{answer.fault}: {said}" if said else str(answer.fault)
        app.notify(words, title="Not bookmarked", severity="error", markup=False)
    else:
        reader.tell(truncate(said, 60) if said else "bookmarked")


class CommandLine(Line):
    """The line of a command: the arrows bring what was typed before."""

    BINDINGS: ClassVar = [
        Binding("up", "screen.older", "The command before", show=False, id="pipe-older"),
        Binding("down", "screen.newer", "The command after", show=False, id="pipe-newer"),
        Binding("tab", "screen.other", "JSON or text", show=False, id="pipe-other"),
        Binding("escape", "screen.leave", "Leave it", show=False, id="pipe-leave"),
    ]


class PipePrompt(ModalScreen[tuple[str, bool] | None]):
    """Asks for a command at the foot; gives it with whether it wants JSON, or None."""

    CSS_PATH = "piping.tcss"

    def __init__(self, spot: Spot, before: Sequence[str]) -> None:
        """spot: what is given. before: the commands that were typed before, the latest last."""
        super().__init__()
        self._spot = spot
        self._before = before
        self._at = len(before)
        self._typed = ""
        self._as_json = False

    def compose(self) -> ComposeResult:
        """A line and what its keys do."""
        with Vertical(id="ask"):
            yield CommandLine(id="line", placeholder="a command and its arguments: wc -w")
            yield Static("", id="hint", markup=False)

    def on_mount(self) -> None:
        """The cursor stands in the line."""
        self._say()
        self.query_one(CommandLine).focus()

    def _say(self, wrong: str = "") -> None:
        form, other = ("JSON", "text") if self._as_json else ("text", "JSON")
        kind = "article" if self._spot.article is not None else "story"
        title = f"Give this {kind} as {form} to"
        self.query_one(CommandLine).border_title = plain_title(title)
        self.set_class(bool(wrong), "wrong")
        hint = f"⚠ {wrong}" if wrong else _KEYS.format(other=other)
        self.query_one("#hint", Static).update(hint)

    @on(Input.Submitted)
    def _run(self, event: Input.Submitted) -> None:
        event.stop()
        line = clean_line(event.value)
        try:
            words_of(line)
        except ValueError as error:
            self._say(clean_line(str(error)))
        else:
            self.dismiss((line, self._as_json))

    @on(Input.Changed)
    def _mend(self) -> None:
        self._say()

    def action_other(self) -> None:
        """JSON in place of text, or text again."""
        self._as_json = not self._as_json
        self._say()

    def action_older(self) -> None:
        """The command that was typed before."""
        self._bring(self._at - 1)

    def action_newer(self) -> None:
        """The command that was typed after."""
        self._bring(self._at + 1)

    def _bring(self, at: int) -> None:
        if not 0 <= at <= len(self._before):
            return
        line = self.query_one(CommandLine)
        if self._at == len(self._before):
            self._typed = line.value
        self._at = at
        line.value = self._before[at] if at < len(self._before) else self._typed
        line.cursor_position = len(line.value)

    def action_leave(self) -> None:
        """Nothing is run."""
        self.dismiss(None)


class AnswerScreen(ReaderScreen):
    """What a command answers, as plain text that scrolls. Esc ends the command, then the screen."""

    CSS_PATH = "piping.tcss"
    FOOT = (
        ("down", ""),
        ("up", "scroll"),
        ("pipe", "once more"),
        ("copy", "copy"),
        ("back", "close"),
    )

    def __init__(self, spot: Spot, line: str, as_json: bool) -> None:
        super().__init__()
        self._spot, self._line, self._as_json = spot, line, as_json
        self._written = bytearray()
        self._is_new = False
        self._under_way: Worker[None] | None = None
        self._looking: Timer | None = None

    def compose(self) -> ComposeResult:
        """What is run, its answer, and the foot."""
        yield StatusBar(id="head")
        yield WrappedList(id="answer")
        yield Static("Briefing needs 40 × 12", id="small")
        yield StatusBar(id="foot")

    def on_mount(self) -> None:
        """Run the command."""
        words = styled(f" | {clean_line(self._line)}", style="bold")
        self.query_one("#head", StatusBar).say(words)
        self.query_one(WrappedList).focus()
        app = reader_app(self)
        app.session.commands.append(self._line)
        if not app.sample:
            try:
                keep_command(self._line)
            except OSError as error:
                self.notify(f"The command is not remembered ({error.strerror or error}).")
        self._looking = self.set_interval(_REDRAW, self._look)
        self._say("running · esc ends it")
        self._under_way = self._run()

    @property
    def spot(self) -> Spot:
        """What the command was given."""
        return self._spot

    @work(exclusive=True, group="pipe")
    async def _run(self) -> None:
        session, spot = reader_app(self).session, self._spot
        try:
            subject: Subject = await asyncio.to_thread(session.subject, spot.story, spot.article)
            words = words_of(self._line)
            answer = await pipe(words, subject, as_json=self._as_json, on_piece=self._take)
        except asyncio.CancelledError:
            self._ended("ended by you")
            raise
        except BriefingError as error:
            self._ended(str(error))
        else:
            self._ended(_outcome(answer))

    def _take(self, piece: bytes) -> None:
        self._written += piece
        self._is_new = True

    def _look(self) -> None:
        if self._is_new:
            self._is_new = False
            self._show(most=_FIRST_LINES)

    def _ended(self, words: str) -> None:
        self._under_way = None
        if self._looking is not None:
            self._looking.stop()
        if self.is_attached:
            self._is_new = False
            self._show(words if not self._written else "")
            self._say(words)

    def _say(self, words: str) -> None:
        self.query_one("#head", StatusBar).say(right=f"{words} ")

    def _show(self, instead: str = "", most: int = _MOST_LINES) -> None:
        lines = answer_lines(bytes(self._written), most) or ([instead] if instead else [])
        self.query_one(WrappedList).show([Item(Text(line)) for line in lines], keep=True)

    def act_back(self) -> None:
        """End the command where it runs, else close."""
        if self._under_way is not None:
            self._under_way.cancel()
            self.say("ended")
        else:
            self.dismiss()

    def act_leave(self) -> None:
        """Close, and end the command where it runs."""
        if self._under_way is not None:
            self._under_way.cancel()
        self.dismiss()

    def act_copy(self) -> None:
        """Copy the answer."""
        self.app.copy_to_clipboard("\n".join(answer_lines(bytes(self._written))))
        self.say("copied")


def answer_lines(written: bytes, most: int = _MOST_LINES) -> list[str]:
    """What a command wrote as lines without control characters, not more than are read."""
    text = written.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    text = strip_controls(text.expandtabs())
    lines = text.rstrip().split("\n") if text.strip() else []
    shown = [truncate(line.rstrip(), _LONGEST_LINE) for line in lines[:most]]
    if len(lines) > most:
        shown.append(f"… and {len(lines) - most:,} lines more")
    return shown


def _outcome(answer: Answer) -> str:
    if answer.fault is not None:
        return answer.fault.what
    words = f"ended after {answer.seconds:.1f} s"
    return words if answer.output.strip() else f"{words} · it answered nothing"
