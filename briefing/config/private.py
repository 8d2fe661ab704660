"""Files and folders that only their owner reads: feeds' addresses may hold passwords."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from briefing.model.writing import is_read_only

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


def replace_private(path: Path, text: str) -> None:
    """Make ``text`` the content of a private file: it is there whole, or the file is as before.

    Its folder is made where it is not there. Raises OSError, as of a read-only file system where
    this process is to read only.
    """
    if is_read_only():
        raise OSError(errno.EROFS, "read only", str(path))
    private_folder(path.parent)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(partial, "w", encoding="utf-8", opener=opened_private) as file:
            file.write(text)
        partial.replace(path)
    finally:
        with suppress(OSError):  # of a disk that is full
            partial.unlink(missing_ok=True)
