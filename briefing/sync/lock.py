"""One sync of a store at a time: two would send each mark twice. It goes with its process."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.config import opened_private
from briefing.model import SyncError

BUSY = "another sync of this store is at work"

_log = logging.getLogger(__name__)


@contextmanager
def sync_lock(store: Path) -> Iterator[None]:
    """Keep other syncs of the store at ``store`` away. Raises SyncError where one is at work.

    Where a file cannot be locked (some network drives), it goes on without.
    """
    path = store.with_name(f"{store.name}.sync-lock")
    try:
        file = os.fdopen(opened_private(str(path), os.O_CREAT | os.O_APPEND | os.O_WRONLY), "ab")
    except OSError as error:
        _log.info("no lock at %s: %s", path, error)
        yield
        return
    with file:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SyncError(BUSY, "sync", "Try again when it has ended") from None
        except OSError as error:
            _log.info("files cannot be locked here: %s", error)
        yield
