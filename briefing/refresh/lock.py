"""One refresh of a store at a time, so that two of them fetch each feed once.

The lock only saves work: every stage may be done twice without harm. It goes with the process
that holds it, however that ends.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from briefing.config.locking import lock_file, try_lock
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
    file = lock_file(lock_path(store))
    if file is None:
        yield
        return
    with file:
        loop = asyncio.get_running_loop()
        end = loop.time() + longest
        while not try_lock(file):
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
    file = lock_file(path)
    if file is None:
        yield
        return
    with file:
        if not try_lock(file):
            what, mend = "a refresh is at work", "Try again when it has ended."
            raise StoreError(what, str(store), mend)
        yield
