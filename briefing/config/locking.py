"""Locks on files: of two processes that do one thing, one waits or leaves. A lock goes with its
process, however that ends; its file stays behind."""

import fcntl
import logging
import os
from pathlib import Path
from typing import BinaryIO

from briefing.config.private import opened_private

_log = logging.getLogger(__name__)


def lock_file(path: Path) -> BinaryIO | None:
    """The private file at ``path``, made where it is not there; None where it cannot be opened."""
    try:
        return os.fdopen(opened_private(str(path), os.O_CREAT | os.O_APPEND | os.O_WRONLY), "ab")
    except OSError as error:
        _log.info("no lock at %s: %s", path, error)
        return None


def try_lock(file: BinaryIO) -> bool:
    """Whether the lock on the file is ours, or there can be none (some network drives)."""
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        _log.info("files cannot be locked here: %s", error)
    return True
