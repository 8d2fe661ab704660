"""The reader. Importing this costs nothing; ``run_reader`` brings Textual."""

import gc
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from briefing.config import Settings

__all__ = ["run_reader"]


def run_reader(
    *,
    settings: Settings,
    store_path: Path,
    now: datetime | None = None,
    read_only_sample: bool = False,
    options: Sequence[str] = (),
) -> int:
    """Open the reader on the store at ``store_path`` until it is left. Returns an exit code.

    now: the time that the reader takes for the present (the sample has its own); the clock's
    where None. options: passed on to the commands that are run beside the reader. Raises
    StoreError where the store cannot be opened, ConfigError for keys of actions that do not exist.
    """
    # What start-up makes lives on: collecting while it is made costs a tenth of the first paint.
    # ``Reader`` turns the collector on again once the headlines stand.
    gc.disable()
    from briefing.ui.session import ReadingSession

    def clock() -> datetime:
        return now if now is not None else datetime.now(UTC)

    session = ReadingSession(store_path, settings, clock)
    session.count_ahead()
    from briefing.ui.app import run  # Textual: takes longer than the counting

    return run(session, sample=read_only_sample, options=options)
