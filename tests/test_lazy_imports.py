"""What only one feature needs is not imported by the others."""

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.sample import copy_sample

SUMY = {"sumy", "nltk", "numpy", "pycountry", "breadability", "docopt", "requests"}
"""sumy's algorithms beside our own, and what only they bring along."""

TEXT = """The bridge at Marenza is open

The bridge at Marenza was opened to traffic on Monday after nine months of work. The repair cost
12 million euros, the harbour board said. The board may close it again in winter.
"""
PAGE = "<html><head><title>The bridge</title></head><body><article>{}</article></body></html>"

RUN = "import sys; from briefing.__main__ import main; code = main(sys.argv[1:])"
READER = "import briefing.ui.app, briefing.ui.session; code = 0"
PRELOAD = "import briefing.refresh.preload; code = 0"
AFTER = """
import sys
sys.stderr.write(' '.join({module.split('.')[0] for module in sys.modules}))
sys.exit(code)
"""


def _imported(code: str, *argv: str) -> set[str]:
    """The libraries that were imported when ``code`` has run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code + AFTER, *argv], capture_output=True, text=True, check=True
    )
    assert "briefing" in done.stderr
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", TEXT), ("a.html", PAGE.format(f"<p>{TEXT}</p>" * 3))],
    ids=["text", "page"],
)
def test_our_own_digest_needs_none_of_sumys_libraries(
    tmp_path: Path, name: str, content: str
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    assert not SUMY & _imported(RUN, "digest", str(file))


def test_an_algorithm_of_sumys_is_imported_where_it_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert "sumy" in _imported(RUN, "digest", str(file), "--algorithm", "luhn")


def test_printing_an_edition_needs_none_of_sumys_libraries(home: Path) -> None:
    copy_sample(home / "data" / "briefing.sqlite3")
    assert not SUMY & _imported(RUN, "print", "--since", "2020-01-01", "--format", "json")


def test_refresh_workers_begin_without_sumys_libraries() -> None:
    assert not SUMY & _imported(PRELOAD)


def test_the_first_paint_needs_nothing_of_the_process_that_reads_articles() -> None:
    assert "multiprocessing" not in _imported(READER)


def test_printing_an_edition_needs_nothing_of_formats_that_are_not_asked_for(home: Path) -> None:
    copy_sample(home / "data" / "briefing.sqlite3")
    needed = _imported(RUN, "print", "--since", "2020-01-01")
    assert not {"email", "xml", "zipfile"} & needed
