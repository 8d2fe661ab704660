"""Checks that go beyond a file's form: does what the settings name exist?"""

from collections.abc import Callable
from pathlib import Path

from briefing.config import Settings
from briefing.model import BriefingError, ConfigError


def meaning_faults(settings: Settings, path: Path) -> tuple[ConfigError, ...]:
    """Settings of the file ``path`` that name a theme, an action or an algorithm in vain."""
    from briefing.digest import check_algorithm
    from briefing.ui.keymap import key_faults
    from briefing.ui.themes import load_theme

    checks: dict[str, Callable[[], object]] = {
        "theme": lambda: load_theme(settings.theme),
        "digest.algorithm": lambda: check_algorithm(settings.digest.algorithm),
    }
    faults = [
        ConfigError(fault.what, f"{path}, {fault.where}", fault.mend)
        for fault in key_faults(settings.keys)
    ]
    for key, check in checks.items():
        try:
            check()
        except BriefingError as error:
            where = error.where if error.where.startswith(key) else f"{key} = {error.where}"
            faults.append(ConfigError(error.what, f"{path}, {where}", error.mend))
    return tuple(faults)


def rule_notes(settings: Settings) -> tuple[str, ...]:
    """What there is to know of the rules though nothing is wrong: which may contradict others."""
    from briefing.model.rules import contradictions

    return tuple(
        f"The rules “{pair.first}” and “{pair.second}” contradict each other"
        f" ({'mute, star' if pair.first_mutes else 'star, mute'}): of an article that both find,"
        f" “{pair.first}” decides, as it stands first."
        for pair in contradictions(settings.reading_rules)
    )
