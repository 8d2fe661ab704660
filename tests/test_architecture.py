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
    "config": {"model", "query"},
    "text": {"model"},
    "ingest": {"model", "config", "text"},
    "digest": {"model", "config", "text"},
    "query": {"model"},
    "wording": {"model", "text"},
    "export": {"model", "config", "text", "wording"},
    "store": {"model", "config", "text", "query"},
    "stories": {"model", "text"},
    "refresh": {"model", "config", "text", "ingest", "digest", "stories", "store", "editor"},
    "editions": {"model", "config", "text", "query", "stories", "store"},
    "hooks": {
        "model",
        "config",
        "text",
        "query",
        "wording",
        "ingest",
        "store",
        "editions",
        "export",
    },
    "schedule": {"model", "config", "text"},
    "sample": {"model", "config"},
    "sync": {"model", "config", "text", "ingest", "store"},
    "editor": {"model", "config", "text", "ingest", "digest"},
    "serve": {"model", "config"},
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
        ours = {name.split(".")[1] for name in _imports(file) if name.startswith("briefing.")}
        assert ours <= allowed, f"{file.relative_to(ROOT)} imports {sorted(ours - allowed)}"


def test_every_package_is_in_the_table() -> None:
    assert {name for name, _ in _modules()} == set(ALLOWED)


@pytest.mark.parametrize("package", ["ui", "cli"])
def test_the_edges_leave_network_files_and_summaries_to_the_packages_below(package: str) -> None:
    for name, file in _modules():
        if name == package:
            roots = {m.split(".")[0] for m in _imports(file)}
            assert not roots & LIBRARIES_BELOW, file.relative_to(ROOT)


PUTS_STORIES_TOGETHER = {"edition_rows", "story", "snapshot", "search"}
"""Methods of the store whose rows only ``briefing.editions`` makes into what is shown."""


def test_the_command_line_asks_the_application_layer_for_stories_and_searches() -> None:
    # The batch command is the clusterer's own command line: articles in, no store, no edition.
    batch = PACKAGE / "cli" / "batch_cluster.py"
    for file in sorted((PACKAGE / "cli").rglob("*.py")):
        called = {
            node.func.attr
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        where = file.relative_to(ROOT)
        # Whatever the receiver is called: a store has many names, and nothing else here has these.
        assert not called & PUTS_STORIES_TOGETHER, f"{where}: call briefing.editions"
        clusters = any(m.startswith("briefing.stories") for m in _imports(file))
        assert clusters == (file == batch), where


def test_few_modules_import_httpx_so_that_its_successor_is_a_line_away() -> None:
    # One that only reads, from anywhere, and two that write, to one server each.
    users = [f.relative_to(PACKAGE).as_posix() for _, f in _modules() if "httpx" in _imports(f)]
    assert users == ["editor/server.py", "ingest/fetch.py", "sync/http.py"]


HEAVY = ("httpx", "feedparser", "sumy", "nltk", "trafilatura", "lxml", "numpy")
ONLY_FOR_REFRESHES = ("briefing.store.store", "briefing.store.entries", "briefing.model.linking")
UNNEEDED = (
    "briefing.query",
    "briefing.ingest",
    "briefing.digest",
    "briefing.refresh",
    "briefing.export",
    "argparse",
)


def test_the_reader_imports_nothing_heavy_before_its_first_paint() -> None:
    code = (
        "import sys; import briefing.ui.app, briefing.ui.session;print(chr(10).join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert not {m for m in (*HEAVY, *UNNEEDED[:-1], *ONLY_FOR_REFRESHES) if m in loaded}


# What ``briefing.editions`` is for: reading stories and articles, marking and searching them.
STORE_READING = {
    "article",
    "article_row",
    "article_rows",
    "brief",
    "digest",
    "edition_counts",
    "edition_rows",
    "first_text",
    "first_texts",
    "next_unread",
    "search",
    "snapshot",
    "starred_rows",
    "story",
    "story_row",
    "window",
}
STORE_MARKING = {
    "begin_visit",
    "end_visit",
    "mark_all_read",
    "mark_article_read",
    "mark_articles_read",
    "mark_articles_unread",
    "mark_looked",
    "mark_read",
    "mark_seen",
    "set_article_starred",
    "set_starred",
    "undo",
    "unmark_read",
}
"""Methods of the store that only the application layer and the reading session call."""
SESSION = "ui/session.py"
"""The one door between the screens and the store."""
STILL_AROUND_IT = {
    "cli/batch_cluster.py": {"briefing.stories"},  # clusters files of articles: there is no store
}
"""Commands that do not go through ``briefing.editions``, with what they use instead."""


def _store_calls(file: Path) -> set[str]:
    """The methods of those above that a file calls on something named like a store."""
    calls = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            receiver = ast.unparse(node.func.value).rpartition(".")[2]
            if "store" in receiver and node.func.attr in STORE_READING | STORE_MARKING:
                calls.add(node.func.attr)
    return calls


@pytest.mark.parametrize("package", ["ui", "cli"])
def test_the_edges_put_no_story_together(package: str) -> None:
    for name, file in _modules():
        if name == package:
            place = file.relative_to(PACKAGE).as_posix()
            imported = {".".join(m.split(".")[:2]) for m in _imports(file)}
            around = imported & {"briefing.stories"}
            if place != SESSION:
                around |= _store_calls(file)
            assert around == STILL_AROUND_IT.get(place, set()), place


# Inside the screen: what each folder may know of the others.
SCREEN_FLOORS = {
    "widgets": {"targets"},
    "panes": {"targets", "formatting", "widgets", "panes"},
}


@pytest.mark.parametrize("folder", sorted(SCREEN_FLOORS))
def test_lists_and_panes_receive_values_and_know_no_screen(folder: str) -> None:
    for file in (PACKAGE / "ui" / folder).glob("*.py"):
        ours = {m.split(".")[2] for m in _imports(file) if m.startswith("briefing.ui.")}
        assert ours <= SCREEN_FLOORS[folder] | {folder}, file.relative_to(ROOT)


def test_no_screen_imports_one_that_imports_it() -> None:
    below = {
        f"briefing.ui.screens.{file.stem}": {m for m in _imports(file) if ".ui.screens." in m}
        for file in (PACKAGE / "ui" / "screens").glob("*.py")
    }
    while below:
        leaves = {name for name, imports in below.items() if not imports & below.keys()}
        assert leaves, f"a circle among {sorted(below)}"
        below = {name: imports for name, imports in below.items() if name not in leaves}
