"""Every action of the reader with its keys and help, in one table.

The screens, the help, the palette and ``briefing keys`` are all derived from it. Imports nothing
of Textual, so that the command line can list it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from briefing.model import ConfigError


@dataclass(frozen=True, slots=True)
class Action:
    """Something the reader does. ``keys`` are Textual's key names, separated by commas."""

    id: str
    keys: str
    label: str  # for the footer
    help: str
    group: str
    footer: bool = False


ACTIONS = (
    Action("drill-in", "enter,l,right", "drill in", "Go in: story, sentence, page", "Move", True),
    Action("back", "escape,h,left", "back", "Go back out, one step", "Move", True),
    Action("next-pane", "tab", "pane", "Go to the next pane", "Move", True),
    Action("previous-pane", "shift+tab", "", "Go to the pane before", "Move"),
    Action("down", "j,down", "", "Down a line (5j: five)", "Move"),
    Action("up", "k,up", "", "Up a line", "Move"),
    Action("page-down", "space,pagedown,ctrl+f", "", "Down a page", "Move"),
    Action("page-up", "pageup,ctrl+b", "", "Up a page", "Move"),
    Action("top", "g,home", "", "To the top", "Move"),
    Action("bottom", "G,end", "", "To the bottom", "Move"),
    Action("zoom", "z", "", "The pane alone on the screen, and back", "Move"),
    Action("zoom-text", "Z", "", "The text alone, and back", "Move"),
    Action(
        "next-sentence",
        "right_square_bracket",
        "",
        "Source: the next sentence of a bullet",
        "Source",
    ),
    Action("previous-sentence", "left_square_bracket", "", "Source: the one before", "Source"),
    Action(
        "next-outlet",
        "right_curly_bracket",
        "",
        "The same point in the next outlet; the next value",
        "Source",
    ),
    Action(
        "previous-outlet",
        "left_curly_bracket",
        "",
        "In the outlet before; the value before",
        "Source",
    ),
    Action("open-link", "number_sign", "", "Source: open a link by its number (#3)", "Source"),
    Action("link-hints", "semicolon", "", "Source: a letter on each link; it opens it", "Source"),
    Action("peek", "p", "", "Show the sentence behind the line in its place, or hide it", "Source"),
    Action("enclosure", "E", "", "Open what is enclosed: audio, video, a file", "Source"),
    Action("next-unread", "n", "next unread", "Go to the next unread story", "Read", True),
    Action("read", "m", "", "Mark the story as read, or unread again", "Read"),
    Action("all-read", "A", "", "Mark the whole edition as read", "Read"),
    Action("undo", "u", "", "Take the last marking back", "Read"),
    Action("star", "s", "star", "Star the story or article, or unstar it", "Read", True),
    Action("later", "L", "", "Read it later: on the shelf in the Feeds view, or off it", "Read"),
    Action("tags", "T", "", "Give the story or article tags, or take them away", "Do"),
    Action("note", "N", "", "A note on the story, or change it", "Do"),
    Action("hide-outlet", "H", "", "Hide the line's outlet in this story; show it again", "Do"),
    Action("open-page", "o", "open page", "Open the page in the browser", "Do", True),
    Action("copy", "y", "", "Copy the line with its source", "Do"),
    Action("explain", "e", "", "Why a story ranks here; why a bullet was taken", "Do"),
    Action("units", "U", "", "Figures in your own units too, or as written", "Do"),
    Action("refresh", "r", "", "Fetch the feeds now", "Do"),
    Action("search", "slash", "search", "Search all articles", "Go", True),
    Action("save-search", "ctrl+s", "", "Search: keep it as a shelf of the feeds", "Go"),
    Action("feeds", "f", "", "Every feed and article", "Go"),
    Action("add-feed", "a", "", "Add a feed: an address, what it brings, its category", "Feeds"),
    Action("feed-settings", "i", "", "How the feed does, and all its settings", "Feeds"),
    Action("rename-feed", "c", "", "Rename the feed or category under the cursor", "Feeds"),
    Action("move-feed", "C", "", "Move the feed to another category", "Feeds"),
    Action("mute-feed", "M", "", "Mute the feed: its stories go to the end; or unmute it", "Feeds"),
    Action("remove-feed", "D", "", "Remove the feed; undo brings it back", "Feeds"),
    Action("import-feeds", "I", "", "Import feeds: an OPML file, or newsboat's urls", "Feeds"),
    Action("export-feeds", "X", "", "Export the feeds as OPML", "Feeds"),
    Action("read-older", "J", "", "Mark the articles older than this one as read", "Feeds"),
    Action("read-newer", "K", "", "Mark the articles newer than this one as read", "Feeds"),
    Action("unread-only", "v", "", "Show unread articles only, or all again", "Feeds"),
    Action("sort", "S", "", "Sort: newest first, oldest first, unread first", "Feeds"),
    Action("refresh-feed", "R", "", "Fetch the feed under the cursor now", "Feeds"),
    Action("theme", "t", "", "Change the theme", "Go"),
    Action("help", "question_mark", "keys", "This list of keys", "Go", True),
    Action("palette", "ctrl+p", "", "All commands by name", "Go"),
    Action("quit", "q,ctrl+q", "", "Leave", "Go"),
)

BY_ID = {action.id: action for action in ACTIONS}
_SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "number_sign": "#",
    "semicolon": ";",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
}


def shown(key: str) -> str:
    """A key as people write it: ``?`` for ``question_mark``."""
    return _SHOWN.get(key, key)


def keys_of(action: Action, changed: Mapping[str, str]) -> str:
    """The keys of an action, with the user's own in place of the default ones."""
    return changed.get(action.id, action.keys)


def check_keys(changed: Mapping[str, str]) -> None:
    """Raises ConfigError where the configuration names an action that does not exist."""
    for name in changed:
        if name not in BY_ID:
            similar = get_close_matches(name, BY_ID, n=1)
            hint = f"Did you mean {similar[0]}? " if similar else ""
            raise ConfigError("no such action", f"keys.{name}", f"{hint}See: briefing keys")
