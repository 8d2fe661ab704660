"""Files and folders that only their owner reads: feeds' addresses may hold passwords."""

import os
import stat
from contextlib import suppress
from pathlib import Path

FILE = 0o600
FOLDER = 0o700
_OTHERS = 0o077


def make_private(path: Path) -> None:
    """Take from everybody but the owner what they may do with a file or folder of ours.

    Where it is not there, or is another user's, it stays as it is.
    """
    with suppress(OSError):
        status = path.stat()
        if status.st_mode & _OTHERS and status.st_uid == os.geteuid():
            path.chmod(FOLDER if stat.S_ISDIR(status.st_mode) else FILE)


def private_folder(path: Path) -> None:
    """Make the folder where it is not there, it and those above it private. Raises OSError."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=FOLDER, exist_ok=True)


def opened_private(path: str, flags: int) -> int:
    """An opener for ``open``: what it makes is private, whatever the mask is."""
    return os.open(path, flags, FILE)
