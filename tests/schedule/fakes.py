"""Programs in the place of ``systemctl`` and ``crontab``, which keep what they are told."""

from pathlib import Path

import pytest

from tests.local_programs import script


class FakeSystem:
    """A folder that comes first on PATH. crontab: what the crontab has; asked: what ``systemctl``
    was asked for, a line each."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.programs = folder / "programs"
        self.programs.mkdir(parents=True)
        self.units = folder / "config" / "systemd" / "user"
        self._crontab = folder / "crontab"
        self._asked = folder / "asked"
        self._enabled = folder / "enabled"
        monkeypatch.setenv("PATH", f"{self.programs}:/usr/bin:/bin")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))

    def with_systemd(self, *, answers: bool = True) -> None:
        """``systemctl --user``; one without a manager to talk to where it does not answer."""
        script(
            self.programs / "systemctl",
            f'echo "$*" >>"{self._asked}"',
            '[ "$1" = --user ] || exit 9',
            'case "$2" in',
            f"show-environment) exit {0 if answers else 1};;",
            f'is-enabled) [ -e "{self._enabled}" ];;',
            f'enable) touch "{self._enabled}";;',
            f'disable) [ -e "{self.units}/$4" ] || {{ echo "$4 does not exist" >&2; exit 1; }}',
            f'  rm -f "{self._enabled}";;',
            "esac",
        )

    def with_crontab(
        self, content: str | None = None, none_yet: str = "no crontab for ann"
    ) -> None:
        """``crontab``, with this content; None: there is none for this user yet, which it says in
        the words ``none_yet``."""
        if content is not None:
            self._crontab.write_bytes(content.encode("utf-8", "surrogateescape"))
        script(
            self.programs / "crontab",
            'if [ "$1" = -l ]; then',
            f'  [ -e "{self._crontab}" ] || {{ echo "{none_yet}" >&2; exit 1; }}',
            f'  cat "{self._crontab}"',
            f'else cat >"{self._crontab}"; fi',
        )

    @property
    def crontab(self) -> str:
        """What the crontab has, to the byte."""
        if not self._crontab.exists():
            return ""
        return self._crontab.read_bytes().decode("utf-8", "surrogateescape")

    @property
    def asked(self) -> list[str]:
        """What changes ``systemctl`` was asked for."""
        lines = self._asked.read_text().splitlines() if self._asked.exists() else []
        asking = ("--user show-environment", "--user is-enabled")
        return [line for line in lines if not line.startswith(asking)]
