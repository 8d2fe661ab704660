"""What the status line says of the refresh beside the reader, and of one that is over."""

from dataclasses import dataclass

from briefing.refresh import Event, FeedDone, Finished, RefreshReport, StageProgress, Started
from briefing.wording import format_count

_STAGES = {"extract": "reading", "digest": "digesting", "link": "telling", "judge": "judging"}
_LEAST_LEFT = 5.0  # seconds below which nobody needs to know how long it takes
_MOST_SECONDS = 90.0  # from where on it is told in minutes
_SURE = 0.05  # share of the work after which the rest can be foretold


@dataclass(slots=True)
class RefreshProgress:
    """How far a refresh is, put together from its events. Pure: the time is passed in.

    feeds, fetched, failed: to fetch, answered or failed, failed. report: what it said at its end.
    has_told: all stories of the edition stand.
    """

    feeds: int = 0
    fetched: int = 0
    failed: int = 0
    report: RefreshReport | None = None
    _stage: str = ""
    _stage_began: float = 0.0
    has_told: bool = False

    def words(self, event: Event, at: float) -> str:
        """The words for the status line after ``event``, "" where they stay. at: in seconds."""
        match event:
            case Started(feeds=feeds):
                self.feeds = feeds
                return f"fetching {format_count(feeds, 'feed')} …" if feeds else ""
            case FeedDone(error=error):
                self.fetched += 1
                self.failed += error is not None
                return self._fetching()
            case StageProgress():
                return self._progress(event, at)
            case Finished(report=report):
                self.report = report
        return ""

    def _fetching(self) -> str:
        words = f"fetching {self.fetched:,} of {format_count(self.feeds, 'feed')}"
        return f"{words} · {self.failed:,} failed" if self.failed else words

    def _progress(self, event: StageProgress, at: float) -> str:
        """While feeds are fetched these are told; then the stage that is under way."""
        if self.fetched < self.feeds:
            return ""
        if event.stage != self._stage:
            self._stage, self._stage_began = event.stage, at
            self.has_told = self.has_told or event.stage == "judge"
        older = "older " if self.has_told and event.stage != "judge" else ""
        name = _STAGES.get(event.stage, event.stage)
        words = f"{name} {older}{event.done:,} of {event.total:,}"
        left = self._left(event, at)
        return f"{words} · {left} left" if left else words

    def _left(self, event: StageProgress, at: float) -> str:
        if not event.done or event.done < event.total * _SURE:
            return ""
        left = (at - self._stage_began) / event.done * (event.total - event.done)
        if left < _LEAST_LEFT:
            return ""
        return f"{round(left, -1) or 10:.0f} s" if left <= _MOST_SECONDS else f"{left / 60:.0f} min"


def outcome_words(code: int, report: RefreshReport | None) -> str:
    """What is to be said at once of a refresh that ended with this exit code; "" where it did what
    it should.
    """
    if code == 3:
        return "no network: the briefing is what was last fetched"
    if report is None or code not in (0, 1):
        return ""
    if not report.feeds:
        return "nothing is due: fetched a moment ago"
    if report.failures and not report.fetched:
        return f"none of {format_count(report.feeds, 'feed')} could be fetched · f tells why"
    return ""
