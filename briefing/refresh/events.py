"""What a refresh tells while it runs, and what it says at its end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.model import BriefingError
from briefing.model.codec import Json


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh did.

    feeds: how many were to be fetched; fetched: how many answered, unchanged ones too.
    new_articles: entries not seen before; digested, stories: made or told anew.
    failures: (feed name, address, error), one a feed. faults: what could not be done with single
    entries, articles and stories, each named. no_page: articles whose page could not be had now, so
    that the feed's summary stands in; no_page_why: the most frequent reason. offline: there was no
    network at all; it is said here once, and ``failures`` is empty then.
    """

    feeds: int = 0
    fetched: int = 0
    new_articles: int = 0
    digested: int = 0
    stories: int = 0
    failures: tuple[tuple[str, str, BriefingError], ...] = ()
    faults: tuple[BriefingError, ...] = ()
    no_page: int = 0
    no_page_why: str = ""
    offline: bool = False

    def to_json(self) -> Json:
        """As ``briefing refresh --format json`` shows it."""
        return {
            "feeds": self.feeds,
            "fetched": self.fetched,
            "new_articles": self.new_articles,
            "digested": self.digested,
            "stories": self.stories,
            "failures": [
                {"feed": title, "url": url, "error": error.what, "mend": error.mend}
                for title, url, error in self.failures
            ],
            "faults": [
                {"what": fault.what, "where": fault.where, "mend": fault.mend}
                for fault in self.faults
            ],
            "no_page": self.no_page,
            "no_page_why": self.no_page_why,
            "offline": self.offline,
        }


@dataclass(frozen=True, slots=True)
class Started:
    """The refresh begins with so many feeds."""

    feeds: int

    def to_json(self) -> Json:
        """One line of the progress in JSON."""
        return {"event": "started", "feeds": self.feeds}


@dataclass(frozen=True, slots=True)
class FeedDone:
    """One feed has answered, or failed (``error``, in words).

    waits_for: ``network`` where there is none, ``server`` where its server is left alone for now:
    then it was not asked, and no failure is counted; else empty.
    """

    feed_title: str
    url: str
    new: int
    error: str | None = None
    not_modified: bool = False
    waits_for: str = ""

    def to_json(self) -> Json:
        """One line of the progress in JSON."""
        return {
            "event": "feed",
            "feed": self.feed_title,
            "url": self.url,
            "new": self.new,
            "error": self.error,
            "not_modified": self.not_modified,
            "waits_for": self.waits_for,
        }


@dataclass(frozen=True, slots=True)
class StageProgress:
    """So many of a stage's items are done. ``total`` grows while feeds are still being fetched.

    stage: ``extract`` (entries become texts), ``digest``, ``link`` or
    ``judge`` (digests are made anew by the better judge).
    """

    stage: str
    done: int
    total: int

    def to_json(self) -> Json:
        """One line of the progress in JSON."""
        return {"event": "progress", "stage": self.stage, "done": self.done, "total": self.total}


@dataclass(frozen=True, slots=True)
class Told:
    """So many stories of the edition are told and can be read. complete: no more will come."""

    stories: int
    complete: bool = False

    def to_json(self) -> Json:
        """One line of the progress in JSON."""
        return {"event": "told", "stories": self.stories, "complete": self.complete}


@dataclass(frozen=True, slots=True)
class Finished:
    """The refresh has ended."""

    report: RefreshReport

    def to_json(self) -> Json:
        """One line of the progress in JSON."""
        return {"event": "finished", **self.report.to_json()}


@dataclass(frozen=True, slots=True)
class HooksDone:
    """Programs of the person's own were run after the refresh. problems: what went wrong with them,
    in words."""

    problems: tuple[str, ...]

    def to_json(self) -> Json:
        """One line of the progress in JSON."""
        return {"event": "hooks", "problems": list(self.problems)}


Event = Started | FeedDone | StageProgress | Told | Finished | HooksDone


def event_from_json(value: Mapping[str, Any]) -> Event | None:
    """The event that ``to_json`` wrote; None for one of a newer program.

    Raises KeyError, TypeError or ValueError where a member is missing or of another type.
    """
    match value.get("event"):
        case "started":
            return Started(int(value["feeds"]))
        case "feed":
            return FeedDone(
                value["feed"],
                value["url"],
                int(value["new"]),
                value["error"],
                value["not_modified"],
                str(value.get("waits_for", "")),
            )
        case "progress":
            return StageProgress(value["stage"], int(value["done"]), int(value["total"]))
        case "told":
            return Told(int(value["stories"]), bool(value.get("complete", False)))
        case "finished":
            return Finished(_report_from_json(value))
        case "hooks":
            return HooksDone(tuple(map(str, value["problems"])))
    return None


def _report_from_json(value: Mapping[str, Any]) -> RefreshReport:
    return RefreshReport(
        feeds=value["feeds"],
        fetched=value["fetched"],
        new_articles=value["new_articles"],
        digested=value["digested"],
        stories=value["stories"],
        failures=tuple(
            (f["feed"], f["url"], BriefingError(f["error"], mend=f["mend"]))
            for f in value["failures"]
        ),
        faults=tuple(BriefingError(f["what"], f["where"], f["mend"]) for f in value["faults"]),
        no_page=value["no_page"],
        no_page_why=value["no_page_why"],
        offline=value["offline"],
    )


OnEvent = Callable[[Event], None]


def ignore(_: Event) -> None:
    """For whoever does not want to know."""
