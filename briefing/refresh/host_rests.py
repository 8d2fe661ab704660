"""Servers that ask for rest, or are down: left alone over restarts, with all their feeds."""

from collections.abc import Callable
from datetime import datetime

from briefing.model import BriefingError
from briefing.refresh.schedule import FLOOR, after_failure
from briefing.store import Store
from briefing.store.hosts import HostRest

ASK_FOR_REST = frozenset({429, 503})
_DOWN_AFTER = 3
"""So many other errors of a server (5xx) in a row, of whichever feeds, and it counts as down."""


class ServerRestsError(BriefingError):
    """A feed was not asked: its server is left alone until ``until``."""

    def __init__(self, what: str, where: str, until: datetime) -> None:
        super().__init__(what, where)
        self.until = until


class HostRests:
    """Which servers are left alone, by name and port. Kept in the store. Their pages stand apart:
    many a site that refuses programs its pages gives them its feed.

    429 and 503 speak for the whole server (RFC 6585, 4; RFC 9110, 15.6.4); another 5xx may be one
    address's fault, until several follow each other. A success ends it.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def check(self, host: str, url: str) -> None:
        """Raises ServerRestsError where ``host`` is not to be asked yet."""
        if (rest := self.rest(host)) is not None:
            what = f"its server is left alone for now ({rest.problem})"
            raise ServerRestsError(what, url, rest.until)

    def rest(self, host: str) -> HostRest | None:
        """The rest of ``host`` where it is not over yet."""
        rest = self._store.host_rest(host)
        return rest if rest is not None and rest.until > self._now() else None

    def note_success(self, host: str, *, force: bool) -> None:
        """The server answered well. An answer that was under way before ends no rest."""
        rest = self._store.host_rest(host)
        if rest is not None and (force or rest.until <= self._now()):
            self._store.forget_host(host)

    def note_failure(self, host: str, status: int, retry_after: float | None) -> None:
        """The server answered with an error; what is the fault of an address alone is no matter."""
        if status not in ASK_FOR_REST and status < 500:
            return
        now, before = self._now(), self._store.host_rest(host)
        failures = before.failures if before else 0
        if before is None or before.until <= now:  # not one that was under way at the same time
            failures += 1
        until = now
        if status in ASK_FOR_REST or failures >= _DOWN_AFTER:
            until = after_failure(now, FLOOR, failures, retry_after=retry_after, key=host)
        self._store.let_host_rest(host, HostRest(failures, until, f"it answered {status}"))
