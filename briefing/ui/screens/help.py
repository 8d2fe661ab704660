"""The list of keys."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical

from briefing.ui.keymap import ACTIONS, keys_of
from briefing.ui.keynames import shown
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.widgets.styles import styled
from briefing.ui.widgets.wrapped_list import Item, WrappedList
from briefing.wording import SIGN, UNNAMED_SIGN


class HelpScreen(ReaderScreen):
    """Every key with what it does, by group; the user's own keys as they are set."""

    CSS_PATH = "overlay.tcss"

    def compose(self) -> ComposeResult:
        """One card."""
        with Vertical(id="card"):
            yield WrappedList(id="keys")

    def on_mount(self) -> None:
        """Fill in the table."""
        view = self.query_one(WrappedList)
        self.query_one("#card").border_title = "Keys"
        self.query_one("#card").border_subtitle = "esc closes"
        changed = reader_app(self).session.settings.keys
        items: list[Item] = []
        group = ""
        for action in ACTIONS:
            if action.group != group:
                group = action.group
                if items:
                    items.append(Item(Text()))
                items.append(Item(styled(group, style=view.theme_styles.strong)))
            keys = " ".join(shown(k) for k in keys_of(action, changed).split(",") if k)
            text = styled(f"{keys:<18}", style=view.theme_styles.accent)
            text.append(action.help, style="default")
            items.append(Item(text, hang=18))
        items += [Item(Text()), Item(styled("Marks", style=view.theme_styles.strong))]
        for mark, meaning in (
            ("●", "unread"),
            ("↻", "read, and a new article has come"),
            ("★", "starred"),
            (SIGN, "a caveat, with its kind"),
            (UNNAMED_SIGN, "a caveat whose kind is not sure"),
            ("≠", "outlets give different numbers: enter shows them side by side"),
            ("+", "new since you last looked at the story"),
        ):
            text = styled(f"{mark:<18}", style=view.theme_styles.accent)
            text.append(meaning, style="default")
            items.append(Item(text, hang=18))
        view.show(items)
        view.focus()

    def act_back(self) -> None:
        """Close."""
        self.dismiss()

    act_help = act_back
    act_leave = act_back
