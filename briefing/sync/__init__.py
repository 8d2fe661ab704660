"""Two-way sync with a server: subscriptions, folders, read and starred marks, offline first.

``model`` is what all protocols have in common; ``miniflux``, ``greader`` and ``fever`` are a client
each; ``engine`` does one sync with any of them. Marks wait in the store (``mark_log``) until the
server has acknowledged them; reading and refreshing never wait for a sync.
"""

from typing import TYPE_CHECKING

from briefing.model.lazy import lazy_names

if TYPE_CHECKING:
    from briefing.sync.connect import check, connected, keep_password
    from briefing.sync.engine import sync_async
    from briefing.sync.lock import sync_lock
    from briefing.sync.report import SyncReport
    from briefing.sync.trial import Probe, probe

__all__ = [
    "Probe",
    "SyncReport",
    "check",
    "connected",
    "keep_password",
    "probe",
    "sync_async",
    "sync_lock",
]

_HOMES = {
    "connect": ("check", "connected", "keep_password"),
    "engine": ("sync_async",),
    "lock": ("sync_lock",),
    "trial": ("Probe", "probe"),
    "report": ("SyncReport",),
}
__getattr__ = lazy_names(__name__, _HOMES)
