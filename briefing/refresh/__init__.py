"""The pipeline from feeds to stories: incremental, resumable, with progress events.

``refresh`` and ``refresh_async`` do it all. Each stage takes its work from the store and keeps each
result as it is done, so that a stop at any moment loses nothing and a second run changes nothing.

fetching → extracting → digesting → linking; ``tasks`` holds what runs in worker processes. Whoever
only reads a refresh's events imports nothing of the pipeline.
"""

from typing import TYPE_CHECKING

from briefing.model.lazy import lazy_names
from briefing.refresh.events import (
    Event,
    FeedDone,
    Finished,
    HooksDone,
    OnEvent,
    RefreshReport,
    StageProgress,
    Started,
    Told,
    event_from_json,
)
from briefing.refresh.options import RefreshOptions

if TYPE_CHECKING:
    from briefing.refresh.editing import configured_editor, edit_articles, without_editor
    from briefing.refresh.lock import no_refresh
    from briefing.refresh.pipeline import judge_articles, refresh, refresh_async

__all__ = [
    "Event",
    "FeedDone",
    "Finished",
    "HooksDone",
    "OnEvent",
    "RefreshOptions",
    "RefreshReport",
    "StageProgress",
    "Started",
    "Told",
    "configured_editor",
    "edit_articles",
    "event_from_json",
    "judge_articles",
    "no_refresh",
    "refresh",
    "refresh_async",
    "without_editor",
]

_LATER = {
    "editing": ("configured_editor", "edit_articles", "without_editor"),
    "lock": ("no_refresh",),
    "pipeline": ("judge_articles", "refresh", "refresh_async"),
}
__getattr__ = lazy_names(__name__, _LATER)
