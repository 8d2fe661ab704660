"""The terminal, as Textual drives it, with an end: a window may be closed while the reader runs."""

from typing import IO, Any

from textual.drivers.linux_driver import LinuxDriver


class TerminalDriver(LinuxDriver):
    """Withstands a terminal that is gone until SIGHUP has ended the reader.

    Textual's thread that writes would end with the first error, and whoever writes wait for it for
    ever; and SIGCONT, which comes with SIGHUP when a window is closed, would begin all threads a
    second time.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As Textual has it."""
        super().__init__(*args, **kwargs)
        if self._file is not None:
            self._file = _Enduring(self._file)  # type: ignore[assignment]

    def _sigcont_application(self, *_: object) -> None:
        if self._must_signal_resume:  # it was suspended
            super()._sigcont_application()


class _Enduring:
    """A file on a terminal; what can no longer be written is dropped."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, text: str) -> int:
        try:
            return self._file.write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            return
