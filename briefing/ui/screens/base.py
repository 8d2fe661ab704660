"""What every screen of the reader shares: keys from the one table, counts before them, moving."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import ClassVar, Protocol, runtime_checkable

from rich.cells import cell_len
from textual import events, work
from textual.binding import Binding, BindingType
from textual.notifications import SeverityLevel
from textual.reactive import Reactive
from textual.widget import Widget

from briefing.model import BriefingError
from briefing.ui.delay import Delay
from briefing.ui.keymap import ACTIONS, BY_ID, IDLE, Action, keys_of, where_it_works
from briefing.ui.keynames import shown
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.jump_marks import JumpMarks
from briefing.ui.undo import NOTHING, TakeBack
from briefing.ui.widgets.status_bar import StatusBar

COUNTED = frozenset({"down", "up", "page-down", "page-up"})
"""Actions that a number before them repeats."""
MOVING = COUNTED | {"top", "bottom"}
"""Actions that move the cursor and do nothing else."""

MANAGING = frozenset(
    {"feed-settings", "rename-feed", "move-feed", "mute-feed", "remove-feed", "refresh-feed"}
)
"""Actions on the feed that the cursor stands on."""
MARKING = (
    frozenset({"read", "all-read", "read-older", "read-newer", "star"})
    | frozenset({"later", "tags", "note", "hide-outlet"})
    | frozenset({"add-feed", "import-feeds"})
    | MANAGING - {"feed-settings"}
)
"""Actions that write to the store."""
NOT_KEPT = "the store cannot be written: marks are not kept"

# A message stands in the line of keys for so many seconds; then what always stands there is back.
MESSAGE_STAYS = 5.0

LEAST_WIDTH, LEAST_HEIGHT = 40, 12


@runtime_checkable
class Moves(Protocol):
    """A widget that the moving keys work on."""

    def move(self, steps: int) -> None:
        """By so many lines."""

    def page(self, steps: int) -> None:
        """By so many screens."""

    def top(self) -> None:
        """To the first line."""

    def bottom(self) -> None:
        """To the last line."""

    def choose(self) -> None:
        """Enter the line under the cursor."""


def _method(action: str) -> str:
    return f"act_{action.replace('-', '_')}"


def bindings() -> list[BindingType]:
    """The table of actions as Textual's bindings; ids are the actions' own, for ``set_keymap``."""
    return [
        Binding(
            a.keys,
            f"act('{a.id}')",
            a.help,
            id=a.id,
            show=False,
            priority=a.id in ("next-pane", "previous-pane"),
        )
        for a in ACTIONS
    ]


class ReaderScreen(JumpMarks):
    """A screen whose keys go through ``act``. Subclasses add methods ``act_<id>``."""

    BINDINGS = bindings()
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-medium"), (120, "-wide")]  # noqa: RUF012
    FOOT: tuple[tuple[str, str], ...] = ()
    """What stands in the line of keys: ids of actions, and words for what they do here."""
    AUTO_FOCUS: ClassVar[str | None] = ""
    # Textual's paints the whole screen for a focus that moves: the two widgets paint themselves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._times = ""
        self.number: int | None = None  # what was typed before the key of the action under way
        self._said = 0  # how often something was said
        self._is_whole = False  # what is said takes as many lines as it needs
        self._message = Delay(self)

    def foresee(self, width: int) -> None:
        """Take the class of a width beforehand: the first layout then needs no second."""
        name = max(b for b in self.HORIZONTAL_BREAKPOINTS if b[0] <= width)[1]
        self.add_class(name, update=False)

    # ── Keys ─────────────────────────────────────────────────────────────────────────────────

    def on_key(self, event: events.Key) -> None:
        """Digits before a moving key say how often: ``5j``."""
        if (
            self._asked is None
            and event.character
            and event.character.isdigit()
            and (self._times or event.character != "0")
        ):
            self._times = (self._times + event.character)[-5:]
            self.number_typed(self._times)
            event.stop()

    def number_typed(self, number: str) -> None:
        """For subclasses: digits were typed, which a key that follows may use."""

    def has_action(self, name: str) -> bool:
        """Whether this screen has the action of that id: what it does not have only says where it
        works."""
        return name in COUNTED or callable(getattr(self, _method(name), None))

    def action_act(self, name: str) -> None:
        """Do the action of that id, or say why it does nothing here."""
        self.number = int(self._times) if self._times else None
        if self.number is not None:
            self.hush()  # what was said of it
        count, self._times = self.number or 1, ""
        if not self.has_action(name):
            self.refuse(self._elsewhere(BY_ID[name]))
        elif name in MOVING and self._mover is None:
            self.refuse("nothing to move over here")
        elif name in MARKING and not reader_app(self).session.keeps_marks:
            self.refuse(NOT_KEPT)
        else:
            # On a card the end of what is read is seen: a notification would lie over it.
            is_seen = name in COUNTED and self._foot is None
            idle = "" if is_seen else IDLE.get(name, "")
            before = self._standing_still if idle else None
            with self.guarded():
                if name in COUNTED:
                    self._move(name, count)
                else:
                    getattr(self, _method(name))()
            if idle and self.is_attached and self._standing_still == before:
                self.refuse(idle)

    def _elsewhere(self, action: Action) -> str:
        key = first_key(action.id, self._changed_keys)
        return f"{key or action.id} works {where_it_works(action)}"

    @property
    def _standing_still(self) -> tuple[object, ...]:
        """What is as it was where an action did nothing and said nothing."""
        view: object = self.focused
        own = [
            getattr(view, name, None) for name in ("cursor", "current", "scroll_offset", "passage")
        ]
        items = id(getattr(view, "items", None))
        screens = tuple(map(id, self.app.screen_stack))
        return screens, self.classes, id(view), *own, items, self._said

    # ── Saying ───────────────────────────────────────────────────────────────────────────────

    def say(self, words: str) -> None:
        """Say something at the right end of the line of keys, for some seconds; in a card where
        there is no such line."""
        self._said += 1
        if self._foot is None:
            self.notify(words)
            return
        self._is_whole = False
        self._write_foot(words)
        self._message.start(MESSAGE_STAYS, lambda: self._write_foot(""))

    def say_whole(self, words: str, seconds: float) -> None:
        """Say something that has to be read to its end: on as many lines as it takes."""
        self._said += 1
        if self._foot is None:
            self.notify(words, timeout=seconds)
            return
        self._is_whole = True
        self._write_foot(words)
        self._message.start(seconds, self.hush)

    def say_for_now(self, done: str, line: str) -> None:
        """Say what was changed on the screen until the reader is left, and which line of the
        settings keeps it, where there is room for that."""
        kept = f" · {line} in [screen] keeps it"
        self.say(done + kept if self.size.width >= cell_len(done + kept) + 14 else done)

    def hush(self) -> None:
        """What was said goes before its time."""
        self._message.stop()
        self._write_foot("")

    def _write_foot(self, said: str, width: int = 0) -> None:
        """The keys, as many as there is room for beside what is said."""
        foot = self._foot
        if foot is None:
            return
        room = (width or self.size.width) - 4 - (cell_len(said) + 1 if said else 0)
        keys = key_words(self.FOOT, room, self._changed_keys) if self.FOOT else None
        foot.say(keys, right=said)
        foot.unfold(self._is_whole and bool(said), width or self.size.width)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something in a card of its own."""
        self._said += 1
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def refuse(self, words: str) -> None:
        """Say why a key does nothing."""
        self.say(words)

    @property
    def _changed_keys(self) -> Mapping[str, str]:
        return reader_app(self).session.settings.keys

    @property
    def _foot(self) -> StatusBar | None:
        """The line of keys, where it is on the screen."""
        return next((b for b in self.query("#foot").results(StatusBar) if b.display), None)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Say what went wrong, as where an article has gone meanwhile, and go on."""
        try:
            yield
        except BriefingError as error:
            self.notify(str(error), severity="error")

    # ── Taking back ──────────────────────────────────────────────────────────────────────────

    def did(self, words: str, back: TakeBack, of: str = "") -> None:
        """Say what was changed; the undo key takes it back, on whatever screen. of: what it was
        changed in, said when it is taken back."""
        reader_app(self).session.changes.did(f"{words}: {of}" if of else words, back)
        self.say(words + self.way_back)

    @property
    def way_back(self) -> str:
        """The key that takes a change back, in words to be said after it."""
        key = first_key("undo", self._changed_keys)
        return f" · {key} takes it back" if key else ""

    @work(group="marks")
    async def act_undo(self) -> None:
        """Take the last change back, wherever it was made."""
        session, words = reader_app(self).session, None
        if not len(session.changes):
            self.refuse(NOTHING if session.keeps_marks else NOT_KEPT)
            return
        with self.guarded():
            words = await session.changes.take_back()
        self.all_taken_back()
        if words is not None:
            self.say(f"taken back: {words}")

    def all_taken_back(self) -> None:
        """A change was taken back: every screen that may show it does."""
        for screen in self.app.screen_stack:
            if isinstance(screen, ReaderScreen):
                with screen.guarded():
                    screen.taken_back()

    def taken_back(self) -> None:
        """For subclasses: a change was taken back that may show here."""

    def restyle(self) -> None:
        """The theme changed: draw anew what was drawn in the old styles."""

    def settings_changed(self) -> None:
        """The settings changed while the reader runs: show what they say now."""
        self.say_keys(self.size.width)
        self.restyle()

    def _move(self, name: str, count: int) -> None:
        target = self._mover
        if target is None:
            return
        step = target.page if name.startswith("page") else target.move
        step(count if name.endswith("down") else -count)

    @property
    def _mover(self) -> Moves | None:
        """The widget with the focus, where the moving keys work on it."""
        focused: object = self.focused
        return focused if isinstance(focused, Moves) else None

    def act_top(self) -> None:
        """To the first line."""
        if self._mover is not None:
            self._mover.top()

    def act_bottom(self) -> None:
        """To the last line."""
        if self._mover is not None:
            self._mover.bottom()

    def act_go_on(self) -> None:
        """Down a page; the edition goes on to the next bullet or story."""
        self.action_act("page-down")

    def act_drill_in(self) -> None:
        """Enter the line under the cursor."""
        mover = self._mover
        if mover is None or getattr(mover, "current", None) is None:
            self.refuse("nothing lies behind this line")
        else:
            mover.choose()

    def act_next_pane(self) -> None:
        """The focus goes to the next pane."""
        self.focus_next()

    def act_previous_pane(self) -> None:
        """The focus goes to the pane before."""
        self.focus_previous()

    def act_back(self) -> None:
        """Leave this screen, unless it is the last."""
        if not self.is_top:
            self.dismiss()

    @property
    def is_top(self) -> bool:
        """Whether no way leads back from here."""
        return self is self.app.screen_stack[0]

    def act_leave(self) -> None:
        """Back one level; at the top, or where the settings say so, end the program."""
        if self.is_top or reader_app(self).session.settings.reader.quit == "program":
            self.act_quit()
        else:
            self.act_back()

    def act_quit(self) -> None:
        """End the program."""
        self.app.exit()

    def act_palette(self) -> None:
        """All commands by name."""
        self.app.action_command_palette()

    def act_search(self) -> None:
        """Search all articles."""
        reader_app(self).show_search()

    def act_feeds(self) -> None:
        """Every feed and article."""
        reader_app(self).show_feeds()

    def act_refresh(self) -> None:
        """Fetch the feeds now."""
        reader_app(self).refresh_feeds()

    def act_help(self) -> None:
        """The list of keys."""
        reader_app(self).show_help()

    def act_add_feed(self) -> None:
        """Follow another feed."""
        reader_app(self).add_feed()

    def act_import_feeds(self) -> None:
        """Follow the feeds of a list."""
        reader_app(self).import_feeds()

    def act_export_feeds(self) -> None:
        """Write the feeds to a list."""
        reader_app(self).export_feeds()

    def act_pipe(self) -> None:
        """Give what is under the cursor to a command, and read the answer."""
        reader_app(self).give_to_command()

    def act_bookmark(self) -> None:
        """Give what is under the cursor to the bookmark program."""
        reader_app(self).give_to_bookmarks()

    def act_theme(self) -> None:
        """Choose another theme."""
        reader_app(self).choose_theme()

    # ── Size ─────────────────────────────────────────────────────────────────────────────────

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small."""
        tiny = event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT
        self.set_class(tiny, "-tiny")
        self.say_keys(event.size.width)

    def say_keys(self, width: int) -> None:
        """The line of keys for a screen of so many columns."""
        foot = self._foot
        if foot is not None:
            self._write_foot(foot.words[1], width)


def key_words(keys: Sequence[tuple[str, str]], width: int, changed: Mapping[str, str]) -> str:
    """Keys with what they do on one screen, as many as fit into ``width`` columns; at the end
    always the one that lists all of them, before which the others give way.

    ``keys``: an action's id and words for it; one without words shares those of the next.
    """
    helping = first_key("help", changed)
    last = f"{helping} keys" if helping else ""
    parts: list[str] = []
    shared = ""
    for name, words in keys:
        key = first_key(name, changed)
        if not key or name == "help":
            continue  # the user took it away; or it comes at the end
        if not words:
            shared += f"{key} "
            continue
        part, shared = f"{shared}{key} {words}", ""
        if cell_len(" · ".join(filter(None, [*parts, part, last]))) > width:
            break
        parts.append(part)
    return " · ".join(filter(None, [*parts, last]))


def first_key(name: str, changed: Mapping[str, str]) -> str:
    """The first key of an action, as people write it; empty where it has none."""
    return shown(keys_of(BY_ID[name], changed).split(",")[0])
