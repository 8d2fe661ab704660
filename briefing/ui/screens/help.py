"""The list of keys."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical

from briefing.ui.keymap import ACTIONS, keys_of, shown
from briefing.ui.screens.around import reader
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.widgets.ink import ink
from briefing.ui.widgets.items import Item, ItemsView


class Help(ReaderScreen):
    """Every key with what it does, by group; the user's own keys as they are set."""

    CSS_PATH = "beside.tcss"

    def compose(self) -> ComposeResult:
        """One card."""
        with Vertical(id="card"):
            yield ItemsView(id="keys")

    def on_mount(self) -> None:
        """Fill in the table."""
        view = self.query_one(ItemsView)
        self.query_one("#card").border_title = "Keys"
        self.query_one("#card").border_subtitle = "esc closes"
        changed = reader(self).library.settings.keys
        items: list[Item] = []
        group = ""
        for action in ACTIONS:
            if action.group != group:
                group = action.group
                if items:
                    items.append(Item(Text()))
                items.append(Item(ink(group, style=view.inks.strong)))
            keys = " ".join(shown(k) for k in keys_of(action, changed).split(","))
            text = ink(f"{keys:<18}", style=view.inks.accent)
            text.append(action.help, style="default")
            items.append(Item(text, hang=18))
        items += [Item(Text()), Item(ink("Marks", style=view.inks.strong))]
        for mark, meaning in (
            ("●", "unread"),
            ("↻", "read, and a new article has come"),
            ("★", "starred"),
            ("!", "a caveat, with its kind"),
            ("≠", "outlets give different numbers: enter shows them side by side"),
            ("+", "new since you last looked at the story"),
        ):
            text = ink(f"{mark:<18}", style=view.inks.accent)
            text.append(meaning, style="default")
            items.append(Item(text, hang=18))
        view.show(items)
        view.focus()

    def act_back(self) -> None:
        """Close."""
        self.dismiss()

    act_help = act_back
    act_quit = act_back
