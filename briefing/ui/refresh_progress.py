"""What the status line says of the refresh beside the reader, and of one that is over."""

from dataclasses import dataclass

from briefing.refresh import (
    Event,
    FeedDone,
    Finished,
    RefreshReport,
    StageProgress,
    Started,
    Told,
)
from briefing.wording import format_count

_STAGES = {"extract": "reading", "digest": "digesting", "link": "telling", "judge": "judging"}
_RANK = {stage: rank for rank, stage in enumerate(_STAGES)}
_LEAST_LEFT = 5.0  # seconds below which nobody needs to know how long it takes
_MOST_SECONDS = 90.0  # from where on it is told in minutes
_SURE = 0.05  # share of the work after which the rest can be foretold


@dataclass(slots=True)
class RefreshProgress:
    """How far a refresh is, put together from its events. Pure: the time is passed in.

    feeds, fetched, failed: to fetch, answered or failed, failed. report: what it said at its end.
    has_told: all stories of the edition stand. problem: the last error that it named in words.
    """

    feeds: int = 0
    fetched: int = 0
    failed: int = 0
    report: RefreshReport | None = None
    _first: StageProgress | None = None  # of the stage that is told
    _began: float = 0.0
    _digests_left: int = 0
    has_told: bool = False
    problem: str = ""

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
            case Told(stories=stories, complete=complete):
                self._end_of_edition(complete)
                return "all stories told · finishing …" if complete and stories else ""
            case Finished(report=report):
                self.report = report
        return ""

    def _fetching(self) -> str:
        words = f"fetching {self.fetched:,} of {format_count(self.feeds, 'feed')}"
        return f"{words} · {self.failed:,} failed" if self.failed else words

    def _end_of_edition(self, reached: bool) -> None:
        if reached and not self.has_told:
            self.has_told, self._first, self._digests_left = True, None, 0

    def _progress(self, event: StageProgress, at: float) -> str:
        """While feeds are fetched these are told; then the stage that is under way.

        The edition's stages work side by side: the digests are told once there are any, and the
        telling when all are made, so that no count goes back. What is older comes stage by stage.
        """
        self._end_of_edition(event.stage == "judge")
        if event.stage == "digest":
            self._digests_left = event.total - event.done
        told = self._first.stage if self._first is not None else ""
        is_beside = not self.has_told and _RANK.get(event.stage, 0) < _RANK.get(told, 0)
        is_early = event.stage == "link" and self._digests_left > 0
        if self.fetched < self.feeds or is_beside or is_early:
            return ""
        if told != event.stage:
            self._first, self._began = event, at
        older = "older " if self.has_told and event.stage != "judge" else ""
        name = _STAGES.get(event.stage, event.stage)
        words = f"{name} {older}{event.done:,} of {event.total:,}"
        left = self._left(event, at)
        return f"{words} · {left} left" if left else words

    def _left(self, event: StageProgress, at: float) -> str:
        done = event.done - (self._first.done if self._first is not None else 0)
        if done <= 0 or done < event.total * _SURE:
            return ""
        left = (at - self._began) / done * (event.total - event.done)
        if left < _LEAST_LEFT:
            return ""
        return f"{round(left, -1) or 10:.0f} s" if left <= _MOST_SECONDS else f"{left / 60:.0f} min"


def outcome_words(code: int, report: RefreshReport | None, *, after_sync: bool = False) -> str:
    """What is to be said at once of a refresh that ended with this exit code; "" where it did what
    it should. after_sync: a sync went before, whose words stand there.
    """
    if report is not None and report.offline:
        return "no network: the briefing is what was last fetched"
    if report is None or code not in (0, 1):
        return ""
    if not report.feeds:
        return "" if after_sync else "nothing is due: asked a moment ago"
    if report.failures and not report.fetched:
        one = report.feeds == 1
        none = "the feed could not" if one else f"none of {report.feeds:,} feeds could"
        return f"{none} be fetched · f tells why"
    if report.no_page:
        return f"{format_count(report.no_page, 'page')} not to be had now: summaries stand in"
    return ""


def trouble_words(code: int, report: RefreshReport | None) -> str:
    """What stands in the status line until a refresh goes well: that there is no network, or that
    nothing was refreshed at all. Feeds that failed are counted there by themselves."""
    if report is not None and report.offline:
        return "no network"
    return "" if code in (0, 1) else "not refreshed"
