"""Names of keys: every usual spelling of one leads to the name that Textual gives it.

Accepted are the names of Textual, newsboat (``^F``, ``ENTER``), Emacs (``C-f``, ``S-tab``) and Vim
(``<C-f>``, ``<CR>``), and a character itself. Imports nothing of Textual, so that the command line
can check a configuration with it.
"""

import re
import unicodedata
from difflib import get_close_matches
from functools import cache

NO_KEY = "none"
"""The key of an action that has none."""
LONGEST = 40  # characters that the spelling of a key may have

# Spellings of keys that are no characters, in small letters without "_", "-" and blanks.
_NAMED = {
    "escape": "escape esc",
    "enter": "enter ret return cr newline nl",
    "tab": "tab",
    "space": "space spc spacebar",
    "backspace": "backspace bs bspace",
    "delete": "delete del dc",
    "insert": "insert ins ic",
    "home": "home",
    "end": "end",
    "pageup": "pageup pgup ppage prior",
    "pagedown": "pagedown pgdn pgdown pagedn npage next",
    "up": "up uparrow arrowup",
    "down": "down downarrow arrowdown dn",
    "left": "left leftarrow arrowleft",
    "right": "right rightarrow arrowright",
    "less_than_sign": "lt less",
    "vertical_line": "bar pipe",
    "comma": "comma",
    NO_KEY: "none nop unbound",
    **{f"f{number}": f"f{number}" for number in range(1, 25)},
}
_BY_SPELLING = {word: name for name, words in _NAMED.items() for word in words.split()}

# Where the name of a character in Unicode is not the one that Textual uses.
_RENAMED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}

# What a terminal sends for these cannot be told from the plain key.
_SAME_IN_TERMINALS = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+left_square_bracket": "escape",
}

_MODIFIERS = {
    "c": "ctrl",
    "ctrl": "ctrl",
    "control": "ctrl",
    "s": "shift",
    "shift": "shift",
    "m": "alt",
    "a": "alt",
    "alt": "alt",
    "meta": "alt",
    "opt": "alt",
    "option": "alt",
}
_MODIFIED = re.compile(r"([A-Za-z]+)[-+](?=.)")
_ORDER = ("alt", "ctrl", "shift")

_SHOWN = {
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
}


def key_name(spelling: str) -> str | None:
    """Textual's name of the key that ``spelling`` means; None where there is no such key."""
    text = spelling.strip()
    if len(text) > LONGEST:
        return None
    if len(text) > 2 and text[0] == "<" and text[-1] == ">":  # as Vim writes
        text = text[1:-1]
    modifiers = set()
    while (found := _MODIFIED.match(text)) and found[1].lower() in _MODIFIERS:
        modifiers.add(_MODIFIERS[found[1].lower()])
        text = text[found.end() :]
    if len(text) == 2 and text[0] == "^":  # as newsboat writes
        modifiers.add("ctrl")
        text = text[1]
    name = _plain_name(text)
    if name is None or (modifiers and name == NO_KEY):
        return None
    if "ctrl" in modifiers and len(name) == 1:
        name = name.lower()
    elif modifiers == {"shift"} and len(name) == 1 and name.upper() != name:
        return name.upper()  # what a terminal sends
    full = "+".join([*(m for m in _ORDER if m in modifiers), name])
    return _SAME_IN_TERMINALS.get(full, full)


def _plain_name(text: str) -> str | None:
    if len(text) == 1:
        return _character_name(text)
    simple = re.sub(r"[\s_-]", "", text.lower())
    if simple in _BY_SPELLING:
        return _BY_SPELLING[simple]
    name = text.lower().replace("-", "_").replace(" ", "_")
    return name if name in _signs() else None


def _character_name(character: str) -> str | None:
    if character == " ":
        return "space"
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    name = _RENAMED.get(name, name)
    return name if name in _signs() else None


@cache
def _signs() -> dict[str, str]:
    """Punctuation and signs that keyboards have, by the names that Textual gives them."""
    signs = {}
    for character in map(chr, (*range(0x21, 0x7F), *range(0xA1, 0x100), *range(0x20A0, 0x20C0))):
        name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
        if name and not character.isalnum():
            signs[_RENAMED.get(name, name)] = character
    return signs


def nearest_key(spelling: str) -> str | None:
    """The name that a wrong one most likely means, as people write it."""
    words = {*_BY_SPELLING, *_signs()}
    *before, last = re.split(r"(?<=[-+])", spelling.strip().strip("<>").lower()[:LONGEST])
    near = get_close_matches(last, sorted(words), n=1, cutoff=0.5)
    name = key_name("".join([*before, near[0]])) if near else None
    return None if name is None else shown(name)


def shown(key: str) -> str:
    """A key as people write it: ``?`` for ``question_mark``, ``esc`` for ``escape``."""
    *modifiers, name = key.split("+")
    return "+".join([*modifiers, _SHOWN.get(name) or _signs().get(name, name)])
