"""The import table of docs/architecture.md, held: packages know only what lies below them."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "briefing"

ALLOWED = {
    "model": set[str](),
    "config": {"model"},
    "text": {"model"},
    "ingest": {"model", "config", "text"},
    "digest": {"model", "config", "text"},
    "wording": {"model", "text"},
    "export": {"model", "config", "text", "wording"},
    "store": {"model", "config", "text"},
    "stories": {"model", "text"},
    "refresh": {"model", "config", "text", "ingest", "digest", "stories", "store"},
    "editions": {"model", "config", "text", "stories", "store"},
    "sample": {"model", "config"},
}
BELOW_SCREEN = set(ALLOWED)
ALLOWED["ui"] = BELOW_SCREEN | {"ui"}
ALLOWED["cli"] = BELOW_SCREEN | {"ui", "cli"}
LIBRARIES_BELOW = {"sqlite3", "httpx", "feedparser", "trafilatura", "sumy"}


def _imports(file: Path) -> set[str]:
    """Every module a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "briefing":
                found |= {f"briefing.{alias.name}" for alias in node.names}
    return found


def _modules() -> list[tuple[str, Path]]:
    return [
        (file.relative_to(PACKAGE).parts[0].removesuffix(".py"), file)
        for file in sorted(PACKAGE.rglob("*.py"))
        if file.relative_to(PACKAGE).parts[0] not in ("__init__.py", "__main__.py")
    ]


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    files = [file for name, file in _modules() if name == package]
    assert files, f"there is no package {package}"
    allowed = ALLOWED[package] | {package}
    for file in files:
        ours = {
            name.split(".")[1]
            for name in _imports(file)
            if name.startswith("briefing.") and name != "briefing.__version__"
        }
        assert ours <= allowed, f"{file.relative_to(ROOT)} imports {sorted(ours - allowed)}"


def test_every_package_is_in_the_table() -> None:
    assert {name for name, _ in _modules()} == set(ALLOWED)


@pytest.mark.parametrize("package", ["ui", "cli"])
def test_the_edges_leave_network_files_and_summaries_to_the_packages_below(package: str) -> None:
    for name, file in _modules():
        if name == package:
            roots = {m.split(".")[0] for m in _imports(file)}
            assert not roots & LIBRARIES_BELOW, file.relative_to(ROOT)


def test_one_module_imports_httpx_so_that_its_successor_is_a_line_away() -> None:
    users = [f.relative_to(PACKAGE).as_posix() for _, f in _modules() if "httpx" in _imports(f)]
    assert users == ["ingest/fetch.py"]


HEAVY = ("httpx", "feedparser", "sumy", "nltk", "trafilatura", "lxml", "numpy")
UNNEEDED = ("briefing.ingest", "briefing.digest", "briefing.refresh", "briefing.export", "argparse")


def test_the_reader_imports_nothing_heavy_before_its_first_paint() -> None:
    code = (
        "import sys; import briefing.ui.app, briefing.ui.session, briefing.store;"
        "print(chr(10).join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert not {m for m in (*HEAVY, *UNNEEDED[:-1]) if m in loaded}
