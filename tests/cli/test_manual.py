"""docs/briefing.1 is the manual page as the parser has it, and groff finds nothing wrong with it.

Where a command has changed, run this file (``python -m tests.cli.test_manual``).
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from briefing.cli.manual import manual_page
from briefing.cli.parser import COMMANDS
from tests.cli.conftest import Run

PAGE = Path(__file__).parents[2] / "docs" / "briefing.1"


def test_the_page_of_the_docs_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == manual_page(), "python -m tests.cli.test_manual"


def test_the_page_has_every_command_and_none_that_is_hidden(run: Run) -> None:
    page = run("man").out
    assert page == manual_page()
    sections = [line for line in page.splitlines() if line.startswith(".SS ")]
    assert sections == [f".SS briefing {name}" for name in COMMANDS]
    assert "briefing schedule install" in page
    assert "hooks run" not in page
    assert "\\-\\-events" not in page


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_groff_finds_nothing_wrong() -> None:
    words = ["groff", "-man", "-Tutf8", "-ww", "-z", str(PAGE)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed")
def test_mandoc_finds_no_error() -> None:
    words = ["mandoc", "-T", "lint", "-W", "warning", str(PAGE)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.stdout == ""


if __name__ == "__main__":
    PAGE.write_text(manual_page(), encoding="utf-8")
