"""The way from question to digest is whole: an editor as good as the labels makes digests as good.

``python -m benchmarks.editor`` measures the same over all labelled articles.
"""

from pathlib import Path

import pytest

from benchmarks.editor import FLOORS, labelled

_ARTICLES = 30


@pytest.mark.corpora
def test_an_editor_who_answers_with_the_labels_and_leads_brings_the_figures_up(
    shared: Path,
) -> None:
    figures = labelled(shared, _ARTICLES)
    assert {name for name, floor in FLOORS.items() if figures[name] <= floor} == set()
    assert figures["bullet.faithful"] == 1
