"""What the reader says of a sync beside it: in the line of keys, in its head, in a message."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.model import SyncHealth
from briefing.sync.lock import BUSY
from briefing.sync.report import SyncReport
from briefing.ui.error_lines import error_in
from briefing.wording.syncs import done_in_sync, marks_wait

BEHIND = "not in step"
NO_NETWORK = "there is no network"
"""What an error says then, whatever was asked (``ingest.failures``)."""


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """What came of a sync. done: what it did, "" for nothing; problem: why it ended early, in
    sentences, "" where it did not; notes: what should be known, in sentences; is_busy: another
    process does the sync.
    """

    done: str = ""
    problem: str = ""
    notes: tuple[str, ...] = ()
    is_busy: bool = False

    @property
    def words(self) -> str:
        """For the line of keys."""
        if self.is_busy:
            return "another sync is at work"
        if self.problem:
            return f"{BEHIND} · {self.done}" if self.done else BEHIND
        return f"in step: {self.done or 'nothing new'}"

    @property
    def is_offline(self) -> bool:
        """Whether it failed as there is no network at all, which is no fault to be mended."""
        return NO_NETWORK in self.problem

    @property
    def kind_of_problem(self) -> str:
        """The problem without its numbers, such as the seconds that are to be waited."""
        return re.sub(r"\d+", "", self.problem)

    @property
    def is_news(self) -> bool:
        """Whether there is something to say where nobody has asked."""
        return bool(self.done or self.notes) and not self.is_busy


def outcome_of(code: int, lines: Sequence[str]) -> SyncOutcome:
    """What ``briefing sync now --format json`` did, of its exit code and all its lines."""
    report = _report(lines)
    if report is not None:
        problem = str(report.problem) if report.problem is not None else ""
        return SyncOutcome(done_in_sync(report.counts), problem, report.notes)
    said = error_in(lines)
    if BUSY in said:
        return SyncOutcome(is_busy=True)
    if code == 0:
        return SyncOutcome()
    return SyncOutcome(problem=said or "The sync failed; `briefing sync -v` tells more.")


def behind_words(health: SyncHealth | None, failed_at: datetime | None) -> str:
    """What stands in the head until a sync goes well, whoever does it: that the server is not in
    step, and how many marks wait for it. failed_at: when the reader's own last sync failed.
    """
    if health is None:
        return ""
    well_at = health.synced_at
    failed = failed_at is not None and (well_at is None or well_at < failed_at)
    if not (health.problem or failed):
        return ""
    return f"{BEHIND}, {marks_wait(health.waiting)}" if health.waiting else BEHIND


def _report(lines: Sequence[str]) -> SyncReport | None:
    """The report among the lines; warnings may stand before and after it."""
    try:
        start = lines.index("{")
        end = lines.index("}", start)
        return SyncReport.from_json(json.loads("".join(lines[start : end + 1])))
    except (ValueError, KeyError, TypeError):
        return None
