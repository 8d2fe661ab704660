"""The public interface: what is promised is there, typed and lazy, and its page is true."""

import ast
import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import briefing

ROOT = Path(__file__).resolve().parent.parent


def test_the_examples_of_the_page_hold() -> None:
    result = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False)
    assert result.attempted > 15
    assert result.failed == 0


@pytest.mark.parametrize("name", [n for n in briefing.__all__ if n != "__version__"])
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(briefing, name)
    assert name == "EXPORTERS" or (value.__doc__ or "").strip()


def test_what_the_type_checker_reads_is_what_is_there() -> None:
    tree = ast.parse((ROOT / "briefing" / "__init__.py").read_text(encoding="utf-8"))
    typed = {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("briefing.")
        for alias in node.names
    }
    assert typed == set(briefing.__all__)


def test_a_name_that_is_not_promised_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        _ = briefing.nothing_of_ours


def test_importing_the_package_imports_nothing_of_ours() -> None:
    code = "import sys, briefing; print([m for m in sys.modules if m.startswith('briefing.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
