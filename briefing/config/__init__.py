"""Settings from one TOML file, checked; and the folders of the program.

Importing this is cheap: ``tomllib`` waits for a file, ``platformdirs`` for the first folder.
"""

from pathlib import Path

from briefing.config.folders import Folders, config_path, folders, user_themes_folder
from briefing.config.private import (
    make_private,
    opened_private,
    private_folder,
    replace_private,
)
from briefing.config.settings import (
    DigestSettings,
    EditionSettings,
    EditorSettings,
    FetchSettings,
    HookSettings,
    NotifySettings,
    OpenSettings,
    ReaderSettings,
    RefreshSettings,
    RuleSettings,
    ScheduleSettings,
    ScreenSettings,
    SearchSettings,
    Settings,
    SiteSettings,
    StoreSettings,
    SyncSettings,
)
from briefing.model import ConfigError

__all__ = [
    "DigestSettings",
    "EditionSettings",
    "EditorSettings",
    "FetchSettings",
    "Folders",
    "HookSettings",
    "NotifySettings",
    "OpenSettings",
    "ReaderSettings",
    "RefreshSettings",
    "RuleSettings",
    "ScheduleSettings",
    "ScreenSettings",
    "SearchSettings",
    "Settings",
    "SiteSettings",
    "StoreSettings",
    "SyncSettings",
    "add_entry",
    "config_faults",
    "config_path",
    "documented_defaults",
    "folders",
    "load_settings",
    "make_private",
    "opened_private",
    "private_folder",
    "remove_entry",
    "replace_private",
    "set_sync",
    "set_theme",
    "setting_line",
    "settings_to_toml",
    "sound_settings",
    "user_themes_folder",
    "write_defaults",
]


def load_settings(path: Path | None = None, *, ignore: bool = False) -> Settings:
    """The settings of ``path``, or of the user's own file; the defaults where that does not exist.

    ``ignore`` gives the defaults without looking. Raises ConfigError with the file, the line,
    the key and the nearest right key.
    """
    if ignore or (path is None and not config_path().exists()):
        return Settings()
    from briefing.config import load

    if path is None:
        make_private(config_path())
        make_private(config_path().parent)
    return load.load_settings(path or config_path())


def add_entry(path: Path, entry: SearchSettings | RuleSettings) -> Settings:
    """Add a saved search or a rule to the file ``path``, all that stands there as it was; the
    settings then.

    Raises ConfigError where that cannot be: the file stays as it was.
    """
    from briefing.config import additions

    return additions.add_entry(path, entry)


def remove_entry(path: Path, entry: SearchSettings | RuleSettings) -> Settings:
    """Take out of the file ``path`` what ``add_entry`` wrote; the settings then.

    Raises ConfigError where it does not stand there as it was written, or that cannot be.
    """
    from briefing.config import additions

    return additions.remove_entry(path, entry)


def set_theme(path: Path, name: str) -> Settings:
    """Set the theme in the file ``path``, all else that stands there as it was; the settings then.

    Raises ConfigError, with the line to write oneself: the file stays as it was.
    """
    from briefing.config import additions

    return additions.set_theme(path, name)


def set_sync(path: Path, sync: SyncSettings) -> Settings:
    """Write the sync server into the file ``path``, all else that stands there as it was; the
    settings then. Raises ConfigError where that cannot be: the file stays as it was.
    """
    from briefing.config import additions

    return additions.set_sync(path, sync)


def config_faults(path: Path) -> tuple[ConfigError, ...]:
    """Everything that is wrong with the configuration file ``path``, in the file's order."""
    from briefing.config import load

    return load.config_faults(path)


def sound_settings(path: Path) -> Settings:
    """The settings of ``path`` without those at fault; the defaults where it cannot be read."""
    from briefing.config import load

    return load.sound_settings(path)


def setting_line(path: Path, key: str) -> int:
    """The line of the file ``path`` that sets ``key``, such as "edition.hours"; else that of its
    table, or 1. Raises ConfigError where the file cannot be read."""
    from briefing.config import load

    return load.setting_line(path, key)


def documented_defaults() -> str:
    """A configuration file that sets nothing and explains everything."""
    from briefing.config import document

    return document.documented_defaults()


def settings_to_toml(settings: Settings) -> str:
    """The settings as they stand, as TOML that reads back to the same settings."""
    from briefing.config import document

    return document.settings_to_toml(settings)


def write_defaults(path: Path) -> None:
    """Write the documented defaults to ``path``, which must not exist. Raises ConfigError."""
    from briefing.config import document

    document.write_defaults(path)
