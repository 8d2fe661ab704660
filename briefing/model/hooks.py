"""What waits to be given to a hook."""

from dataclasses import dataclass

NOTIFICATION = ""
"""In place of a hook's name: what the notification of a run is about."""
AT_ARRIVAL = ("new", "rule")
"""The events of articles that came."""


@dataclass(frozen=True, slots=True)
class HookCall:
    """A hook is to be run. event: ``new``, ``rule``, ``star`` or ``open``. story_id, article_id:
    what it is about; of ``new`` and ``rule`` the article that came, whatever story it is in."""

    hook: str
    event: str
    story_id: str | None = None
    article_id: str | None = None
