"""One refresh of a store at a time, so that two of them fetch each feed once.

The lock only saves work: every stage may be done twice without harm. It goes with the process
that holds it, however that ends.
"""

import asyncio
import fcntl
import logging
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from briefing.config import opened_private
from briefing.model import StoreError
from briefing.store.copies import lock_path

_log = logging.getLogger(__name__)

_LOOK_AGAIN = 0.1  # seconds
LONGEST = 600.0
"""Seconds after which a refresh no longer waits for another that may have been stopped."""


@asynccontextmanager
async def refresh_lock(store: Path, longest: float = LONGEST) -> AsyncIterator[None]:
    """Wait until no other refresh of the store at ``store`` runs. The lock's file stays behind.

    Where a file cannot be locked (some network drives), it goes on without.
    """
    path = lock_path(store)
    try:
        file = os.fdopen(opened_private(str(path), os.O_CREAT | os.O_APPEND | os.O_WRONLY), "ab")
    except OSError as error:
        _log.info("no lock at %s: %s", path, error)
        yield
        return
    with file:
        loop = asyncio.get_running_loop()
        end = loop.time() + longest
        while not _locked(file.fileno()):
            if loop.time() > end:
                _log.warning("another refresh has run for long; going on beside it")
                break
            await asyncio.sleep(_LOOK_AGAIN)
        yield


@contextmanager
def no_refresh(store: Path) -> Iterator[None]:
    """Keep refreshes of the store away. Raises StoreError at once where one is at work."""
    path = lock_path(store)
    if not path.exists():  # there was none yet
        yield
        return
    try:
        file = path.open("ab")
    except OSError as error:
        _log.info("no lock at %s: %s", path, error)
        yield
        return
    with file:
        if not _locked(file.fileno()):
            what, mend = "a refresh is at work", "Try again when it has ended."
            raise StoreError(what, str(store), mend)
        yield


def _locked(descriptor: int) -> bool:
    """Whether the lock is ours, or there can be none."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        _log.info("files cannot be locked here: %s", error)
    return True
