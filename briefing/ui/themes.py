"""Colour themes: one TOML file each, the packaged ones and the user's own.

Reading and checking need no screen; ``to_textual`` makes what the screen uses.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from briefing.config import user_themes_folder
from briefing.model import ConfigError

if TYPE_CHECKING:
    from textual.theme import Theme

DEFAULT = "harbour"
_MAX_BYTES = 1_000_000

COLORS = (
    "primary",
    "secondary",
    "accent",
    "background",
    "surface",
    "panel",
    "foreground",
    "success",
    "warning",
    "error",
)
INKS = (
    "muted",
    "caveat",
    "heavy",
    "unnamed",
    "unread",
    "evidence",
    "cursor",
    "cursor_blurred",
    "rule",
)
_DEFAULTS = {"unnamed": "caveat"}  # inks that a theme need not have, and which stands for each
_TOP = ("name", "description", "dark", "ansi", "high_contrast", "colors", "ink")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_ANSI = re.compile(
    r"ansi_(?:default|(?:bright_)?(?:black|red|green|yellow|blue|magenta|cyan|white))"
)


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """A theme as its file says it. ``id`` is the file's name; colours are #rrggbb or ansi_….

    high_contrast: its pairs of colours want the enhanced contrast of WCAG 2.2 (1.4.6).
    """

    id: str
    name: str
    description: str
    dark: bool
    ansi: bool
    colors: dict[str, str]
    ink: dict[str, str]
    path: Path
    high_contrast: bool = False


def packaged_folder() -> Path:
    """Where the packaged themes stand: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def theme_files() -> dict[str, Path]:
    """Every theme's file by its name; the user's own take the place of packaged ones."""
    files: dict[str, Path] = {}
    for folder in (packaged_folder(), user_themes_folder()):
        if folder.is_dir():
            files |= {p.stem: p for p in sorted(folder.glob("*.toml"))}
    return files


def load_theme(name: str) -> ThemeFile:
    """The theme of that name. Raises ConfigError where there is none or it is wrong."""
    for folder in (user_themes_folder(), packaged_folder()):
        path = folder / f"{name}.toml"
        if path.is_file():
            return read_theme(path)
    similar = get_close_matches(name, theme_files(), n=1)
    hint = f"Did you mean {similar[0]}? " if similar else ""
    raise ConfigError("no such theme", name, f"{hint}See: briefing themes list")


def read_theme(path: Path) -> ThemeFile:
    """The theme in ``path``. Raises ConfigError with everything that is wrong with it."""
    data = _toml(path)
    faults = list(_faults(data))
    if faults:
        raise ConfigError("; ".join(faults), str(path), "docs/themes.md says what a theme holds.")
    return ThemeFile(
        id=path.stem,
        name=data["name"],
        description=data.get("description", ""),
        dark=data.get("dark", True),
        ansi=data.get("ansi", False),
        colors=dict(data["colors"]),
        ink={name: data["ink"][other] for name, other in _DEFAULTS.items()} | data["ink"],
        path=path,
        high_contrast=data.get("high_contrast", False),
    )


def to_textual(theme: ThemeFile) -> "Theme":
    """The theme in Textual's shape; inks become variables ``$ink-…``, and what Textual would
    derive from the colours is set to colours of the theme's own: those alone are drawn.
    """
    from textual.theme import Theme

    variables = {f"ink-{name.replace('_', '-')}": color for name, color in theme.ink.items()}
    named = theme.colors | theme.ink
    derived = _DERIVED | (_DERIVED_ANSI if theme.ansi else {})
    variables |= {name: named.get(color, color) for name, color in derived.items()}
    if theme.ansi:  # Textual asks for this one of an ansi theme where a screen lies over another
        variables["ansi-background"] = theme.colors["background"]
    return Theme(
        name=theme.id,
        dark=theme.dark,
        ansi=theme.ansi,
        variables=variables,
        **cast("dict[str, Any]", theme.colors),
    )


# Variables of Textual's widgets, and which of a theme's colours each is.
_DERIVED = {
    "text": "foreground",
    "text-muted": "muted",
    "text-disabled": "muted",
    "text-primary": "primary",
    "text-success": "success",
    "text-warning": "warning",
    "text-error": "error",
    "foreground-muted": "muted",
    "foreground-disabled": "muted",
    "block-cursor-foreground": "foreground",
    "block-cursor-background": "cursor",
    "block-cursor-text-style": "bold",
    "block-cursor-blurred-foreground": "foreground",
    "block-cursor-blurred-background": "cursor",  # a list below the line that one types in
    "block-cursor-blurred-text-style": "bold",
    "block-hover-background": "cursor_blurred",
    "border": "primary",
    "border-blurred": "rule",
    "surface-active": "surface",
    "panel-lighten-1": "panel",
    "panel-darken-1": "surface",
    "scrollbar": "rule",
    "scrollbar-hover": "primary",
    "scrollbar-active": "primary",
    "scrollbar-background": "background",
    "scrollbar-background-hover": "background",
    "scrollbar-background-active": "background",
    "scrollbar-corner-color": "background",
    "input-cursor-background": "foreground",
    "input-cursor-foreground": "background",
    "input-cursor-text-style": "none",
    "input-selection-background": "evidence",
    "input-selection-foreground": "foreground",
    "screen-selection-background": "evidence",
    "screen-selection-foreground": "foreground",
    "link-color": "primary",
}
# The terminal's own colours: one that is drawn on another might be the same; what has a ground
# elsewhere is reversed.
_DERIVED_ANSI = {
    "scrollbar": "primary",  # drawn as a ground, which the default colour does not tell
    "block-cursor-background": "ansi_default",
    "block-cursor-text-style": "bold underline",  # Textual does not reverse options
    "block-cursor-blurred-background": "ansi_default",
    "block-cursor-blurred-text-style": "bold underline",
    "block-hover-background": "ansi_default",
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
    "input-selection-background": "ansi_default",
    "screen-selection-background": "ansi_default",
}


def _toml(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file():  # a device or a pipe, by a link: it may never end
            raise ConfigError("the theme is no file", str(path), "Put a TOML file in its place.")
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
        if len(content) > _MAX_BYTES:
            raise ConfigError("the theme is larger than a megabyte", str(path))
        return tomllib.loads(content.decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "the theme cannot be read", str(path), f"Is it a UTF-8 text? ({error})"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"the theme is not TOML: {error}", str(path), "Mend that line."
        ) from error


def _faults(data: dict[str, Any]) -> list[str]:
    faults = [_unknown(key, _TOP) for key in data if key not in _TOP]
    if not isinstance(data.get("name"), str):
        faults.append('name is missing: name = "…"')
    faults += [
        f"{key} is true or false"
        for key in ("dark", "ansi", "high_contrast")
        if not isinstance(data.get(key, True), bool)
    ]
    for table, names in (("colors", COLORS), ("ink", INKS)):
        section = data.get(table)
        if not isinstance(section, dict):
            faults.append(f"[{table}] is missing")
            continue
        faults += [
            _unknown(f"{table}.{key}", [f"{table}.{n}" for n in names])
            for key in section
            if key not in names
        ]
        for name in names:
            color = section.get(name)
            if color is None and name in _DEFAULTS:
                continue
            if color is None:
                faults.append(f"{table}.{name} is missing")
            elif not isinstance(color, str) or not (
                _ANSI.fullmatch(color) if data.get("ansi") else _HEX.fullmatch(color)
            ):
                expected = "ansi_…" if data.get("ansi") else "#rrggbb"
                faults.append(f"{table}.{name} is no colour ({color!r}; it wants {expected})")
    return faults


def _unknown(key: str, known: Iterable[str]) -> str:
    similar = get_close_matches(key, list(known), n=1)
    return f"{key} is not known" + (f" (did you mean {similar[0]}?)" if similar else "")
