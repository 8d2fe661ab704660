"""What a sync did: counted as it goes, and a value for whoever started it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from briefing.model import FetchError, SyncError

_NAMED = 5  # names of a note; more are counted

OnProgress = Callable[[str, int], None]
"""Told what is done, as a stage's name, and how many of it so far."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What came of a sync.

    feeds_refused: that the server would not follow or change. kept: marks of the server that did
    not count, as an own one waited. waiting: marks that still
    wait for the server; unmatched: those of articles that it does not have. notes: what should be
    known, in sentences. problem: what ended it early; what was done before is kept.
    """

    server: str
    feeds: int = 0
    feeds_added: int = 0
    feeds_sent: int = 0
    feeds_refused: int = 0
    entries: int = 0
    new_articles: int = 0
    applied: int = 0
    kept: int = 0
    sent: int = 0
    waiting: int = 0
    unmatched: int = 0
    notes: tuple[str, ...] = ()
    problem: FetchError | None = None

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """What ``to_json`` made. Raises KeyError, TypeError or ValueError where it is none."""
        problem = value["problem"]
        return cls(
            server=str(value["server"]),
            notes=tuple(str(note) for note in value["notes"]),
            problem=SyncError(str(problem)) if problem else None,
            **{field_: int(value[name]) for name, field_ in _COUNTS.items()},
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, as in JSON."""
        return {name: getattr(self, field_) for name, field_ in _COUNTS.items()}

    @property
    def did_something(self) -> bool:
        """Whether anything changed, here or there."""
        return any((self.feeds_added, self.feeds_sent, self.new_articles, self.applied, self.sent))

    def to_json(self) -> dict[str, Any]:
        """As JSON, for other programs."""
        return {
            "server": self.server,
            **self.counts,
            "notes": list(self.notes),
            "problem": str(self.problem) if self.problem else None,
        }


_COUNTS = {
    "feeds": "feeds",
    "feeds_added": "feeds_added",
    "feeds_sent": "feeds_sent",
    "feeds_refused": "feeds_refused",
    "entries": "entries",
    "new_articles": "new_articles",
    "marks_applied": "applied",
    "marks_kept": "kept",
    "marks_sent": "sent",
    "marks_waiting": "waiting",
    "marks_unmatched": "unmatched",
}
"""The counts of a report as its JSON calls them."""


@dataclass(slots=True)
class Tally:
    """What was done so far."""

    on_progress: OnProgress
    feeds: int = 0
    feeds_added: int = 0
    feeds_sent: int = 0
    feeds_refused: int = 0
    entries: int = 0
    new_articles: int = 0
    applied: int = 0
    kept: int = 0
    sent: int = 0
    notes: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        """Something that should be known; once."""
        if text not in self.notes:
            self.notes.append(text)

    def keep(self, articles: Iterable[str]) -> None:
        """Own words that won over others of the server: the articles, each with the word."""
        named = list(articles)
        self.kept += len(named)
        self.conflicts += named

    def report(
        self, server: str, outbox: tuple[int, int], problem: FetchError | None = None
    ) -> SyncReport:
        """The report. outbox: as ``Store.outbox_counts``."""
        return SyncReport(
            server,
            self.feeds,
            self.feeds_added,
            self.feeds_sent,
            self.feeds_refused,
            self.entries,
            self.new_articles,
            self.applied,
            self.kept,
            self.sent,
            *outbox,
            (*self.notes, *self._of_conflicts()),
            problem,
        )

    def _of_conflicts(self) -> list[str]:
        if not self.conflicts:
            return []
        names = listed(self.conflicts)
        return [f"Marked otherwise at the server since, and your word stays: {names}."]


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: the first few, and how many more."""
    shown = ", ".join(names[:_NAMED])
    return f"{shown} and {len(names) - _NAMED:,} more" if len(names) > _NAMED else shown


def ignore_progress(_stage: str, _done: int) -> None:
    """Nobody wants to know."""
