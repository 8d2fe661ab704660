"""The sample's exports in docs/examples are what the program makes."""

import runpy
from pathlib import Path

from briefing.export import EXPORTERS, is_text

ROOT = Path(__file__).resolve().parent.parent.parent
TOOL = ROOT / "tools" / "export_examples.py"


def test_the_examples_of_the_documentation_are_those_of_this_program() -> None:
    made = runpy.run_path(str(TOOL))["examples"]()
    kept = {file.name: file.read_bytes() for file in (ROOT / "docs" / "examples").iterdir()}
    assert sorted(kept) == sorted(made)
    stale = [name for name in made if kept[name] != made[name]]
    assert stale == [], "run `python tools/export_examples.py`"


def test_each_format_that_is_text_has_an_example_that_the_page_links_to() -> None:
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    for exporter in EXPORTERS.values():
        assert f"| `{exporter.name}` |" in page
        if is_text(exporter):
            assert f"(examples/edition{exporter.suffix})" in page
