"""Whether a file changed: for a program that runs on while somebody edits its configuration."""

from pathlib import Path

_Stamp = tuple[int, int, int] | None


class FileWatch:
    """A look at a file's inode, size and time now and then; nothing of it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._taken = self._seen = self._stamp()

    def has_changed(self) -> bool:
        """Whether the file is another than when this last said so, and the same as at the look
        before: what is being written is not read half."""
        now, before = self._stamp(), self._seen
        self._seen = now
        if now == self._taken or now != before:
            return False
        self._taken = now
        return True

    def _stamp(self) -> _Stamp:
        try:
            state = self.path.stat()
        except OSError:
            return None
        return state.st_ino, state.st_size, state.st_mtime_ns
