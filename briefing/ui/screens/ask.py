"""Small cards over a screen that ask for one thing: a line, or one of a few."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from briefing.text.clean import clean_line
from briefing.ui.widgets.line import Line
from briefing.ui.widgets.pick_list import step
from briefing.ui.widgets.styles import plain_title


class AskScreen(ModalScreen[str | None]):
    """Asks for a line; gives it, trimmed, or None where it was left with Esc."""

    CSS_PATH = "overlay.tcss"

    BINDINGS: ClassVar = [Binding("escape", "leave", "Back", id="ask-leave")]

    def __init__(
        self,
        title: str,
        about: str,
        value: str = "",
        *,
        known: Sequence[str] = (),
        check: Callable[[str], object] | None = None,
    ) -> None:
        """about: what the line is for. known: offered as the line is typed. check: raises
        ValueError, in words, where the line cannot be taken."""
        super().__init__()
        self._title = title
        self._about = about
        self._value = value
        self._known = known
        self._check = check
        self._keys = "enter takes it · esc goes back"
        if known:
            self._keys += " · → takes what is offered"

    def compose(self) -> ComposeResult:
        """The card."""
        with Vertical(id="card"):
            yield Static(clean_line(self._about), id="intro", markup=False)
            yield Line(
                self._value,
                id="answer",
                classes="asked",
                suggester=SuggestFromList(self._known, case_sensitive=False),
            )
            yield Static(self._keys, id="message", markup=False)

    def on_mount(self) -> None:
        """The cursor stands in the line."""
        self.query_one("#card").border_title = plain_title(self._title)
        self.query_one(Line).focus()

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        event.stop()
        answer = clean_line(event.value)
        if self._check is not None:
            try:
                self._check(answer)
            except ValueError as error:
                self.fail(clean_line(str(error)))
                return
        self.answered(answer)

    def answered(self, answer: str) -> None:
        """A line that can be taken was given."""
        self.dismiss(answer)

    def say(self, words: str) -> None:
        """Say something at the foot of the card."""
        self.query_one("#message", Static).update(words)

    def fail(self, words: str) -> None:
        """Say what went wrong, above the keys."""
        self.say(f"⚠ {words}\n{self._keys}")

    def action_leave(self) -> None:
        """Nothing is changed."""
        self.dismiss(None)


class ChooseScreen(ModalScreen[str | None]):
    """A menu; gives the id of what was chosen, or None."""

    CSS_PATH = "overlay.tcss"

    BINDINGS: ClassVar = [
        Binding("escape,q,h,left", "leave", "Back", id="choose-leave"),
        Binding("j", "step(1)", "Down", id="choose-down", show=False),
        Binding("k", "step(-1)", "Up", id="choose-up", show=False),
        Binding("l,right", "take", "Choose", id="choose-take", show=False),
    ]

    def __init__(
        self,
        title: str,
        about: Sequence[str],
        choices: Sequence[tuple[str, str]],
        *,
        at: str | None = None,
    ) -> None:
        """about: lines above the menu. choices: an id and words for each. at: the one that has the
        cursor first."""
        super().__init__()
        self._title = title
        self._about = about
        self._choices = choices
        self._at = at

    def compose(self) -> ComposeResult:
        """The card."""
        from textual.content import Content

        with Vertical(id="card"):
            yield Static("\n".join(map(clean_line, self._about)), id="about", markup=False)
            yield OptionList(
                *(Option(Content(clean_line(words)), id=name) for name, words in self._choices),
                id="choices",
            )
            yield Static("enter chooses · esc goes back", id="message", markup=False)

    def on_mount(self) -> None:
        """The cursor stands in the menu."""
        self.query_one("#card").border_title = plain_title(self._title)
        menu = self.query_one(OptionList)
        names = [name for name, _ in self._choices]
        menu.highlighted = names.index(self._at) if self._at in names else 0
        menu.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)

    def tell(self, about: Sequence[str]) -> None:
        """Put other lines above the menu."""
        self._about = about
        for line in self.query("#about").results(Static):  # none before the card is composed
            line.update("\n".join(map(clean_line, about)))

    def action_leave(self) -> None:
        """Nothing is chosen."""
        self.dismiss(None)

    def action_take(self) -> None:
        """What the cursor stands on."""
        self.query_one(OptionList).action_select()

    def action_step(self, steps: int) -> None:
        """Move the cursor."""
        step(self.query_one(OptionList), steps)
