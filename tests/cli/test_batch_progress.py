"""How far a batch has come is told without hiding what it writes."""

from io import StringIO

from briefing.cli.batch_progress import BatchProgress
from briefing.cli.output import Output


class _Bar:
    def __init__(self) -> None:
        self.told: list[tuple[str, int, int | None]] = []

    def update(self, stage: str, done: int, total: int | None) -> None:
        self.told.append((stage, done, total))


def _progress(bar: _Bar | None) -> tuple[BatchProgress, list[float], StringIO]:
    now, errors = [0.0], StringIO()
    return BatchProgress(Output(StringIO(), errors), bar, lambda: now[0]), now, errors


def test_without_a_terminal_a_line_a_minute_tells_how_many_and_how_fast() -> None:
    progress, now, errors = _progress(None)
    for second in range(125):
        now[0] = float(second)
        progress.done()
    assert errors.getvalue() == (
        "61 articles digested, 1 a second.\n121 articles digested, 1 a second.\n"
    )


def test_a_short_batch_says_nothing() -> None:
    progress, _, errors = _progress(None)
    for _ in range(1000):
        progress.done()
    assert errors.getvalue() == ""


def test_a_bar_moves_ten_times_a_second_at_most() -> None:
    bar = _Bar()
    progress, now, errors = _progress(bar)
    for tick in range(100):
        now[0] = tick / 50
        progress.done()
    assert 15 <= len(bar.told) <= 20
    assert bar.told[0][0] == "Digesting"
    assert errors.getvalue() == ""


def test_workers_are_told_when_their_number_changes() -> None:
    progress, _, errors = _progress(None)
    for count in (0, 0, 2, 2, 1, 0):
        progress.workers(count)
    assert errors.getvalue().splitlines() == [
        "The cluster has no workers yet: waiting for them.",
        "2 workers of the cluster at work.",
        "1 worker of the cluster at work.",
        "0 workers of the cluster at work.",
    ]
