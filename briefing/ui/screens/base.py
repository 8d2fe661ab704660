"""What every screen of the reader shares: keys from the one table, counts before them, moving."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import ClassVar, Protocol, runtime_checkable

from textual import events
from textual.binding import Binding, BindingType
from textual.screen import Screen

from briefing.model import BriefingError
from briefing.ui.keymap import ACTIONS, BY_ID, Action, keys_of
from briefing.ui.keynames import shown
from briefing.ui.screens.app_protocol import reader_app

COUNTED = frozenset({"down", "up", "page-down", "page-up"})
"""Actions that a number before them repeats."""
MOVING = COUNTED | {"top", "bottom"}
"""Actions that move the cursor and do nothing else."""

MARKING = frozenset({"read", "all-read", "undo", "star"})
"""Actions that write to the store."""
NOT_KEPT = "the store cannot be written: marks are not kept"

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


class ReaderScreen(Screen[None]):
    """A screen whose keys go through ``act``. Subclasses add methods ``act_<id>``."""

    BINDINGS = bindings()
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-medium"), (120, "-wide")]  # noqa: RUF012
    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(self) -> None:
        super().__init__()
        self._times = ""

    def foresee(self, width: int) -> None:
        """Take the class of a width beforehand: the first layout then needs no second."""
        name = max(b for b in self.HORIZONTAL_BREAKPOINTS if b[0] <= width)[1]
        self.add_class(name, update=False)

    # ── Keys ─────────────────────────────────────────────────────────────────────────────────

    def on_key(self, event: events.Key) -> None:
        """Digits before a moving key say how often: ``5j``."""
        if (
            event.character
            and event.character.isdigit()
            and (self._times or event.character != "0")
        ):
            self._times = (self._times + event.character)[-5:]
            event.stop()

    def action_act(self, name: str) -> None:
        """Do the action of that id."""
        method = getattr(self, f"act_{name.replace('-', '_')}", None)
        count, self._times = int(self._times or 1), ""
        if name in COUNTED:
            self._move(name, count)
        elif name in MARKING and not reader_app(self).session.keeps_marks:
            self.refuse(NOT_KEPT)
        elif method is not None:
            with self.guarded():
                method()

    def refuse(self, words: str) -> None:
        """Say why a key does nothing."""
        self.notify(words, severity="warning")

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Say what went wrong, as where an article has gone meanwhile, and go on."""
        try:
            yield
        except BriefingError as error:
            self.notify(str(error), severity="error")

    def restyle(self) -> None:
        """The theme changed: draw anew what was drawn in the old styles."""

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

    def act_drill_in(self) -> None:
        """Enter the line under the cursor."""
        if self._mover is not None:
            self._mover.choose()

    def act_next_pane(self) -> None:
        """The focus goes to the next pane."""
        self.focus_next()

    def act_previous_pane(self) -> None:
        """The focus goes to the pane before."""
        self.focus_previous()

    def act_back(self) -> None:
        """Leave this screen, unless it is the last."""
        if len(self.app.screen_stack) > 2:
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

    def act_help(self) -> None:
        """The list of keys."""
        reader_app(self).show_help()

    def act_theme(self) -> None:
        """Choose another theme."""
        reader_app(self).choose_theme()

    # ── Size ─────────────────────────────────────────────────────────────────────────────────

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal is too small."""
        tiny = event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT
        self.set_class(tiny, "-tiny")


def key_words(keys: Sequence[tuple[str, str]], width: int, changed: Mapping[str, str]) -> str:
    """Keys with what they do on one screen, as many as fit into ``width`` columns.

    ``keys``: an action's id and words for it; one without words shares those of the next.
    """
    parts: list[str] = []
    shared = ""
    for name, words in keys:
        key = shown(keys_of(BY_ID[name], changed).split(",")[0])
        if not key:
            continue  # the user took it away
        if not words:
            shared += f"{key} "
            continue
        part, shared = f"{shared}{key} {words}", ""
        if len(" · ".join([*parts, part])) > width:
            break
        parts.append(part)
    return " · ".join(parts)


def footer_words(actions: list[Action], width: int, changed: Mapping[str, str]) -> str:
    """The keys that are worth a place at the foot, as many as fit into ``width`` columns."""
    return key_words([(a.id, a.label) for a in actions], width, changed)
