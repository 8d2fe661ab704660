"""Choosing a theme; the one that was chosen is written into the configuration file, and taken back
from there."""

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.config import config_path, set_theme
from briefing.model import BriefingError
from briefing.ui.depth import why_shallow
from briefing.ui.screens.themes import ThemeScreen
from briefing.ui.themes import load_theme, theme_files

if TYPE_CHECKING:
    from briefing.ui.beside import Beside


def choose(app: "Beside") -> None:
    """Show the themes to choose from; say what is wrong with those that cannot be used."""
    if app.depth.is_shallow:
        app.notify(why_shallow(), title="Themes")
        return
    themes: dict[str, str] = {}
    for name in sorted(theme_files()):
        try:
            theme = load_theme(name)
        except BriefingError as error:
            app.notify(str(error), title="Theme", severity="warning")
        else:
            app.offer_theme(theme)
            themes[name] = theme.description
    app.push_screen(ThemeScreen(themes))


def keep(app: "Beside", name: str, before: str) -> None:
    """Keep the theme ``name``, chosen in place of ``before``, and say where; say why where it
    cannot be kept, and how else."""
    if name == app.session.settings.theme:
        app.tell(f"theme: {name}, as before")
        return
    if app.why_not_kept:
        app.tell(f"theme: {name} until you leave ({app.why_not_kept})")
        return
    try:
        _set(app, name)
    except BriefingError as error:
        app.notify(str(error), title=f"Theme {name}: until you leave", severity="warning")
        return

    def back() -> tuple[()]:
        app.theme = before
        _set(app, before)
        return ()

    app.session.changes.did(f"theme {name}", back)
    app.tell(f"theme {name} kept in config.toml · u takes it back")


def _set(app: "Beside", name: str) -> None:
    set_theme(config_path(), name)
    app.session.settings = replace(app.session.settings, theme=name)
