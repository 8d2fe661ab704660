"""The browser as the terminal, as Textual drives it, with an end: who draws it may be gone."""

import os
from typing import Any

from textual import messages
from textual.drivers.web_driver import WebDriver


class BrowserDriver(WebDriver):
    """Ends the reader when its standard input does.

    Textual's thread that reads would end alone, and the reader live on with nobody to draw for.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As Textual has it."""
        super().__init__(*args, **kwargs)
        self._write = self._write_whole  # type: ignore[assignment]
        self._is_gone = False

    def run_input_thread(self) -> None:
        """Hand on what is typed; leave when there is nobody to type."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(messages.ExitApp())

    def _write_whole(self, data: bytes) -> int:
        """Write all of a packet: a part would be read as the head of the next. Into a pipe that
        nobody reads nothing is written."""
        rest = memoryview(data)
        while rest and not self._is_gone:
            try:
                rest = rest[os.write(self.fileno, rest) :]
            except BrokenPipeError:
                self._is_gone = True
        return len(data)
