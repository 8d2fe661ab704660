"""The command palette: every action of the table by what one does, found by other words for it
too, with its keys."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from rich.style import Style
from rich.text import Text
from textual.command import DiscoveryHit, Hit, Hits, Provider

from briefing.ui.keymap import ACTIONS, Action, keys_of
from briefing.ui.keynames import shown
from briefing.ui.widgets.styles import ThemeStyles

if TYPE_CHECKING:
    from briefing.ui.session import ReadingSession

_TITLES = {
    "drill-in": "Open the line under the cursor",
    "back": "Go back",
    "next-pane": "Go to the next pane",
    "previous-pane": "Go to the pane before",
    "down": "Go down a line",
    "up": "Go up a line",
    "go-on": "Go on reading",
    "page-down": "Go down a page",
    "page-up": "Go up a page",
    "top": "Go to the top",
    "bottom": "Go to the bottom",
    "narrower": "Make the pane narrower",
    "wider": "Make the pane wider",
    "place": "Move figures and links",
    "next-sentence": "Go to the next sentence of a bullet",
    "previous-sentence": "Go to the sentence before",
    "next-outlet": "Read the same in the next outlet",
    "previous-outlet": "Read the same in the outlet before",
    "outlets-words": "Compare the words of the outlets",
    "mark-names": "Mark figures and names",
    "old-wordings": "Show the old wording of what was changed",
    "next-unread": "Go to the next unread story",
    "read": "Mark as read or unread",
    "all-read": "Mark all read",
    "undo": "Undo the last change",
    "star": "Star or unstar",
    "open-page": "Open the page in the browser",
    "copy": "Copy the line with its source",
    "explain": "Explain this",
    "units": "Show figures in other units",
    "refresh": "Fetch the feeds now",
    "search": "Search all articles",
    "feeds": "Show feeds and articles",
    "density": "Make lists compact or comfortable",
    "theme": "Change the theme",
    "help": "Show the keys",
    "leave": "Leave this level",
    "quit": "Quit",
}

_OTHER_WORDS = {
    "drill-in": "enter follow evidence source",
    "back": "return up close previous escape",
    "go-on": "continue walk next bullet",
    "narrower": "shrink smaller resize width columns layout",
    "wider": "grow larger bigger resize width columns layout",
    "place": "layout panes columns hide show side below right sidebar",
    "next-unread": "jump skip",
    "read": "unread toggle seen done",
    "all-read": "catch up clear everything edition",
    "undo": "revert take back restore",
    "set-mark": "bookmark remember position place letter",
    "jump": "bookmark go to mark position place letter",
    "make-rule": "filter mute hide rules",
    "star": "favourite favorite bookmark save keep flag unstar",
    "open-page": "web link url website",
    "copy": "yank clipboard quote cite",
    "outlets-words": "side by side sentences versions",
    "mark-names": "highlight numbers people organisations entities",
    "old-wordings": "diff revision history edits silently",
    "explain": "why rank reason",
    "units": "metric imperial miles convert",
    "refresh": "reload update sync download get",
    "search": "find look query grep",
    "feeds": "subscriptions sources list all starred backlog",
    "density": "dense rows lines one two headlines spacing",
    "theme": "colour color dark light appearance",
    "help": "help shortcuts bindings keyboard",
    "leave": "close back",
    "quit": "exit leave end stop close program",
    "add-feed": "subscribe follow new address site",
    "Rules: what each would catch": "rule test try preview filter mute matches",
    "Starter feeds": "welcome add feed subscribe import opml starter new address follow",
}
"""Words that people look for a command by, besides those of its title and its help."""


_FIRST = (
    "add-feed", "Starter feeds", "import-feeds", "export-feeds", "refresh", "search", "feeds",
    "save-search", "make-rule", "Rules: what each would catch", "theme", "density", "help",
)  # fmt: skip
"""What one opens the palette for: ids of actions, else titles, in the order they are shown."""
_LATER = ("Read", "Do", "Feeds", "Go", "Source", "Move")
"""The groups of the others: what moves the cursor comes last, as its keys are known first."""


def title_of(action: Action) -> str:
    """What an action is called where it is chosen by name: what one does."""
    return _TITLES.get(action.id) or action.id.replace("-", " ").capitalize()


class _Command(NamedTuple):
    title: str
    help: str
    run: Callable[[], object]
    keys: str
    words: frozenset[str]
    rank: int


class Commands(Provider):
    """What the palette finds: the application's commands for the screen it was opened on."""

    def _commands(self) -> list[_Command]:
        """The commands, what is looked for by name before what is done by key."""
        return sorted(self._all_commands(), key=lambda command: command.rank)

    def _all_commands(self) -> Iterator[_Command]:
        by_title = {title_of(action): action for action in ACTIONS}
        session = cast("ReadingSession", self.app.session)  # type: ignore[attr-defined]
        for title, help_text, run, *_ in self.app.get_system_commands(self.screen):
            action = by_title.get(title)
            keys = keys_of(action, session.settings.keys) if action is not None else ""
            shown_keys = " ".join(shown(key) for key in keys.split(",") if key)
            other = _OTHER_WORDS.get(action.id if action is not None else title, "")
            words = frozenset(f"{title} {help_text} {other}".lower().replace(",", " ").split())
            rank = _rank(action.id if action is not None else title, action)
            yield _Command(title, _without_title(help_text, title), run, shown_keys, words, rank)

    @property
    def _muted(self) -> Style:
        app = self.app
        return ThemeStyles.of(app.theme_variables, plain=app.native_ansi_color).muted

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in self._commands():
            display = _with_keys(Text(command.title), command.keys, self._muted)
            yield DiscoveryHit(display, command.run, command.title, command.help)

    async def search(self, query: str) -> Hits:
        """Those whose title has the letters of ``query`` in order, or which have a word that
        begins as each word of it."""
        matcher = self.matcher(query)
        asked = query.lower().split()
        for command in self._all_commands():
            score = max(min(matcher.match(command.title), 1.0), _by_words(asked, command))
            if score > 0:
                found = matcher.highlight(command.title)
                title = Text(found.plain)
                for span in found.spans:
                    title.stylize("bold underline", span.start, span.end)
                yield Hit(
                    score,
                    _with_keys(title, command.keys, self._muted),
                    command.run,
                    command.title,
                    command.help,
                )


def _rank(name: str, action: Action | None) -> int:
    """Where a command stands in the list of all."""
    if name in _FIRST:
        return _FIRST.index(name)
    return len(_FIRST) + (_LATER.index(action.group) if action is not None else 0)


def _without_title(help_text: str, title: str) -> str:
    """What a help adds to the title: nothing where it has no word that is not there too; without
    its beginning where that is the title over again."""

    def says_as_much(words: str) -> bool:
        return set(words.lower().split()) <= {*title.lower().split(), "a", "the"}

    lead, colon, rest = help_text.partition(": ")
    if colon and says_as_much(lead):
        return rest[:1].upper() + rest[1:]
    return "" if says_as_much(help_text) else help_text


def _by_words(asked: list[str], command: _Command) -> float:
    """How well a command has the words: above 1, more for whole words and those of its title."""
    if not all(any(word.startswith(a) for word in command.words) for a in asked):
        return 0.0
    title = command.title.lower().split()
    in_title = sum(any(word.startswith(a) for word in title) for a in asked)
    whole = sum(a in command.words for a in asked)
    return 1.1 + (whole + in_title) / max(1, len(asked))


def _with_keys(title: Text, keys: str, style: Style) -> Text:
    return title.append(f"   {keys}", style=style) if keys else title
