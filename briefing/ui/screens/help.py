"""The list of keys."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical

from briefing.ui.formatting import superscript
from briefing.ui.keymap import ACTIONS, Action, keys_of, where_it_works
from briefing.ui.keynames import shown
from briefing.ui.panes.changes import DIFFER, NEW, UPDATED
from briefing.ui.panes.linked import CHAPTER, COVERAGE
from briefing.ui.screens import base
from briefing.ui.screens.app_protocol import reader_app
from briefing.ui.screens.base import ReaderScreen
from briefing.ui.widgets.styles import plain_title, styled
from briefing.ui.widgets.wrapped_list import Item, WrappedList
from briefing.wording import BULLET_SIGN, LIGHT_SIGN, list_signs

_CLOSES = "esc closes"
_SIGNS = (
    ("●", "unread"),
    (UPDATED, "read, and a new article has come; in a brief, a number that was brought up to date"),
    ("★", "starred"),
    (superscript(2), "the number of a bullet: 2 and enter, or a click, goes to its sentence"),
    ("4", "at the right of a story, a figure or a name: how many outlets have it"),
    (DIFFER, "outlets give different numbers: enter shows them side by side"),
    (NEW, "new since you last looked at the story"),
    (f"{COVERAGE} {CHAPTER}", "all articles of the story; an earlier story"),
    ("▁▄█", "when its articles came: the first at the left, now at the right"),
    ("summary", "feed summary only, the article was not to be had: its caveats are not known"),
    (
        f"{BULLET_SIGN} {LIGHT_SIGN}",
        "beside a sentence: it gave a bullet; a caveat that no bullet has",
    ),
    ("⚠", "a feed could not be fetched"),
    *list_signs(),
)
"""What stands beside words on the screen, and what it means."""


class HelpScreen(ReaderScreen):
    """Every key with what it does, by group; the user's own keys as they are set."""

    CSS_PATH = "overlay.tcss"

    def __init__(self, below: ReaderScreen | None = None) -> None:
        """``below``: the screen that was asked from."""
        super().__init__()
        self._below = below

    def compose(self) -> ComposeResult:
        """One card."""
        with Vertical(id="card"):
            yield WrappedList(id="keys")

    def on_mount(self) -> None:
        """Fill in the table."""
        card = self.query_one("#card")
        card.border_title = "Keys"
        card.border_subtitle = _CLOSES
        self.restyle()
        self.query_one(WrappedList).focus()

    def restyle(self) -> None:
        """Draw the table: what works on the screen below, by group; the signs; what works
        elsewhere."""
        view = self.query_one(WrappedList)
        here = [a for a in ACTIONS if self._below is None or self._below.has_action(a.id)]
        items: list[Item] = []
        for group in dict.fromkeys(action.group for action in here):
            self._head(items, group)
            items += [self._line(a, a.help) for a in here if a.group == group]
        self._head(items, "Signs")
        for mark, meaning in _SIGNS:
            items.append(self._row(mark, meaning))
        elsewhere = [a for a in ACTIONS if a not in here]
        if elsewhere:
            self._head(items, "Not here")
            items += [self._line(a, f"{a.help}: {where_it_works(a)}") for a in elsewhere]
        view.show(items, keep=True)

    def _head(self, items: list[Item], words: str) -> None:
        if items:
            items.append(Item(Text()))
        items.append(Item(styled(words, style=self.query_one(WrappedList).theme_styles.strong)))

    def _line(self, action: Action, words: str) -> Item:
        keys = keys_of(action, reader_app(self).session.settings.keys).split(",")
        return self._row(" ".join(shown(k) for k in keys if k) or "–", words)

    def _row(self, left: str, words: str) -> Item:
        text = styled(f"{left:<17} ", style=self.query_one(WrappedList).theme_styles.accent)
        return Item(text.append(words), hang=18)

    def say(self, words: str) -> None:
        """In the border of the card, not over its keys; for some seconds too."""
        self._said += 1
        self.query_one("#card").border_subtitle = plain_title(f"{words} · {_CLOSES}")
        self._message.start(base.MESSAGE_STAYS, self.hush)

    def hush(self) -> None:
        """What was said goes before its time."""
        self._message.stop()
        self.query_one("#card").border_subtitle = _CLOSES

    def act_back(self) -> None:
        """Close."""
        self.dismiss()

    act_help = act_back
    act_leave = act_back
