#!/usr/bin/env python3
"""Make the exports of the sample edition that docs/exports.md shows: docs/examples/*.

usage: export_examples.py [FOLDER]
"""

import sys
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory

from briefing.editions import read_edition
from briefing.editions.gathering import evidence_texts
from briefing.export import EXPORTERS, ExportOptions, StoryExporter, is_text
from briefing.model import Edition
from briefing.sample import copy_sample, sample_now
from briefing.store import Store

EXAMPLES = Path(__file__).resolve().parent.parent / "docs" / "examples"
STORIES = 2  # enough to see a format by


def sample_export() -> tuple[Edition, ExportOptions]:
    """The first stories of the sample edition, as its reader has them at its moment."""
    with TemporaryDirectory() as folder, Store.open(copy_sample(Path(folder) / "sample")) as store:
        now = sample_now()
        window = store.window(now, 24, 7)
        reading = read_edition(store, window, line=STORIES, limit=STORIES)
        texts = evidence_texts(store, reading.edition.stories)
    return reading.edition, ExportOptions(zone=UTC, generated=now, name="edition", texts=texts)


def examples() -> dict[str, bytes]:
    """The files by their names: one of each format that is text, and a story alone as a note."""
    edition, options = sample_export()
    made = {
        f"edition{exporter.suffix}": exporter.render_edition(edition, options)
        for exporter in EXPORTERS.values()
        if is_text(exporter)
    }
    note = EXPORTERS["markdown"]
    if isinstance(note, StoryExporter):
        made["story.md"] = note.render_story(edition.stories[0], options)
    return made


def main() -> None:
    """Write them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in examples().items():
        (folder / name).write_bytes(content)
        print(f"{folder / name}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
