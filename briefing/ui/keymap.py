"""Every action of the reader with its keys and help, in one table; and whose keys hold.

The screens, the help, the palette and ``briefing keys`` are all derived from it. Imports nothing
of Textual, so that the command line can list it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path

from briefing.model import ConfigError
from briefing.text.clean import clean_line
from briefing.ui.keynames import NO_KEY, key_name, nearest_key, shown


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
    Action(
        "drill-in",
        "enter,l,right",
        "drill in",
        "Go in: story, sentence, page (2 enter: bullet 2)",
        "Move",
        True,
    ),
    Action("back", "escape,h,left", "back", "Go back out, one step", "Move", True),
    Action("next-pane", "tab", "pane", "Go to the next pane", "Move", True),
    Action("previous-pane", "shift+tab", "", "Go to the pane before", "Move"),
    Action("down", "j,down", "", "Down a line (5j: five)", "Move"),
    Action("up", "k,up", "", "Up a line", "Move"),
    Action("go-on", "space", "go on", "The next bullet, then the next unread story", "Move", True),
    Action("page-down", "pagedown,ctrl+f", "", "Down a page", "Move"),
    Action("page-up", "pageup,ctrl+b", "", "Up a page", "Move"),
    Action("top", "g,home", "", "To the top", "Move"),
    Action("bottom", "G,end", "", "To the bottom", "Move"),
    Action("zoom", "z", "", "The pane alone on the screen, and back", "Move"),
    Action("zoom-text", "Z", "", "The text alone, and back", "Move"),
    Action("narrower", "less_than_sign", "", "Narrower pane (config.toml: list_width)", "Move"),
    Action("wider", "greater_than_sign", "", "Wider pane (config.toml: list_width)", "Move"),
    Action("place", "w", "", "Figures right, below, behind tab (config.toml: beside)", "Move"),
    Action("density", "d", "", "One line a story in the lists, or two again", "Move"),
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
    Action("outlets-words", "V", "", "The same point in the words of each outlet", "Source"),
    Action("open-link", "number_sign", "", "Source: open a link by its number (#3)", "Source"),
    Action("link-hints", "semicolon", "", "Source: a letter on each link; it opens it", "Source"),
    Action("mark-names", "F", "", "Source: mark its figures and names, or no longer", "Source"),
    Action("old-wordings", "W", "", "Source: the wording before a change, or hide it", "Source"),
    Action("peek", "p", "", "Show the sentence behind the line in its place, or hide it", "Source"),
    Action("enclosure", "E", "", "Open what is enclosed: audio, video, a file", "Source"),
    Action("picture", "P", "", "Show a picture of the article (config.toml: images)", "Source"),
    Action("next-unread", "n", "next unread", "Go to the next unread story", "Read", True),
    Action("read", "m", "", "Mark the story as read, or unread again", "Read"),
    Action("all-read", "A", "", "Mark the whole edition as read", "Read"),
    Action(
        "undo",
        "u",
        "",
        "Take the last change back, wherever it was made",
        "Read",
    ),
    Action("star", "s", "star", "Star the story or article, or unstar it", "Read", True),
    Action("later", "L", "", "Read it later: on the shelf in the Feeds view, or off it", "Read"),
    Action("tags", "T", "", "Give the story or article tags, or take them away", "Do"),
    Action("note", "N", "", "A note on the story, or change it", "Do"),
    Action("hide-outlet", "H", "", "Hide the line's outlet in this story; show it again", "Do"),
    Action("open-page", "o", "open page", "Open the page in the browser", "Do", True),
    Action("pipe", "vertical_line", "", "Give it to a command (|), and read the answer", "Do"),
    Action("bookmark", "B", "", "Give it to your bookmark program (config.toml: [open])", "Do"),
    Action("copy", "y", "", "Copy the line with its source", "Do"),
    Action("explain", "e", "", "Why a story ranks here; why a bullet was taken", "Do"),
    Action("second-editor", "Y", "", "Ask the second editor about the article, or undo it", "Do"),
    Action("set-mark", "b", "", "b and a letter: mark the story or sentence (this session)", "Go"),
    Action("jump", "apostrophe", "", "' and the letter: jump there; '': back again", "Go"),
    Action("units", "U", "", "Figures in your own units too, or as written", "Do"),
    Action("refresh", "r", "", "Fetch the feeds now", "Do"),
    Action("search", "slash", "search", "Search all articles", "Go", True),
    Action("save-search", "ctrl+s", "", "Search: keep it as a shelf of the feeds", "Go"),
    Action("make-rule", "ctrl+r", "", "Search: make a rule of it", "Go"),
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
    Action("leave", "q", "", "Go back one level; at the top, end the program", "Go"),
    Action("quit", "ctrl+q", "", "End the program at once", "Go"),
)

BY_ID = {action.id: action for action in ACTIONS}

_WHERE = {
    "next-outlet": "in an article and where outlets differ",
    "previous-outlet": "in an article and where outlets differ",
    "outlets-words": "in stories and articles",
    "next-unread": "in the edition and in lists",
    "read": "in the edition and in lists",
    "all-read": "in the edition and in the Feeds view",
    "later": "in stories, articles and lists",
    "tags": "in stories, articles and lists",
    "note": "in the edition",
    "hide-outlet": "in the edition",
    "zoom": "in the edition and in articles",
    "zoom-text": "in the edition and in articles",
    "narrower": "in the edition",
    "wider": "in the edition",
    "place": "in the edition",
    "density": "in the edition and in lists",
    "peek": "in the edition",
    "enclosure": "in stories and articles",
    "picture": "in stories and articles",
    "save-search": "in the search",
    "make-rule": "in the search",
    "star": "in stories, articles and lists",
    "open-page": "in stories and articles",
    "pipe": "in stories, articles and lists",
    "bookmark": "in stories, articles and lists",
    "copy": "in stories and articles",
    "explain": "in the edition",
    "second-editor": "in the edition",
    "units": "in the edition",
}
_WHERE_OF_GROUP = {"Source": "in an article", "Feeds": "in the Feeds view"}

IDLE = {
    "down": "this is the end",
    "up": "this is the beginning",
    "page-down": "this is the end",
    "page-up": "this is the beginning",
    "back": "this is the top",
    "next-pane": "there is no other pane here",
    "previous-pane": "there is no other pane here",
    "next-sentence": "no sentence of a bullet follows here",
    "previous-sentence": "no sentence of a bullet stands before",
    "next-outlet": "no other outlet here",
    "previous-outlet": "no other outlet here",
    "star": "nothing here can be starred",
    "open-page": "nothing here has a page",
    "copy": "nothing here can be copied",
}
"""What is said where a screen has the action and it changed nothing."""


def where_it_works(action: Action) -> str:
    """The screens that have an action which not every screen has, in words."""
    return _WHERE.get(action.id) or _WHERE_OF_GROUP.get(action.group, "elsewhere")


PRESET = "preset"
"""The name in ``[keys]`` that is no action: whose keys are taken to begin with."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two actions are set on one key. ``has``: the one that it does."""

    key: str
    has: str
    lost: str

    def __str__(self) -> str:
        return f"{shown(self.key)} is a key of {self.has} and of {self.lost}"

    @property
    def mend(self) -> str:
        """What it does now, and how to change that."""
        return f'It does {self.has}: set another for {self.lost}, or {self.lost} = "" for none.'


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys of every action, by their names in Textual, and what was set on one key twice."""

    keys: Mapping[str, tuple[str, ...]]
    conflicts: tuple[Conflict, ...] = ()

    def overrides(self) -> dict[str, str]:
        """The actions whose keys are not those of the table, as Textual's ``set_keymap`` wants."""
        return {
            action.id: ",".join(self.keys[action.id]) or NO_KEY
            for action in ACTIONS
            if self.keys[action.id] != tuple(action.keys.split(","))
        }


def preset_names() -> list[str]:
    """The packaged presets."""
    return sorted(_presets())


@cache
def _presets() -> dict[str, dict[str, str]]:
    import tomllib

    return tomllib.loads(Path(__file__).with_name("key_presets.toml").read_text("utf-8"))


def keymap(changed: Mapping[str, str]) -> Keymap:
    """The keys that hold: the user's own before a preset's before those of the table. A key that
    is set for two actions is the first one's; it is a conflict where the user set either of them
    on it. Raises ConfigError for actions, keys and presets that do not exist.
    """
    return _keymap(tuple(changed.items()))


@lru_cache(maxsize=8)
def _keymap(changed: tuple[tuple[str, str], ...]) -> Keymap:
    own = {name: _read(name, value) for name, value in changed if name != PRESET}
    preset = _preset(dict(changed).get(PRESET, ""))
    of_preset = {name: _read(name, keys) for name, keys in preset.items() if name not in own}
    left = {
        action.id: tuple(action.keys.split(","))
        for action in ACTIONS
        if action.id not in own and action.id not in of_preset
    }
    taken: dict[str, str] = {}
    keys: dict[str, tuple[str, ...]] = {}
    conflicts: list[Conflict] = []
    for layer in (own, of_preset, left):
        for name, wanted in layer.items():
            keys[name] = tuple(key for key in wanted if taken.setdefault(key, name) == name)
            conflicts += [
                Conflict(key, taken[key], name)
                for key in wanted
                if taken[key] != name and taken[key] in own
            ]
    return Keymap(keys, tuple(conflicts))


def _preset(name: str) -> Mapping[str, str]:
    if not name:
        return {}
    if name not in _presets():
        told = " or ".join(preset_names())
        raise ConfigError(f"no such preset: {name}", f"keys.{PRESET}", f"Write {told}.")
    return _presets()[name]


def _read(name: str, value: str) -> tuple[str, ...]:
    """The keys that are written for an action; a comma is between them, or alone the key itself."""
    where = f"keys.{name}"
    if name not in BY_ID:
        similar = get_close_matches(name, [*BY_ID, PRESET], n=1)
        hint = f"Did you mean {similar[0]}? " if similar else ""
        raise ConfigError("no such action", where, f"{hint}See: briefing keys")
    names = []
    for spelling in [value] if value.strip() in ("", ",") else value.split(","):
        found = key_name(spelling) if spelling.strip() else NO_KEY
        if found is None:
            near = nearest_key(spelling)
            hint = f"Did you mean {near}?" if near else 'Write "j", "esc", "ctrl+n" or "pgdn".'
            raise ConfigError(f"no such key: {clean_line(spelling)[:40].strip()}", where, hint)
        if found != NO_KEY:
            names.append(found)
    return tuple(dict.fromkeys(names))


def keys_of(action: Action, changed: Mapping[str, str]) -> str:
    """The keys of an action with commas, the user's own in place of the default ones; empty where
    it has none. Raises ConfigError as ``keymap`` does."""
    return ",".join(keymap(changed).keys[action.id])


def key_faults(changed: Mapping[str, str]) -> tuple[ConfigError, ...]:
    """Everything that is wrong with the keys of the configuration: names of actions, keys and
    presets that there are not, else keys that are set twice."""
    faults = []
    for name, value in changed.items():
        try:
            _preset(value) if name == PRESET else _read(name, value)
        except ConfigError as error:
            faults.append(error)
    if not faults:
        conflicts = keymap(changed).conflicts
        faults = [ConfigError(str(c), f"keys.{c.lost}", c.mend) for c in conflicts]
    return tuple(faults)
