"""A refresh may be killed at any moment; a hundred times in ``benchmarks/kill.py``, here three."""

from pathlib import Path

from benchmarks.kill import kill_refreshes


def test_hostile_26_nothing_is_lost_by_kills_at_random_moments(tmp_path: Path) -> None:
    assert kill_refreshes(tmp_path, 3, feeds=3, longest=4.0) == []
