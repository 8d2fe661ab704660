"""What a refresh is asked for, as one value."""

from dataclasses import dataclass

from briefing.model import Feed


@dataclass(frozen=True, slots=True)
class RefreshOptions:
    """What to fetch, and how much of the machine to take.

    feeds: only these; all that are due by default. force: those that are not due too, and without
    validators, so that all is read anew. manual: a person asks now, so those that are not due too,
    but a failing feed keeps its wait, and a program its interval. jobs: worker processes, all cores
    by default. low_priority: beside a program that somebody uses; the workers are nice, so that it
    goes first.
    """

    feeds: tuple[Feed, ...] | None = None
    force: bool = False
    manual: bool = False
    jobs: int | None = None
    low_priority: bool = False
