"""Where configuration, data, cache and logs live."""

import os
from dataclasses import dataclass
from pathlib import Path

_NAME = "briefing"


@dataclass(frozen=True, slots=True)
class Folders:
    """The four folders of the program. None of them need exist yet."""

    config: Path
    data: Path
    cache: Path
    logs: Path


def folders() -> Folders:
    """The folders of this user, by the XDG rules or the system's own.

    ``BRIEFING_HOME`` puts all four under one folder, for tests and for portable use.
    """
    home = os.environ.get("BRIEFING_HOME")
    if home:
        root = Path(home).expanduser().absolute()
        return Folders(root / "config", root / "data", root / "cache", root / "logs")
    import platformdirs

    return Folders(
        config=platformdirs.user_config_path(_NAME, appauthor=False),
        data=platformdirs.user_data_path(_NAME, appauthor=False),
        cache=platformdirs.user_cache_path(_NAME, appauthor=False),
        logs=platformdirs.user_log_path(_NAME, appauthor=False),
    )


def config_path() -> Path:
    """The configuration file, whether or not it exists."""
    return folders().config / "config.toml"


def user_themes_folder() -> Path:
    """Where the user's own themes stand, one TOML file each."""
    return folders().config / "themes"
