"""Giving tags and taking them away, and writing a note: one line on a card."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from briefing.model.tags import LONGEST_NOTE, LONGEST_TAG, same_tag, tag_name
from briefing.ui.widgets.line import Line
from briefing.ui.widgets.pick_list import step

_MOST = 200  # tags that are listed


class TagScreen(ModalScreen[None]):
    """The known tags, those that are given checked; what is typed narrows them, or is a new one.

    Enter gives the tag under the cursor, or takes it away; the card stays for more.
    """

    CSS_PATH = "writing.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "leave", "Done", id="tags-leave"),
        Binding("down", "step(1)", "The next tag", id="tags-down", priority=True),
        Binding("up", "step(-1)", "The one before", id="tags-up", priority=True),
        Binding("tab", "complete", "Complete the tag", id="tags-complete", priority=True),
    ]

    def __init__(
        self, known: Sequence[str], given: Sequence[str], change: Callable[[str, bool], None]
    ) -> None:
        """known: all tags, given: those that are given now; change: told of each that changes."""
        super().__init__()
        self._given = list(given)
        self._known = [*self._given, *(k for k in known if not self._is_given(k))]
        self._change = change
        self._shown: list[str] = []

    def _is_given(self, name: str) -> bool:
        return any(same_tag(name, given) for given in self._given)

    def compose(self) -> ComposeResult:
        """The line and the tags."""
        with Vertical(id="card"):
            yield Line(placeholder="a tag", max_length=LONGEST_TAG, id="tag")
            yield OptionList(id="known")

    def on_mount(self) -> None:
        """The cursor stands in the line."""
        card = self.query_one("#card")
        card.border_title = "Tags"
        card.border_subtitle = "enter toggles · tab completes · esc"
        self.query_one(OptionList).can_focus = False
        self._fill()
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _fill(self) -> None:
        typed = tag_name(self.query_one(Input).value)
        found = [k for k in self._known if typed.casefold() in k.casefold()]
        found.sort(key=lambda k: (not k.casefold().startswith(typed.casefold()), k.casefold()))
        new = bool(typed) and not any(same_tag(typed, k) for k in self._known)
        self._shown = [*([typed] if new else []), *found][:_MOST]
        menu = self.query_one(OptionList)
        menu.clear_options()
        menu.add_options(
            Option(Text(f"+ {name}" if new and at == 0 else self._line(name)))
            for at, name in enumerate(self._shown)
        )
        menu.highlighted = 0 if self._shown else None

    def _line(self, name: str) -> str:
        return f"{'✓' if self._is_given(name) else ' '} {name}"

    @on(Input.Submitted)
    def _toggle(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self._shown):
            self._give(self._shown[at])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._give(self._shown[event.option_index])

    def _give(self, name: str) -> None:
        given = not self._is_given(name)
        if given:
            self._given.append(name)
        else:
            self._given = [g for g in self._given if not same_tag(g, name)]
        if not any(same_tag(name, k) for k in self._known):
            self._known.append(name)
        self._change(name, given)
        line = self.query_one(Input)
        if line.value:
            line.value = ""
        else:
            self._fill()

    def action_complete(self) -> None:
        """The first known tag that goes on from what is typed into the line."""
        line = self.query_one(Input)
        typed = tag_name(line.value).casefold()
        known = (k for k in self._shown if k in self._known and k.casefold().startswith(typed))
        if typed and (name := next(known, None)) is not None:
            line.value = name
            line.action_end()

    def action_step(self, steps: int) -> None:
        """Move the cursor."""
        step(self.query_one(OptionList), steps)

    def action_leave(self) -> None:
        """Close the card."""
        self.dismiss()


class NoteScreen(ModalScreen[str | None]):
    """One line to write a note in; gives it, or None where it was left. Empty: no note."""

    CSS_PATH = "writing.tcss"
    BINDINGS: ClassVar = [Binding("escape", "leave", "Leave it as it was", id="note-leave")]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The line."""
        with Vertical(id="card"):
            yield Line(
                self._text,
                placeholder="what you want to remember",
                max_length=LONGEST_NOTE,
                select_on_focus=False,
                id="note",
            )

    def on_mount(self) -> None:
        """The cursor stands in the line."""
        card = self.query_one("#card")
        card.border_title = "Note on this story"
        card.border_subtitle = "enter keeps · empty drops it · esc leaves"
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)

    def action_leave(self) -> None:
        """Close the card; nothing is changed."""
        self.dismiss(None)
