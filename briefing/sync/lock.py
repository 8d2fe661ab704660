"""One sync of a store at a time: two would send each mark twice. It goes with its process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.config.locking import lock_file, try_lock
from briefing.model import SyncError

BUSY = "another sync of this store is at work"


@contextmanager
def sync_lock(store: Path) -> Iterator[None]:
    """Keep other syncs of the store at ``store`` away. Raises SyncError where one is at work.

    Where a file cannot be locked (some network drives), it goes on without.
    """
    file = lock_file(store.with_name(f"{store.name}.sync-lock"))
    if file is None:
        yield
        return
    with file:
        if not try_lock(file):
            raise SyncError(BUSY, "sync", "Try again when it has ended")
        yield
