"""The configuration of a running reader: what is changed in the file is taken while it runs."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from briefing.config import ScreenSettings, Settings, config_path, load_settings
from briefing.config.watch import FileWatch
from briefing.model import ConfigError
from briefing.ui.keymap import keymap
from briefing.ui.screens.base import ReaderScreen
from briefing.wording import format_count

if TYPE_CHECKING:
    from briefing.ui.beside import Beside

_NAMED = 3  # settings that are told by name
_FAULT_STAYS = 30.0  # seconds: somebody is looking at an editor


class LiveSettings:
    """Looks at the configuration file when it is told to, and brings the reader to it."""

    def __init__(self, app: "Beside") -> None:
        self._app = app
        self._watch = FileWatch(config_path())
        self._is_faulty = False

    def look(self) -> None:
        """Take the file where it has changed, and say so; one that is wrong changes nothing, and
        its first fault is told with its line."""
        if not self._watch.has_changed():
            return
        try:
            settings = self._read()
        except ConfigError as error:
            title = "Configuration: the old settings hold"
            self._app.notify(str(error), title=title, severity="error", timeout=_FAULT_STAYS)
            self._is_faulty = True
        else:
            named = self._take(settings)
            if named or self._is_faulty:
                self._app.tell(f"configuration taken: {named or 'all is as before'}")
            self._is_faulty = False

    def _read(self) -> Settings:
        from briefing.ui.settings_faults import all_faults

        path = self._watch.path
        if not path.exists():
            return Settings()
        if faults := all_faults(path, conflicts=False):
            first, more = faults[0], len(faults) - 1
            told = f"{format_count(more, 'more fault')}: `briefing config check`." if more else ""
            mend = " ".join(filter(None, [first.mend, told]))
            raise ConfigError(first.what, first.where, mend)
        return load_settings(path)

    def _take(self, settings: Settings) -> str:
        """Bring the reader to other settings; the names of those that changed, "" for none."""
        app, before = self._app, self._app.session.settings
        if app.sample:
            settings = replace(settings, rules=())
        changed = list(changed_settings(before, settings))
        if not changed:
            return ""
        app.session.settings = settings
        if settings.theme != before.theme:
            app.use_theme(settings.theme)
        if settings.keys != before.keys:
            keys = keymap(settings.keys)
            app.set_keymap(keys.overrides())
            app.tell_conflicts(keys)
        if settings.refresh != before.refresh:
            app.fetch_by_timer()
        app.session.screen = _changed(app.session.screen, before.screen, settings.screen)
        if settings.digest != before.digest:
            app.end_opening()
        if settings.fetch != before.fetch:
            app.end_pictures()
        for screen in app.screen_stack:
            if isinstance(screen, ReaderScreen):
                with screen.guarded():
                    screen.settings_changed()
        if settings.store.path != before.store.path:
            app.notify("store.path is taken when the reader starts next.", title="Configuration")
        named = ", ".join(changed[:_NAMED])
        more = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
        return named + more


def _changed(now: ScreenSettings, before: ScreenSettings, after: ScreenSettings) -> ScreenSettings:
    """What holds now, with what the file changed: what keys changed besides stays."""
    names = changed_settings(before, after)
    return replace(now, **{name: getattr(after, name) for name in names})


def changed_settings(before: Any, after: Any, above: str = "") -> Iterator[str]:
    """The names of the settings that are not the same, such as "edition.hours"."""
    for setting in fields(before):
        old, new = getattr(before, setting.name), getattr(after, setting.name)
        if old == new:
            continue
        if is_dataclass(old):
            yield from changed_settings(old, new, f"{above}{setting.name}.")
        else:
            yield above + setting.name
