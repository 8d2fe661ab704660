"""Names of a package that are imported at their first use."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("first", ["Clusterer", "cluster", "story_score", "rank"])
def test_a_name_that_is_called_as_its_module_is_not_the_module(first: str) -> None:
    code = (
        f"import inspect, briefing.stories as s; s.{first};"
        "print(inspect.isfunction(s.cluster), inspect.isfunction(s.rank))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]


def test_what_is_new_in_a_story_is_told_without_what_makes_stories() -> None:
    code = "import sys, briefing.stories.changes; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    makers = {"briefing.stories.brief", "briefing.stories.cluster", "briefing.stories.compare"}
    assert not makers & set(done.stdout.split())
