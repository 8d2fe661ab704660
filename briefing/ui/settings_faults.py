"""Checks of the settings beyond the file's form: does what they name exist? Imports no Textual."""

import re
from collections.abc import Callable
from pathlib import Path

from briefing.config import Settings, config_faults, setting_line, sound_settings
from briefing.model import BriefingError, ConfigError

_LINE = re.compile(r", line (\d+)$")


def all_faults(path: Path, *, conflicts: bool = True) -> tuple[ConfigError, ...]:
    """Everything that is wrong with the configuration file ``path``, in form and in meaning, by
    line. conflicts: a key that is set for two actions is a fault."""
    meant = meaning_faults(sound_settings(path), path, conflicts=conflicts)
    return tuple(sorted((*config_faults(path), *meant), key=_line))


def _line(fault: ConfigError) -> int:
    found = _LINE.search(fault.where)
    return int(found[1]) if found else 0


def meaning_faults(
    settings: Settings, path: Path, *, conflicts: bool = True
) -> tuple[ConfigError, ...]:
    """Settings of the file ``path`` that name a theme, an action, a key or an algorithm in vain,
    with their lines, in the file's order. conflicts: a key that is set for two actions is one."""
    from briefing.digest import check_algorithm
    from briefing.ui.keymap import key_faults, keymap
    from briefing.ui.themes import load_theme

    checks: dict[str, Callable[[], object]] = {
        "theme": lambda: load_theme(settings.theme),
        "digest.algorithm": lambda: check_algorithm(settings.digest.algorithm),
    }
    found: list[tuple[str, BriefingError]] = []
    try:
        keymap(settings.keys)
        found += [(fault.where, fault) for fault in key_faults(settings.keys) if conflicts]
    except ConfigError:
        found += [(fault.where, fault) for fault in key_faults(settings.keys)]
    for key, check in checks.items():
        try:
            check()
        except BriefingError as error:
            found.append((key, error))
    lined = sorted(((setting_line(path, key), key, error) for key, error in found), key=_place)
    return tuple(_placed(error, key, f"{path}, line {line}") for line, key, error in lined)


def _place(found: tuple[int, str, BriefingError]) -> int:
    return found[0]


def _placed(error: BriefingError, key: str, where: str) -> ConfigError:
    named = f" ({error.where})" if error.where not in ("", key) else ""
    return ConfigError(f"'{key}': {error.what}{named}", where, error.mend)
